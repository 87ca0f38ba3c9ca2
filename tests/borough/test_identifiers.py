"""Numbers pass their public check, belong to ranges that are nobody's, and are never used twice."""
import re

import pytest

from goldthread.borough.identifiers import NHS_CAPACITY, nhs_number, phone, upn
from goldthread.borough.places import elsewhere, postcode

DRAMA = re.compile(r"020 7946 0\d{3}|01632 960\d{3}")
INVENTED_POSTCODE = re.compile(r"ZZ\d{1,2} \d[ABD-HJLNP-UW-Z]{2}")


def nhs_check_holds(number: str) -> bool:
    """The NHS rule written another way: the weighted sum of all ten digits is a multiple of 11."""
    return len(number) == 10 and sum(int(d) * w for d, w in zip(number, range(10, 0, -1), strict=True)) % 11 == 0


def upn_check_holds(number: str) -> bool:
    letters = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in "IOS"]
    total = 0
    for place in range(1, 13):
        total += int(number[place]) * (place + 1)
    return letters[total % 23] == number[0]


def test_the_checks_themselves_tell_right_from_wrong():
    assert nhs_check_holds("9434765919")
    assert not nhs_check_holds("9434765918")
    assert upn_check_holds("A801200001001") is False
    assert upn_check_holds(upn(1, 2016)) and not upn_check_holds("Z" + upn(1, 2016)[1:])


def test_nhs_numbers_of_the_test_range_are_valid_and_all_different():
    numbers = {nhs_number(ordinal) for ordinal in range(0, NHS_CAPACITY, 7)}
    assert len(numbers) == len(range(0, NHS_CAPACITY, 7))
    assert all(number.startswith("999") and nhs_check_holds(number) for number in numbers)


@pytest.mark.parametrize("ordinal", [-1, NHS_CAPACITY])
def test_the_test_range_has_an_end(ordinal):
    with pytest.raises(ValueError, match="900,000 NHS numbers"):
        nhs_number(ordinal)


def test_every_number_in_the_borough_is_valid_and_used_once(larger):
    nhs = [person.nhs_number for person in larger.people if person.nhs_number]
    pupils = [person.upn for person in larger.people if person.upn]
    assert len(nhs) > 10_000 and len(pupils) > 6_000
    assert len(set(nhs)) == len(nhs) and len(set(pupils)) == len(pupils)
    assert all(nhs_check_holds(number) and number.startswith("999") for number in nhs)
    assert all(upn_check_holds(number) and number[1:4] == "999" for number in pupils)


def test_phones_addresses_and_codes_are_nobodys(small):
    borough = small.borough
    contacts = small.contacts
    phones = [a.phone for a in borough.agencies()] + [s.phone for s in borough.staff()]
    phones += [c.referrer.phone for c in contacts if c.referrer.phone] + [p.phone for p in borough.partnerships()]
    assert all(DRAMA.fullmatch(number) for number in phones)
    emails = [a.email for a in borough.agencies()] + [s.email for s in borough.staff()]
    emails += [c.referrer.email for c in contacts if c.referrer.email]
    assert all(re.fullmatch(r"[a-z0-9.\-]+@example\.org", email) for email in emails)
    places = [stay.address.postcode for stay in borough.residences()] + [a.postcode for a in borough.agencies()]
    assert all(INVENTED_POSTCODE.fullmatch(code) and not code.startswith("ZZ99") for code in places)
    assert all(int(school.urn) > 900_000 for school in borough.schools())
    assert all(a.code.startswith("Z99") for a in borough.agencies() if a.kind == "gp-practice")
    assert all(a.code.startswith("Z") for a in borough.agencies() if a.kind.endswith("trust"))


def test_stated_postcodes_and_numbers_stay_invented_even_when_wrong(small):
    for contact in small.contacts:
        for said in contact.people:
            assert not said.postcode or re.fullmatch(r"ZZ\d{1,2} \d[A-Z]{2}", said.postcode)
            assert not said.nhs_number or said.nhs_number.startswith("999")


def test_phone_numbers_never_leave_the_drama_ranges():
    assert all(DRAMA.fullmatch(phone(number)) for number in range(5000))
    assert not DRAMA.fullmatch("020 8946 0001")


def test_postcodes_of_a_district_are_distinct_until_they_run_out():
    assert len({postcode("ZZ1", number) for number in range(4000)}) == 4000
    assert all(re.fullmatch(r"ZZ[67]\d", elsewhere(number).postcode.split()[0]) for number in range(100))
