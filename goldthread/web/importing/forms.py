"""The questions of loading contacts from files."""
from __future__ import annotations

from goldthread.exchange.reading import LAYOUTS
from goldthread.web.forms.base import Form
from goldthread.web.forms.fields import Choice, File, LongText

ACCEPT = ".csv,.xlsx"


class ChooseForm(Form):
    contacts = File(label="File of contacts", accept=ACCEPT, help_text="A CSV file or an Excel workbook (.xlsx)")
    people = File(label="File of people", accept=ACCEPT, required=False,
                  help_text="Only for the Standard Safeguarding Dataset: ssd_person, if it is a file of its own")
    layout = Choice(label="Layout", required=False, initial="", choices=[
        ("", "Tell by the headings"), *((key, layout.NAME) for key, layout in LAYOUTS.items())])


class UndoForm(Form):
    reason = LongText(label="Why is this import undone?", rows=3)
