"""An import taken back: every case it made, while nobody has worked on any of them."""
from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, Refused, acting, system_for, writing
from goldthread.access.policy import May
from goldthread.domains.front_door.models import IdentifiedPerson
from goldthread.exchange.importing import NotReady
from goldthread.exchange.models import ImportRun, State
from goldthread.people.actions.readers import set_readers
from goldthread.people.models import Person
from goldthread.process.mending import void_all
from goldthread.process.models import Case


@transaction.atomic
def undo(*, actor: Actor, run: ImportRun, reason: str, now: datetime) -> ImportRun:
    """Take back every case a run made, and hide the people only it recorded. Undone before: stays as it is.

    Raises Refused, NotReady, ValidationError without a reason, and mending.WorkedOn naming the cases somebody has
    worked on; then nothing is taken back.
    """
    insist_may_undo(actor, run, reason)
    with acting(system_for(actor)), writing():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.state == State.UNDONE:
            return run
        if run.state not in (State.DONE, State.UNDOING):
            raise NotReady("Only an import that was saved can be undone")
        cases = list(run.contacts.values_list("case_id", flat=True))
        made = list(IdentifiedPerson.objects.filter(case__in=cases, newly_made=True).values_list("person_id", flat=True))
        void_all(actor=actor, cases=cases, reason=reason, now=now)
        hide_unused(made)
        run.state, run.undone_at, run.undone_by, run.undone_because = State.UNDONE, now, actor.user, reason.strip()
        run.save(update_fields=["state", "undone_at", "undone_by", "undone_because"])
    return run


def insist_may_undo(actor: Actor, run: ImportRun, reason: str) -> None:
    """Whoever made the import, or a manager of the front door. Raises Refused, and ValidationError without a reason."""
    actor.require(May.IMPORT)
    if run.user_id != actor.user.pk and not actor.may(May.MANAGE_FRONT_DOOR):
        raise Refused("Only whoever made this import, or a manager, can undo it")
    if not reason.strip():
        raise ValidationError({"reason": "Say why the import is undone"})


def hide_unused(people: list[int]) -> None:
    """Hide people of whom nothing else is known than what is taken back. Within an action, as the system."""
    unused = Person.objects.filter(pk__in=people, in_cases=None, entry_rows=None, relationships=None, related=None,
                                   merged=None, merged_into=None, restricted=False)
    set_readers(unused.values_list("pk", flat=True), readers=[])


def touched(run: ImportRun) -> list[str]:
    """Cases of the run, by reference, that have something recorded after it; the actor's own sight."""
    rows = Case.objects.filter(imported__run=run, events__recorded_at__gt=run.saved_at).distinct()
    return list(rows.order_by("reference").values_list("reference", flat=True))
