"""Times that returns tell of are counted beside those of our own records: of their days only, and no child twice."""
from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.checks import run_checks

from goldthread.access.actor import Actor, acting
from goldthread.dataset import actions as returns
from goldthread.dataset.models import State, Submission
from goldthread.exchange.facts import scorecard, told_declared, wholes
from goldthread.exchange.facts.declared import known
from goldthread.exchange.facts.told_spans import Piece, counted
from goldthread.measure.models import Counted
from goldthread.people.actions import add_identifier
from tests.dataset.place import sources
from tests.domains.scene import Scene
from tests.exchange.test_exports import in_care
from tests.support import NOW, client_for, make_actor

FIRST = (date(2025, 4, 1), date(2026, 3, 31))
SECOND = (date(2026, 4, 1), date(2026, 9, 30))
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN\n"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC,HOME_POST\n"


def days(begin: date, end: date) -> list[date]:
    return [begin + timedelta(days=at) for at in range((end - begin).days)]


def test_what_counts_of_a_child_is_what_a_look_at_every_day_finds() -> None:
    chance, start, last = Random(7), date(2026, 1, 1), date(2026, 3, 1)

    def some(most: int) -> list[tuple[date, date]]:
        begun = [start + timedelta(days=chance.randrange(50)) for _ in range(chance.randrange(most))]
        return [(day, day + timedelta(days=chance.randrange(1, 12))) for day in begun]
    for _ in range(300):
        theirs, ours = some(5), some(3)
        told = {day for begin, end in theirs for day in days(begin, end)}
        left, run, cut = set(), [], False
        for day in days(start, last + timedelta(days=20)):  # a run of days is one time, cut on its first day that is ours
            if day not in told:
                run, cut = [], False
                continue
            run.append(day)
            cut = cut or any(begin <= day < end for begin, end in ours)
            if not cut:
                left.add(day)
        found = [day for piece in counted([Piece(*each) for each in theirs], ours)
                 for day in days(piece.began, piece.ended or last)]
        assert len(found) == len(set(found)), "no day twice"
        assert set(found) == left, (theirs, ours)


def test_declared_times_are_of_columns_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told_declared.faults(known()) == []
    wrong = told_declared.Told("ssda903", "episodes", "CHILD", {"table": "header"}, spans={"in-care": "", "nowhere": ""},
                               begins="DECOM", ends="ENDED")
    monkeypatch.setattr(told_declared, "times", lambda: (wrong,))
    assert [each.msg for each in run_checks() if each.id == "measure.E001"] == [
        "returned ssda903: there is no column “ENDED” in a table “episodes”", "returned ssda903: there is no span “nowhere”"]


@pytest.fixture
def scene(settings: Any, tmp_path: Path) -> Scene:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "in").mkdir()
    return Scene()


def analyst(scene: Scene) -> Actor:
    return make_actor("analyst", scene.seats["manager"].agency, scene.partnership)


def accepted(who: Actor, key: str, period: tuple[date, date], folder: Path, **files: str) -> Submission:
    owed = returns.expect(actor=who, agency=who.agency, key=key, since=period[0], until=period[1], due=period[1], now=NOW)
    with acting(who):
        made = returns.check(actor=who, expectation=owed, now=NOW, sources=sources(
            folder / "in", *((f"{name}.csv", text.encode()) for name, text in files.items())))
        assert made.state == State.CHECKED, [(kind.table, kind.column, kind.rule) for kind in made.foundkinds.all()]
        returns.send(actor=who, submission=made, now=NOW)
        return returns.accept(actor=who, submission=made, now=NOW)


def looked_after(scene: Scene, who: Actor, ours: str, folder: Path) -> dict[str, tuple[date, date | None]]:
    """Two returns and one record of ours. Returns, worked out by hand, from and to when each child counts."""
    known, other = scene.person("Known", by="manager"), scene.person("Other", born=date(2009, 1, 1), by="manager")
    for person, number in ((known, "E1"), (other, "F1")):
        add_identifier(actor=scene.seats["manager"], now=NOW, person=person.pk, scheme="council", value=number,
                       verified=True)
    children = "".join(f"{number},F,03/05/2011,WBRI,UN5\n" for number in ("A1", "B1", "C1", ours, "E1", "F1"))
    first = "".join((
        "A1,01/05/2024,S,V2,N1,U6,10/08/2025,X1,ZZ1 1AA\n", "A1,10/08/2025,P,V2,N1,U6,,,ZZ1 1AA\n",
        "B1,01/11/2025,S,V2,N8,U6,,,\n", "C1,01/06/2025,S,V2,N1,U6,,,\n", f"{ours},01/12/2024,S,V2,N1,U6,,,\n",
        "E1,15/01/2026,S,V2,N1,U6,,,\n", "F1,15/01/2026,S,V2,N1,U6,20/02/2026,E11,\n"))
    accepted(who, "ssda903", FIRST, folder, header=HEADER + children, episodes=EPISODES + first,
             uasc="CHILD,SEX,DOB,DUC\nB1,F,03/05/2011,20/06/2026\n")
    second = "".join((
        "A1,01/05/2024,S,V2,N1,U6,10/08/2025,X1,ZZ1 1AA\n", "A1,10/08/2025,P,V2,N1,U6,15/07/2026,E11,ZZ1 1AA\n",
        "B1,01/11/2025,S,V2,N8,U6,,,\n", f"{ours},01/12/2024,S,V2,N1,U6,,,\n", "E1,15/01/2026,S,V2,N1,U6,,,\n",
        "G1,05/05/2026,S,V2,N1,U6,,,\n"))
    accepted(who, "ssda903", SECOND, folder, header=HEADER + children + "G1,M,03/05/2024,WBRI,UN1\n",
             episodes=EPISODES + second, uasc="CHILD,SEX,DOB,DUC\nB1,F,03/05/2011,20/06/2026\n")
    return {"A1": (date(2025, 4, 1), date(2026, 7, 15)), "B1": (date(2025, 11, 1), None),
            "C1": (date(2025, 6, 1), date(2026, 4, 1)), "ours": (date(2025, 4, 1), None), "E1": (date(2026, 1, 15), None),
            "F1": (date(2026, 1, 15), date(2026, 2, 20)), "G1": (date(2026, 5, 5), None)}


