"""Somebody who imports, and what is in the database afterwards."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from goldthread.access.actor import Actor, acting, system
from goldthread.domains.front_door.models import Contact, ContactPerson
from goldthread.exchange.importing import found_in, look, save
from goldthread.exchange.models import ImportedContact, ImportRun
from goldthread.files.tables.sheets import Upload
from goldthread.people.models import Person
from goldthread.process.models import Case, Event
from tests.support import NOW, make_actor, make_agency, make_partnership


def importer(role: str = "mash-worker") -> Actor:
    """Somebody at the front door of a partnership with a council, a school and a police force."""
    place = make_partnership()
    council = make_agency("childrens-services", partnership=place, name="Exampleshire Council")
    school = make_agency("school", partnership=place, name="Example Primary School")
    school.code = "999001"
    school.save()
    make_agency("police", partnership=place, name="Example Police")
    return make_actor(role, council, place)


def looked(actor: Actor, *uploads: Upload, **how: Any) -> ImportRun:
    with acting(actor):
        return look(actor=actor, uploads=uploads, now=NOW, **how)


def loaded(actor: Actor, *uploads: Upload, **how: Any) -> ImportRun:
    """Looked through and saved; what was found otherwise is told."""
    with acting(actor):
        run = look(actor=actor, uploads=uploads, now=NOW, **how)
        assert run.state == "checked", [str(each) for each in found_in(run)]
        return save(actor=actor, run=run, now=NOW)


def findings(actor: Actor, *uploads: Upload, **how: Any) -> list[Any]:
    """Everything wrong with files."""
    run = looked(actor, *uploads, **how)
    with acting(actor):
        return found_in(run)


def everything(actor: Actor) -> dict[str, int]:
    """How many rows an import could have written there are."""
    with acting(system(actor.partnership.pk)):
        return {model.__name__: model.objects.count() for model in (
            Case, Event, Contact, ContactPerson, Person, ImportedContact)}


def cases(actor: Actor) -> Sequence[Case]:
    with acting(system(actor.partnership.pk)):
        return list(Case.objects.select_related("started_by").order_by("pk"))
