"""A serious incident: what happened, whether it must be notified, and that it was."""
from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from goldthread.people.models import Person
from goldthread.process.models import PersonLine, StepRecord
from goldthread.process.models.records import title_of


class SeriousIncident(StepRecord):
    """A child died or was seriously harmed, and abuse or neglect is known or suspected. Counted from when the local
    authority became aware."""

    notice_words = "A serious incident was recorded"
    told_as = {"incident_on": "When it happened", "place": "Where it happened", "harm": "What harm",
               "what": "What happened", "abuse": "Link to abuse or neglect", "agencies": "Agencies that knew the child",
               "safeguarding": "What was done at once", "parallel": "Other proceedings"}
    HARMS = [("died", "A child died"), ("serious", "A child was seriously harmed")]
    happened_at = models.DateTimeField("when did the local authority become aware?")
    incident_on = models.DateField("when did it happen?")
    place = models.CharField("where did it happen, and in which council's area?", max_length=200)
    harm = models.CharField("what harm was done?", max_length=8, choices=HARMS,
                            help_text="Harm may be to the mind or to development, and counts though a child recovers.")
    what = models.TextField("what happened, as far as it is known?")
    abuse = models.TextField("why is abuse or neglect known or suspected?")
    agencies = models.TextField("which agencies knew the child or the family?")
    safeguarding = models.TextField("what was done at once to keep this child and others safe?")
    parallel = models.TextField("which other proceedings are there?", blank=True,
                                help_text="Police, coroner, child death review, court.")

    @classmethod
    def children_in(cls, lines: list[Any]) -> list[str]:
        return [line.name for line in lines if isinstance(line, IncidentChild) and line.capacity == "child"]

    @classmethod
    def titled(cls, record: Any, lines: list[Any]) -> str:
        return title_of(cls.children_in(lines))


class IncidentChild(PersonLine):
    """A child the incident is about: known from another case, or named here."""

    spoken = ("child", "children")
    STATUSES = [("none", "Not known to social care"), ("early-help", "Early help"), ("cin", "Child in need"),
                ("cp", "Child protection plan"), ("looked-after", "Looked after"), ("care-leaver", "Care leaver")]
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="who, if they are known?",
                               null=True, blank=True)
    stated = models.CharField("name, if they are not known yet", max_length=200, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    status = models.CharField("what was their status?", max_length=12, choices=STATUSES, default="none")

    class Meta(PersonLine.Meta):
        constraints = [models.CheckConstraint(condition=~Q(person=None, stated=""), name="incident_child_named",
                                              violation_error_message="Choose a child or enter a name")]

    @property
    def name(self) -> str:
        return self.person.name if self.person_id else self.stated


class CriteriaDecision(StepRecord):
    """Whether the incident meets the criteria for telling the national panel."""

    to_do = "Decide on the criteria"
    told_as = {"decision": "Decided", "consulted": "Partners consulted", "reason": "Why"}
    DECISIONS = [("notify", "Notify: abuse or neglect, and death or serious harm"),
                 ("notify-only", "Notify only: a looked-after child or care leaver died, not of abuse or neglect"),
                 ("not-met", "Do not notify: the criteria are not met")]
    decision = models.CharField("are the criteria met?", max_length=12, choices=DECISIONS)
    consulted = models.TextField("which safeguarding partners were consulted, and what did they say?")
    reason = models.TextField("why did you decide so?")

    class Meta(StepRecord.Meta):
        verbose_name = "decision on the criteria"
        verbose_name_plural = "decisions on the criteria"

    def headline(self) -> str:
        return self.get_decision_display()


class PanelNotification(StepRecord):
    """The incident was notified to the national panel, and the safeguarding partners were told."""

    to_do = "Notify the national panel"
    happened_at = models.DateTimeField("when was it sent?")
    panel_reference = models.CharField("the panel's reference", max_length=60)
    partners_told = models.BooleanField("were all safeguarding partners told?")
    ofsted_told = models.BooleanField("were Ofsted and the Secretary of State told, where that is needed?")
    why_late = models.TextField("if it was sent late, why?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "notification to the national panel"


class FamilyTold(StepRecord):
    """The family was told that there is a review and how they can take part, or why not yet."""

    to_do = "Tell the family"
    reveals = {"told": {"no": ("why_not",)}}
    required_when_shown = ("why_not",)
    TOLD = [("yes", "Yes"), ("no", "Not yet")]
    told = models.CharField("was the family told?", max_length=4, choices=TOLD)
    views = models.TextField("what do the child and the family say?", blank=True)
    why_not = models.TextField("why not, and when will they be?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "telling the family"
        verbose_name_plural = "telling the family"
