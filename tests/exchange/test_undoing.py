"""An import taken back, and refused once somebody has worked on what it made."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting, system
from goldthread.domains.front_door.models import Rating
from goldthread.domains.front_door.process import FRONT_DOOR
from goldthread.exchange.importing import NotReady
from goldthread.exchange.models import ImportRun
from goldthread.exchange.undoing import touched, undo
from goldthread.people.models import Person, SearchKey
from goldthread.process import actions, mending
from goldthread.process.actions import Writing
from goldthread.process.models import Case, Event
from tests.exchange.loading import cases, importer, loaded, looked
from tests.exchange.making import SSD_CONTACT, SSD_PERSON, csv_upload, many, ssd_uploads
from tests.support import NOW, make_actor

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def undone(actor: Any, run: ImportRun, reason: str = "Wrong month") -> ImportRun:
    with acting(actor):
        return undo(actor=actor, run=run, reason=reason, now=LATER)


def rate(actor: Any, case: Case) -> None:
    with acting(actor):
        actions.record(actor=actor, case=case, step=FRONT_DOOR.step("rating"), now=LATER,
                       writing_=Writing(Rating(rag="green", reason="Help is needed", happened_at=LATER)))


def test_every_case_is_taken_back_and_the_file_can_be_loaded_again() -> None:
    actor = importer()
    run = undone(actor, loaded(actor, csv_upload(many(4))))
    assert (run.state, run.undone_because) == ("undone", "Wrong month")
    assert not cases(actor)
    with acting(system(actor.partnership.pk)):
        assert Case.with_void.count() == 4 and Event.objects.count() == 8
    again = loaded(actor, csv_upload(many(4)))
    assert again.pk != run.pk and len(cases(actor)) == 4


def test_undone_twice_is_undone_once() -> None:
    actor = importer()
    run = loaded(actor, csv_upload(many(2)))
    first, second = undone(actor, run), undone(actor, run)
    assert first.undone_at == second.undone_at


def test_refused_and_named_when_somebody_has_worked_on_one() -> None:
    actor = importer()
    run = loaded(actor, csv_upload(many(3)))
    worked_on = cases(actor)[1]
    rate(actor, worked_on)
    with acting(actor):
        assert touched(run) == [worked_on.reference]
    with pytest.raises(mending.WorkedOn, match=worked_on.reference):
        undone(actor, run)
    assert len(cases(actor)) == 3
    with acting(actor):
        assert ImportRun.objects.get().state == "done"


def test_without_that_check_the_work_would_be_taken_back_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "_insist_untouched", lambda *_: None)
    actor = importer("mash-manager")
    run = loaded(actor, csv_upload(many(1)))
    rate(actor, cases(actor)[0])
    undone(actor, run)
    assert not cases(actor)


def test_by_whoever_made_it_or_a_manager_and_with_a_reason() -> None:
    actor = importer()
    run = loaded(actor, csv_upload(many(1)))
    colleague = make_actor("mash-worker", actor.agency, actor.partnership)
    with pytest.raises(Refused):
        undone(colleague, run)
    with pytest.raises(ValidationError):
        undone(actor, run, "  ")
    undone(make_actor("mash-manager", actor.agency, actor.partnership), run)
    assert not cases(actor)


def test_only_what_was_saved() -> None:
    actor = importer()
    with pytest.raises(NotReady):
        undone(actor, looked(actor, csv_upload(many(1))))


def test_people_whom_only_the_import_recorded_are_hidden_and_others_are_not() -> None:
    actor = importer()
    first = loaded(actor, *ssd_uploads([SSD_CONTACT], [SSD_PERSON]))
    second = loaded(actor, *ssd_uploads([{**SSD_CONTACT, "cont_contact_id": "C2"},
                                         {**SSD_CONTACT, "cont_contact_id": "C3", "cont_person_id": "P9"}]))
    undone(actor, second)
    with acting(actor):
        assert Person.objects.count() == 1 and SearchKey.objects.count() == 1
        assert Person.objects.get().given == "Testa"
    undone(actor, first)
    with acting(actor):
        assert not Person.objects.exists() and not SearchKey.objects.exists()
    loaded(actor, *ssd_uploads([SSD_CONTACT], [SSD_PERSON]))
    with acting(actor):
        assert Person.objects.get().given == "Testa"
