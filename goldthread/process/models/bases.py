"""Abstract records and lines that several processes share; each derives its own table from them."""
from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from goldthread.access.policy import ROLES, May
from goldthread.orgs.models import Agency, Appointment, User
from goldthread.people.models import Person
from goldthread.process.models.case import CasePerson
from goldthread.process.models.records import StepLine, StepRecord


def working(rights: Collection[May], actor: Any, today: date) -> Any:
    """Everyone whose role has one of these rights in the actor's partnership today, by name."""
    roles = [role.key for role in ROLES.values() if role.may & set(rights)]
    seats = Appointment.objects.filter(partnership=actor.partnership, role__in=roles).current(today)
    return User.objects.filter(pk__in=seats.values("user")).order_by("name")


class AllocationRecord(StepRecord):
    """Who works on the case from here. `given_to`: the right that whoever it is given to must have."""

    given_to: May
    notice_words = "Work was given to you"
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
                               verbose_name="who will work on this?")
    reason = models.TextField("anything they should know", blank=True)

    class Meta(StepRecord.Meta):
        abstract = True

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        return working([cls.given_to], actor, today)

    def headline(self) -> str:
        return f"Given to {self.worker}"


class NearPerson(models.Model):
    """Mixed into a record or line that names one of the people of its case in a field `person`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="who is this about?")

    class Meta:
        abstract = True

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        return Person.objects.none()


class ChildSeen(models.Model):
    """Mixed into a record or line of a visit: whether a child was seen, and seen alone, and what they said."""

    child_seen = models.BooleanField("was the child seen?")
    seen_alone = models.BooleanField("did you speak with the child alone?")
    child_voice = models.TextField(
        "what did the child say, or show?", blank=True, help_text="In the child's own words where you can")
    not_seen_reason = models.TextField("if the child was not seen, or not alone, why?", blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if not (self.child_seen and self.seen_alone) and not self.not_seen_reason.strip():
            raise ValidationError({"not_seen_reason": "Say why the child was not seen alone"})

    def headline(self) -> str:
        return "Child seen alone" if self.seen_alone else "Child seen" if self.child_seen else "Child not seen"


class PersonLine(StepLine):
    """Somebody known whom the case is about or touches; a page offers those near the case (`web.casework.near`)."""

    involves = True
    spoken = ("person", "people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="who?")
    capacity = models.CharField("who are they in this?", max_length=20, choices=CasePerson.CAPACITIES, default="child")

    class Meta(StepLine.Meta):
        abstract = True

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        return Person.objects.none()

    @property
    def name(self) -> str:
        return self.person.name


class WithChildren(StepRecord):
    """A first record whose lines name people: the case is called after the children among them."""

    class Meta(StepRecord.Meta):
        abstract = True

    @classmethod
    def children_in(cls, lines: list[Any]) -> list[str]:
        order = {"child": 0, "sibling": 1}
        people = [line for line in lines if isinstance(line, PersonLine) and line.capacity in order]
        return [line.name for line in sorted(people, key=lambda line: order[line.capacity])]


class AgencyLine(StepLine):
    """An agency asked to do something, and by when. Other agencies asked do not see this line."""

    seen_by_its_agency, spoken = True, ("agency asked", "agencies asked")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due = models.DateTimeField("answer by")

    class Meta(StepLine.Meta):
        abstract = True

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """Every agency that takes part in this partnership today."""
        return Agency.objects.taking_part(actor.partnership, today)
