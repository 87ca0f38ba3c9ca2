"""The census out of our own records: how work becomes episodes, and a borough's census held to the specification.

GOLDTHREAD_CENSUS_SCHEMA may name the collection's published schema of 2026; the census is then held to that besides.
"""
from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from goldthread.access.actor import Actor, Refused, acting, actor_for
from goldthread.exchange.care.writing import years as care_years
from goldthread.exchange.census.episodes import Assessment, Enquiry, Protection, Spell, Work, episodes
from goldthread.exchange.census.writing import write_census, years
from goldthread.exchange.checking import check_year
from goldthread.orgs.models import Appointment
from goldthread.rules.pupil_numbers import known_area
from tests.borough.loading import loaded_once
from tests.support import make_actor

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
SINCE, DAY = date(2026, 4, 1), date(2027, 3, 31)


def on(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def test_it_is_written_only_for_years_that_ask_for_sex_as_it_is_told() -> None:
    assert list(years()) == care_years() == [2025, 2026]


def test_work_that_touches_is_one_episode_and_what_comes_apart_is_another() -> None:
    assessed = Assessment(on("05-02"), on("06-01"), ("3B",))
    work = [Work(on("05-01"), on("06-01"), source="2A", need="N1", assessments=(assessed,)),
            Work(on("06-01"), on("09-01"), reason="RC9", plans=(Spell(on("06-03")),)),
            Work(on("10-01"), None, need="N4")]
    one, two = episodes(work, SINCE, DAY)
    assert (one.began, one.closed, one.source, one.need, one.reason) == (on("05-01"), on("09-01"), "2A", "N1", "RC7")
    assert one.plans == [Spell(on("06-03"), on("09-01"))] and one.assessments[0].factors == ("3B",)
    assert (two.began, two.closed, two.source, two.need, two.reason) == (on("10-01"), None, "10", "N4", "")


def test_told_as_it_stood_on_the_day() -> None:
    work = [Work(on("05-01"), on("09-01"), reason="RC8", assessments=(Assessment(on("05-02"), on("08-01"), ("3B",)),),
                 enquiries=(Enquiry(on("06-01"), on("06-22"), on("07-30")), Enquiry(on("07-20"))),
                 protection=(Protection(on("06-20"), on("08-20"), "NEG", "NEG", 0, (on("07-01"), on("08-19"))),))]
    [told] = episodes(work, SINCE, on("07-15"))
    assert told.closed is None and told.reason == "" and told.assessments == [Assessment(on("05-02"))]
    assert told.enquiries == [Enquiry(on("06-01"), on("06-22"), None)]
    assert told.protection == [Protection(on("06-20"), None, "NEG", "NEG", 0, (on("07-01"),))]
    assert episodes(work, on("09-02"), DAY) == [] and len(episodes(work, on("09-01"), DAY)) == 1
    assert episodes(work, date(2025, 4, 1), date(2026, 3, 31)) == []


def test_plans_of_a_child_neither_overlap_nor_touch() -> None:
    plans = (Spell(on("05-02")), Spell(on("07-01"), on("08-01")), Spell(on("07-01"), on("09-01")), Spell(on("09-01")))
    protection = (Protection(on("05-02"), on("07-01"), reviews=(on("06-30"), on("07-01"))), Protection(on("07-01")))
    [told] = episodes([Work(on("05-01"), None, plans=plans)], SINCE, DAY)
    assert told.plans == [Spell(on("05-02"), on("06-30")), Spell(on("07-01"), on("08-31")), Spell(on("09-01"), None)]
    [told] = episodes([Work(on("05-01"), None, protection=protection)], SINCE, DAY)
    assert told.protection == [Protection(on("05-02"), on("06-30"), reviews=(on("06-30"),)), Protection(on("07-01"))]


def test_no_other_plan_is_told_while_a_protection_plan_runs() -> None:
    plans = (Spell(on("05-02"), on("05-20")), Spell(on("06-01"), on("09-15")), Spell(on("10-01")))
    protection = (Protection(on("07-01"), on("08-01")), Protection(on("10-20")))
    [told] = episodes([Work(on("05-01"), None, plans=plans, protection=protection)], SINCE, DAY)
    assert told.plans == [Spell(on("05-02"), on("05-20")), Spell(on("06-01"), on("07-01")), Spell(on("08-01"), on("09-15")),
                          Spell(on("10-01"), on("10-20"))]
    assert told.protection == list(protection)


def test_what_ended_before_the_year_is_not_told_again() -> None:
    work = [Work(on("05-01"), None, reason="", assessments=(Assessment(on("05-02"), on("06-01")), Assessment(on("06-20"))),
                 enquiries=(Enquiry(on("05-03"), on("05-22"), on("05-28")), Enquiry(on("05-20"), needless=on("06-02")),
                            Enquiry(on("05-25"), on("06-15"), on("07-01"))),
                 plans=(Spell(on("05-02"), on("05-20")), Spell(on("07-15"))),
                 protection=(Protection(on("05-28"), on("06-20")), Protection(on("07-01"), on("07-15"))))]
    [all_of_it], [told] = episodes(work, SINCE, DAY), episodes(work, on("07-01"), DAY)
    assert [len(each) for each in (all_of_it.assessments, all_of_it.enquiries, all_of_it.plans, all_of_it.protection)] == [
        2, 3, 2, 2]
    assert told.assessments == [Assessment(on("06-20"))] and told.plans == [Spell(on("07-15"))]
    assert [each.conference for each in told.enquiries] == [on("07-01")] and len(told.protection) == 1
    assert told.conference is None


def test_that_no_conference_is_needed_is_told_once_it_was_decided() -> None:
    work = [Work(on("05-01"), None, enquiries=(Enquiry(on("05-03"), on("05-22"), needless=on("06-02")),))]
    assert [episodes(work, SINCE, day)[0].enquiries[0].not_required for day in (on("06-01"), on("06-02"))] == [False, True]


def test_closed_after_assessment_is_said_only_where_nothing_else_was_done() -> None:
    assert [each.reason for each in episodes([Work(on("05-01"), on("06-01"), reason="RC8")], SINCE, DAY)] == ["RC8"]
    for more in ({"plans": (Spell(on("05-03")),)}, {"enquiries": (Enquiry(on("05-03")),)}):
        work = [Work(on("05-01"), on("06-01"), reason="RC8", **more)]
        assert [each.reason for each in episodes(work, SINCE, DAY)] == ["RC7"]


def test_of_two_assessments_under_way_the_first_is_told() -> None:
    begun = (Assessment(on("05-02")), Assessment(on("05-09")), Assessment(on("05-20"), on("06-01")))
    [told] = episodes([Work(on("05-01"), None, assessments=begun)], SINCE, DAY)
    assert told.assessments == [begun[0], begun[2]]


def test_a_conference_without_an_enquiry_is_told_with_the_episode() -> None:
    plan = Protection(on("06-20"), None, "NEG", "NEG", 0, ())
    [told] = episodes([Work(on("05-01"), None, protection=(plan,))], SINCE, DAY)
    assert told.conference == on("06-20")
    [told] = episodes([Work(on("05-01"), None, protection=(plan,), enquiries=(
        Enquiry(on("06-01"), None, on("06-20")),))], SINCE, DAY)
    assert told.conference is None


@pytest.fixture(scope="module")
def census(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
           ) -> Iterator[tuple[Path, Actor]]:
    """A small borough's census of the year to March 2027, in the middle of it."""
    folder = tmp_path_factory.mktemp("census")
    with django_db_blocker.unblock(), loaded_once(0.002, folder):  # type: ignore[attr-defined]
        seat = Appointment.objects.filter(role="team-manager").select_related("user", "agency", "partnership").first()
        assert seat is not None
        actor = actor_for(seat, now=NOW)
        with acting(actor):
            write_census(actor=actor, year=2027, council="998", path=folder / "census.xml", now=NOW)
        yield folder / "census.xml", actor


def test_a_boroughs_census_keeps_our_specification_and_the_published_one(census: tuple[Path, Actor]) -> None:
    path, _ = census
    report = check_year("cin-census", [path], 2027, NOW)
    assert [str(each) for group in report.of_weight("error") for each in group.first] == []
    assert report.rows["children"] > 3 and report.rows["assessments"] > 3
    written = etree.parse(path)
    for child in written.iter("ChildIdentifiers"):
        assert child.findtext("PersonBirthDate") or child.findtext("Sex") == "U"
        upn = child.findtext("UPN")
        assert bool(upn) != bool(child.findtext("UPNunknown")) and (not upn or known_area(upn))
    if schema := os.environ.get("GOLDTHREAD_CENSUS_SCHEMA"):
        etree.XMLSchema(etree.parse(schema)).assertValid(written)


@pytest.mark.parametrize(("before", "after", "words"), [
    (r"<Sex>.</Sex>", "<Sex>X</Sex>", "not in the list of codes"),
    (r"(?s)<CINreferralDate>\d{4}(?=((?!</CINdetails>).)*<Assessments>)", "<CINreferralDate>2031",
     "is before “Referral date”"),
    (r"<CINPlanDates>(<CINPlanStartDate>([\d-]+)</CINPlanStartDate>)", r"<CINPlanDates>\1<CINPlanEndDate>\2</CINPlanEndDate>"
     r"</CINPlanDates><CINPlanDates>\1", "before, or on the day, an earlier one"),
    (r"<ReferralSource>\w+</ReferralSource>", "", "this is empty")])
def test_a_planted_error_is_found(census: tuple[Path, Actor], tmp_path: Path, before: str, after: str, words: str) -> None:
    text, many = re.subn(before, after, re.sub(r">\s+<", "><", census[0].read_text()), count=1)
    assert many == 1
    (tmp_path / "census.xml").write_text(text)
    report = check_year("cin-census", [tmp_path / "census.xml"], 2027, NOW)
    assert any(words in str(each) for group in report.of_weight("error") for each in group.first)


def test_what_is_found_names_its_line(census: tuple[Path, Actor], tmp_path: Path) -> None:
    lines = census[0].read_text().splitlines()
    place = max(n for n, line in enumerate(lines) if "<CINreferralDate>" in line)
    lines[place] = lines[place].replace("<CINreferralDate>", "<CINreferralDate>X")
    (tmp_path / "census.xml").write_text("\n".join(lines))
    report = check_year("cin-census", [tmp_path / "census.xml"], 2027, NOW)
    begins = max(n for n, line in enumerate(lines[:place], 1) if "<CINdetails>" in line)
    assert f"census.xml, row {begins}, Referral date" in str(next(report.of_weight("error")).first[0])


@pytest.mark.django_db
def test_only_those_who_manage_social_care_make_it(tmp_path: Path) -> None:
    for role in ("analyst", "social-worker", "mash-manager"):
        actor = make_actor(role)
        with acting(actor), pytest.raises(Refused):
            write_census(actor=actor, year=2026, council="998", path=tmp_path / "x.xml", now=NOW)
    actor = make_actor("team-manager")
    with acting(actor), pytest.raises(ValueError, match="three figures"):
        write_census(actor=actor, year=2026, council="Exampleshire", path=tmp_path / "x.xml", now=NOW)
    assert not (tmp_path / "x.xml").exists()
