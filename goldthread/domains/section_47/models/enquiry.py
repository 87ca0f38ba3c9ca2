"""The enquiry: children seen, medicals, and what was found."""
from __future__ import annotations

from django.db import models

from goldthread.process.models import ChildSeen, NearPerson, StepLine, StepRecord


class EnquiryVisit(ChildSeen, StepRecord):
    """The children are seen as part of the enquiry."""

    found = models.TextField("what did you see and hear?")

    class Meta(StepRecord.Meta):
        pass


class SeenChild(ChildSeen, NearPerson, StepLine):
    """A brother or sister for whom the visit was different."""

    class Meta(StepLine.Meta):
        verbose_name = "child for whom it was different"
        verbose_name_plural = "children for whom it was different"


class Medical(NearPerson, StepRecord):
    """A child protection medical of one child."""

    RESULTS = [("harm", "It points to harm"), ("no-harm", "It does not point to harm"),
               ("unclear", "It does not say either way"), ("refused", "It was refused, or could not be done")]
    examined_by = models.CharField("who examined the child?", max_length=200, blank=True)
    result = models.CharField("what did it find?", max_length=8, choices=RESULTS)
    findings = models.TextField("what was found, or why was it not done?")

    class Meta(StepRecord.Meta):
        verbose_name = "child protection medical"


class EnquiryReport(StepRecord):
    """What the enquiry found, as its writer concludes."""

    HARM = [("likely", "Harm was found, and is likely to go on"),
            ("not-likely", "Harm was found, and is not likely to go on"),
            ("not-found", "Harm was not found")]
    harm = models.CharField("what does the enquiry conclude?", max_length=10, choices=HARM)
    findings = models.TextField("what was found?")
    child_voice = models.TextField("what does the child say, and want to happen?")
    father = models.TextField("what was learnt from and about the father?",
                              help_text="If he was not spoken with, say why, and what was done to reach him")
    other_adults = models.TextField("what was learnt from and about other adults in the child's life?")
    parents_view = models.TextField("what do the parents say?")
    analysis = models.TextField("what does this mean for each child?")

    class Meta(StepRecord.Meta):
        verbose_name = "report of the enquiry"
        verbose_name_plural = "reports of enquiries"
