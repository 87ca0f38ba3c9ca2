"""The questions of the thread."""
from __future__ import annotations

from typing import Any

from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.meetings.forms import ALWAYS_A_LIST


class FindingForm(Form):
    source = kit.Text(label="Where was it found?", max_length=200, help_text="Such as an audit, a review or a panel")
    theme = kit.Text(label="Theme", max_length=60, help_text="One or two words, such as “Neglect”")
    what = kit.LongText(label="What was found?", rows=5, watch_words=True, help_text="Name nobody")


class RecommendForm(Form):
    what = kit.LongText(label="What is recommended?", rows=4)


class WithDoer(Form):
    """A form that asks who does something. doers: as `web.meetings.common.doers` gives them."""

    def __init__(self, *args: Any, doers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doer"].choices = [("", "Select one"), *doers]


class GiveForm(WithDoer):
    what = kit.LongText(label="What is to be done?", rows=4)
    doer = kit.Choice(label="Who does it?", radios_up_to=ALWAYS_A_LIST)
    due = kit.Date(label="By when?")


class ReassignForm(WithDoer):
    doer = kit.Choice(label="Who does it from now on?", radios_up_to=ALWAYS_A_LIST)
    reason = kit.LongText(label="Why?", rows=3)


class ExtendForm(Form):
    due = kit.Date(label="By when now?")
    reason = kit.LongText(label="Why is more time needed?", rows=3)


class EvidenceForm(Form):
    what = kit.LongText(label="What was done?", rows=5, watch_words=True)
    upload = kit.File(label="A document that shows it", required=False, accept=".pdf,.docx,.xlsx,.odt,.csv,.txt,.jpg,.png")


class VerdictForm(Form):
    required_when_shown = ("comment",)
    reveals = {"enough": {"no": ("comment",)}}
    enough = kit.YesNo(label="Is this enough?")
    comment = kit.LongText(label="What is still needed?", rows=3)


class ReasonForm(Form):
    reason = kit.LongText(label="Why?", rows=3)


class DoneForm(Form):
    reason = kit.LongText(label="Anything to add", rows=3, required=False)


class ImpactForm(Form):
    difference = kit.LongText(label="What difference did it make?", rows=4)
    known_by = kit.LongText(label="How do you know?", rows=3)
