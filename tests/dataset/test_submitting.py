"""A return from being chosen to being accepted, replaced, withdrawn and undone; who may, and who sees what."""
from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from goldthread.access import audit
from goldthread.access.actor import NotThroughActions, Refused, acting, system
from goldthread.access.models import without_application_filter
from goldthread.dataset import actions, owed, rows
from goldthread.dataset.actions import submitting
from goldthread.dataset.models import (
    Expectation,
    FoundRow,
    SentFile,
    SentTable,
    State,
    Submission,
    WaitingFile,
)
from goldthread.dataset.tasks import forget_unsent
from goldthread.files import storing
from goldthread.files.models import Document
from goldthread.notify.models import InboxNotice
from tests.access.separate import as_superuser, undone
from tests.dataset.place import DUE, Place, checked, found_in, many, rows_csv, sent, told
from tests.support import NOW, TODAY, make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return Place()


def counts(place: Place) -> dict[str, int]:
    with acting(system(place.partnership.pk)):
        return {m.__name__: m.objects.count() for m in (Submission, WaitingFile, SentFile, SentTable, FoundRow, Document)}


def test_from_choosing_to_counting(place: Place, tmp_path: Path) -> None:
    asked = place.owed()
    version = checked(place.officer, asked, tmp_path, ("q2.csv", rows_csv(*many(3))))
    assert (version.state, version.number, version.errors) == (State.CHECKED, 0, 0)
    with acting(place.officer):
        version = actions.send(actor=place.officer, submission=version, now=NOW)
        assert (version.state, version.number) == (State.SENT, 1)
        assert actions.send(actor=place.officer, submission=version, now=NOW).number == 1, "sending twice sends once"
    with acting(place.analyst):
        assert InboxNotice.objects.filter(user=place.analyst.user, kind="return").exists()
        version = actions.accept(actor=place.analyst, submission=version, now=NOW)
        assert version.state == State.ACCEPTED
        opened = rows.open_rows(place.analyst, version, "incidents").collect()
        assert opened["incident_number"].to_list() == ["EX-1", "EX-2", "EX-3"] and opened["_row"].to_list() == [2, 3, 4]
        assert str(opened["happened_at"][0]) == "2026-08-14 21:30:00" and opened["domestic_abuse"].to_list() == [True] * 3
        with transaction.atomic():
            [read] = audit.readings("submission", version.pk)
        assert (read["user_id"], read["why"]) == (place.analyst.user.pk, "opened the rows of a return: incidents")
    kept = counts(place)
    assert (kept["WaitingFile"], kept["SentFile"], kept["SentTable"], kept["Document"]) == (0, 1, 1, 2)


def test_nothing_is_kept_of_what_does_not_hold_but_what_to_mend(place: Place, tmp_path: Path) -> None:
    asked = place.owed()
    version = checked(place.officer, asked, tmp_path, ("q2.csv", rows_csv(*many(2), {"kind": "nonsense"})))
    assert version.state == State.FAULTY and told(place.officer, version)[0] == ("kind", "code", 1)
    kept = counts(place)
    assert not any(kept[name] for name in ("WaitingFile", "SentFile", "SentTable", "Document"))
    with acting(place.officer), pytest.raises(actions.NotReady):
        actions.send(actor=place.officer, submission=version, now=NOW)
    mended = sent(place.officer, asked, tmp_path, ("q2.csv", rows_csv(*many(3))))
    with acting(place.officer):
        assert [each.pk for each in Submission.objects.all()] == [mended.pk], "what was not sent has made way"


