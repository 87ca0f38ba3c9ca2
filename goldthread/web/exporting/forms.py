"""The questions of asking for an export."""
from __future__ import annotations

from typing import Any

from goldthread.exchange.exports.kinds import Asked, Kind
from goldthread.web.forms.base import Form
from goldthread.web.forms.fields import Choice, Date, Text

DRY, FILE = "look", "file"


class AskForm(Form):
    """What a kind of export is told of, and whether only to look."""

    year = Choice(label="Which year to 31 March?", choices=[])
    day = Date(label="Of which day?", help_text="The lists are told as they stood at the end of that day")
    council = Text(label="The council's number in national returns", width=3, inputmode="numeric",
                   help_text="Three figures")
    what = Choice(label="What should be made?", choices=[
        (DRY, "Only look: what our checks find, and no file"), (FILE, "The file, with what our checks find")])

    def __init__(self, *args: Any, kind: Kind, council: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.years:
            self.fields["year"].choices = [(str(each), str(each)) for each in sorted(kind.years(), reverse=True)]
        self.fields["council"].initial = council
        for name, wanted in (("year", bool(kind.years)), ("day", not kind.years), ("council", kind.council)):
            if not wanted:
                del self.fields[name]

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(int(said["year"]) if said.get("year") else None, said.get("day"), said.get("council", ""))
