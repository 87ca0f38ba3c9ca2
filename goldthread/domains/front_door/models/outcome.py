"""What was decided, who was told, where it went next, and the school told before the next school day."""
from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models

from goldthread.access.prepared import Prepared
from goldthread.domains.front_door.models.contact import Contact
from goldthread.domains.front_door.models.triage import InformationRequest, PartnerReply
from goldthread.domains.front_door.outcomes import answer_words, following
from goldthread.orgs.models import Agency
from goldthread.people.models import Person
from goldthread.process.fields import CodeField
from goldthread.process.models import StepLine, StepRecord


class Decision(StepRecord):
    """The manager's decision: level of need, what happens next and why. Each child may come out differently."""

    reveals = {"partners_asked": {"no": ("without_partners",)}}
    required_when_shown = ("without_partners",)
    told_as = {"level": "Level of need", "detail": "What happens next", "outcome": "National outcome",
               "rationale": "Why", "partners_asked": "Partners asked", "without_partners": "Why not"}
    level = CodeField("which level of need?", codes="threshold-levels", max_length=10)
    detail = CodeField("what happens next?", codes="contact-outcome-details")
    outcome = CodeField("how is this counted nationally?", codes="contact-outcomes")
    rationale = models.TextField("why?", help_text="What you weighed, what partners said, and what the child needs")
    partners_asked = models.BooleanField("were partners asked for information?", default=False)
    without_partners = models.TextField("if not, why not?", blank=True)

    @classmethod
    def initial_for(cls, actor: Any, case: Any) -> dict[str, Any]:
        """Whether partners were asked is known already."""
        asked = case.standing_events().filter(step=InformationRequest.step_key()).exists()
        return {"partners_asked": asked}

    @classmethod
    def last_of(cls, case: Any) -> Decision | None:
        """The decision as it stands; None before there is one."""
        event = case.last(cls.step_key())
        found = _with_children().rows(pk=event.record_id) if event else []
        return found[0] if found else None

    def details(self) -> list[str]:
        """What happens next, for the contact and for each child decided differently."""
        own = getattr(self, "each_child", None)
        if own is None:
            own = ChildOutcome.objects.filter(event=self.event_id).order_by("pk").values_list("detail", flat=True)
        return [self.detail, *own]

    def headline(self) -> str:
        return f"Decided: {self._meta.get_field('detail').words(self.detail).lower()}"


class ChildOutcome(StepLine):
    """What was decided for one child where brothers and sisters come out differently."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="child")
    capacity = models.CharField(max_length=20, default="child", editable=False)
    detail = CodeField("what happens next for this child?", codes="contact-outcome-details")
    outcome = CodeField("how is this counted nationally?", codes="contact-outcomes")

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """The people the actor may see; the page narrows them to the contact's children."""
        return Person.objects.filter(in_cases__case__closed_at=None).distinct().order_by("family", "given")


@cache
def _with_children() -> Prepared:
    """A decision by its number, with what happens next for each child."""
    children = ChildOutcome.objects.filter(event=models.OuterRef("event")).order_by("pk")
    return Prepared(lambda pk: Decision.objects.filter(pk=pk).annotate(
        each_child=ArraySubquery(children.values("detail"))), pk=-987_654_321_009)


class HandOver(StepRecord):
    """The contact passed on to those who act next; the process that takes it up picks it up from here."""

    to = CodeField("who takes this up?", codes="contact-outcome-details")
    note = models.TextField("what they need to know")

    @classmethod
    def initial_for(cls, actor: Any, case: Any) -> dict[str, Any]:
        """Whoever takes up what was decided."""
        decision = Decision.last_of(case)
        onward = [each for each in decision.details() if following()[each].passes_on] if decision else []
        return {"to": onward[0]} if onward else {}

    class Meta(StepRecord.Meta):
        verbose_name = "hand-over"

    def headline(self) -> str:
        return f"Handed over to {self._meta.get_field('to').words(self.to)}"


LEAK = 8  # so many words in a row that a partner wrote are the partner's information


class AnswerToReferrer(StepRecord):
    """What whoever got in touch is told: what was decided, why as far as they may know, and how to disagree."""

    told_as = {"told": "What they are told"}
    notice_words = "The front door has answered you"
    told = models.TextField("what will you tell them?")

    class Meta(StepRecord.Meta):
        verbose_name = "answer to the referrer"
        verbose_name_plural = "answers to the referrer"

    @classmethod
    def initial_for(cls, actor: Any, case: Any) -> dict[str, Any]:
        """Plain words for what was decided; no address, and nothing partners said."""
        decision = Decision.last_of(case)
        return {"told": answer_words(decision.details())} if decision else {}

    def clean(self) -> None:
        super().clean()
        if self.case_id and (fault := leaked(self.told, self.case_id)):
            raise ValidationError({"told": fault})

    def headline(self) -> str:
        return "Referrer told what was decided"


def leaked(text: str, case: int) -> str:
    """What the answer gives away that it must not, in words: a kept address, or what a partner wrote. "" for nothing.

    Read on the authority of whoever stores the answer.
    """
    said = _words(text)
    contacts: Any = Contact.objects.filter(case=case, address_safe=True)
    for kept in contacts:
        if any(part and f" {' '.join(part)} " in f" {' '.join(said)} "
               for part in (_words(kept.line1), _words(kept.postcode))):
            return "Take the address out: it must be kept from others"
    runs = {tuple(said[at:at + LEAK]) for at in range(len(said) - LEAK + 1)}
    replies: Any = PartnerReply.objects.filter(case=case).exclude(may_share="family")
    for reply in replies:
        for source in (_words(reply.information), _words(reply.worry)):
            if any(tuple(source[at:at + LEAK]) in runs for at in range(len(source) - LEAK + 1)):
                return "Take out what a partner told us: it was not given to be passed on"
    return ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


class EncompassNotice(StepRecord):
    """Police attended domestic abuse and a child was involved: their school is told before its next day begins."""

    PRESENT = [("yes", "Yes, in the home"), ("no", "No, elsewhere"), ("unknown", "Not known")]
    incident_at = models.DateTimeField("when did police attend?")
    police_reference = models.CharField("police reference", max_length=40, blank=True)
    circumstances = models.TextField("what should the school know to support the child?")
    child_present = models.CharField("was the child there?", max_length=8, choices=PRESENT)
    child_voice = models.TextField("what did the child say?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "Operation Encompass notice"


class EncompassSchool(StepLine):
    """One child's school, told; or the council, of a child without one. Other schools do not see this line."""

    NO_SCHOOL = [("home-educated", "Educated at home"), ("missing-education", "Missing from education"),
                 ("under-age", "Not yet of school age, and at no nursery"), ("not-known", "School not known")]
    seen_by_its_agency = True
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="school")
    child_name = models.CharField("child", max_length=200)
    born_on = models.DateField("date of birth", null=True, blank=True)
    due = models.DateTimeField("to be read by")
    no_school = models.CharField("why the child has no school", max_length=20, blank=True, choices=NO_SCHOOL)

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """Schools and colleges that take part in this partnership today."""
        return Agency.objects.taking_part(actor.partnership, today).filter(kind__in=("school", "college", "early-years"))


class EncompassRead(StepRecord):
    """The school's safeguarding lead has read the notice and says what support the child will have today."""

    answer_button = "I have read this"
    asked_words = "Please read an Operation Encompass notice"

    support = models.TextField("what will you do to support the child today?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "Operation Encompass notice read"
        verbose_name_plural = "Operation Encompass notices read"
