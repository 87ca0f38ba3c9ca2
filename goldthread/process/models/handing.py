"""One case handed to another team, or to another desk: offered with the reason, and taken over or not."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from goldthread.access.policy import DESKS, ROLES
from goldthread.orgs.models import Appointment, Team
from goldthread.process.models.bases import working
from goldthread.process.models.records import StepRecord


def every_desk() -> list[tuple[str, str]]:
    """Each desk by its name; asked for, so that a new desk needs no migration."""
    return [(key, words[:1].upper() + words[1:]) for key, words in DESKS.items()]


class TeamTransfer(StepRecord):
    """A case offered to another team or desk. Whoever has it keeps it until the others take it over."""

    notice_words = "A case is offered to your desk"
    team_words = "A case is offered to your team"
    told_as = {"to_desk": "To which desk", "team": "To which team", "reason": "Why", "needed": "What they must know",
               "answer_by": "Answer by"}
    to_desk = models.CharField("to which desk?", max_length=40, choices=every_desk)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
                             verbose_name="to which team?")
    reason = models.TextField("why should they have it?")
    needed = models.TextField("what must they know, and what cannot wait?")
    answer_by = models.DateTimeField("by when must they answer?")

    class Meta(StepRecord.Meta):
        verbose_name = "transfer to another team or desk"
        verbose_name_plural = "transfers to another team or desk"

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """The teams of one's own agency that work today."""
        return Team.objects.working(today).filter(agency=actor.agency)

    @classmethod
    def initial_for(cls, actor: Any, case: Any) -> dict[str, Any]:
        return {"to_desk": case.at_desk}

    @classmethod
    def offered_for(cls, case: Any) -> dict[str, list[tuple[str, str]]]:
        """The desks that may have this case: its own and those its process can go to."""
        field: Any = cls._meta.get_field("to_desk")
        return {"to_desk": [(key, words) for key, words in field.choices if key in case.process.desks]}

    def clean(self) -> None:
        super().clean()
        if self.case_id and self.to_desk not in self.case.process.desks:
            wide = " or ".join(DESKS[desk] for desk in self.case.process.desks)
            raise ValidationError({"to_desk": f"This kind of work can be with {wide}"})
        if self.case_id and self.to_desk == self.case.at_desk and self.team_id in (None, self.case.team_id):
            raise ValidationError({"team": "It is there already: choose another team, or another desk"})
        if self.case_id and self.team_id and not self._answered_for():
            raise ValidationError({"team": "Nobody in this team could take it over: choose another, or the desk as a whole"})
        if self.answer_by and self.happened_at and self.answer_by <= self.happened_at:
            raise ValidationError({"answer_by": "Enter a time still to come"})

    def _answered_for(self) -> bool:
        """Whether the team has anybody who works at that desk."""
        from goldthread.process.registry import desk_rights
        roles = [role.key for role in ROLES.values() if role.may & {*desk_rights()[self.to_desk]}]
        seats = Appointment.objects.current(self.happened_at.date())
        return seats.filter(team=self.team, partnership=self.case.partnership, role__in=roles).exists()

    def headline(self) -> str:
        return f"Offered to {self.team or DESKS[self.to_desk]}"


class TeamTransferAnswer(StepRecord):
    """Whether the team or desk takes the case over. With it goes the work; declined, it stays where it is."""

    notice_words = "The transfer of a case was answered"
    ANSWERS = [("accepted", "Yes, we take it over"), ("declined", "No")]
    reveals = {"answer": {"accepted": ("worker",), "declined": ("why_not",)}}
    required_when_shown = ("why_not",)
    answer = models.CharField("do you take it over?", max_length=8, choices=ANSWERS)
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
                               verbose_name="who will work on it?", help_text="Leave empty to say so later")
    why_not = models.TextField("why not?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "answer to the transfer"
        verbose_name_plural = "answers to transfers"

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """Everyone whose role works at a desk where whoever answers works too."""
        from goldthread.process.registry import desk_rights
        return working({worker for worker, _ in desk_rights().values() if actor.may(worker)}, actor, today)

    def headline(self) -> str:
        return self.get_answer_display()
