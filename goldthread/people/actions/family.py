"""How people are related: one row a pair, the other end worked out."""
from __future__ import annotations

from datetime import date, datetime

from goldthread.access.actor import Actor, acting
from goldthread.people.actions.common import NotPossible, as_system, required, seen
from goldthread.people.actions.readers import refresh_readers
from goldthread.people.models import Relationship
from goldthread.rules.codes import choices


def relate(*, actor: Actor, now: datetime, person: int, other: int, kind: str, since: date | None = None,
           parental_responsibility: bool | None = None, source: str = "") -> Relationship:
    """Record that `person` is `kind` of `other`: their mother, their brother. The same again changes nothing but
    parental responsibility, when it is said. Raises NotPossible, Refused and Person.DoesNotExist."""
    kinds = dict(choices("relationships", now.date()))
    if kind not in kinds:
        raise NotPossible(f"Choose how they are related: {', '.join(kinds)}")
    if person == other:
        raise NotPossible("Choose two different people")
    with as_system(actor):
        one, two = seen(actor, person, other)
        row, made = Relationship.objects.get_or_create(
            person=one, other=two, kind=kind, until=None, withdrawn_at=None,
            defaults={"partnership_id": one.partnership_id, "since": since, "source": source,
                      "parental_responsibility": parental_responsibility})
        if not made and parental_responsibility is not None:
            row.parental_responsibility = parental_responsibility
            row.save(update_fields=["parental_responsibility"])
        refresh_readers([person])
        row.refresh_from_db()
    return row


def end_relationship(*, actor: Actor, now: datetime, relationship: int, until: date) -> Relationship:
    """They are no longer related so since `until`. Raises NotPossible, Refused and Relationship.DoesNotExist."""
    with as_system(actor):
        with acting(actor):
            row = Relationship.objects.get(pk=relationship, withdrawn_at=None)
        seen(actor, row.person_id, row.other_id)
        if row.until:
            raise NotPossible(f"This has already ended on {row.until:%d.%m.%Y}")
        if until > now.date() or (row.since and until < row.since):
            raise NotPossible("A relationship ends on or after the day it started and not in the future")
        row.until = until
        row.save(update_fields=["until"])
    return row


def withdraw_relationship(*, actor: Actor, now: datetime, relationship: int, because: str) -> Relationship:
    """They never were related so: the row is kept and shown nowhere. Raises NotPossible, Refused and
    Relationship.DoesNotExist."""
    because = required(because, "how you know that they are not related so")
    with as_system(actor):
        with acting(actor):
            row = Relationship.objects.get(pk=relationship, withdrawn_at=None)
        seen(actor, row.person_id, row.other_id)
        row.withdrawn_at, row.withdrawn_because = now, because[:200]
        row.save(update_fields=["withdrawn_at", "withdrawn_because"])
    return row
