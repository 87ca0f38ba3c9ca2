"""Police notifications: a file read, each notification shown for a person to confirm or mend, then a contact."""
from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import Refused
from goldthread.access.policy import May
from goldthread.base.dates import clock_words
from goldthread.domains.front_door import police_notification as layout
from goldthread.domains.front_door.models import Contact, ContactPerson
from goldthread.orgs.sheets import BadSheet, Fault
from goldthread.process import actions, registry
from goldthread.process.actions import Writing
from goldthread.process.drafts import DraftStore
from goldthread.process.models import Case, Event
from goldthread.web.casework.record import StepForm
from goldthread.web.components import Column, Link, Table, Tag
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.middleware import needs

LEFT_OUT = "left out"
FIXED = {"channel": "police-notification", "source": "6", "stream": "safeguarding", "referrer_role": "Police officer"}
ALLOWED = needs(May.IMPORT, May.START_CONTACT)


class FileForm(Form):
    file = kit.File(label="File of police notifications", accept=".txt,.csv,text/plain,text/csv")


def _insist(request: Any) -> None:
    """For those who load contacts, and the police themselves; to others the page is not there."""
    if not (request.actor.may(May.IMPORT) or request.actor.agency.kind == "police"):
        raise Http404


def _store(request: Any, batch: UUID, number: int | None = None) -> DraftStore:
    key = f"police/{batch}" + (f"/{number}" if number is not None else "")
    return DraftStore(request.actor, key, f"user:{request.user.pk}", request.now)


@ALLOWED
def upload(request: Any) -> HttpResponse:
    """Read a file. Nothing becomes a contact until somebody has confirmed it."""
    _insist(request)
    form, faults = FileForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            if given.size > layout.MOST_BYTES:
                raise BadSheet([Fault(0, "", f"it is larger than {layout.MOST_BYTES // 1_000_000} MB. Split it.")])
            content = given.read()
            found = layout.read(content, now=request.now)
        except BadSheet as bad:
            faults = bad.faults
        else:
            number = uuid4()
            _store(request, number).save({"text": layout.decoded(content), "done": {}})
            messages.info(request, f"{len(found)} read. Confirm each one, or mend it.")
            return redirect("police_batch", number)
    return render(request, "front_door/police_upload.html", {
        "form": form, "faults": faults, "has_errors": bool(faults), "fields": layout.FIELDS, "person": layout.PERSON})


def _loaded(request: Any, batch: UUID) -> tuple[DraftStore, dict[str, Any], list[layout.Notification]]:
    store = _store(request, batch)
    data = store.load()
    if not data:
        raise Http404
    return store, data, layout.read(data["text"].encode(), now=request.now)


@ALLOWED
def batch(request: Any, batch: UUID) -> HttpResponse:
    """Every notification of a file: which are recorded, which are to look at, which cannot be read."""
    _insist(request)
    store, data, found = _loaded(request, batch)
    if request.method == "POST" and request.POST.get("do") == "forget":
        store.discard()
        messages.info(request, "The file is forgotten. What was recorded stays.")
        return redirect("police_notifications")
    rows, waiting = [], 0
    for number, each in enumerate(found):
        done = data["done"].get(str(number), "")
        waiting += not done and not each.faults
        names = ", ".join(f"{p['given']} {p['family']}".strip() for p in each.people if p.get("capacity") == "child")
        rows.append([_link(batch, number, each), names, each.values.get("happened_at"), _state(done, each),
                     Link(done, reverse("case", args=[done])) if done and done != LEFT_OUT else ""])
    columns = [Column("Reference"), Column("Children"), Column("Attended", "ago"), Column("State"), Column("Contact")]
    wrong = [(each, fault) for each in found for fault in each.faults]
    return render(request, "front_door/police_batch.html", {
        "table": Table("Notifications in this file", columns, rows), "waiting": waiting, "batch": batch, "wrong": wrong})


def _link(batch: UUID, number: int, each: layout.Notification) -> Any:
    words = each.reference or f"On line {each.at}"
    return words if each.faults else Link(words, reverse("police_one", args=[batch, number]))


def _state(done: str, each: layout.Notification) -> Tag:
    if each.faults:
        return Tag("Cannot be read", "red")
    if not done:
        return Tag("To confirm", "blue")
    return Tag("Left out", "grey") if done == LEFT_OUT else Tag("Recorded", "green")


@ALLOWED
def one(request: Any, batch: UUID, number: int) -> HttpResponse:
    """One notification as a contact: confirm it, mend it, or leave it out."""
    _insist(request)
    store, data, found = _loaded(request, batch)
    if not 0 <= number < len(found) or found[number].faults:
        raise Http404
    each, submission = found[number], uuid5(batch, str(number))
    if request.method == "POST" and request.POST.get("do") == "leave":
        return _finished(request, store, data, batch, number, LEFT_OUT)
    own = _store(request, batch, number)
    if not own.load():
        own.save({"typed": typed_of(each)})
    process = registry.get("front-door")
    page = StepForm(request, process.first, own.key)
    if page.is_valid():
        try:
            with transaction.atomic():
                writing = page.writing(request.POST)
                case = actions.start(actor=request.actor, process=process, now=request.now, writing_=Writing(
                    writing.record, writing.lines, submission=submission))
            own.discard()
            return _finished(request, store, data, batch, number, case.reference)
        except ValidationError as wrong:
            page.refuse(wrong)
        except Refused as refused:
            page.form.add_error(None, str(refused))
    return render(request, "front_door/police_one.html", {
        "form": page.form, "forms": page.forms, "named_lines": page.named_lines, "each": each, "batch": batch,
        "number": number + 1, "many": len(found), "twice": _here_already(each),
        "recorded": data["done"].get(str(number), "")})


def _finished(request: Any, store: DraftStore, data: dict[str, Any], batch: UUID, number: int,
              how: str) -> HttpResponse:
    if not (how == LEFT_OUT and data["done"].get(str(number), LEFT_OUT) != LEFT_OUT):
        store.save({**data, "done": {**data["done"], str(number): how}})
    return redirect("police_batch", batch)


def _here_already(each: layout.Notification) -> Case | None:
    """A contact that carries the same police reference."""
    rows: Any = Contact.objects.filter(outside_reference__iexact=each.reference, event__replaced_by=None)
    event = Event.objects.filter(pk__in=rows.values("event_id")).select_related("case").order_by("pk").first()
    return event.case if event else None


def typed_of(each: layout.Notification) -> dict[str, list[str]]:
    """A notification as if somebody had typed it into the contact's form."""
    typed: dict[str, list[str]] = {}
    for name, value in (FIXED | each.values).items():
        typed |= _typed(name, value)
    for at, person in enumerate(each.people):
        prefix = f"{ContactPerson.__name__.lower()}-{at}"
        typed[f"{prefix}-there"] = ["1"]
        for name, value in person.items():
            typed |= _typed(f"{prefix}-{name}", value)
    return typed


def _typed(name: str, value: Any) -> dict[str, list[str]]:
    if value is None or value == "":
        return {}
    if isinstance(value, bool):
        return {name: ["yes" if value else "no"]}
    if hasattr(value, "day"):
        local = timezone.localtime(value) if isinstance(value, datetime) else value
        boxes = {f"{name}_day": [str(local.day)], f"{name}_month": [str(local.month)], f"{name}_year": [str(local.year)]}
        return boxes | ({f"{name}_time": [clock_words(local.time())]} if isinstance(value, datetime) else {})
    return {name: [str(value)]}
