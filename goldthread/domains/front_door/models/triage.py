"""Rating, allocating, asking partners and hearing back."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from goldthread.orgs.models import Agency, Appointment, User
from goldthread.process.fields import CodeField
from goldthread.process.models import StepLine, StepRecord

WORKERS = ("mash-worker", "mash-manager", "social-worker", "early-help-worker")


class Rating(StepRecord):
    """How urgent the contact is. Rated again whenever something new comes in; the clock does not start again
    unless a manager says so and why."""

    reveals = {"restart": {"yes": ("restart_reason",)}}
    required_when_shown = ("restart_reason",)
    told_as = {"rag": "Rating", "reason": "Why", "restart": "Time limit started again", "restart_reason": "Why again"}
    rag = CodeField("how urgent is this?", codes="rag", max_length=10)
    reason = models.TextField("why this rating?")
    restart = models.BooleanField("start the time limit again from now?", default=False)
    restart_reason = models.TextField("why should the time limit start again?", blank=True)

    @classmethod
    def initial_for(cls, actor: Any, case: Any) -> dict[str, Any]:
        """The time limit runs on unless somebody says otherwise."""
        return {"restart": False}

    class Meta(StepRecord.Meta):
        verbose_name = "rating"

    def headline(self) -> str:
        return f"Rated {self._meta.get_field('rag').words(self.rag).lower()}"


class Allocation(StepRecord):
    """Who works on the contact from here."""

    notice_words = "A contact was given to you"
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
                               verbose_name="who will work on this?")
    reason = models.TextField("anything they should know", blank=True)

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """Everyone who works the front door or does social work in this partnership today."""
        seats = Appointment.objects.filter(partnership=actor.partnership, role__in=WORKERS).current(today)
        return User.objects.filter(pk__in=seats.values("user")).order_by("name")

    def headline(self) -> str:
        return f"Allocated to {self.worker}"


class InformationRequest(StepRecord):
    """Partners asked for what they know: why, on what lawful basis, about whom, and no more than is needed."""

    told_as = {"purpose": "Why they ask", "lawful_basis": "On what lawful basis", "about": "About whom",
               "needed": "What they need to know"}
    purpose = models.TextField("why do you need this?")
    lawful_basis = CodeField("on what lawful basis?", codes="lawful-bases")
    about = models.TextField("who is this about?", help_text="Only what partners need to find the right records")
    needed = models.TextField("what do you need to know?")

    class Meta(StepRecord.Meta):
        verbose_name = "request for information"


class RequestedAgency(StepLine):
    """One agency asked, and by when. Other agencies asked do not see this line."""

    seen_by_its_agency = True
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due = models.DateTimeField("answer by")

    class Meta(StepLine.Meta):
        verbose_name = "agency asked"
        verbose_name_plural = "agencies asked"

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """Every agency that takes part in this partnership today."""
        return Agency.objects.taking_part(actor.partnership, today)


class PartnerReply(StepRecord):
    """What a partner knows, or that it knows nothing, and how far it may be shared."""

    told_as = {"answer": "Known to them", "information": "What they know", "worry": "What worries them",
               "may_share": "How far it may be shared"}
    notice_words, asked_words = "A partner has answered", "Please answer a request for information"
    one_click = ("Nothing known to us", {"answer": "nil", "may_share": "desk"})
    reveals = {"answer": {"known": ("information", "worry", "may_share")}}
    required_when_shown = ("information",)
    KNOWN = [("known", "Yes, we know something"), ("nil", "No, nothing known to us")]
    SHARE = [("desk", "The front door only"), ("professionals", "Professionals working with the family"),
             ("family", "It may be shared with the family")]
    answer = models.CharField("do you know anything about these people?", max_length=8, choices=KNOWN)
    information = models.TextField("what do you know?", blank=True)
    worry = models.TextField("does anything here worry you?", blank=True)
    may_share = models.CharField("how far may this be shared?", max_length=14, choices=SHARE, default="desk")

    class Meta(StepRecord.Meta):
        verbose_name = "partner's reply"
        verbose_name_plural = "partners' replies"

    @property
    def is_nil(self) -> bool:
        return self.answer == "nil"

    def headline(self) -> str:
        return "Nothing known" if self.is_nil else "Information given"


class NewInformation(StepRecord):
    """Something more heard while the contact is open; whoever works on it considers the rating again."""

    notice_words = "There is something new on a contact"
    information = models.TextField("what else should the front door know?")

    class Meta(StepRecord.Meta):
        verbose_name = "new information"
        verbose_name_plural = "new information"


class Message(StepRecord):
    """A message on the record between the front door and whoever got in touch; e-mail carries only that there is one."""

    notice_words = "There is a message for you"
    ABOUT = [("consent", "Consent"), ("details", "Missing details"), ("other", "Something else")]
    about = models.CharField("what is this about?", max_length=10, choices=ABOUT, default="other")
    text = models.TextField("your message")

    @classmethod
    def initial_for(cls, actor: Any, case: Any) -> dict[str, Any]:
        """An answer is about what the message before it was about."""
        last = case.standing_events().filter(step=cls.step_key()).exclude(agency=actor.agency).last()
        return {"about": last.outcome} if last else {}

    def headline(self) -> str:
        return f"Message about {self.get_about_display().lower()}"
