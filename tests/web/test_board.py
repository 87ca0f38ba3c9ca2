"""Every figure of the board against SQL of its own; numbers safe for those who may not open the rows; and every
number that links opens exactly what it counts."""
from __future__ import annotations

import re
from typing import Any

import pytest

from goldthread.access.actor import Actor
from goldthread.measure.protecting import DEFAULT
from goldthread.process import confining
from goldthread.process.models import Case
from goldthread.rules.codes import label
from goldthread.web import counts
from goldthread.web.bespoke import figures
from tests.support import client_for
from tests.web.board_data import Truth, Year

pytestmark = pytest.mark.django_db
CASE = re.compile(r'href="/case/([A-Z0-9-]+)/"')
OLDER = re.compile(r'href="(\?[^"]*after=[^"]*)"')
RATED = {"Red": "Decide: red", "Amber": "Decide: amber", "Green": "Decide: green"}


@pytest.fixture(scope="module")
def _made(django_db_setup: Any, django_db_blocker: Any) -> Any:
    from tests.access.separate import undone
    with django_db_blocker.unblock(), undone():
        yield Year()


@pytest.fixture
def year(_made: Year) -> Year:
    return _made


def board(actor: Actor) -> dict[str, Any]:
    """What the board shows somebody."""
    response = client_for(actor).get("/front-door/board/")
    assert response.status_code == 200
    found = response.context
    return {**{k: found[k] for k in ("tiles", "charts", "timeliness", "turnaround", "consent")},
            "html": response.content.decode()}


def tiles(shown: dict[str, Any]) -> dict[str, str]:
    return {tile.label.replace(" in the last 52 weeks", ""): str(tile.number) for tile in shown["tiles"]}


def chart(shown: dict[str, Any], title: str) -> dict[str, list[Any]]:
    found = next(c for c in shown["charts"] if c.title == title)
    return {words: [each.values[at] for each in found.series] for at, words in enumerate(found.labels)}


def said(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}% ({part:,} of {whole:,})" if whole else "None yet"


@pytest.fixture
def hidden(year: Year) -> set[int]:
    """Three contacts restricted to a colleague, so that the manager's figures leave them out."""
    kept = year.cases[:3]
    with_sight = year.seat("mash-worker")
    for pk in kept:
        confining.restrict(actor=year.manager, case=Case(pk=pk), named=[with_sight.user.pk], reason="Kept", now=year.now)
    return set(kept)


@pytest.fixture
def truth(year: Year, hidden: set[int]) -> Truth:
    return Truth(year, [pk for pk in year.cases if pk not in hidden])


def test_every_figure_of_those_who_work_the_front_door(year: Year, truth: Truth) -> None:
    shown = board(year.manager)
    assert tiles(shown) == {
        "Open now": str(len(truth.open())), "Overdue": str(len(truth.overdue())),
        "Nobody has them": str(len(truth.nobody())), "Received": str(len(truth.received())),
        "Referrers told in time": said(*truth.in_time("Decide and tell the referrer", "answer-to-referrer"))}
    volumes = chart(shown, "Contacts received")
    assert {(month, kind): n for month, row in volumes.items()
            for kind, n in zip(("safeguarding", "early-help"), row, strict=True) if n} == truth.volumes()
    assert [n for (n,) in chart(shown, "How long open contacts have been open").values()] == truth.ages()
    for title, codes, table, column in (
            ("Who got in touch", "contact-sources", "front_door_contact", "source"),
            ("What was decided", "contact-outcome-details", "front_door_decision", "detail")):
        assert {words: n for words, (n,) in chart(shown, title).items()} == {
            label(codes, code): n for code, n in truth.by(table, column).items()}
    shares = {label("threshold-levels", level): round(100 * asked / many)
              for level, (asked, many) in truth.asked_by_level().items()}
    assert {words: n for words, (n,) in chart(shown, "At which level of need partners are asked").items()} == shares


def test_every_row_of_its_tables(year: Year, truth: Truth) -> None:
    shown = board(year.manager)
    assert {getattr(rating, "words", rating): share for rating, share in shown["timeliness"].rows} == {
        rating: said(*truth.in_time(clock, "decision")) for rating, clock in RATED.items()}
    wanted = {name: [str(asked), str(answered), str(nil), said(ok, counted), f"{hours:.1f}"]
              for name, (asked, answered, nil, ok, counted, hours) in truth.turnaround().items()}
    assert {row[0]: row[1:] for row in shown["turnaround"].rows} == wanted
    consents = truth.by("front_door_contact", "consent")
    assert {row[0]: row[1:] for row in shown["consent"].rows} == {
        label("consent-statuses", code) if code else "Nothing recorded": [str(n), said(n, sum(consents.values()))]
        for code, n in consents.items()}


