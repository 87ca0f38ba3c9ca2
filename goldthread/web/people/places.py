"""A person's GP practice and school: recorded, ended; and what was recorded in error taken back."""
from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access.actor import Refused
from goldthread.access.policy import May
from goldthread.orgs.bounds import inside
from goldthread.orgs.models import Agency
from goldthread.people import actions
from goldthread.people.actions.common import NotPossible
from goldthread.people.actions.places import AGENCY_KINDS
from goldthread.people.family import relatives
from goldthread.people.models import Address, Person, Place
from goldthread.people.reading import addresses_of, places_of, same_person_ids
from goldthread.web.forms.base import Form
from goldthread.web.forms.date_fields import Date
from goldthread.web.forms.fields import Postcode, Text, YesNo
from goldthread.web.middleware import needs
from goldthread.web.people.changing import ReasonForm
from goldthread.web.people.pages import framed, opened

TITLES = {"gp": "Record a GP practice", "school": "Record a school, nursery or college"}


class PlaceForm(Form):
    agency = forms.ModelChoiceField(label="Which one", queryset=Agency.objects.none(), empty_label="Choose")
    since = Date(label="Since when", required=False, limit="past", help_text="Leave empty if you do not know")

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = offered


class AddressForm(Form):
    line1 = Text(label="Building and street", max_length=120)
    town = Text(label="Town", max_length=80, required=False)
    postcode = Postcode(label="Postcode", required=False)
    since = Date(label="Since when do they live there?", limit="past")
    left = YesNo(label="Have they left where they lived before?")

    def __init__(self, *args: Any, before: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left"].help_text = "; ".join(str(each) for each in before)
        if not before:
            del self.fields["left"]


class UntilForm(Form):
    until = Date(label="Last day", limit="past")


@needs(May.FIND_PEOPLE)
def add(request: Any, reference: str, kind: str) -> HttpResponse:
    """The practice or school of now; the one before ends the day this begins."""
    person = opened(request, reference)
    offered = Agency.objects.taking_part(request.actor.partnership, request.now.date()).filter(kind__in=AGENCY_KINDS[kind])
    form = PlaceForm(request.POST or None, today=request.now.date(), offered=offered)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if _done(form, actions.record_place, actor=request.actor, now=request.now, person=person.pk,
                 agency=said["agency"].pk, since=said["since"], source=f"{request.user}, {request.actor.agency}"):
            return redirect("person", person.reference)
    return _page(request, person, form, TITLES[kind], "Record", explain="The one recorded now, if any, ends with it.")


@needs(May.FIND_PEOPLE)
def address(request: Any, reference: str) -> HttpResponse:
    """Where they live now. A safe address is not typed here: the front door marks it, and few read it."""
    person = opened(request, reference)
    before = [each for each in addresses_of(person) if each.until is None and not each.safe]
    form = AddressForm(request.POST or None, today=request.now.date(), before=before)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        left = before if said.pop("left", False) else []
        if _done(form, _move, request=request, person=person, said=said, left=left):
            messages.success(request, f"{_recorded(before)}. {_where(request, said['postcode'])}".strip())
            return redirect("person", person.reference)
    return _page(request, person, form, "Record a new address", "Record")


def _recorded(before: list[Address]) -> str:
    return "The address is recorded, and those who work with them are told" if before else "The address is recorded"


def _where(request: Any, postcode: str) -> str:
    """Whether the address lies in the partnership's area, in words; nothing where that is not known."""
    return {True: "It is inside your area.", False: "It is outside your area.", None: ""}[
        inside(request.actor.partnership, postcode)]


def _move(request: Any, person: Person, said: dict[str, Any], left: list[Address]) -> None:
    """All of it or nothing."""
    with transaction.atomic():
        actions.add_address(actor=request.actor, now=request.now, person=person.pk,
                            source=f"{request.user}, {request.actor.agency}", **said)
        for each in left:
            actions.end_address(actor=request.actor, now=request.now, address=each.pk, until=said["since"])


@needs(May.FIND_PEOPLE)
def end(request: Any, reference: str, pk: int) -> HttpResponse:
    """They left on a day; or it was recorded in error."""
    person = opened(request, reference)
    place = _place(person, pk)
    if place.until:
        return redirect("person_place_withdraw", person.reference, pk)
    form = UntilForm(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        if _done(form, actions.end_place, actor=request.actor, now=request.now, place=pk, **form.cleaned_data):
            return redirect("person", person.reference)
    return _page(request, person, form, f"They left {place.agency}", "Save", error_url=reverse(
        "person_place_withdraw", args=[person.reference, pk]), error_words="They were never there")


@needs(May.FIND_PEOPLE)
def withdraw(request: Any, reference: str, pk: int) -> HttpResponse:
    person = opened(request, reference)
    place, form = _place(person, pk), ReasonForm(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        if _done(form, actions.withdraw_place, actor=request.actor, now=request.now, place=pk,
                 because=form.cleaned_data["reason"]):
            messages.success(request, f"{place.agency} is taken back")
            return redirect("person", person.reference)
    return _page(request, person, form, f"They were never at {place.agency}", "Take it back",
                 explain="It stays in the history and is shown nowhere else.")


@needs(May.FIND_PEOPLE)
def not_related(request: Any, reference: str, pk: int) -> HttpResponse:
    """A relationship recorded in error, taken back."""
    person = opened(request, reference)
    found = next((r for r in relatives(person, today=request.now.date(), ended=True) if r.row == pk), None)
    if found is None:
        raise Http404
    form = ReasonForm(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        if _done(form, actions.withdraw_relationship, actor=request.actor, now=request.now, relationship=pk,
                 because=form.cleaned_data["reason"]):
            messages.success(request, "It is taken back")
            return redirect("person_family", person.reference)
    return _page(request, person, form, f"{found.person.name} is not their {found.kind.lower()}", "Take it back",
                 explain="It stays in the history and is shown nowhere else.")


def _place(person: Person, pk: int) -> Place:
    found = places_of(same_person_ids(person)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _done(form: Any, action: Any, **arguments: Any) -> bool:
    """Whether an action was done; else what it says stands at the top of the form."""
    try:
        action(**arguments)
    except (NotPossible, Refused) as wrong:
        form.add_error(None, str(wrong))
    return not form.errors


def _page(request: Any, person: Person, form: Any, heading: str, button: str, **more: Any) -> HttpResponse:
    return render(request, "people/form.html", framed(request, person, form=form, heading=heading, button=button, **more))
