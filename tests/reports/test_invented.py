"""The check on a few invented reports; `python -m bench consistency` measures it on two hundred."""
from bench.consistency import TUNED, check, tally
from bench.planted import make

SEEDS = range(20, 23)


def test_what_is_planted_is_found_and_clean_reports_raise_no_alarm() -> None:
    found = tally(SEEDS)
    assert sum(found.planted.values()) > 25 and min(SEEDS) in TUNED
    assert sum(found.met.values()) >= 0.85 * sum(found.planted.values()), found.examples
    assert found.clean_numbers > 400 and found.clean_false == 0, found.examples


def test_reports_are_the_same_every_time_and_so_is_the_check() -> None:
    one, other = make(60, True), make(60, True)
    assert one == other and one.text != make(61, True).text
    assert check(one) == check(other)