def _listed(actor: Actor, url: str) -> set[str]:
    client, found = client_for(actor), set()
    for _ in range(30):
        page = client.get(url).content.decode()
        found |= set(CASE.findall(page))
        older = OLDER.findall(page)
        if not older:
            return found
        url = "/front-door/" + older[-1].replace("&amp;", "&")
    raise AssertionError("the list never ends")


def test_every_tile_opens_a_list_of_exactly_what_it_counts(year: Year, truth: Truth) -> None:
    shown = board(year.manager)
    linked = [tile for tile in shown["tiles"] if tile.url]
    wanted = [truth.open(), truth.overdue(), truth.nobody(), truth.received()]
    assert len(linked) == len(wanted)
    for tile, cases in zip(linked, wanted, strict=True):
        listed = _listed(year.manager, tile.url)
        assert listed == _references(cases), tile.label
        assert str(tile.number) == str(len(listed)), tile.label


def _references(cases: set[int]) -> set[str]:
    from goldthread.access.actor import acting, system
    with acting(system()):
        return set(Case.objects.filter(pk__in=cases).values_list("reference", flat=True))


# --- those who see figures and no record

FIGURES_ONLY = ("analyst", "scrutineer", "board-member", "business-manager")


def counts_shown(shown: dict[str, Any]) -> list[str]:
    """Every number of people the board says, in tiles, charts and tables; shares by both their counts."""
    found = [str(tile.number) for tile in shown["tiles"]]
    found += [str(value) for c in shown["charts"] if c.unit != "percent" for each in c.series for value in each.values]
    found += [cell for row in shown["turnaround"].rows for cell in row[1:5]]
    found += [cell for table in ("timeliness", "consent") for row in shown[table].rows for cell in row[1:]]
    return [part for cell in found for part in re.findall(r"\((.*?)\)", cell) or [cell]]


def faults(shown: dict[str, Any]) -> list[int]:
    """Counts that could point to somebody: 1 to 7 as they are, others not to the nearest 5."""
    numbers = [int(n.replace(",", "")) for cell in counts_shown(shown) if cell != "1 to 7"
               for n in re.findall(r"[\d,]+", cell)]
    return [n for n in numbers if n and (n <= 7 or n % 5)]


@pytest.mark.parametrize("role", FIGURES_ONLY)
def test_nobody_can_be_told_from_the_figures(year: Year, hidden: set[int], role: str) -> None:
    shown = board(year.seat(role))
    assert faults(shown) == [] and len(counts_shown(shown)) > 40
    assert not any(tile.url for tile in shown["tiles"]) and not CASE.search(shown["html"])
    assert "1 to 7" in shown["html"]


@pytest.mark.parametrize("role", FIGURES_ONLY[:1])
def test_protected_figures_are_those_of_all_rounded(year: Year, hidden: set[int], role: str) -> None:
    """Restricted contacts count as any other: a hole in the numbers would tell of them."""
    whole, shown = Truth(year, year.cases), board(year.seat(role))

    def safe(n: int) -> str:
        return "0" if n == 0 else "1 to 7" if n <= 7 else f"{5 * round(n / 5):,}"
    found = tiles(shown)
    assert [found[key] for key in ("Open now", "Overdue", "Nobody has them", "Received")] == [
        safe(len(cases)) for cases in (whole.open(), whole.overdue(), whole.nobody(), whole.received())]
    few = [row for row in shown["turnaround"].rows if whole.turnaround()[row[0]][1] < DEFAULT.base]
    assert all(row[5] == "" for row in few), "half the time of a few answers points to them"


def test_negative_control_unprotected_figures_are_noticed(year: Year, hidden: set[int], monkeypatch: Any) -> None:
    monkeypatch.setattr(counts, "safe", lambda n: n)
    assert faults(board(year.seat("analyst")))


def test_negative_control_a_figure_that_counts_something_else_is_noticed(year: Year, truth: Truth, monkeypatch: Any) -> None:
    real = figures.open_now
    monkeypatch.setattr(figures, "open_now", lambda: real().exclude(kind="early-help"))
    assert tiles(board(year.manager))["Open now"] != str(len(truth.open()))
