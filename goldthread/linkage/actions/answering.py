"""What people decide: whether two descriptions are of one person, and that a link was wrong. Each can be taken back."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from goldthread.access.actor import Actor
from goldthread.linkage.actions.common import NotReady, in_sight, writing_as
from goldthread.linkage.models import Link, Question
from goldthread.linkage.rights import access_of
from goldthread.people.models import Person

ANSWERS = dict(Question.ANSWERS)


def answer(*, actor: Actor, question: int, answer: str, now: datetime, because: str = "") -> Question:
    """Say whether two descriptions are of one person; it is not asked again. "same" links their rows at once.

    Raises Refused, Question.DoesNotExist; NotReady when it was answered already, or would join two of our records.
    """
    if answer not in ANSWERS:
        raise NotReady("Choose one of the answers")
    with writing_as(actor):
        found: Question = in_sight(actor, Question, question)
        if found.answer:
            raise NotReady(f"This was answered already: {found.get_answer_display().lower()}")
        found.answer, found.answered_by, found.answered_at, found.because = answer, actor.user, now, because.strip()
        found.save()
        if answer == "same":
            _join(actor, found, now)
        return found


def take_back(*, actor: Actor, question: int, now: datetime) -> Question:
    """Take an answer back: the question is open again, and links that were made by it end.

    Raises Refused, Question.DoesNotExist, NotReady.
    """
    with writing_as(actor):
        found: Question = in_sight(actor, Question, question)
        if not found.answer:
            raise NotReady("It was not answered yet")
        if found.answer == "same":
            rows = Link.objects.filter(partnership=found.partnership_id, ended_at=None, how="person",
                                       mark__in=[found.one, found.other])
            rows.update(ended_at=now, ended_by=actor.user, ended_because="The answer was taken back")
        found.answer, found.answered_by, found.answered_at, found.because, found.left_at = "", None, None, "", None
        found.save()
        return found


def end_link(*, actor: Actor, link: int, because: str, now: datetime) -> Link:
    """Undo a link: its row is linked to nobody, and not joined again to those it was linked with.

    Raises Refused, Link.DoesNotExist; NotReady without a reason, or when it ended already.
    """
    if not because.strip():
        raise NotReady("Say why the link is wrong")
    with writing_as(actor):
        found: Link = in_sight(actor, Link, link)
        if found.ended_at:
            raise NotReady("This link has ended already")
        others = Link.objects.filter(partnership=found.partnership_id, group=found.group, ended_at=None)
        marks = set(others.exclude(mark=found.mark).values_list("mark", flat=True))
        if found.person_id:
            marks.add(f"person-{found.person_id}")
        for mark in sorted(marks):
            _apart(actor, found, mark, because.strip(), now)
        others.filter(mark=found.mark).update(ended_at=now, ended_by=actor.user, ended_because=because.strip()[:300])
        found.refresh_from_db()
        return found


def _apart(actor: Actor, link: Link, mark: str, because: str, now: datetime) -> None:
    """Remember that a person found two descriptions to be of different people."""
    one, other = sorted((link.mark, mark))
    decided = {"answer": "different", "answered_by": actor.user, "answered_at": now, "because": because[:300]}
    person = Person.objects.filter(pk=link.person_id).first() if mark == f"person-{link.person_id}" else None
    Question.objects.update_or_create(
        partnership_id=link.partnership_id, one=one, other=other, defaults=decided,
        create_defaults={**decided, **access_of(person, link.partnership_id), "run": link.run, "version": link.version,
                         "asked_at": now, "list_one": "", "list_other": ""})


def _join(actor: Actor, found: Question, now: datetime) -> None:
    """Link the rows of both descriptions, and all that was linked to either, to one person."""
    groups = {mark: _group(found.partnership_id, mark) for mark in (found.one, found.other)}
    open_links = list(Link.objects.select_for_update().filter(partnership=found.partnership_id, ended_at=None).filter(
        Q(group__in=groups.values()) | Q(mark__in=[found.one, found.other])))
    people = {link.person_id for link in open_links if link.person_id} | ({found.person_id} - {None})
    if len(people) > 1:
        raise NotReady("They are linked to two records of Goldthread. Look first whether these are one child")
    person = Person.objects.get(pk=people.pop()) if people else None
    group = f"person-{person.pk}" if person else min(groups.values())
    places = {(link.submission_id, link.table, link.sheet, link.row): link.mark for link in open_links}
    for mark, rows in ((found.one, found.rows_one), (found.other, found.rows_other)):
        places |= {tuple(row): mark for row in rows}  # type: ignore[misc]
    Link.objects.filter(pk__in=[link.pk for link in open_links]).update(
        ended_at=now, ended_by=actor.user, ended_because="Joined with another description by a person")
    Link.objects.bulk_create([_link(actor, found, place, mark, group, person, now) for place, mark in places.items()])


def _group(partnership: int, mark: str) -> str:
    known: str | None = Link.objects.filter(partnership=partnership, mark=mark, ended_at=None).values_list(
        "group", flat=True).first()
    return known or mark


def _link(actor: Actor, found: Question, place: Sequence[Any], mark: str, group: str, person: Person | None, now: datetime
          ) -> Link:
    version, table, sheet, row = place
    return Link(run=found.run, submission_id=version, table=table, sheet=sheet, row=row, mark=mark, group=group,
                how="person", version=found.version, made_by=actor.user, made_at=now,
                **access_of(person, found.partnership_id))
