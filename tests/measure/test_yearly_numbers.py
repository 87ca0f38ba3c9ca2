"""Every number in the borough's report, worked out anew by SQL over the tables: none of it goes through what is tested."""
from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from goldthread.access.actor import acting, system, writing
from goldthread.commands import report as command
from goldthread.commands.main import parser_for
from goldthread.exchange.yearly.learning import LEARNING
from goldthread.measure import periods
from goldthread.measure.indicators import indicator
from goldthread.measure.reading import YEARS_ONLY
from goldthread.meeting.models import Attendance, Body, Meeting
from goldthread.reports.checking.document_check import check_document
from goldthread.reports.document import read_document
from goldthread.reports.yearly.casework import grave
from goldthread.reports.yearly.figures import Asked
from goldthread.reports.yearly.findings import SURE
from goldthread.reports.yearly.from_records import Made, report_of
from goldthread.reports.yearly.scorecard import SCORECARD
from goldthread.thread.models import Action, Finding, Impact, Recommendation
from tests.access.separate import undone
from tests.measure.independent import NUMBERS
from tests.measure.world import World
from tests.support import make_agency

pytestmark = pytest.mark.django_db
YEAR = periods.read("2025-2026")


@pytest.fixture(scope="module")
def held(world: World, django_db_blocker: Any) -> Iterator[World]:
    """The borough with meetings and actions in the year, and one of each outside it."""
    with django_db_blocker.unblock(), undone(), acting(system(world.partnership.pk)), writing():
        _meet(world)
        _learn(world)
        yield world


def _at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00+00:00")


def _meet(world: World) -> None:
    by = world.seat("business-manager").appointment
    board, panel = (Body.objects.create(partnership=world.partnership, name=name, kind=kind, desk="assurance", chair=by)
                    for name, kind in (("Marlpit Board", "board"), ("Marlpit Panel", "panel")))
    school = make_agency("school", partnership=world.partnership, name="Marlpit School")
    for body, day in ((board, "2025-03-31"), (board, "2025-04-01"), (board, "2026-03-31"), (board, "2026-04-01"),
                      (panel, "2025-06-01")):
        meeting = Meeting.objects.create(partnership=world.partnership, body=body, planned_at=_at(day))
        for agency, attended in ((world.council, "attended"), (school, "absent" if day < "2026" else "deputy")):
            Attendance.objects.create(partnership=world.partnership, meeting=meeting, agency=agency, attended=attended,
                                      at=_at(day))


def _learn(world: World) -> None:
    user, here = world.seat("business-manager").user, {"partnership": world.partnership}
    finding = Finding.objects.create(**here, source="Audit", theme="Voice", what="Too seldom asked", by=user,
                                     at=_at("2025-09-01"))
    Finding.objects.create(**here, source="Audit", theme="Voice", what="Earlier", by=user, at=_at("2024-09-01"))
    asked = Recommendation.objects.create(**here, finding=finding, what="Ask", by=user, at=_at("2025-09-02"))
    for given, due, done in (("2025-05-01", "2025-08-01", None), ("2025-05-01", "2026-05-01", None),
                             ("2025-05-01", "2025-08-01", "2025-07-01"), ("2024-05-01", "2025-08-01", "2026-03-31"),
                             ("2024-05-01", "2024-08-01", "2024-07-01"), ("2026-04-02", "2026-08-01", None)):
        one = Action.objects.create(**here, recommendation=asked, what="Do it", agency=world.council, due=due, given_by=user,
                                    given_at=_at(given), done_at=_at(done) if done else None)
        if done == "2025-07-01":
            Impact.objects.create(**here, action=one, by=user, at=_at("2025-08-01"), difference="Heard", known_by="Asked")


@pytest.fixture(scope="module")
def made(held: World, django_db_blocker: Any) -> Made:
    with django_db_blocker.unblock():
        return report_of(held.partnership, YEAR, held.now)


def say(many: float) -> str:
    """The rule of small numbers, worked out here anew."""
    whole = round(many)
    return "c" if 1 <= whole <= 7 else f"{(whole + 2) // 5 * 5:,}"


def share(part: float, whole: float, unit: str) -> str:
    if not whole:
        return "No cases"
    told, of = say(part), say(whole)
    if "c" in (told, of) or whole < 20 or of == "0":
        return "Too few to say"
    top, below = (float(each.replace(",", "")) for each in (told, of))
    return f"{min(100 * top / below, 100):.0f}%" if unit == "%" else f"{top / below:,.1f}"


