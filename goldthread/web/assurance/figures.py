"""What a section 11 round says in figures: who has answered, and the scores. Read as the acting person."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any

from goldthread.domains.section_11.models import (
    ModeratedScore,
    Moderation,
    Section11Request,
    Section11Return,
    Section11Submission,
    StandardAnswer,
)
from goldthread.process.models import Case, ClockRow, Event

SEND = "Send the return"
PROCESS = "section-11"


@dataclass(frozen=True)
class Scores:
    """One agency's scores in one round, by the code of the standard: its own and the moderated ones."""

    own: dict[str, int]
    moderated: dict[str, int]

    @property
    def best_known(self) -> dict[str, int]:
        """The moderated score where there is one, else the agency's own."""
        return {**self.own, **self.moderated}


@dataclass(frozen=True)
class Answering:
    """How far one agency has got: its case and round, when it is due, when it sent its return, and its scores."""

    case: Case
    round: str
    due: datetime | None
    sent: datetime | None
    scores: Scores

    def state(self, now: datetime) -> str:
        """"sent", "sent late", "late" or "waiting"."""
        if self.sent:
            return "sent late" if self.due and self.sent > self.due else "sent"
        return "late" if self.due and self.due < now else "waiting"


def answering(cases: list[Case]) -> list[Answering]:
    """How far each of these returns has got, in their order."""
    ids = [case.pk for case in cases]
    due = dict(ClockRow.objects.filter(case__in=ids, name=SEND).values_list("case_id", "due"))
    sent = {case: at for case, (_, at) in _last(ids, Section11Submission.step_key()).items()}
    asked: Any = Section11Request.objects.filter(case__in=ids, event__replaced_by=None)
    rounds = dict(asked.values_list("case_id", "round"))
    own, moderated = _scores(ids, Section11Return, StandardAnswer), _scores(ids, Moderation, ModeratedScore)
    return [Answering(case, rounds.get(case.pk, ""), due.get(case.pk), sent.get(case.pk),
                      Scores(own.get(case.pk, {}), moderated.get(case.pk, {}))) for case in cases]


def _last(cases: list[int], step: str) -> dict[int, tuple[int, datetime]]:
    """The last standing event of a step by case, and when it happened."""
    rows = Event.objects.filter(case__in=cases, step=step, replaced_by=None).order_by("happened_at", "pk")
    return {case: (pk, at) for case, pk, at in rows.values_list("case_id", "pk", "happened_at")}


def _scores(cases: list[int], record: Any, line: Any) -> dict[int, dict[str, int]]:
    events = {pk: case for case, (pk, _) in _last(cases, record.step_key()).items()}
    found: dict[int, dict[str, int]] = {}
    for event, standard, score in line.objects.filter(event__in=events).values_list("event_id", "standard", "score"):
        found.setdefault(events[event], {})[standard] = int(score)
    return found


def middle(scores: dict[str, int]) -> float | None:
    """The mean score over the standards; None without any."""
    return round(fmean(scores.values()), 1) if scores else None


def spread(rows: list[Answering], standard: str) -> list[int]:
    """How many agencies stand at 0, 1, 2 and 3 on one standard."""
    found = [row.scores.best_known[standard] for row in rows if standard in row.scores.best_known]
    return [found.count(score) for score in range(4)]


def rounds_of(agency: int) -> list[Answering]:
    """An agency's returns, oldest first, that the acting person may see."""
    rows = Case.objects.filter(process_key=PROCESS, about_agency=agency).select_related("about_agency")
    return answering(list(rows.order_by("opened_at", "pk")))
