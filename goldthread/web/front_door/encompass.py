"""Operation Encompass: each child's school told before its next day begins, and where that has not happened."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goldthread.access.policy import May
from goldthread.domains.front_door.asking import LEARNING, schools_of
from goldthread.domains.front_door.encompass import council_of, due_for, gaps
from goldthread.domains.front_door.identifying import CHILDREN, stated_people
from goldthread.domains.front_door.models import ContactPerson, EncompassNotice, EncompassSchool
from goldthread.orgs.models import Agency
from goldthread.process.actions import Writing
from goldthread.process.models import Case
from goldthread.web.casework.case import opened
from goldthread.web.casework.forms import record_form, writing_of
from goldthread.web.casework.record import StepForm, found_step, record_page
from goldthread.web.casework.special import Dress
from goldthread.web.components import Column, Link, Table, Tile
from goldthread.web.forms import fields as kit
from goldthread.web.middleware import needs

NOBODY = "nobody"
DAYS = 30


class NoticeForm(StepForm):
    """The notice, with one question for each child: which school."""

    case: Case

    def lines_asked(self) -> list[tuple[Any, Any]]:
        return []

    def children(self) -> list[ContactPerson]:
        return [p for p in stated_people(self.case) if p.capacity in CHILDREN and not (p.due_on and not p.born_on)]

    def form_class(self) -> type[Any]:
        today = timezone.localdate(self.request.now)
        made = record_form(EncompassNotice, self.request.actor, today, tuple(
            name for name in EncompassNotice.own_fields() if name != "happened_at"))
        taking_part = Agency.objects.taking_part(self.case.partnership, today)
        schools = [(str(s.pk), s.name) for s in taking_part.filter(kind__in=LEARNING)]
        without = [(f"no:{value}", f"No school: {said[:1].lower()}{said[1:]}") for value, said in EncompassSchool.NO_SCHOOL]
        choices = [*schools, *without, (NOBODY, "Tell nobody about this child")]
        likely = schools_of(self.case, self.request.now)
        own = {f"school_{child.pk}": kit.Choice(
            label=f"{child.name}: which school?", choices=choices, radios_up_to=0,
            initial=str(likely[child.pk].pk) if child.pk in likely else None,
            help_text=f"Said to be at {child.setting}" if child.setting else "No school was named") for child in
            self.children()}
        return type("NoticeForm", (_Told, made), own)

    def writing(self, sent: Any) -> Writing:
        plain = writing_of(self.step, self.form, [], sent)
        due = due_for(self.case.partnership, plain.record.incident_at).at  # type: ignore[attr-defined]
        council = council_of(self.case.partnership, timezone.localdate(self.request.now))
        lines = []
        for child in self.children():
            said = self.form.cleaned_data[f"school_{child.pk}"]
            if said == NOBODY:
                continue
            why = said.removeprefix("no:") if said.startswith("no:") else ""
            if why and council is None:
                raise ValidationError("No council takes part here that could be told of a child without a school. "
                                      "Ask your administrator to add it")
            agency = council.pk if why and council else int(said)
            lines.append(EncompassSchool(agency_id=agency, child_name=child.name, born_on=child.born_on, due=due,
                                         no_school=why))
        return Writing(plain.record, lines, seen=plain.seen, submission=plain.submission)


class _Told:
    """Mixed into the form: a notice tells somebody."""

    cleaned_data: dict[str, Any]

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        said = [value for name, value in self.cleaned_data.items() if name.startswith("school_")]
        if said and all(value == NOBODY for value in said):
            raise ValidationError("Choose a school for at least one child")
        return cleaned


@needs(May.START_CONTACT, May.WORK_FRONT_DOOR)
def notice(request: Any, reference: str) -> HttpResponse:
    """Tell each child's school."""
    case = opened(request, reference)
    form = type("ThisNotice", (NoticeForm,), {"case": case})
    step = found_step(case, EncompassNotice.step_key())
    return record_page(request, case, step, make=form, dress=Dress("front_door/encompass.html", _around))


def _around(request: Any, case: Case) -> dict[str, Any]:
    due = due_for(case.partnership, request.now)
    return {"due": due.at, "due_note": due.note}


@needs(May.MANAGE_FRONT_DOOR, May.WORK_FRONT_DOOR)
def gap_list(request: Any) -> HttpResponse:
    """Schools that have not read a notice in time, contacts nobody was told of, children without a school."""
    found = gaps(request.now, days=DAYS)
    unread = Table("Not read in time", [Column("Contact"), Column("School"), Column("To be read by", "when"),
                                        Column("Opened"), Column("Telephone")], [
        [_case(ask.case), ask.agency.name, ask.due, "Yes" if ask.seen_at else "No", ask.agency.phone]
        for ask in found.unread], nothing="Every notice has been read in time.")
    untold = Table("No school told yet", [Column("Contact"), Column("Received", "ago"), Column("Who has it")], [
        [Link(case.title or case.reference, reverse("tell_school", args=[case.reference]), case.reference),
         case.opened_at, str(case.allocated_to or "Nobody yet")] for case in found.untold],
        nothing="Every contact about domestic abuse has its notice.")
    no_school = Table("Children without a school: the council is told", [
        Column("Child"), Column("Born", "on"), Column("Why"), Column("Told"), Column("Contact")], [
        [line.child_name, line.born_on, line.get_no_school_display(), line.agency.name, _case(line.case)]
        for line in found.no_school], nothing="No child without a school.")
    tiles = [Tile("Read in time", found.in_time), Tile("Read late", found.late), Tile("Not read", len(found.unread)),
             Tile("No school told yet", len(found.untold)), Tile("Without a school", len(found.no_school))]
    return render(request, "front_door/encompass_gaps.html", {
        "tables": [unread, untold, no_school], "tiles": tiles, "days": DAYS})


def _case(case: Case) -> Link:
    return Link(case.title or case.reference, reverse("case", args=[case.reference]), case.reference)