def of_indicator(world: World, key: str, period: periods.Period) -> str:
    """What everybody is told of an indicator in a period."""
    each = indicator(key)
    if each.numerator.table == "worked":
        earliest = world.ask("select min(done_at) from thread_action")[0][0].date()
    else:  # since the partnership works with the service, or since something of the process is held, if that was earlier
        named = re.findall(r"process (?:=|in) \(?((?:'[a-z0-9-]+'(?:, )?)+)", " ".join(count.where for count in each.counts))
        keys = re.findall(r"[a-z0-9-]+", " ".join(named))
        begun = world.ask("select min(e.happened_at) from process_event e join process_case c on c.id = e.case_id"
                          " where c.process_key = any(%(keys)s)", keys=keys)[0][0]
        earliest = min([world.partnership.live_since, *([begun.date()] if begun else [])])
    if each.numerator.table != "returned" and period.until < earliest:
        return "Not counted then"
    if each.numerator.table == "returned":
        assert world.ask("select count(*) from dataset_submission where state = 'accepted'") == [(0,)]
        return "Not sent in"
    when = {"since": period.since, "until": period.until, "now": world.now}
    if each.population:
        assert world.ask("select count(*) from measure_published where area = ''") == [(0,)]
        return "Population not loaded"
    part, whole = (float(world.ask(sql, **when)[0][0]) if sql else None for sql in NUMBERS[key])
    if each.sensitive:
        assert earliest.year >= 2025, "no three whole years are counted"
        return "Only over several years"
    return say(part) if whole is None else share(part, whole, each.unit)


def change(now: str, then: str, unit: str) -> str:
    values = [re.fullmatch(r"([\d,.]+)%?", each) for each in (now, then)]
    if not all(values):
        return "–"
    first, second = (Decimal(each[1].replace(",", "")) for each in values if each)
    by = first - second
    sign = "+" if by > 0 else "−" if by < 0 else ""
    return f"{sign}{f'{abs(by):,}'.removesuffix('.0')}{' points' if unit == '%' else ''}"


AFTER = "('2026-04-01'::timestamp at time zone 'Europe/London')"
DAYS = f"between ('2025-04-01'::timestamp at time zone 'Europe/London') and {AFTER} - interval '1 microsecond'"
CASES = {"begun": f"opened_at {DAYS}", "ended": f"closed_at {DAYS}",
         "open": f"opened_at < {AFTER} and (closed_at is null or closed_at >= {AFTER})"}
STILL = f"given_at < {AFTER} and (done_at is null or done_at >= {AFTER}) and (dropped_at is null or dropped_at >= {AFTER})"
THREAD = {"findings": f"thread_finding where at {DAYS}", "recommendations": f"thread_recommendation where at {DAYS}",
          "given": f"thread_action where given_at {DAYS}", "done": f"thread_action where done_at {DAYS}",
          "impact": f"thread_action a where done_at {DAYS} and exists (select 1 from thread_impact i"
                    f" where i.action_id = a.id and i.at < {AFTER})",
          "open": f"thread_action where {STILL}", "overdue": f"thread_action where {STILL} and due <= '2026-03-31'"}
SITTING = f"""from meeting_attendance a join meeting_meeting m on m.id = a.meeting_id join meeting_body b on b.id = m.body_id
    where m.cancelled_at is null and m.planned_at {DAYS} and b.kind in ('executive', 'board', 'subgroup')"""


def expected(world: World, key: str, said: dict[str, str]) -> str:
    """What a figure must be told as, worked out from the tables alone."""
    first, _, rest = key.partition(".")
    if first == "process":
        process, _, moment = rest.rpartition(".")
        if process in grave():
            return YEARS_ONLY
        many = world.ask(f"select count(*) from process_case where voided_at is null and process_key = %(key)s"
                         f" and {CASES[moment]}", key=process)[0][0]
        return say(many) if process != "section-11" else f"{many:,}"
    if first == "thread":
        name, _, kind = rest.partition(".")
        more = "" if not kind else f" and agency_id in (select id from orgs_agency where kind = '{kind}')"
        return f"{world.ask(f'select count(*) from {THREAD[name]}{more}')[0][0]:,}"
    if first == "meetings":
        return of_meetings(world, rest)
    if rest.endswith("change"):
        return change(said[first], said[f"{first}.before"], indicator(first).unit)
    year = YEAR.before() if rest.endswith("before") else YEAR
    if rest[:1] == "q":
        return of_indicator(world, first, periods.period_of(year.months[3 * int(rest[1]) - 3], "quarter"))
    assert rest in ("", "before"), key
    return of_indicator(world, first, year)


