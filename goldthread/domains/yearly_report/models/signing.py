"""The draft, what the independent scrutineer says of it, who signs it, and that it is out."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from goldthread.domains.yearly_report.models.gathering import OnFrozenFigures
from goldthread.orgs.models import Participation
from goldthread.process.models import StepRecord
from goldthread.reports.yearly.models import Document


class DraftReady(OnFrozenFigures):
    """The draft is ready to be looked at by the scrutineer and the lead partners. Taken up again when one returns it."""

    to_do = "Say that the draft is ready"
    notice_words = "A draft is ready for you to read"
    summary = models.TextField("what should its readers look at?")

    class Meta(StepRecord.Meta):
        verbose_name = "draft ready"
        verbose_name_plural = "drafts ready"


class ScrutineerComment(StepRecord):
    """What the independent scrutineer says of the draft. It stands in the report word for word."""

    to_do = "Comment on the draft"
    notice_words = "The independent scrutineer has commented on the draft"
    VIEWS = [("supports", "I support what it says"), ("reserved", "I support it with reservations"),
             ("not-supported", "I do not support it")]
    view = models.CharField("do you support what the draft says?", max_length=16, choices=VIEWS)
    comment = models.TextField("what is your comment?", help_text="It is published with the report as you write it.")

    class Meta(StepRecord.Meta):
        verbose_name = "scrutineer's comment"
        verbose_name_plural = "scrutineer's comments"

    def headline(self) -> str:
        return self.get_view_display()


class DraftReturned(StepRecord):
    """A lead partner returns the draft to be changed; who returned it signs only once it was taken up again."""

    to_do = "Return the draft"
    notice_words = "A lead partner has returned the draft"
    wanted = models.TextField("what must change first?")

    class Meta(StepRecord.Meta):
        verbose_name = "return of the draft"
        verbose_name_plural = "returns of the draft"


class LeadSignOff(StepRecord):
    """A lead safeguarding partner approves the draft. Three must, each for another agency."""

    to_do = "Sign the draft"
    notice_words = "A lead partner has signed the draft"
    position = models.CharField("you approve it as what?", max_length=200,
                                help_text="Your position. Sign only what you have read; three partners must.")
    comment = models.TextField("anything you want recorded", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "sign-off by a lead partner"
        verbose_name_plural = "sign-offs by lead partners"

    @classmethod
    def initial_for(cls, actor: Any, case: Any) -> dict[str, Any]:
        """The title of whoever signs."""
        return {"position": actor.appointment.title}

    def headline(self) -> str:
        return f"Signed by {self.position}"

    def clean(self) -> None:
        """Raises ValidationError for somebody of an agency that is not one of the partnership's three partners."""
        super().clean()
        if not self.event_id:  # a form does not know who sends it
            return
        partners = Participation.objects.filter(partnership=self.event.partnership_id, statutory_partner=True)
        if partners.exists() and not partners.filter(agency=self.event.agency_id).exists():
            raise ValidationError(f"{self.event.agency} is not one of the safeguarding partners, who alone sign this")


class ReportPublished(StepRecord):
    """It is out, and changes no more; or it is held back, and why."""

    to_do = "Publish or hold back"
    notice_words = {"published": "It is published, and everybody can read it",
                    "withheld": "It is held back and not published"}
    reveals = {"result": {"withheld": ("why",)}}
    required_when_shown = ("why",)
    RESULTS = [("published", "It is published"), ("withheld", "It is held back")]
    result = models.CharField("is it published?", max_length=10, choices=RESULTS)
    why = models.TextField("why is it held back?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "publication"

    def headline(self) -> str:
        return self.get_result_display()

    def clean(self) -> None:
        """Raises ValidationError where the case's document is not out: recording it alone would publish nothing."""
        super().clean()
        out = Document.objects.filter(case=self.case_id, publisheds=None) if self.case_id else Document.objects.none()
        if self.result == "published" and out.exists():
            raise ValidationError("The document is not published. Publish it on the report's page")