def test_a_failure_half_way_leaves_nothing(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = place.owed()
    version = checked(place.officer, asked, tmp_path, ("q2.csv", rows_csv(*many(3))))
    before, real, calls = counts(place), storing.keep, []

    def breaks(**arguments: Any) -> Any:
        calls.append(arguments)
        if len(calls) == 2:
            raise OSError("the disk is full")
        return real(**arguments)
    monkeypatch.setattr(storing, "keep", breaks)
    with acting(place.officer), pytest.raises(OSError):
        actions.send(actor=place.officer, submission=version, now=NOW)
    assert len(calls) == 2 and counts(place) == before
    monkeypatch.setattr(storing, "keep", real)
    with acting(place.officer):
        assert actions.send(actor=place.officer, submission=version, now=NOW).state == State.SENT


def test_negative_control_without_the_transaction_half_of_it_stays(
        place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same failure where the action does not undo itself, to show that the test above would notice."""
    asked = place.owed()
    version = checked(place.officer, asked, tmp_path, ("q2.csv", rows_csv(*many(3))))
    before, real, calls = counts(place), storing.keep, []

    def breaks(**arguments: Any) -> Any:
        calls.append(arguments)
        if len(calls) == 2:
            raise OSError("the disk is full")
        return real(**arguments)
    monkeypatch.setattr(storing, "keep", breaks)
    from goldthread.access.actor import writing
    with acting(system(place.partnership.pk)), writing(), pytest.raises(OSError):
        version.expectation = asked
        submitting._keep(place.officer, version, NOW)
    assert counts(place) != before


def test_changed_on_the_disk_before_it_was_sent(place: Place, tmp_path: Path) -> None:
    version = checked(place.officer, place.owed(), tmp_path, ("q2.csv", rows_csv(*many(1))))
    with acting(place.officer):
        waiting = WaitingFile.objects.get(submission=version, table="incidents")
        (storing.folder() / waiting.place).write_bytes(b"something else")
        with pytest.raises(storing.Damaged):
            actions.send(actor=place.officer, submission=version, now=NOW)
    assert counts(place)["Document"] == 0


def test_versions_replace_each_other_and_are_taken_back(place: Place, tmp_path: Path) -> None:
    asked = place.owed()
    one = sent(place.officer, asked, tmp_path, ("q2.csv", rows_csv(*many(1))))
    with acting(place.analyst):
        actions.accept(actor=place.analyst, submission=one, now=NOW)
    two = sent(place.officer, asked, tmp_path, ("q2.csv", rows_csv(*many(2))))
    with acting(place.analyst):
        two = actions.accept(actor=place.analyst, submission=two, now=NOW)
        assert states(asked) == [("replaced", 1), ("accepted", 2)]
        assert [each.pk for each in owed.counting()] == [two.pk]
        actions.undo(actor=place.analyst, submission=two, now=NOW)
        assert states(asked) == [("accepted", 1), ("sent", 2)]
        actions.accept(actor=place.analyst, submission=two, now=NOW)
    with acting(place.officer):
        with pytest.raises(ValidationError):
            actions.withdraw(actor=place.officer, submission=two, reason=" ", now=NOW)
        actions.withdraw(actor=place.officer, submission=two, reason="Wrong quarter", now=NOW)
        assert states(asked) == [("replaced", 1), ("withdrawn", 2)]
        assert owed.owed(owed.calendar()).get().pk == asked.pk, "it is owed again"
    with acting(place.analyst):
        actions.undo(actor=place.analyst, submission=two, now=NOW)
        assert states(asked) == [("replaced", 1), ("accepted", 2)]
        with pytest.raises(actions.NotReady):
            actions.undo(actor=place.analyst, submission=one, now=NOW)


def states(asked: Expectation) -> list[tuple[str, int]]:
    return list(Submission.objects.filter(expectation=asked).order_by("pk").values_list("state", "number"))


def test_who_may_do_what(place: Place, tmp_path: Path) -> None:
    asked = place.owed()
    version = sent(place.officer, asked, tmp_path, ("q2.csv", rows_csv(*many(1))))
    colleague = make_actor("gp", place.police, place.partnership)
    for nobody in (place.head, colleague, make_actor("police-partner")):
        with acting(nobody):
            assert not Submission.objects.exists() and not Expectation.objects.exists()
            with pytest.raises((Refused, Submission.DoesNotExist)):
                rows.open_rows(nobody, version, "incidents")
            for act in (actions.accept, actions.undo):
                with pytest.raises(Refused):
                    act(actor=nobody, submission=version, now=NOW)
            with pytest.raises((Refused, Submission.DoesNotExist)):
                actions.withdraw(actor=nobody, submission=version, reason="x", now=NOW)
            with pytest.raises((Refused, Expectation.DoesNotExist)):
                actions.check(actor=nobody, expectation=asked, sources=[], now=NOW)
    with acting(place.officer), pytest.raises(Refused):
        actions.accept(actor=place.officer, submission=version, now=NOW)


def test_a_business_manager_sees_how_it_stands_and_no_row(place: Place, tmp_path: Path) -> None:
    version = checked(place.officer, place.owed(), tmp_path, ("q2.csv", rows_csv({"kind": "nonsense"})))
    assert told(place.manager, version) and not found_in(place.manager, version)
    assert found_in(place.analyst, version) and found_in(place.officer, version)
    version = sent(place.officer, place.owed(), tmp_path, ("q2.csv", rows_csv(*many(1))))
    with acting(place.manager):
        assert not SentTable.objects.exists() and not Document.objects.exists()
        with pytest.raises(Refused):
            rows.open_rows(place.manager, version, "incidents")
        actions.accept(actor=place.manager, submission=version, now=NOW)


def test_the_database_hides_rows_by_itself(place: Place, tmp_path: Path) -> None:
    version = checked(place.officer, place.owed(), tmp_path, ("q2.csv", rows_csv({"kind": "nonsense"})))
    assert found_in(place.officer, version)
    with acting(place.head), without_application_filter():
        assert not FoundRow.objects.exists() and not Submission.objects.exists()
    with undone():
        with as_superuser() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("alter table dataset_foundrow disable row level security")
        with acting(place.head), without_application_filter():
            assert FoundRow.objects.exists(), "with both nets off it would be seen"


def test_rows_are_written_by_actions_only(place: Place) -> None:
    asked = place.owed()
    with acting(place.officer):
        with pytest.raises(NotThroughActions):
            Submission.objects.create(expectation=asked)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from dataset_expectation")
            assert cursor.fetchone() == (1,)


def test_asked_for_period_by_period_reminded_and_asked_no_longer(place: Place) -> None:
    made = actions.plan(actor=place.analyst, agencies=[place.police, place.school], key="police-incidents", rhythm="quarter",
                        first=DUE, many=2, days=21, now=NOW)
    assert [(each.agency_id, str(each.since), str(each.until), str(each.due)) for each in made] == [
        (agency.pk, *rest) for agency in (place.police, place.school) for rest in (
            ("2026-10-01", "2026-12-31", "2027-01-21"), ("2027-01-01", "2027-03-31", "2027-04-21"))]
    again = actions.plan(actor=place.analyst, agencies=[place.police], key="police-incidents", rhythm="quarter",
                         first=DUE, many=1, days=30, now=NOW)
    assert again[0].pk == made[0].pk, "asked for once"
    with acting(place.officer):
        assert InboxNotice.objects.filter(user=place.officer.user, kind="return").count() == 1
    assert actions.remind(actor=place.analyst, expectation=made[0], now=NOW) == 1
    actions.drop(actor=place.analyst, expectation=made[0], reason="Sent by another way", now=NOW)
    with pytest.raises(ValidationError):
        actions.remind(actor=place.analyst, expectation=made[0], now=NOW)
    with acting(place.officer):
        assert owed.calendar().count() == 1 and not owed.late(owed.calendar(), TODAY).exists()
    for wrong in ({"key": "no-such-return"}, {"rhythm": "fortnight"}, {"agencies": []}):
        asked = {"agencies": [place.police], "key": "police-incidents", "rhythm": "month", "first": DUE, "many": 1,
                 "days": 1}
        with pytest.raises(ValidationError):
            actions.plan(actor=place.analyst, now=NOW, **{**asked, **wrong})
    with pytest.raises(Refused):
        actions.remind(actor=place.officer, expectation=made[1], now=NOW)


def test_what_was_never_sent_is_forgotten(place: Place, tmp_path: Path) -> None:
    version = checked(place.officer, place.owed(), tmp_path, ("q2.csv", rows_csv(*many(1))))
    assert forget_unsent(NOW + timedelta(hours=19)) == 0 and forget_unsent(NOW + timedelta(hours=21)) > 0
    with acting(place.officer):
        assert not Submission.objects.filter(pk=version.pk).exists()
    again = checked(place.officer, place.owed(), tmp_path, ("q2.csv", rows_csv(*many(1))))
    with acting(place.officer):
        actions.forget(actor=place.officer, submission=again)
        assert not Submission.objects.exists()
