"""Asking for an export, agreeing to it for another desk, making it, taking it away: each written down with who did it."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from goldthread.access import audit
from goldthread.access.actor import Actor, Refused, acting, actor_for, system, system_for, writing
from goldthread.access.later import BROKEN, NO_SEAT
from goldthread.access.policy import ROLES, May, desk_token, user_token
from goldthread.access.seats import seats_of
from goldthread.dataset.checking.report import Report
from goldthread.exchange.exports.kinds import DESKS, KINDS, Asked, Kind, Made
from goldthread.exchange.models import Export, ExportFile, ExportSeat, ExportState
from goldthread.exchange.records import Progress
from goldthread.notify.actions import Notice, to_roles
from goldthread.orgs.models import Appointment
from goldthread.people.models import Person

KEPT = timedelta(days=1)
READING = "export"
MOST_FOUND = 5_000  # findings that are kept; all are counted
GONE = "The file was thrown away after a day. Make it again"
CLOSED = "A record in this file is not open to you any more. Make it again"


@contextmanager
def _writing(actor: Actor) -> Iterator[None]:
    with transaction.atomic(), acting(system_for(actor)), writing():
        yield


def kind_of(export: Export) -> Kind:
    return KINDS[export.kind]


def ask(*, actor: Actor, kind: str, asked: Asked, dry: bool, now: datetime) -> Export:
    """Ask for an export, in a seat that may make it. Other seats of the same person lend it the rights they have; desks
    that are still wanting are told. Raises Refused, KeyError for a kind there is not, ValidationError.
    """
    made = KINDS[kind]
    actor.require(made.rights[0])
    _check(made, asked, now)
    with _writing(actor):
        export = Export.objects.create(
            partnership=actor.partnership, user=actor.user, seat=actor.appointment, kind=kind, dry=dry, asked_at=now,
            year=asked.year, day=asked.day, council=asked.council,
            readers=sorted(desk_token(DESKS[each], actor.partnership.pk) for each in (*made.rights, *made.also)))
        mine = [each for each in (actor_for(seat, now=now) for seat in seats_of(actor.user.pk, now=now))
                if each.partnership.pk == actor.partnership.pk and any(map(each.may, (*made.rights, *made.also)))]
        for each in {each.appointment.pk: each for each in (actor, *mine)}.values():
            _agreed(export, each, now)
        for right in _settle(export, now) and wanting(export, now, also=True):
            roles = [key for key, role in ROLES.items() if right in role.may]
            to_roles(roles, Notice(actor.partnership.pk, f"{actor.user.name} asks your desk to agree to an export: "
                                   f"{made.title}", kind=READING, readers=tuple(export.readers)), now=now)
    return export


def _check(kind: Kind, asked: Asked, now: datetime) -> None:
    if kind.years and asked.year not in kind.years():
        raise ValidationError({"year": "Choose a year"})
    if not kind.years and (asked.day is None or asked.day > timezone.localdate(now)):
        raise ValidationError({"day": "Enter the day of the lists, today or earlier"})
    if kind.council and not (asked.council.isascii() and asked.council.isdigit() and len(asked.council) == 3):
        raise ValidationError({"council": "Enter the council's number in national returns, three figures"})


def agree(*, actor: Actor, export: Export, now: datetime) -> Export:
    """Let the records of one's desk be read for somebody's export. Raises Refused, Export.DoesNotExist, ValidationError."""
    with acting(actor):
        export = Export.objects.get(pk=export.pk)
    with _writing(actor):
        export = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
        if export.state != ExportState.ASKED:
            raise ValidationError("Nobody waits for this any more")
        if not any(map(actor.may, wanting(export, now, also=True))):
            raise Refused("Your desk is not asked to agree to this")
        _agreed(export, actor, now)
        _settle(export, now)
    return export


def _agreed(export: Export, actor: Actor, now: datetime) -> None:
    ExportSeat.objects.create(export=export, seat=actor.appointment, agreed_at=now, partnership_id=export.partnership_id,
                              readers=export.readers)


def wanting(export: Export, now: datetime, *, also: bool = False) -> list[May]:
    """The rights that no seat has lent it so far, in the order its kind names them; also those it can do without."""
    seats, kind = _seats(export, now), kind_of(export)
    return [right for right in (*kind.rights, *(kind.also if also else ())) if not any(each.may(right) for each in seats)]


def _seats(export: Export, now: datetime) -> list[Actor]:
    """Those who lend it their rights and hold their seats today."""
    lent = Appointment.objects.current(timezone.localdate(now)).filter(
        pk__in=export.seats.values_list("seat", flat=True)).select_related("user", "agency", "partnership")
    return [actor_for(seat, now=now) for seat in lent.order_by("pk")]


def _settle(export: Export, now: datetime) -> list[May]:
    """Let it be made where nothing is wanting; returns what is."""
    missing = wanting(export, now)
    if not missing:
        export.state = ExportState.MAKING
        export.save(update_fields=["state"])
    return missing


def make(*, export: Export, now: datetime, tell: Progress) -> Export:
    """Make an export that waits for the worker, from the seats that were lent to it, each as its holder may see it today.

    Safe to be run twice. What forbids it is written on it, in words.
    """
    partnership = export.partnership_id
    with transaction.atomic(), acting(system(partnership)):
        export = Export.objects.select_related("user").get(pk=export.pk)
        seats, kind = _seats(export, now), kind_of(export)
    if export.state != ExportState.MAKING:
        return export
    with TemporaryDirectory(prefix="goldthread-export-") as folder:
        try:
            if not any(each.appointment.pk == export.seat_id for each in seats):
                raise Refused(NO_SEAT)
            with transaction.atomic():
                path, made = kind.made(seats, Asked(export.year, export.day, export.council), Path(folder), now, tell)
                with acting(system(partnership)), writing():
                    _keep(export, kind, b"" if export.dry else path.read_bytes(), made)
                    Export.objects.filter(pk=export.pk).update(state=ExportState.MADE, made_at=now)
        except (Refused, ValueError) as why:
            _failed(export, f"{why}", now)
        except Exception:
            _failed(export, BROKEN, now)
            raise
    with transaction.atomic(), acting(system(partnership)):
        return Export.objects.get(pk=export.pk)


def _failed(export: Export, why: str, now: datetime) -> None:
    with transaction.atomic(), acting(system(export.partnership_id)), writing():
        Export.objects.filter(pk=export.pk).update(state=ExportState.FAILED, said=why, made_at=now)


def _keep(export: Export, kind: Kind, data: bytes, made: Made) -> None:
    ExportFile.objects.create(
        export=export, partnership_id=export.partnership_id, readers=[user_token(export.user_id)], name=kind.name, data=data,
        lines=list(made.lines), errors=made.report.errors, queries=made.report.queries, findings=_found(made.report),
        people={str(seat): sorted(people) for seat, people in made.people.items()})


def _found(report: Report) -> list[list[object]]:
    found = [[weight, *astuple(each)] for weight in ("error", "query") for group in report.of_weight(weight)
             for each in group.first]
    return found[:MOST_FOUND]


def take(*, actor: Actor, export: Export, now: datetime) -> ExportFile:
    """The file, for whoever made it and while nothing in it was closed to them; that it was taken is written down.

    Raises Refused, ExportFile.DoesNotExist for anybody else, ValidationError where there is no file.
    """
    return _opened(actor, export, now, "took away an export", with_file=True)


def found_in(*, actor: Actor, export: Export, now: datetime) -> ExportFile:
    """What our own checks found in it, under the same conditions and written down alike, for it names children. Raises as
    `take`.
    """
    return _opened(actor, export, now, "read what our checks found in an export", with_file=False)


def _opened(actor: Actor, export: Export, now: datetime, why: str, *, with_file: bool) -> ExportFile:
    actor.require(kind_of(export).rights[0])
    with transaction.atomic(), acting(actor):
        found = ExportFile.objects.select_related("export").filter(export=export, export__user=actor.user)
        file: ExportFile = (found if with_file else found.defer("data")).get()
        if with_file and not file.data:
            raise ValidationError(GONE)
        people = {seat: set(ids) for seat, ids in file.people.items()}
        if not _open_still(_lent(export, people, actor, now), people):
            raise ValidationError(CLOSED)
        audit.log_reading(kind=READING, ref=export.pk, people=set().union(*people.values()), agency=actor.agency.pk,
                          why=f"{why}: {kind_of(export).title}")
    return file


def _lent(export: Export, people: dict[str, set[int]], actor: Actor, now: datetime) -> Sequence[Actor]:
    with acting(system_for(actor)):
        return [each for each in _seats(export, now) if str(each.appointment.pk) in people]


def _open_still(seats: Sequence[Actor], people: dict[str, set[int]]) -> bool:
    """Whether every child is still open to the seat it was read from. A seat that is over says no more of anybody."""
    for each in seats:
        theirs = people[str(each.appointment.pk)]
        with acting(each):
            if Person.objects.filter(pk__in=theirs).count() != len(theirs):
                return False
    return True


def forget(now: datetime) -> int:
    """Throw away what was made more than a day ago; that it was made stays known. Returns how many."""
    with transaction.atomic(), acting(system()), writing():
        many, _ = ExportFile.objects.filter(export__made_at__lt=now - KEPT).delete()
    return many
