"""A case for named people only: restricted, or sealed so that two people must agree before it is open again."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, Refused, acting, system_for, writing
from goldthread.access.policy import May, user_token
from goldthread.orgs.models import Appointment
from goldthread.process import readers
from goldthread.process.models import Case
from goldthread.process.rights import may_restrict

GLASS = "glass:"  # what a token begins with that was given in an emergency


@transaction.atomic
def restrict(*, actor: Actor, case: Case, named: Iterable[int], reason: str, now: datetime, seal: bool = False) -> Case:
    """Hide a case from all but the users named, even that it exists. Raises Refused and ValidationError.

    seal: no emergency opens it either, what one opened is shut, and it takes two people to open it again: such as the
    records of a child before adoption, or what a court has closed.
    """
    users = sorted(set(named))
    required(reason, "reason", "Say why the record is restricted")
    known = Appointment.objects.current(now.date()).filter(partnership=actor.partnership, user__in=users)
    if not users or set(known.values_list("user_id", flat=True)) != set(users):
        raise ValidationError({"named": "Choose people who hold a seat in this partnership today"})
    if seal and len(users) < 2:
        raise ValidationError({"named": "Name two people or more: a sealed record is opened again by two together"})
    with acting(system_for(actor)), writing():
        found = _held(actor, case)
        _insist_not_sealed(found)
        return _narrowed(actor, found, [user_token(u) for u in users], reason, now, seal=seal)


@transaction.atomic
def lift_restriction(*, actor: Actor, case: Case, reason: str, now: datetime) -> Case:
    """Open a restricted case to its readers again. Raises Refused and ValidationError."""
    required(reason, "reason", "Say why the record need not be restricted any more")
    with acting(system_for(actor)), writing():
        found = _held(actor, case)
        _insist_not_sealed(found)
        return _narrowed(actor, found, [], reason, now)


@transaction.atomic
def ask_to_unseal(*, actor: Actor, case: Case, reason: str, now: datetime) -> Case:
    """The first of two: ask that a sealed case be opened again. Raises Refused and ValidationError."""
    reason = required(reason, "reason", "Say why the record need not be sealed any more")
    with acting(system_for(actor)), writing():
        found = _held(actor, case)
        _insist_sealed(found)
        found.unseal_reason, found.unseal_asked_at, found.unseal_asked_by = reason, now, actor.user
        found.save(update_fields=["unseal_reason", "unseal_asked_at", "unseal_asked_by"])
    return found


@transaction.atomic
def unseal(*, actor: Actor, case: Case, reason: str, now: datetime) -> Case:
    """The second of two: agree, so that the case is open to its readers again. Raises Refused and ValidationError."""
    required(reason, "reason", "Say why you agree")
    with acting(system_for(actor)), writing():
        found = _held(actor, case)
        _insist_sealed(found)
        if found.unseal_asked_by_id is None:
            raise ValidationError("Somebody must first ask that it be opened again")
        if found.unseal_asked_by_id == actor.user.pk:
            raise Refused("Somebody else must agree: you asked that it be opened again")
        return _narrowed(actor, found, [], reason, now)


def required(text: str, field: str, message: str) -> str:
    """The text without spaces around it. Raises ValidationError for a field left empty."""
    if not text.strip():
        raise ValidationError({field: message})
    return text.strip()


def _held(actor: Actor, case: Case) -> Case:
    """The case, held until the end of the action. Raises Refused for a role that may not, else Case.DoesNotExist."""
    actor.require(May.RESTRICT)
    found: Case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not may_restrict(actor, found):
        raise Case.DoesNotExist
    return found


def _insist_not_sealed(case: Case) -> None:
    if case.sealed:
        raise ValidationError("This record is sealed: ask that it be opened again, and have somebody else agree")


def _insist_sealed(case: Case) -> None:
    if not case.sealed:
        raise ValidationError("This record is not sealed")


def _narrowed(actor: Actor, case: Case, named: list[str], reason: str, now: datetime, *, seal: bool = False) -> Case:
    case.restricted, case.named, case.sealed = bool(named), named, seal
    case.restriction_reason, case.restricted_at, case.restricted_by = reason, now, actor.user
    case.unseal_reason, case.unseal_asked_at, case.unseal_asked_by = "", None, None
    if seal:
        case.opened_to = [token for token in case.opened_to if not token.startswith(GLASS)]
    case.save(update_fields=["restricted", "named", "sealed", "restriction_reason", "restricted_at", "restricted_by",
                             "unseal_reason", "unseal_asked_at", "unseal_asked_by", "opened_to"])
    readers.rewrite(case)
    return case
