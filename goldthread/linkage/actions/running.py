"""A linkage of all lists asked for, carried out and written down."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from goldthread.access.actor import Actor, acting, system, system_for, writing
from goldthread.access.policy import May
from goldthread.linkage import splinking
from goldthread.linkage.actions.common import NotReady, writing_as
from goldthread.linkage.gathering import Described, as_frame, gather
from goldthread.linkage.linking import Outcome, Pairs, link
from goldthread.linkage.model import Model, model
from goldthread.linkage.models import Link, Question, Run, RunState
from goldthread.linkage.rights import access_of, readers_of
from goldthread.linkage.splinking import ONE, OTHER, WEIGHT
from goldthread.measure.engines import chosen
from goldthread.people.models import Person

MOST_ASKED = 5_000  # open questions at once, the heaviest; the next run asks on
BATCH = 2_000


def ask_for_run(*, actor: Actor, now: datetime) -> Run:
    """Begin a linkage of all lists with the model in force. Raises Refused, BadEngine; NotReady while another is under way.
    """
    with writing_as(actor):
        if Run.objects.filter(partnership=actor.partnership, state=RunState.WAITING).exists():
            raise NotReady("A linkage is under way already")
        return Run.objects.create(
            version=model(timezone.localdate(now)).version, engine=chosen(), by=actor.user, seat=actor.appointment,
            at=now, partnership=actor.partnership, readers=readers_of(actor.partnership.pk))


def carry_out(*, actor: Actor, run: Run, now: datetime) -> Run:
    """Link everybody, in the actor's name: rows to people, and questions where it is not sure. Records stay as they are.

    Raises Refused, Damaged; then nothing is changed.
    """
    actor.require(May.LINK_RECORDS)
    today = timezone.localdate(now)
    by = model(today)
    with transaction.atomic():
        described = gather(actor, run.pk)
        with acting(system_for(actor)):
            same, apart = _decided(actor.partnership.pk, {each.mark: at for at, each in enumerate(described)})
    with splinking.database(run.engine) as api:
        found = link(as_frame(described), by, api, today, same=same, apart=apart)
    with writing_as(actor):
        return _Written(actor, run, by, now, described, found).all()


def fail(*, run: Run, why: str, now: datetime) -> None:
    """Write down that a run came to nothing, and why."""
    with transaction.atomic(), acting(system(run.partnership_id)), writing():
        Run.objects.filter(pk=run.pk).update(state=RunState.FAILED, said=why, finished_at=now)


def _decided(partnership: int, ids: dict[str, int]) -> tuple[Pairs, Pairs]:
    """What people decided of the descriptions there are now: the same, and not to be joined by itself."""
    answers: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for one, other, answer in Question.objects.filter(partnership=partnership).exclude(answer="").values_list(
            "one", "other", "answer"):
        if one in ids and other in ids:
            low, high = sorted((ids[one], ids[other]))
            answers[answer].add((low, high))
    return frozenset(answers["same"]), frozenset(answers["different"] | answers["unsure"])


class _Written:
    """An outcome as rows: links that hold stay, others end and new ones are made; open questions likewise."""

    def __init__(self, actor: Actor, run: Run, by: Model, now: datetime, described: list[Described], found: Outcome) -> None:
        self.actor, self.run, self.by, self.now, self.described, self.found = actor, run, by, now, described, found
        self.place = actor.partnership.pk
        self.decided = set(Question.objects.filter(partnership=self.place, answer="same").values_list("one", "other"))
        pks = [each.person for each in described if each.person]
        self.people = Person.objects.in_bulk(pks) if len(pks) < BATCH else {
            person.pk: person for person in Person.objects.filter(partnership=self.place, merged_into=None)}

    def all(self) -> Run:
        self.run = Run.objects.select_for_update().get(pk=self.run.pk)
        if self.run.state != RunState.WAITING:
            raise NotReady("This linkage is over already")
        self.run.joined, self.run.asked = self.links(), self.questions()
        self.run.records, self.run.pairs = len(self.described), self.found.scored.height
        self.run.state, self.run.finished_at, self.run.version = RunState.DONE, self.now, self.by.version
        self.run.save()
        return self.run

    def links(self) -> int:
        wanted = {_place(each): each for each in self._wanted()}
        held, ended = set(), []
        for old in Link.objects.filter(partnership=self.place, ended_at=None):
            new = wanted.get(_place(old))
            if new and (new.group, new.person_id, new.mark) == (old.group, old.person_id, old.mark):
                held.add(_place(old))
            else:
                ended.append(old.pk)
        Link.objects.filter(pk__in=ended).update(ended_at=self.now, ended_by=self.actor.user,
                                                 ended_because=f"Linkage {self.run.pk} found otherwise")
        Link.objects.bulk_create([new for place, new in wanted.items() if place not in held], batch_size=BATCH)
        return len(wanted)

    def _wanted(self) -> Iterable[Link]:
        clusters: dict[int, list[Described]] = defaultdict(list)
        for record, cluster in self.found.clusters.select("unique_id", "cluster").iter_rows():
            clusters[cluster].append(self.described[record])
        for members in clusters.values():
            pk = next((each.person for each in members if each.person), None)
            group = f"person-{pk}" if pk else min(each.mark for each in members)
            marks = {each.mark for each in members}
            how = "person" if any({one, other} <= marks for one, other in self.decided) else "model"
            for each in members:
                for place in each.rows:
                    yield self._link(place, each.mark, group, self.people.get(pk) if pk else None, how)

    def _link(self, place: tuple[int, str, str, int], mark: str, group: str, person: Person | None, how: str) -> Link:
        version, table, sheet, row = place
        return Link(run=self.run, submission_id=version, table=table, sheet=sheet, row=row, mark=mark, group=group, how=how,
                    version=self.by.version, made_by=self.actor.user, made_at=self.now, **access_of(person, self.place))

    def questions(self) -> int:
        known = set(Question.objects.filter(partnership=self.place).values_list("one", "other"))
        asked = [self._question(row) for row in self.found.asked.head(MOST_ASKED + len(known)).iter_rows(named=True)]
        pairs = {(each.one, each.other) for each in asked}
        rows = Question.objects.filter(partnership=self.place, answer="")
        gone = [each.pk for each in rows.filter(left_at=None) if (each.one, each.other) not in pairs]
        rows.filter(pk__in=gone).update(left_at=self.now)
        again = [each.pk for each in rows.exclude(left_at=None) if (each.one, each.other) in pairs]
        rows.filter(pk__in=again).update(left_at=None)
        new = [each for each in asked if (each.one, each.other) not in known][:MOST_ASKED]
        Question.objects.bulk_create(new, batch_size=BATCH)
        return int(rows.filter(left_at=None).count())

    def _question(self, row: dict[str, Any]) -> Question:
        one, other = sorted((self.described[row[ONE]], self.described[row[OTHER]]), key=lambda each: each.mark)
        pk = one.person or other.person
        return Question(
            run=self.run, one=one.mark, other=other.mark, weight=row[WEIGHT], bar=row["bar"], told=self._told(row),
            said_one=_said(one), said_other=_said(other), rows_one=one.rows, rows_other=other.rows, list_one=one.list,
            list_other=other.list, version=self.by.version, asked_at=self.now,
            **access_of(self.people.get(pk) if pk else None, self.place))

    def _told(self, row: dict[str, Any]) -> list[dict[str, Any]]:
        """Of each comparison its level, and its bits with what rarer values tell; then what is told besides. They add up."""
        told = [{"part": each.key, "level": each.level(row[f"gamma_{each.key}"]).key,
                 "bits": round(row[f"mw_{each.key}"] + (row.get(f"mw_tf_adj_{each.key}") or 0.0), 2)}
                for each in self.by.comparisons]
        if row["mw_moved"]:
            told.append({"part": "moved", "level": "moved", "bits": round(row["mw_moved"], 2)})
        return [*told, {"part": "before", "level": "", "bits": round(self.by.before(len(self.described)), 2)}]


def _place(row: Link) -> tuple[int, str, str, int]:
    return row.submission_id, row.table, row.sheet, row.row


def _said(each: Described) -> dict[str, str]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in each.said.items() if value}
