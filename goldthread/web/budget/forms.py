"""Questions about money."""
from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from goldthread.measure import periods
from goldthread.orgs.models import Agency
from goldthread.reports.budget.models import BudgetLine
from goldthread.reports.reading.cells import number
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form


class Pounds(kit.Text):
    """An amount as people write it: "£1,250.50", "1250". Cleans to a Decimal; nothing to None, or 0 when `zero`."""

    def __init__(self, *, zero: bool = False, **kwargs: Any) -> None:
        self.zero = zero
        super().__init__(width=10, inputmode="decimal", required=not zero, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            found = number(text)
        except ValueError:
            raise ValidationError(f"{self.label} must be an amount in pounds, such as 1,250.50") from None
        return Decimal(0) if found is None and self.zero else found


class YearForm(Form):
    """Which year is begun."""

    period = kit.Choice(label="Which financial year?", choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = periods.last_whole("year", kwargs["today"])
        near = [last.before(), last, *(periods.period_of(periods.added(last.end, 1 + 12 * at), "year") for at in (0, 1))]
        self.fields["period"].choices = [(each.key, each.key) for each in near]


class NoteForm(Form):
    """What the money achieved, and what was carried in."""

    carried_in = Pounds(label="Carried forward from the year before", help_text="In pounds. A debt has a minus sign.")
    value_for_money = kit.LongText(label="What did the money achieve, and was it good value?", required=False)


class LineForm(Form):
    """One line."""

    side = kit.Choice(label="Income or spending?", choices=BudgetLine.SIDES)
    name = kit.Text(label="What is it?", max_length=150)
    agency = kit.Choice(label="Which agency contributes it?", choices=[], required=False,
                        help_text="Nobody for spending, and for income such as from courses.")
    kind = kit.Choice(label="Does it come every year?", choices=BudgetLine.KINDS)
    restricted = kit.YesNo(label="May it be used for one purpose only?")
    planned = Pounds(label="Agreed for the year")
    committed = Pounds(label="Committed so far", zero=True)
    actual = Pounds(label="Received or spent so far", zero=True)
    note = kit.LongText(label="What should readers know?", required=False, rows=3)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taking = Agency.objects.taking_part(actor.partnership, kwargs["today"]).distinct()
        self.fields["agency"].choices = [("", "Nobody"), *((str(each.pk), each.name) for each in taking)]

    def values(self) -> dict[str, Any]:
        """The fields of a line."""
        said = dict(self.cleaned_data)
        return said | {"agency": Agency.objects.get(pk=said["agency"]) if said["agency"] else None}


def of_line(line: BudgetLine) -> dict[str, Any]:
    """A line as the form holds it."""
    names = ("side", "name", "kind", "planned", "committed", "actual", "note")
    return {name: getattr(line, name) for name in names} | {
        "agency": str(line.agency_id or ""), "restricted": line.restricted}


class LoadForm(Form):
    """A file of a whole year's lines."""

    upload = kit.File(label="Choose the CSV file", accept=".csv")
