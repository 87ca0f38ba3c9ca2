"""Check characters: published examples pass, and every single slip is caught."""
import random

import pytest

from goldthread.base.identifiers import (
    REFERENCE_ALPHABET,
    BadIdentifier,
    check_reference,
    format_nhs_number,
    is_nhs_number,
    is_reference,
    is_upn,
    new_reference,
    nhs_number,
    reference_number,
    school_urn,
    uln,
    upn,
)


def slips(text, alphabet):
    """Every text with one character changed, or two different neighbours swapped."""
    for n, old in enumerate(text):
        yield from (text[:n] + new + text[n + 1:] for new in alphabet if new != old)
    for n in range(len(text) - 1):
        if text[n] != text[n + 1]:
            yield text[:n] + text[n + 1] + text[n] + text[n + 2:]


# -- NHS number ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("text", ["999 000 0018", "9990000018", "999-000-0018", "943 476 5919", " 9434765919 "])
def test_good_nhs_numbers(text):
    assert nhs_number(text) in ("9990000018", "9434765919")


@pytest.mark.parametrize("text", ["9990000019", "999000001", "99900000180", "99900O0018", "", "٩٩٩٠٠٠٠٠١٨"])
def test_bad_nhs_numbers(text):
    assert not is_nhs_number(text)


def test_nhs_number_that_would_need_check_digit_ten_is_refused():
    assert not any(is_nhs_number(f"999000000{digit}") for digit in range(10))
    assert any(is_nhs_number(f"999000001{digit}") for digit in range(10))


def test_nhs_number_catches_every_slip():
    assert [slip for slip in slips("9434765919", "0123456789") if is_nhs_number(slip)] == []


def test_nhs_number_says_what_is_wrong_and_prints_in_groups():
    with pytest.raises(BadIdentifier, match="10 digits"):
        nhs_number("123")
    with pytest.raises(BadIdentifier, match="two have changed places"):
        nhs_number("9990000081")
    assert format_nhs_number("9434765919") == "943 476 5919"


# -- education ----------------------------------------------------------------------------------------

def test_upn_check_letter():
    assert upn("h801 2000 01001") == "H801200001001"
    assert is_upn("H801200001001")
    assert not is_upn("A801200001001")


def test_temporary_upn_ends_in_a_letter():
    found = [letter + "80120000100A" for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if is_upn(letter + "80120000100A")]
    assert len(found) == 1


def test_upn_catches_every_wrong_digit():
    changed = [slip for slip in slips("H801200001001", "0123456789") if slip[0] == "H" and slip[1:].isdigit()]
    assert len(changed) > 100
    assert [slip for slip in changed if is_upn(slip)] == []


@pytest.mark.parametrize("text", ["I801200001001", "H80120000100", "H80120000100S", "1801200001001"])
def test_upn_of_the_wrong_shape(text):
    with pytest.raises(BadIdentifier, match="letter and then 12 digits"):
        upn(text)


def test_uln():
    found = [f"100000004{digit}" for digit in range(10) if _holds(uln, f"100000004{digit}")]
    assert len(found) == 1
    assert [slip for slip in slips(found[0], "0123456789") if slip[0] != "0" and _holds(uln, slip)] == []
    for bad in ("0123456789", "123"):
        with pytest.raises(BadIdentifier, match="does not start with 0"):
            uln(bad)


def test_school_urn():
    assert school_urn("100 234") == "100234"
    for bad in ("012345", "12345", "1234567", "12A456"):
        with pytest.raises(BadIdentifier, match="6 digits"):
            school_urn(bad)


def _holds(reader, text):
    try:
        return bool(reader(text))
    except BadIdentifier:
        return False


# -- case references ----------------------------------------------------------------------------------

def test_references_differ_and_give_their_number_back():
    numbers = [*range(2_000), 23**5 - 1, 23**5, 23**5 + 1, 23**5 + 23**6]
    made = {new_reference("FD", number): number for number in numbers}
    assert len(made) == len(numbers)
    assert all(reference_number(text) == ("FD", number) for text, number in made.items())


def test_a_reference_is_short_and_has_no_letters_that_are_misread():
    text = new_reference("FD", 123_456)
    prefix, four, two = text.split("-")
    assert (prefix, len(four), len(two)) == ("FD", 4, 2)
    assert set("015ABEILNOSUZ").isdisjoint(REFERENCE_ALPHABET)
    assert len(REFERENCE_ALPHABET) == len(set(REFERENCE_ALPHABET)) == 23


@pytest.mark.parametrize("number", [0, 1, 77, 123_456, 23**5 + 5])
def test_a_reference_catches_every_slip_in_its_body(number):
    text = new_reference("FD", number).replace("-", "")
    wrong = [slip for slip in slips(text[2:], REFERENCE_ALPHABET) if is_reference("FD" + slip)]
    assert wrong == []


def test_a_reference_catches_most_slips_in_its_prefix():
    text = new_reference("FD", 77)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert not is_reference("DF" + text[2:])
    assert [letter for letter in letters if is_reference("F" + letter + text[2:])] == ["D"]
    assert [letter for letter in letters if is_reference(letter + "D" + text[2:])] == ["F"]


def test_a_random_reference_seldom_passes():
    pick = random.Random(3)
    guesses = ["FD" + "".join(pick.choices(REFERENCE_ALPHABET, k=6)) for _ in range(4_600)]
    assert 120 < sum(map(is_reference, guesses)) < 280  # one in 23, or 200


def test_a_reference_is_read_however_it_is_typed():
    text = new_reference("FD", 77)
    for typed in (text.lower(), text.replace("-", ""), text.replace("-", " "), f" {text} ", text.replace("-", "–")):
        assert check_reference(typed) == text


def test_what_is_not_a_reference_says_why():
    with pytest.raises(BadIdentifier, match="it uses only 2 3 4"):
        check_reference("FD-0000-00")
    with pytest.raises(BadIdentifier, match="is not one of our references"):
        check_reference("FD-2222-22")
    with pytest.raises(BadIdentifier, match="two capital letters"):
        new_reference("fd", 1)
    with pytest.raises(BadIdentifier, match="0 or more"):
        new_reference("FD", -1)
