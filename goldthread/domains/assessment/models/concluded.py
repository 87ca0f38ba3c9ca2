"""What the assessment says, and what the manager decides on it."""
from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models

from goldthread.people.models import Person
from goldthread.process.fields import CodeField
from goldthread.process.models import NearPerson, StepLine, StepRecord
from goldthread.process.models.attendance import leave_no_child_out

NO_FACTOR = "21"  # of the assessment-factors list: nothing found, so it cannot stand beside a factor


class AssessmentReport(StepRecord):
    """The assessment as its writer concludes it: the child, the whole family, and what it all means."""

    child_needs = models.TextField("what does the child need?")
    child_voice = models.TextField("what does the child say, and what do they want to happen?")
    parenting = models.TextField("what are the parents able to give?")
    father = models.TextField("who is the father, and what part does he play?",
                              help_text="If he was not spoken with, say why, and what was done to reach him")
    other_adults = models.TextField("which other adults matter to the child, and how?")
    surroundings = models.TextField("what is life like at home and around it?")
    analysis = models.TextField("what does this mean for the child?")
    family_view = models.TextField("what do the family think of this assessment?")
    proposal = models.TextField("what do you propose?")

    class Meta(StepRecord.Meta):
        verbose_name = "written assessment"

    def clean_lines(self, lines: Sequence[StepLine]) -> None:
        """No factor found for a child (or for all) stands beside one that was found for them."""
        found = [line for line in lines if isinstance(line, AssessmentFactor)]
        for none in (line for line in found if line.factor == NO_FACTOR):
            if any(line is not none and (None in (line.person_id, none.person_id) or line.person_id == none.person_id)
                   for line in found):
                raise ValidationError("Either no factor was found or some were: take out one or the other")


class AssessmentFactor(NearPerson, StepLine):
    """A factor found, for one child or (no child named) for all of them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
                               verbose_name="for which child?", help_text="Leave empty if it is so for all of them")
    factor = CodeField("what was found?", codes="assessment-factors")

    class Meta(StepLine.Meta):
        verbose_name = "factor"


class AssessmentOutcome(StepRecord):
    """The manager's decision on the assessment. Its day is when the assessment is concluded and authorised."""

    notice_words = "An assessment was authorised"
    outcome = CodeField("what happens next?", codes="assessment-outcomes")
    primary_need = CodeField("what is the main need?", codes="primary-needs")
    rationale = models.TextField("why?")
    told_family = models.TextField("how will the family and the child be told?")

    class Meta(StepRecord.Meta):
        verbose_name = "decision on the assessment"
        verbose_name_plural = "decisions on the assessment"

    def clean_lines(self, lines: Sequence[StepLine]) -> None:
        leave_no_child_out(self, lines, "outcome", "strategy-discussion")

    def headline(self) -> str:
        return f"Decided: {self._meta.get_field('outcome').words(self.outcome).lower()}"


class ChildOutcome(NearPerson, StepLine):
    """What was decided for one child where brothers and sisters come out differently."""

    outcome = CodeField("what happens next for this child?", codes="assessment-outcomes")
    primary_need = CodeField("what is this child's main need?", codes="primary-needs")

    class Meta(StepLine.Meta):
        verbose_name = "child with another outcome"
        verbose_name_plural = "children with another outcome"
