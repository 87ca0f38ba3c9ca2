"""Two records of one person: merged by a person's decision, taken back without loss, never by the machine.

A merge moves nothing. It points the folded record at the kept one, so that search and reading follow; taking it back
removes the pointer. Records merged one into another form a tree, and any merge in it can be taken back at any time.
"""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from goldthread.access.actor import Actor, acting
from goldthread.access.policy import May
from goldthread.base.text import normalise_name
from goldthread.people.actions.common import NotPossible, as_system, required, seen
from goldthread.people.actions.readers import refresh_readers
from goldthread.people.comparing import name_level
from goldthread.people.models import DifferentPeople, Identifier, Merge, Person, Relationship, SearchKey


@dataclass(frozen=True)
class Objection:
    """Something that speaks against two records being one person: `key` to answer it by, `words` to show."""

    key: str
    words: str


class MergeObjected(NotPossible):
    """The merge was refused; `objections` must each be named in `despite` to go on."""

    def __init__(self, found: list[Objection]) -> None:
        super().__init__(". ".join(each.words for each in found))
        self.objections = found


def merge(*, actor: Actor, now: datetime, keep: int, fold: int, reason: str, despite: Collection[str] = ()) -> Merge:
    """Record that two records are one person; `keep` stands for both. Both rows and all about them stay as they are.

    `despite`: keys of the objections (see `objections`) the person deciding has read and sets aside, which `reason`
    must explain. Raises MergeObjected, NotPossible, Refused and Person.DoesNotExist.
    """
    reason = required(reason, "why these are the same person")
    with as_system(actor):
        kept, folded = seen(actor, *_two(keep, fold), may=May.WORK_FRONT_DOOR)
        if kept.merged_into_id or folded.merged_into_id:
            merged = kept if kept.merged_into_id else folded
            raise NotPossible(f"{merged.reference} is already merged into another record. Use that record instead")
        if against := [each for each in _against(kept, folded) if each.key not in despite]:
            raise MergeObjected(against)
        folded.merged_into = kept
        folded.save(update_fields=["merged_into"])
        row = Merge.objects.create(kept=kept, folded=folded, reason=reason, made_by=actor.user, made_at=now,
                                   partnership_id=kept.partnership_id)
        _follow(folded.pk, kept.pk)
        refresh_readers([kept.pk])
        row.refresh_from_db()
    return row


def unmerge(*, actor: Actor, now: datetime, merge: int, because: str) -> Merge:
    """Take a merge back: the folded record stands by itself again, with whatever had been merged into it before.

    Raises NotPossible, Refused and Merge.DoesNotExist.
    """
    because = required(because, "why these are different people after all")
    actor.require(May.WORK_FRONT_DOOR)
    with as_system(actor):
        with acting(actor):
            row = Merge.objects.select_for_update().get(pk=merge)
        if row.undone_at:
            raise NotPossible("This merge has already been taken back")
        Person.objects.filter(pk=row.folded_id).update(merged_into=None)
        row.undone_at, row.undone_by, row.undone_because = now, actor.user, because
        row.save(update_fields=["undone_at", "undone_by", "undone_because"])
        _follow(row.folded_id, row.folded_id)
        refresh_readers([row.kept_id, row.folded_id])
        row.refresh_from_db()
    return row


def mark_different(*, actor: Actor, now: datetime, one: int, other: int, reason: str) -> DifferentPeople:
    """Record that two records were looked at and are different people, so that they are not offered again."""
    reason = required(reason, "how you know that they are different people")
    with as_system(actor):
        first, second = seen(actor, *sorted(_two(one, other)), may=May.WORK_FRONT_DOOR)
        row, _ = DifferentPeople.objects.get_or_create(
            one=first, other=second,
            defaults={"reason": reason, "made_by": actor.user, "made_at": now, "partnership_id": first.partnership_id})
        refresh_readers([first.pk])
        row.refresh_from_db()
    return row


def objections(*, actor: Actor, keep: int, fold: int) -> list[Objection]:
    """What speaks against merging two people, to be shown before anyone decides; none for an ordinary duplicate."""
    with as_system(actor):
        return _against(*seen(actor, *_two(keep, fold), may=May.WORK_FRONT_DOOR))


def _two(one: int, other: int) -> tuple[int, int]:
    if one == other:
        raise NotPossible("Choose two different records")
    return one, other


def _against(one: Person, other: Person) -> list[Objection]:
    """Looks at all records merged into either, so that a third record cannot carry a conflict past the check."""
    ones, others = _group(one), _group(other)
    found = [*_numbers_against(ones, others), *_family_against(ones, others)]
    if one.sex != other.sex and "U" not in (one.sex, other.sex):
        found.append(Objection("sex", "Their sex differs"))
    if one.born_on and other.born_on and one.born_on != other.born_on and not (one.born_estimated or
                                                                               other.born_estimated):
        found.append(Objection("born", f"Their dates of birth differ: {one.born_on:%d.%m.%Y} and "
                                       f"{other.born_on:%d.%m.%Y}"))
    if _may_be_twins(one, other):
        found.append(Objection("twins", "Born the same day with the same family name but another given name: "
                                        "they may be twins"))
    return found


def _numbers_against(ones: list[int], others: list[int]) -> list[Objection]:
    found = []
    for scheme, name in (("nhs", "NHS numbers"), ("upn", "unique pupil numbers")):
        rows = Identifier.objects.filter(scheme=scheme, verified=True)
        mine, theirs = (set(rows.filter(person__in=group).values_list("value", flat=True)) for group in (ones, others))
        if mine and theirs and not mine & theirs:
            found.append(Objection(scheme, f"They have different verified {name}"))
    return found


def _family_against(ones: list[int], others: list[int]) -> list[Objection]:
    related = Relationship.objects.filter(Q(person__in=ones, other__in=others) | Q(person__in=others, other__in=ones),
                                          withdrawn_at=None)
    apart = DifferentPeople.objects.filter(Q(one__in=ones, other__in=others) | Q(one__in=others, other__in=ones))
    found = []
    if related.exists():
        found.append(Objection("related", "They are recorded as related to each other"))
    if apart.exists():
        found.append(Objection("different", "Somebody found before that they are different people"))
    return found


def _may_be_twins(one: Person, other: Person) -> bool:
    """Same birthday and family, and no given or known-as name in common, not even as nickname or first of several.

    Names spelt alike count as different: twins are named alike, and a slip is quickly confirmed.
    """
    if not one.born_on or one.born_on != other.born_on:
        return False
    mine, theirs = ([normalise_name(name) for name in (each.given, each.known_as) if name] for each in (one, other))
    alike = any(name_level(a, b, given=True) in ("same", "first", "form") for a in mine for b in theirs)
    return bool(mine and theirs) and not alike and normalise_name(one.family) == normalise_name(other.family)


def _group(person: Person) -> list[int]:
    return list(SearchKey.objects.filter(kept__keys__person=person).values_list("person_id", flat=True))


def _follow(top: int, kept: int) -> None:
    """Let `top` and every record merged into it, however deep, stand under `kept`."""
    with connection.cursor() as cursor:
        cursor.execute("""
            with recursive below(id) as (
              values (%s::bigint) union select p.id from people_person p join below b on p.merged_into_id = b.id)
            update people_searchkey set kept_id = %s where person_id in (select id from below)""", [top, kept])
