"""The questions of data returns."""
from __future__ import annotations

from typing import Any

from goldthread.dataset import periods
from goldthread.dataset.specification.definition import KINDS
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.meetings.forms import ALWAYS_A_LIST


class SendForm(Form):
    def __init__(self, *args: Any, accept: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["accept"] = accept
        self.fields["files"].help_text = hint

    files = kit.Files(label="Choose the file, or all files of this return")


class ReasonForm(Form):
    reason = kit.LongText(label="Why?", rows=3)


class PlanForm(Form):
    def __init__(self, *args: Any, specifications: list[tuple[str, str]], agencies: list[tuple[int, str]],
                 **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [("", "Select one"), *specifications]
        self.fields["agencies"].choices = agencies

    key = kit.Choice(label="Which return?", radios_up_to=ALWAYS_A_LIST)
    agencies = kit.Choices(label="Which agencies send it?", choices=[])
    rhythm = kit.Choice(label="How often?", choices=list(periods.RHYTHMS.items()))
    first = kit.Date(label="A day in the first period")
    many = kit.Text(label="How many periods?", initial="4", width=2, inputmode="numeric")
    days = kit.Text(label="How many days after the end of a period is it due?", initial="21", width=3, inputmode="numeric")

    def clean_many(self) -> int:
        return _whole(self, "many", 1, 60)

    def clean_days(self) -> int:
        return _whole(self, "days", 0, 366)


def _whole(form: Any, name: str, least: int, most: int) -> int:
    text = form.cleaned_data[name]
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        form.add_error(name, f"Enter a whole number between {least} and {most}")
        return least
    return int(text)


class DefineForm(Form):
    title = kit.Text(label="What is the return called?", max_length=120)
    meaning = kit.LongText(label="What is in it, one row for what?", rows=3,
                           help_text="Such as: one row for each child seen")
    about = kit.Choice(label="Whom are its rows about?", choices=[
        ("children", "Children"), ("adults", "Adults"), ("nobody", "Nobody: only numbers")])


class ColumnForm(Form):
    says_optional = False
    name = kit.Text(label="Heading", max_length=60, required=False)
    kind = kit.Choice(label="What stands in it", choices=list(KINDS.items()), initial="text", required=False,
                      radios_up_to=ALWAYS_A_LIST)
    holds = kit.Choices(label="How it is filled in", required=False, choices=[
        ("required", "Always filled in"), ("part", "Tells rows apart: no two rows have the same")])
    codes = kit.LongText(label="Codes, one a line", rows=2, required=False, help_text="Only for codes, such as “Y: yes”")
    after = kit.Text(label="Not before the date in", max_length=60, required=False,
                     help_text="The heading of another column")
