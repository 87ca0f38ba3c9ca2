"""What a linkage found, written down: links that hold stay, others end and new ones are made; open questions likewise."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from goldthread.access.actor import Actor
from goldthread.linkage.actions.common import NotReady
from goldthread.linkage.gathering import Described, Gathered, described
from goldthread.linkage.linking import Outcome
from goldthread.linkage.model import Model
from goldthread.linkage.models import Link, Question, Run, RunState
from goldthread.linkage.rights import access_of
from goldthread.linkage.splinking import ONE, OTHER, WEIGHT
from goldthread.people.models import Person

MOST_ASKED = 5_000  # open questions at once, the heaviest; the next run asks on
BATCH = 2_000


class Written:
    """An outcome as rows. touched: who was decided anew, None for all; lost: marks of those who are no longer there.

    What is written of others stays as it is.
    """

    def __init__(self, actor: Actor, run: Run, by: Model, now: datetime, there: Gathered, found: Outcome,
                 touched: frozenset[int] | None, lost: frozenset[str]) -> None:
        self.actor, self.run, self.by, self.now, self.there, self.found = actor, run, by, now, there, found
        self.place = actor.partnership.pk
        self.clusters: dict[int, list[int]] = defaultdict(list)
        for record, cluster in found.clusters.select("unique_id", "cluster").iter_rows():
            self.clusters[cluster].append(record)
        self.only = None if touched is None else self._with_theirs(touched | there.moved)
        asked = frozenset() if touched is None else frozenset([*found.asked[ONE], *found.asked[OTHER]])
        self.described = described(there.people, there.places, None if self.only is None else self.only | asked)
        self.decided_marks = None if touched is None else lost | {
            self.described[each].mark for each in touched if each in self.described}
        self.marks = None if self.only is None else lost | {self.described[each].mark for each in self.only}
        self.decided = set(Question.objects.filter(partnership=self.place, answer="same").values_list("one", "other"))
        pks = [each.person for each in self.described.values() if each.person]
        self.people = Person.objects.in_bulk(pks) if len(pks) < BATCH else {
            person.pk: person for person in Person.objects.filter(partnership=self.place, merged_into=None)}

    def all(self) -> Run:
        self.run = Run.objects.select_for_update().get(pk=self.run.pk)
        if self.run.state != RunState.WAITING:
            raise NotReady("This linkage is over already")
        self.run.joined, self.run.asked = self.links(), self.questions()
        self.run.records, self.run.pairs = len(self.there.people), self.found.scored.height
        self.run.fresh, self.run.whole, self.run.kept = len(self.there.new), self.only is None, uuid4().hex
        self.run.state, self.run.finished_at, self.run.version = RunState.DONE, self.now, self.by.version
        self.run.save()
        return self.run

    def links(self) -> int:
        wanted = {_place(each): each for each in self._wanted()}
        held, ended = set(), []
        for old in self._links_before():
            new = wanted.get(_place(old))
            if new and (new.group, new.person_id, new.mark) == (old.group, old.person_id, old.mark):
                held.add(_place(old))
            else:
                ended.append(old.pk)
        Link.objects.filter(pk__in=ended).update(ended_at=self.now, ended_by=self.actor.user,
                                                 ended_because=f"Linkage {self.run.pk} found otherwise")
        Link.objects.bulk_create([new for place, new in wanted.items() if place not in held], batch_size=BATCH)
        return int(Link.objects.filter(partnership=self.place, ended_at=None).count())

    def _with_theirs(self, numbers: frozenset[int]) -> frozenset[int]:
        """These and whoever is one person with them."""
        return numbers.union(*(members for members in self.clusters.values() if not numbers.isdisjoint(members)))

    def _links_before(self) -> Iterator[Link]:
        """Open links of those this is about."""
        rows = Link.objects.filter(partnership=self.place, ended_at=None)
        if self.marks is None:
            yield from rows
            return
        marks = sorted(self.marks)
        for begin in range(0, len(marks), BATCH):
            yield from rows.filter(mark__in=marks[begin:begin + BATCH])

    def _wanted(self) -> Iterable[Link]:
        for numbers in self.clusters.values():
            if self.only is not None and self.only.isdisjoint(numbers):
                continue
            members = [self.described[each] for each in numbers]
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
        gone = [each.pk for each in rows.filter(left_at=None) if (each.one, each.other) not in pairs and self._about(each)]
        rows.filter(pk__in=gone).update(left_at=self.now)
        again = [each.pk for each in rows.exclude(left_at=None) if (each.one, each.other) in pairs]
        rows.filter(pk__in=again).update(left_at=None)
        new = [each for each in asked if (each.one, each.other) not in known][:MOST_ASKED]
        Question.objects.bulk_create(new, batch_size=BATCH)
        return int(rows.filter(left_at=None).count())

    def _about(self, question: Question) -> bool:
        """Whether it is about anybody who was decided anew."""
        return self.decided_marks is None or not self.decided_marks.isdisjoint((question.one, question.other))

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
        return [*told, {"part": "before", "level": "", "bits": round(self.by.before(len(self.there.people)), 2)}]


def _place(row: Link) -> tuple[int, str, str, int]:
    return row.submission_id, row.table, row.sheet, row.row


def _said(each: Described) -> dict[str, str]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in each.said.items() if value}
