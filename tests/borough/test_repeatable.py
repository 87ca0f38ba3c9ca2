"""The same plan gives the same borough: in another process, in another order, one part at a time."""
import os
import subprocess
import sys
from datetime import date

import pytest

from goldthread.borough import Borough, Plan
from goldthread.borough.chance import Substream

TODAY = date(2026, 11, 20)
IN_ANOTHER_PROCESS = """
from datetime import date
from goldthread.borough import Borough, Plan
print(Borough(Plan(0.02, 7, date(2026, 11, 20))).digest())
"""


def digest_elsewhere(hash_seed: str) -> str:
    done = subprocess.run([sys.executable, "-c", IN_ANOTHER_PROCESS], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)})
    return done.stdout.strip()


def test_two_processes_with_different_hash_seeds_agree():
    one, other = digest_elsewhere("1"), digest_elsewhere("4242")
    assert len(one) == 64
    assert one == other


def test_another_seed_scale_or_day_gives_another_borough():
    plain = Borough(Plan(0.01, 7, TODAY)).digest(("families",))
    assert plain == Borough(Plan(0.01, 7, TODAY)).digest(("families",))
    assert plain != Borough(Plan(0.01, 8, TODAY)).digest(("families",))
    assert plain != Borough(Plan(0.01, 7, date(2026, 11, 21))).digest(("families",))
    assert plain != Borough(Plan(0.02, 7, TODAY)).digest(("families",))


@pytest.mark.parametrize("part", ["staff", "contacts", "agency_extracts"])
def test_every_part_follows_the_seed(part):
    assert Borough(Plan(0.01, 7, TODAY)).digest((part,)) != Borough(Plan(0.01, 8, TODAY)).digest((part,))


def test_a_family_made_by_itself_is_the_one_in_the_stream(small):
    fresh = Borough(small.borough.plan)
    for family in (small.families[700], small.families[3], small.families[-1]):
        assert fresh.family(family.household.household_id) == family


def test_a_person_is_found_by_number(small):
    for person in (small.families[5].people[0], small.families[800].people[-1]):
        assert small.borough.person(person.person_id) == person


def test_reading_half_the_contacts_and_families_in_between_changes_nothing(small):
    fresh = Borough(small.borough.plan)
    halves = []
    for contact in fresh.contacts("northbridge"):
        halves.append(contact)
        if len(halves) % 40 == 0:
            next(fresh.families(len(halves)))
    assert halves == small.north


def test_ranges_of_families_join_up_to_all(small):
    borough = small.borough
    parts = [*borough.families(0, 300), *borough.families(300, 900), *borough.families(900)]
    assert parts == small.families


def test_the_views_are_the_families_in_pieces(small):
    borough = small.borough
    assert list(borough.households()) == [family.household for family in small.families]
    assert list(borough.people()) == small.people
    for view in ("relationships", "residences", "schooling", "involvements"):
        assert list(getattr(borough, view)()) == [item for family in small.families for item in getattr(family, view)]


def test_substreams_are_independent_of_each_other():
    one, other = Substream(7, "one"), Substream(7, "other")
    first = one.at(3)
    alone = [first() for _ in range(5)]
    again, noise = one.at(3), other.at(3)
    mixed = []
    for _ in range(5):
        noise()
        mixed.append(again())
    assert mixed == alone
    assert [other.at(3)() for _ in range(2)] != alone[:2]


def test_a_single_number_of_a_substream_is_even_and_its_own():
    stream = Substream(7, "one")
    numbers = [stream.once(index) for index in range(20_000)]
    assert numbers == [Substream(7, "one").once(index) for index in range(20_000)]
    tenths = [sum(int(number * 10) == tenth for number in numbers) for tenth in range(10)]
    assert min(numbers) >= 0 and max(numbers) < 1 and len(set(numbers)) == len(numbers)
    assert all(1_850 < count < 2_150 for count in tenths), tenths
    assert numbers[:5] != [Substream(8, "one").once(index) for index in range(5)]


@pytest.mark.parametrize("scale", [0, -1, 11])
def test_a_scale_out_of_range_is_refused_in_words(scale):
    with pytest.raises(ValueError, match="Scale is .* up to 10.5"):
        Plan(scale, 7, TODAY)


def test_unknown_households_and_people_are_refused(small):
    with pytest.raises(LookupError, match="no household 99999"):
        small.borough.family(99999)
    with pytest.raises(LookupError, match="no person"):
        small.borough.person(32 + 31)
