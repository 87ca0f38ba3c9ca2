"""Who was at a meeting, and whether what is said of the meeting agrees with that."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from goldthread.orgs.models import Agency
from goldthread.process.fields import shown
from goldthread.process.models.bases import NearPerson
from goldthread.process.models.records import StepLine
from goldthread.rules import codes

PARTS = "agency-parts"  # which kinds of agency are social care, police and health
SOCIAL_CARE = "Social care"


class AttendanceLine(StepLine):
    """An agency at a meeting: there, absent, or there by what it wrote."""

    ATTENDED = [("attended", "Attended"), ("report", "Sent a report"), ("apologies", "Sent apologies"),
                ("absent", "Did not come")]
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    who = models.CharField("who came?", max_length=200, blank=True)
    attended = models.CharField("did they attend?", max_length=10, choices=ATTENDED, default="attended")
    shared = models.TextField("what did they share?", blank=True)

    class Meta(StepLine.Meta):
        abstract = True

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """Every agency that takes part in this partnership today."""
        return Agency.objects.taking_part(actor.partnership, today)


def parts_away(lines: Iterable[Any], on: date) -> list[str]:
    """Which of social care, police and health no agency attended for, in words. One that only wrote did not attend."""
    there = set(_there(lines).values())
    part_of = {each.code: each.label for each in codes.codes(PARTS, on)}
    return [part for part in dict.fromkeys(part_of.values()) if not any(part_of.get(kind) == part for kind in there)]


def others_there(lines: Iterable[Any], on: date) -> int:
    """How many agencies besides social care attended."""
    care = {each.code for each in codes.codes(PARTS, on) if each.label == SOCIAL_CARE}
    return sum(kind not in care for kind in _there(lines).values())


def in_words(several: list[str]) -> str:
    """"a, b and c"."""
    return " and ".join([", ".join(several[:-1]), several[-1]] if several[1:] else several)


def _there(lines: Iterable[Any]) -> dict[int, str]:
    """The agencies that attended, by number, and what kind each is."""
    return {line.agency_id: line.agency.kind for line in lines
            if isinstance(line, AttendanceLine) and line.attended == "attended"}


def leave_no_child_out(record: Any, lines: Iterable[Any], field: str, *keeping: str) -> None:
    """What is decided for the family steers what comes next, so no child's own line may ask for more than that.

    field: the question both answer; keeping: its answers by which a child goes on being kept safe. Raises ValidationError
    naming the field; the words name no child, whose record may be closed to whoever corrects this.
    """
    more = [line for line in lines if isinstance(line, NearPerson) and getattr(line, field, None) in keeping]
    if more and getattr(record, field) not in keeping:
        raise ValidationError({field: f"You chose “{shown(more[0], field)}” for one child. Choose it here too, and name "
                                      "below the children for whom it is less: what comes next follows this answer"})