def of_meetings(world: World, rest: str) -> str:
    what, _, whose = rest.partition(".")
    if what == "held":
        more = f" and b.id = {whose.rpartition('-')[2]}" if whose else ""
        return f"{world.ask(f'select count(distinct m.id) {SITTING}{more}')[0][0]:,}"
    agency = f" and a.agency_id = {whose.rpartition('-')[2]}"
    if what == "share":
        came, of = world.ask("select count(*) filter (where a.attended in ('attended', 'deputy')), count(*)"
                             f" {SITTING}{agency}")[0]
        return f"{(Decimal(100 * came) / of).quantize(Decimal(1), ROUND_HALF_UP)}%"
    return f"{world.ask(f'select count(*) {SITTING}{agency} and a.attended = %(what)s', what=what)[0][0]:,}"


def test_every_figure_is_what_postgresql_says(held: World, made: Made) -> None:
    said = {each.key: each.text for each in made.composed.used}
    assert len(said) > 400 and not made.composed.problems
    wrong = {key: (text, want) for key, text in said.items() if (want := expected(held, key, said)) != text}
    assert not wrong, f"as told, and as worked out from the tables: {wrong}"


def test_while_a_year_runs_nothing_is_said_of_what_is_to_come(held: World) -> None:
    """No nought for a quarter that has not begun, and nothing overdue that still has time."""
    def told(at: str) -> dict[str, str]:
        with acting(system(held.partnership.pk)):
            asked = Asked(held.partnership, YEAR, _at(at))
            return {each.key: each.text for source in (SCORECARD, LEARNING) for each in source.count(asked)}
    during, after = told("2025-08-01"), told("2026-04-01")
    assert (during["contacts.q3"], during["contacts.q4"]) == ("Not yet", "Not yet")
    assert during["contacts.q1"] == after["contacts.q1"] and "Not yet" not in after.values()
    assert (during["thread.overdue"], after["thread.overdue"]) == ("0", "1"), "what is due today still has time"
    assert told("2025-08-02")["thread.overdue"] == "1"


def test_the_comparison_notices_a_wrong_figure(held: World, made: Made) -> None:
    said = {each.key: each.text for each in made.composed.used}
    assert expected(held, "contacts-from-police", said) != said["contacts"]
    assert expected(held, "thread.given", said) == "3" and expected(held, "meetings.held", said) == "2"
    assert expected(held, "thread.done", said) == "2" and expected(held, "thread.overdue", said) == "1"


def test_every_cell_of_the_word_document_is_a_figure_as_it_was_worked_out(held: World, made: Made) -> None:
    """What is printed is what was checked: each table's cells are the texts of its figures, and nothing else."""
    word = docx.Document(io.BytesIO(made.forms["report.docx"][1]))
    told: dict[tuple[str, str], set[str]] = {}
    for each in made.composed.used:
        told.setdefault((each.row, each.column), set()).add(each.text)
    cells = 0
    for table in word.tables[:-1]:  # the last is the list of figures
        head = [cell.text for cell in table.rows[0].cells]
        for row in table.rows[1:]:
            texts = [cell.text for cell in row.cells]
            for column, text in zip(head[1:], texts[1:], strict=True):
                assert text in told.get((texts[0], column), {"–"}), (texts[0], column, text)
                cells += 1
    assert cells > 400
    sentences = " ".join(each.text for each in word.paragraphs)
    by_key = {each.key: each for each in made.composed.used}
    assert f"took {by_key['contacts'].spoken} contacts in the year" in sentences


@pytest.mark.parametrize("name", ["report.docx", "report.pdf"])
def test_the_check_finds_nothing_certain_in_our_own_report(made: Made, name: str) -> None:
    found = check_document(read_document(name, made.forms[name][1])).findings
    assert not [each for each in found if each.certainty >= SURE]


def test_the_command_writes_every_form(held: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = parser_for("report", command).parse_args(
        ["--from-records", "--year", "2025-2026", "--partnership", "northbridge", "--out", str(tmp_path)])
    assert command.needs_database(asked) and command.run(asked) == 0
    assert {each.name for each in tmp_path.iterdir()} == {"report.html", "report.pdf", "report.docx", "figures.json"}
    assert "figures of April 2025 to March 2026" in capsys.readouterr().out
