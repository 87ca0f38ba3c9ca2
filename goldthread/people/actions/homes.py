"""Where people live: a change of address ends one and starts another, and a safe address stays with few."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from goldthread.access.actor import Actor, acting
from goldthread.base.text import normalise_postcode
from goldthread.people.actions.common import NotPossible, as_system, rekey, required, rows_access, seen
from goldthread.people.actions.readers import refresh_readers
from goldthread.people.models import Address, Person

#: Called with the new home of somebody who had another one, in the transaction that recorded it. A safe address tells
#: nobody but those named in it.
after_move: list[Callable[[Address, Actor, datetime], None]] = []


def add_address(*, actor: Actor, now: datetime, person: int, line1: str, town: str = "", postcode: str = "",
                since: date | None = None, source: str = "", safe: bool = False, named: Iterable[int] = (),
                hidden_from: Iterable[int] = (), do_not_write: bool = False) -> Address:
    """Record where a person lives; the address before it is not ended by this (`end_address` does).

    A safe address is read by the front door, by the users `named` and by whoever records it, is in no search, and
    must not reach the people `hidden_from`. Raises NotPossible, Refused and Person.DoesNotExist.
    """
    line1, code = required(line1, "the building and street"), _postcode(postcode)
    if since and since > now.date():
        raise NotPossible("The address starts in the future. Record it on the day it is true")
    with as_system(actor):
        found, *parties = seen(actor, person, *_parties(person, safe, hidden_from))
        address = Address.objects.create(
            line1=line1, town=town.strip(), postcode=code, since=since, source=source, safe=safe,
            named=_named(actor, named) if safe else [], hidden_from=[each.pk for each in parties],
            do_not_write=do_not_write, **(rows_access(found) | ({"readers": []} if safe else {})))
        _settle(address)
        if not safe and Address.objects.filter(person=found).exclude(pk=address.pk).exists():
            for hook in after_move:
                hook(address, actor, now)
    return address


def end_address(*, actor: Actor, now: datetime, address: int, until: date) -> Address:
    """The person no longer lives there since `until`. Raises NotPossible, Refused and Address.DoesNotExist."""
    with as_system(actor):
        found = _seen_address(actor, address)
        if found.until:
            raise NotPossible(f"This address has already ended on {found.until:%d.%m.%Y}")
        if until > now.date() or (found.since and until < found.since):
            raise NotPossible("An address ends on or after the day it started and not in the future")
        found.until = until
        found.save(update_fields=["until"])
        rekey(found.person)
    return found


def mark_safe(*, actor: Actor, now: datetime, address: int, named: Iterable[int] = (),
              hidden_from: Iterable[int] = ()) -> Address:
    """From now on this is a safe address: fewer readers, no search, and not for the people `hidden_from`.

    Called again, it replaces who is named and from whom it is hidden. There is no way back but a new address.
    """
    with as_system(actor):
        found = _seen_address(actor, address)
        parties = seen(actor, *_parties(found.person_id, True, hidden_from))
        found.safe, found.named = True, _named(actor, named)
        found.hidden_from = [each.pk for each in parties]
        found.save(update_fields=["safe", "named", "hidden_from"])
        _settle(found)
    return found


def _settle(address: Address) -> None:
    rekey(address.person)
    if address.safe:
        refresh_readers([address.person_id])
        address.refresh_from_db(fields=["readers", "denied"])


def _seen_address(actor: Actor, address: int) -> Address:
    """The address, of a person who is the actor's to see. Address.DoesNotExist otherwise."""
    with acting(actor):
        found = Address.objects.get(pk=address)
    try:
        found.person = seen(actor, found.person_id)[0]
    except Person.DoesNotExist as hidden:
        raise Address.DoesNotExist(f"There is no address {address}") from hidden
    return found


def _parties(person: int, safe: bool, hidden_from: Iterable[int]) -> list[int]:
    parties = sorted(set(hidden_from))
    if parties and not safe:
        raise NotPossible("Only a safe address is hidden from people. Mark it as safe")
    if person in parties:
        raise NotPossible("An address cannot be hidden from the person who lives there")
    return parties


def _named(actor: Actor, named: Iterable[int]) -> list[int]:
    return sorted({*named, actor.user.pk})


def _postcode(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return normalise_postcode(text)
    except ValueError as wrong:
        raise NotPossible(str(wrong)) from wrong
