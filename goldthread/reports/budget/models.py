"""A year's budget. Lines are never changed: what is put right is a new line in place of one, so that both stay known."""
from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from goldthread.access.models import Guarded
from goldthread.orgs.models import Agency

NOTHING = MinValueValidator(Decimal(0), "Enter an amount of £0 or more")


def _by(**more: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


def _pounds(words: str, **more: Any) -> Any:
    """An amount in pounds and pence."""
    return models.DecimalField(words, max_digits=12, decimal_places=2, validators=[NOTHING], **more)


class BudgetYear(Guarded):
    """The money of one financial year, April to March. period: such as "2025-2026". Once closed nothing in it changes."""

    period = models.CharField("financial year", max_length=9)
    carried_in = models.DecimalField("carried forward from the year before", max_digits=12, decimal_places=2,
                                     default=Decimal(0), help_text="In pounds. A debt has a minus sign.")
    value_for_money = models.TextField("what did the money achieve, and was it good value?", blank=True)
    begun_by = _by()
    begun_at = models.DateTimeField()
    closed_by = _by(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["partnership", "period"], name="one_budget_a_year")]

    def __str__(self) -> str:
        return f"Budget {self.period}"


class BudgetLine(Guarded):
    """One line: what it is, and its amounts as agreed, as committed, and as they came to be.

    agency: who contributes it. restricted: given for one purpose and for nothing else. number: its place in the year.
    """

    append_only = True
    mutable = ("replaced_at",)
    SIDES = [("income", "Income"), ("spend", "Spending")]
    KINDS = [("recurring", "Recurring"), ("one-off", "One-off")]
    year = models.ForeignKey(BudgetYear, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    side = models.CharField("income or spending?", max_length=6, choices=SIDES)
    name = models.CharField("what is it?", max_length=150)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
                               verbose_name="which agency contributes it?")
    kind = models.CharField("does it come every year?", max_length=9, choices=KINDS)
    restricted = models.BooleanField("may it be used for one purpose only?", default=False)
    planned = _pounds("agreed for the year")
    committed = _pounds("committed so far", default=Decimal(0))
    actual = _pounds("received or spent so far", default=Decimal(0))
    note = models.TextField("what should readers know?", blank=True)
    by = _by()
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["year", "number"], condition=Q(replaced_at=None), name="budget_lines_standing")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError for spending that somebody is said to contribute."""
        if self.side == "spend" and self.agency_id:
            raise ValidationError({"agency": "Only income is contributed by an agency"})