def months(key: str, scene: Scene) -> dict[int, float]:
    with scene.system():
        return dict(Counted.objects.filter(kind="month", indicator=key).values_list("end", "numerator"))


def by_hand(times: dict[str, tuple[date, date | None]]) -> dict[int, float]:
    found = {}
    for year, month in [(2025, month) for month in range(1, 13)] + [(2026, month) for month in range(1, 12)]:
        after = date(year + month // 12, month % 12 + 1, 1)
        many = sum(begin < after and (end is None or end >= after) for begin, end in times.values())
        found |= {year * 100 + month: float(many)} if many else {}
    return found


@pytest.mark.django_db
def test_children_looked_after_by_returns_and_records_alike(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
                                                            ) -> None:
    who, ours = analyst(scene), in_care(scene, "Ours").reference.replace("-", "")
    times = looked_after(scene, who, ours, tmp_path)
    scorecard.update(scene.partnership.pk, NOW)
    assert months("looked-after", scene) == by_hand(times)
    alone = {"B1": (date(2025, 11, 1), date(2026, 6, 20))}
    assert months("unaccompanied", scene) == by_hand(alone)
    safe = client_for(who).get("/scorecard/indicators/looked-after/?period=2026-05")
    assert safe.context["table"].rows[0][1] == "c", "an analyst opens no records: the whole number, made safe"
    mine = client_for(scene.seats["manager"]).get("/scorecard/indicators/looked-after/?period=2026-05")
    assert mine.context["table"].rows[0][1] == "1", "whoever opens records is told of those, and of no row of a return"
    # Withdrawn, the first return holds on until another comes.
    with acting(who):
        last = Submission.objects.filter(state=State.ACCEPTED).order_by("-pk").first()
        returns.withdraw(actor=who, submission=last, reason="The wrong file", now=NOW)
    scorecard.update(scene.partnership.pk, NOW)
    without = {**times, "A1": (date(2025, 4, 1), None), "C1": (date(2025, 6, 1), None)}
    del without["G1"]
    assert months("looked-after", scene) == by_hand(without)
    monkeypatch.setattr(wholes, "_own_times", lambda duck: {})
    scorecard.update(scene.partnership.pk, NOW, whole=True)
    twice = by_hand(without | {"again": (date(2025, 5, 6), None)})
    assert months("looked-after", scene) == twice, "negative control: without the cut our child counts twice"


@pytest.mark.django_db
def test_plans_that_returns_alone_tell_of(scene: Scene, tmp_path: Path) -> None:
    who = analyst(scene)
    plans = "".join((
        "1,P1,02/01/2023,,NEG,NEG\n", "2,P2,05/05/2026,,EMO,PHY\n", "3,P3,06/06/2024,14/08/2026,NEG,EMO\n"))
    accepted(who, "ssd", SECOND, tmp_path, ssd_person="pers_person_id,pers_sex,pers_ethnicity,pers_dob\n" + "".join(
        f"P{at},M,WBRI,03/05/2016\n" for at in (1, 2, 3)), ssd_cp_plans=(
            "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,cppl_cp_plan_initial_category,"
            "cppl_cp_plan_latest_category\n" + plans))
    scorecard.update(scene.partnership.pk, NOW)
    assert {month: many for month, many in months("child-protection-plans", scene).items() if month < 202610} == {
        202604: 2, 202605: 3, 202606: 3, 202607: 3, 202608: 2, 202609: 2}
    assert {month: many for month, many in months("plans-of-two-years", scene).items() if month < 202610} == {
        202604: 1, 202605: 1, 202606: 2, 202607: 2, 202608: 1, 202609: 1}
    assert months("plans-physical-abuse", scene)[202609] == 1
    # Whoever works on plans here reads no record of these children: they are told the number made safe, as everybody is.
    manager = client_for(scene.seats["manager"])
    assert manager.get("/scorecard/indicators/child-protection-plans/?period=2026-09").context["protected"]
    why = manager.get("/scorecard/indicators/child-protection-plans/rows/2026-09/").content.decode()
    assert "returns of agencies" in why and "ssd_cp_plans" not in why
    page = client_for(who).get("/scorecard/indicators/child-protection-plans/rows/2026-09/").content.decode()
    assert "Standard Safeguarding Dataset" in page and "/rows/ssd_cp_plans/" in page
