"""What a referrer tells the front door, in their words, before anybody has checked it."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from goldthread.people.models import Person
from goldthread.process.fields import CodeField
from goldthread.process.models import CasePerson, StepLine, StepRecord

ANONYMOUS = "9"  # of the contact-sources list: gave no name, and so cannot be answered
REASON_NEEDED = ("refused", "dispensed", "not-sought")
# The national source code most contacts of an agency's kind have; the referrer may choose another.
SOURCES = {"school": "2A", "college": "2B", "early-years": "2B", "gp-practice": "3A", "community-trust": "3B",
           "acute-trust": "3E", "mental-health-trust": "3F", "ambulance-trust": "3F", "housing": "4", "police": "6",
           "adult-social-care": "5A", "childrens-services": "5B", "other-council": "5C", "probation": "7", "court": "7",
           "cafcass": "7", "immigration": "7", "secure-estate": "7", "voluntary": "8", "childrens-centre": "8"}


class Contact(StepRecord):
    """A worry about one or more children, as the referrer put it.

    `immediate_danger` is asked first so that 999 comes before any form; consent is asked for and never assumed.
    """

    notice_words = "A new contact has come in"
    reveals = {"consent": dict.fromkeys(REASON_NEEDED, ("consent_reason",))}
    required_when_shown = ("consent_reason",)
    told_as = {
        "stream": "Kind of help", "immediate_danger": "In immediate danger", "line1": "Address", "postcode": "Postcode",
        "address_safe": "Address must be kept from somebody", "father": "The father", "others_at_home": "Others at home",
        "concern": "Main worry", "worry": "What has happened", "strengths": "What is going well",
        "child_voice": "What the child said or showed", "consent": "Does the family know and agree",
        "consent_reason": "Why", "source": "Who got in touch", "channel": "How it reached us",
        "referrer_name": "Name", "referrer_role": "Job or part in the child's life", "referrer_agency": "Organisation",
        "referrer_phone": "Telephone", "referrer_email": "E-mail", "outside_reference": "Their own reference",
        "domestic_abuse": "Domestic abuse the police were called to"}
    STREAMS = [("safeguarding", "Safeguarding: a child is being harmed, or may be"),
               ("early-help", "Early help: the family needs help early, and agrees to it")]
    stream = models.CharField("what kind of help is this about?", max_length=12, choices=STREAMS)
    immediate_danger = models.BooleanField("is a child in immediate danger now?", default=False)
    line1 = models.CharField("building and street", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=10, blank=True)
    address_safe = models.BooleanField("must this address be kept from anyone?", default=False)
    father = models.TextField(
        "who is the child's father, and what part does he play?", blank=True,
        help_text="Name him if you can. Say so if you do not know: it tells us what to find out.")
    others_at_home = models.TextField("who else lives with or looks after the child?", blank=True)
    concern = CodeField("what is your main worry?", codes="presenting-concerns")
    worry = models.TextField("what has happened, and what are you worried about?")
    strengths = models.TextField("what is going well, and who is helping?", blank=True)
    child_voice = models.TextField(
        "what has the child said, or shown?", blank=True,
        help_text="Use the child's own words where you can. Say if you have not been able to speak with them.")
    consent = CodeField("does the family know, and do they agree?", codes="consent-statuses", blank=True)
    consent_reason = models.TextField("why?", blank=True, help_text="Needed unless they know and agree")
    source = CodeField("who is getting in touch?", codes="contact-sources")
    channel = CodeField("how did this reach us?", codes="channels", default="portal")
    referrer_name = models.CharField("your name", max_length=120, blank=True)
    referrer_role = models.CharField("your job or part in the child's life", max_length=120, blank=True)
    referrer_agency = models.CharField("your organisation", max_length=200, blank=True)
    referrer_phone = models.CharField("your telephone number", max_length=40, blank=True)
    referrer_email = models.EmailField("your e-mail address", blank=True)
    outside_reference = models.CharField("your own reference, if there is one", max_length=60, blank=True)
    domestic_abuse = models.BooleanField("is this about domestic abuse the police were called to?", default=False)

    class Meta(StepRecord.Meta):
        indexes = [models.Index(fields=["partnership", "source", "happened_at"])]

    def clean(self) -> None:
        super().clean()
        if self.source == ANONYMOUS:
            return
        if not self.referrer_name.strip():
            raise ValidationError({"referrer_name": "Enter your name"})
        if not self.referrer_phone and not self.referrer_email:
            raise ValidationError({"referrer_phone": "Enter a telephone number or an e-mail address to reach you"})

    @classmethod
    def known_of(cls, actor: Any) -> dict[str, str]:
        """What is known of a referrer who has signed in, so that it is not asked again."""
        return {"referrer_name": str(actor.user), "referrer_role": actor.appointment.title,
                "referrer_agency": actor.agency.name, "referrer_phone": actor.user.phone or actor.agency.phone,
                "referrer_email": actor.user.email, "source": SOURCES.get(actor.agency.kind, ""), "channel": "portal"}

    @classmethod
    def children_in(cls, lines: list[Any]) -> list[str]:
        """The children the worry is about, by name; brothers and sisters come after them."""
        order = {"child": 0, "sibling": 1}
        people = [p for p in lines if isinstance(p, ContactPerson) and p.capacity in order]
        return [p.name for p in sorted(people, key=lambda p: order[p.capacity])]

    def headline(self) -> str:
        return self.get_stream_display()


class ContactPerson(StepLine):
    """Somebody a contact names: as stated, spelt as the referrer spelt it, matched to nobody yet."""

    spoken = ("person", "people")
    CAPACITIES = CasePerson.CAPACITIES
    SEXES = [("F", "Girl or woman"), ("M", "Boy or man"), ("U", "Not known")]
    capacity = models.CharField("who is this?", max_length=20, choices=CAPACITIES, default="child")
    given = models.CharField("first name", max_length=100, blank=True)
    family = models.CharField("last name", max_length=100, blank=True)
    known_as = models.CharField("known as", max_length=100, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    age_stated = models.CharField("age, if the date of birth is not known", max_length=40, blank=True)
    due_on = models.DateField("expected date of delivery, if unborn", null=True, blank=True)
    sex = models.CharField(max_length=2, choices=SEXES, default="U")
    relationship = models.CharField("how they are related to the child", max_length=80, blank=True)
    setting = models.CharField("school, nursery or college", max_length=200, blank=True)
    practice = models.CharField("GP practice", max_length=200, blank=True)
    nhs = models.CharField("NHS number", max_length=20, blank=True)
    upn = models.CharField("unique pupil number", max_length=20, blank=True)

    class Meta(StepLine.Meta):
        constraints = [models.CheckConstraint(
            condition=~Q(given="", family="", due_on=None), name="contact_person_named",
            violation_error_message="Enter a first name, a last name or an expected date of delivery")]

    @property
    def name(self) -> str:
        return f"{self.known_as or self.given} {self.family}".strip() or "Unborn child"


class Identification(StepRecord):
    """Known already? For each person a contact names, who looked decides whether they are somebody known."""

    note = models.TextField("anything to note", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "known already?"


class IdentifiedPerson(StepLine):
    """One stated person tied to a person's record, and why."""

    involves = True

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: Any) -> Any:
        """Whom a line may name: people the actor may see."""
        return (Person if name == "person" else ContactPerson).objects.order_by("pk")

    stated = models.ForeignKey(ContactPerson, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=20, choices=CasePerson.CAPACITIES)
    newly_made = models.BooleanField("not known before", default=False)
    reason = models.TextField("why", blank=True)


class ReferrerCheck(StepRecord):
    """A referrer without an account rung back and found to be who they say, or not."""

    RESULTS = [("verified", "They are who they say"), ("not-reached", "Could not reach them"),
               ("doubtful", "There is doubt about who they are")]
    result = models.CharField("is the referrer who they say they are?", max_length=12, choices=RESULTS)
    how = models.TextField("how was this checked?")

    class Meta(StepRecord.Meta):
        verbose_name = "check of the referrer"
