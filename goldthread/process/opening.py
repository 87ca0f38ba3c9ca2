"""The only ways to read one case, one ask: fetched as the actor, and the look written down."""
from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, OuterRef, TextField
from django.utils import timezone

from goldthread.access import audit
from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.prepared import Prepared
from goldthread.process.models import Ask, Case, CasePerson


def open_case(*, actor: Actor, reference: str, why: str) -> Case:
    """One case the actor may see. Raises Case.DoesNotExist when it is not theirs, as when there is none.

    why: in what connection it is read ("work", "search", "break-glass"), for the reading log.
    """
    found = _ONE.rows(reference=reference)
    if not found:
        raise Case.DoesNotExist(f"There is no case {reference}")
    case: Any = found[0]
    audit.log_reading(kind="case", ref=case.pk, people=case.involved, agency=actor.agency.pk, why=why)
    return case


def _one(reference: str) -> Any:
    """A case with those its page names, the ids of the people it is about, those of the cases it led to, and the kinds of
    work begun from it that are open, whoever may see them (`facts.sql`)."""
    involved = CasePerson.objects.filter(case=OuterRef("pk")).values("person_id")
    led_to = Case.objects.filter(came_from=OuterRef("pk")).values("pk")
    rows = Case.objects.filter(reference=reference).select_related("partnership", "started_by", "allocated_to")
    begun = Func("pk", function="process_begun_from", output_field=ArrayField(TextField()))
    return rows.annotate(involved=ArraySubquery(involved), led=ArraySubquery(led_to), begun=begun)


def joined(case: Case) -> list[Case]:
    """The cases that one came from and led to, as far as the acting person may see them; `case` from `open_case`."""
    pks = [pk for pk in (case.came_from_id, *case.led) if pk]  # type: ignore[attr-defined]
    return list(Case.objects.filter(pk__in=pks).order_by("pk")) if pks else []


_ONE = Prepared(_one, reference="\ue000 reference")


def open_ask(*, actor: Actor, pk: int, why: str = "asked") -> Ask:
    """One ask the actor's agency was sent, marked as seen. Raises Ask.DoesNotExist when it is not theirs."""
    ask: Ask = Ask.objects.select_related("agency", "event__agency", "event__recorded_by", "partnership").get(
        pk=pk, agency=actor.agency)
    ask.event.partnership = ask.partnership
    audit.log_reading(kind="ask", ref=ask.pk, agency=actor.agency.pk, why=why)
    if ask.seen_at is None:
        with acting(system_for(actor)), writing():
            Ask.objects.filter(pk=ask.pk, seen_at=None).update(seen_at=timezone.now())
    return ask
