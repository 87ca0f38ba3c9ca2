"""Beginning a case with a form of one page: from an offer on another case, from a person's page, or from nothing."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldthread.access.actor import Refused
from goldthread.access.policy import DESKS
from goldthread.flows import Carried, Offer, carried
from goldthread.people.models import Person
from goldthread.people.reading import open_person
from goldthread.process import actions, registry
from goldthread.process.definition import Process
from goldthread.process.models import Case
from goldthread.process.rights import may_start
from goldthread.web.casework.case import opened, way_back
from goldthread.web.casework.near import near_case, near_people
from goldthread.web.casework.offering import open_offers
from goldthread.web.casework.record import StepForm
from goldthread.web.casework.special import SPECIAL
from goldthread.web.middleware import needs
from goldthread.web.navigation import way_to


class BeginForm(StepForm):
    """The form of a first record, which holds to begin with what is carried along."""

    def __init__(self, request: Any, process: Process, key: str, given: Carried, near: frozenset[int]) -> None:
        self.given = given
        super().__init__(request, process.first, key, initial=given.values, near=near)

    def _data(self) -> Any:
        if not self.sent and not self.draft.load() and self.given.lines:
            self.draft.save({"typed": self._carried()})
        return super()._data()

    def _carried(self) -> dict[str, list[str]]:
        """What is carried along as the form would have sent it, beside what a form holds to begin with."""
        typed = self.held()
        for model, lines in self.lines:
            for at, line in enumerate(each for each in self.given.lines if type(each) is model):
                for name in model.own_fields():
                    value = getattr(line, model._meta.get_field(name).attname)
                    typed[f"{lines.key}-{at}-{name}"] = ["" if value is None else str(value)]
        return typed


@needs()
def begin(request: Any, process: str) -> HttpResponse:
    """Begin a case. With `from`, from an offer on a case that the person may see; with `person`, about that person."""
    found = _process(request, process)
    if own := SPECIAL.get((found.key, found.first.key)):
        return redirect(own)
    origin, offer = _origin(request, found)
    person = _person(request)
    today = request.now.date()
    if origin is not None:
        given, near = carried(origin, found, offer), near_case(origin, today)
    else:
        given, near = _about(found, person), near_people([person.pk] if person else [], today)
    source = origin.reference if origin else person.reference if person else "new"
    page = BeginForm(request, found, f"begin/{found.key}/{source}", given, near)
    if page.is_valid():
        try:
            with transaction.atomic():
                case = actions.start(actor=request.actor, process=found, writing_=page.writing(request.POST),
                                     now=request.now, came_from=origin)
            page.draft.discard()
            return _on(request, case, origin)
        except ValidationError as wrong:
            page.refuse(wrong)
        except Refused as refused:
            page.form.add_error(None, str(refused))
    return render(request, "casework/begin.html", {
        "process": found, "form": page.form, "forms": page.forms, "named_lines": page.named_lines, "draft_key": page.key,
        "origin": origin, "person": person, "find_at": _find_at(request, found, origin, person),
        "up": way_back(request.actor, found)})


def _find_at(request: Any, process: Process, origin: Case | None, person: Person | None) -> str:
    """Where to look for whom it is about, while there is nobody to choose among; "" when there is."""
    return "" if origin or person or not process.begins_with_people else way_to("people", request.actor)


def _on(request: Any, case: Case, origin: Case | None) -> HttpResponse:
    """To the new case; or, where another desk has it now, back with the reference it goes by there."""
    if Case.objects.filter(pk=case.pk).exists():
        return redirect("case", case.reference)
    desk = DESKS.get(case.process.desk, "another desk")
    messages.success(request, f"{case.process.name} {case.reference} is with {desk} now")
    return redirect("case", origin.reference) if origin else redirect("home")


def _process(request: Any, key: str) -> Process:
    try:
        found = registry.get(key)
    except KeyError:
        raise Http404 from None
    if not may_start(request.actor, found) or found.first.pages or found.first.about:
        raise Http404
    return found


def _origin(request: Any, process: Process) -> tuple[Case | None, Offer | None]:
    """The case it goes on from, with the offer taken up. A page that does not exist where none is open there."""
    reference = request.GET.get("from", "")
    if not reference:
        return None, None
    case = opened(request, reference)
    offer = next((each for each in open_offers(request, case) if each.starts == process.key), None)
    if offer is None:
        raise Http404
    return case, offer


def _person(request: Any) -> Person | None:
    reference = request.GET.get("person", "")
    if not reference:
        return None
    try:
        return open_person(actor=request.actor, reference=reference, why="work", now=request.now)
    except Person.DoesNotExist:
        raise Http404 from None


def _about(process: Process, person: Person | None) -> Carried:
    model: Any = next((line for line in process.first.lines if line.involves), None)  # type: ignore[attr-defined]
    return Carried(lines=(model(person=person, capacity="child"),) if person and model else ())
