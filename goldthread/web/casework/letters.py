"""Letters of a case: write, see what each person will get, send, print."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access.actor import Refused
from goldthread.process import letters
from goldthread.process.drafts import DraftStore
from goldthread.process.models import Letter, LetterCopy
from goldthread.web.casework.case import for_desk, framed
from goldthread.web.components import Column, Link, Table
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.middleware import needs


class LetterForm(Form):
    """Who gets it and what it says."""

    subject = kit.Text(label="What is it?", max_length=200)
    text = kit.LongText(label="What do you write?", rows=12)
    looked_again = kit.LongText(label="If it names somebody outside the family, why may they be named?", rows=3,
                                required=False)


@needs()
def write(request: Any, reference: str) -> HttpResponse:
    """The letters of a case, and a form for another; "see what each gets" comes before sending."""
    case = for_desk(request, reference)
    if not letters.may_send(request.actor, case):
        return render(request, "casework/letters.html", framed(request, case, table=_table(case)))
    today = request.now.date()
    choices = kit.Choices(choices=letters.recipients(case, today), label="Who gets it?", small=True)
    form = type("WriteForm", (LetterForm,), {"to": choices, "field_order": ("to", "subject", "text", "looked_again")})
    store = DraftStore(request.actor, f"{case.reference}/letter", f"user:{request.user.pk}", request.now)
    kept = store.load().get("typed", {})
    initial = {name: values if name == "to" else values[0] for name, values in kept.items() if values}
    made = form(request.POST or None, today=today, initial=initial)
    copies: list[letters.Copy] = []
    strangers: list[str] = []
    if request.method == "POST":
        store.save({"typed": {n: list(v) for n, v in request.POST.lists() if n in made.fields}})
        if made.is_valid():
            try:
                said = made.cleaned_data
                to = [int(pk) for pk in said["to"]]
                copies = letters.copies(actor=request.actor, case=case, text=said["text"], to=to)
                strangers = letters.strangers(actor=request.actor, case=case, text=said["text"])
                if request.POST.get("do") == "send":
                    with transaction.atomic():
                        letters.send(actor=request.actor, case=case, now=request.now, **(said | {"to": to}))
                    store.discard()
                    return redirect("case_letters", case.reference)
            except ValidationError as wrong:
                for name, errors in wrong.error_dict.items():
                    made.add_error(name if name in made.fields else None, errors)
            except Refused as refused:
                made.add_error(None, str(refused))
    return render(request, "casework/letters.html", framed(
        request, case, form=made, table=_table(case), copies=copies, strangers=strangers,
        draft_key=f"{case.reference}/letter"))


def _table(case: Any) -> Table:
    rows = LetterCopy.objects.filter(case=case, event__replaced_by=None).select_related("person", "event").order_by("-pk")
    subjects = dict(Letter.objects.filter(case=case).values_list("event_id", "subject"))
    lines = [[Link(subjects.get(row.event_id, "Letter"), reverse("letter_copy", args=[case.reference, row.pk])),
              row.person.name, row.event.happened_at, row.removed or "Nothing"] for row in rows]
    columns = [Column("Letter"), Column("To"), Column("Sent", "ago"), Column("Taken out of their copy")]
    return Table("Letters sent", columns, lines, nothing="No letter has been sent.")


@needs()
def copy(request: Any, reference: str, pk: int) -> HttpResponse:
    """One person's copy, to be printed."""
    case = for_desk(request, reference)
    row = LetterCopy.objects.filter(case=case, pk=pk).select_related("person", "event").first()
    if row is None:
        raise Http404
    letter = Letter.objects.get(event=row.event_id)
    return render(request, "casework/letter_copy.html", framed(request, case, copy=row, letter=letter))
