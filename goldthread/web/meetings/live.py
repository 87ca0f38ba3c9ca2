"""One meeting as it is held: the agenda, who is here, what is said, decided and given to whom, all on one page an item."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from goldthread.access import audit
from goldthread.access.actor import Refused
from goldthread.meeting import actions
from goldthread.meeting.minutes import actions_of, approved, last_time, notes_of, presence
from goldthread.meeting.models import (
    AgendaItem,
    Attendance,
    BodyMember,
    ItemAction,
    ItemMinute,
    Meeting,
    Paper,
)
from goldthread.meeting.models.body import member_on
from goldthread.meeting.rights import chairs, runs
from goldthread.orgs.models import Agency
from goldthread.process import actions as casework
from goldthread.process.actions import ChangedMeanwhile
from goldthread.process.common import SET_RIGHT
from goldthread.process.definition import Step
from goldthread.process.drafts import DraftStore
from goldthread.process.models import Case, CasePerson
from goldthread.process.rights import Work
from goldthread.thread.standing import state_of
from goldthread.web.casework.case import beside
from goldthread.web.casework.forms import submission_of
from goldthread.web.casework.near import near_case
from goldthread.web.casework.record import StepForm
from goldthread.web.casework.special import SPECIAL
from goldthread.web.casework.start import NOT_TYPED
from goldthread.web.components import Column, Link, Table
from goldthread.web.meetings import forms
from goldthread.web.meetings.common import SITS, doer, doers, item_of, meeting_of, state_tag, today_of, tried
from goldthread.web.meetings.groups import plain


@SITS
def meeting(request: Any, pk: int) -> HttpResponse:
    """The agenda with what was recorded, the papers, and who is here; a form for those who run it."""
    found = meeting_of(pk)
    may = runs(request.actor, found.body) and not found.cancelled_at
    agencies = _agencies(found)
    known = {row.agency_id: row for row in Attendance.objects.filter(meeting=found)}
    form = forms.here_form(agencies, known)(request.POST or None, today=today_of(request)) if may else None
    if request.method == "POST" and form is not None and form.is_valid():
        _mark(request, found, agencies, known, form)
        if form.is_valid():
            return redirect("meeting", pk)
    _look(request, found)
    return render(request, "meetings/meeting.html", framed(request, found, form=form, rows=_rows(found)))


def framed(request: Any, found: Meeting, **more: Any) -> dict[str, Any]:
    """What every page of a meeting has."""
    return {"meeting": found, "body": found.body, "runs": runs(request.actor, found.body) and not found.cancelled_at,
            "chairs": chairs(request.actor, found.body), "state": state_tag(found, request.now), "there": presence(found),
            "approved": approved(found), **more}


def _agencies(found: Meeting) -> list[Agency]:
    """Those whose attendance is asked: members of the day, and whoever was marked besides."""
    day = timezone.localdate(found.planned_at)
    members = BodyMember.objects.filter(member_on(day), body=found.body_id).values("agency")
    marked = Attendance.objects.filter(meeting=found).values("agency")
    return list((Agency.objects.filter(pk__in=members) | Agency.objects.filter(pk__in=marked)).order_by("name", "pk"))


def _mark(request: Any, found: Meeting, agencies: list[Agency], known: dict[int, Attendance], form: Any) -> None:
    for agency in agencies:
        attended, who = form.cleaned_data[f"attended_{agency.pk}"], form.cleaned_data[f"who_{agency.pk}"]
        row = known.get(agency.pk)
        if attended and (row is None or (row.attended, row.who) != (attended, who)):
            tried(form, actions.mark_attendance, actor=request.actor, meeting=found, agency=agency, attended=attended,
                  who=who, now=request.now)


def _rows(found: Meeting) -> list[dict[str, Any]]:
    notes, given = notes_of(found), actions_of(found)
    papers: dict[int, list[Paper]] = {}
    for paper in Paper.objects.filter(item__meeting=found).select_related("document").order_by("pk"):
        papers.setdefault(paper.item_id, []).append(paper)
    items = AgendaItem.objects.filter(meeting=found).order_by("order", "pk")
    return [{"item": item, "notes": notes[item.pk], "given": given[item.pk], "papers": papers.get(item.pk, [])}
            for item in items]


def _look(request: Any, found: Meeting) -> None:
    """Write down that the meeting was read, and whose cases with it."""
    cases = AgendaItem.objects.filter(meeting=found).exclude(case=None).values("case")
    people = CasePerson.objects.filter(case__in=cases).values_list("person_id", flat=True)
    audit.log_reading(kind="meeting", ref=found.pk, people=set(people), agency=request.actor.agency.pk, why="meeting")


class Live:
    """The page of one item: the note and the action, and where a step of the item's case is chosen, its form as well."""

    def __init__(self, request: Any, item: AgendaItem) -> None:
        self.request, self.item, self.meeting = request, item, item.meeting
        self.case = Case.objects.filter(pk=item.case_id).first() if item.case_id else None
        self.steps, self.elsewhere = self._steps()
        self.step = next((s for s in self.steps if s.key == request.GET.get("step")), None)
        self.key = f"meeting/{item.pk}/{self.step.key if self.step else 'notes'}"
        self.draft = DraftStore(request.actor, self.key, f"user:{request.user.pk}", request.now)
        self.sent = request.method == "POST"
        self.record = self._record(self.step, self.case) if self.step and self.case else None
        self.form = self._form()

    def _record(self, step: Step, case: Case) -> StepForm:
        proposed: Any = getattr(step.record, "initial_for", None)
        return StepForm(self.request, step, self.key, near=near_case(case, today_of(self.request)),
                        initial=dict(proposed(self.request.actor, case)) if proposed else {})

    def _steps(self) -> tuple[list[Step], list[Step]]:
        """What this person may record on the item's case now: here, and on a page of its own."""
        if self.case is None:
            return [], []
        work = Work.on(self.case)
        mine = [step for step in self.case.process.steps
                if step.record not in SET_RIGHT and not self.case.process.answered_by(step.key)
                and work.may_record(self.request.actor, step)]
        own = [step for step in mine if (self.case.process_key, step.key) in SPECIAL]
        return [step for step in mine if step not in own], own

    def _form(self) -> Any:
        typed = self._typed()
        agencies = {a.pk for a in _agencies(self.meeting)} | {self.request.actor.agency.pk}
        made = forms.LiveForm(typed or None, prefix="meeting", today=today_of(self.request),
                              doers=doers(self.request.actor, today_of(self.request), agencies))
        if typed and not self.check:
            made._errors = type(made.errors)()
        return made

    @property
    def check(self) -> bool:
        """Whether everything is sent to be recorded; else a line of a list was added, or a draft is looked at."""
        return self.sent and not self.request.POST.get("do")

    def _typed(self) -> Any:
        if self.record is not None:
            return self.record.data
        if self.sent:
            self.draft.save({"typed": {k: list(v) for k, v in self.request.POST.lists() if k not in NOT_TYPED}})
            return self.request.POST
        from django.http import QueryDict
        kept = QueryDict(mutable=True)
        for name, values in self.draft.load().get("typed", {}).items():
            kept.setlist(name, values)
        return kept

    def is_valid(self) -> bool:
        parts = [self.form.is_valid(), *([self.record.is_valid()] if self.record else [])]
        return self.check and all(parts)

    def write(self) -> bool:
        """Record all of it or none: the step on the case, the note, the action. Says whether it was done."""
        data, who, now = self.form.cleaned_data, self.request.actor, self.request.now
        try:
            with transaction.atomic():
                token = submission_of(self.request.POST)
                if token and any(m.objects.filter(submission=token).exists() for m in (ItemMinute, ItemAction)):
                    return True
                event = casework.record(actor=who, case=self.case, step=self.step, now=now,
                                        writing_=self.record.writing(self.request.POST)) if self.record else None
                said, decision = data["said"], data["decision"] or (self._headline(event) if event else "")
                if said or decision or not data["what"]:
                    actions.minute(actor=who, item=self.item, said=said, decision=decision, now=now, event=event,
                                   submission=token)
                if data["what"]:
                    actions.give_action(actor=who, item=self.item, what=data["what"], due=data["due"], now=now,
                                        submission=token, **doer(data["doer"]))
            self.draft.discard()
            return True
        except ChangedMeanwhile:
            self.form.add_error(None, "Something new was recorded on the case meanwhile. Read it, then send again")
        except ValidationError as wrong:
            self._refuse(wrong)
        except Refused as why:
            self.form.add_error(None, str(why))
        return False

    def _headline(self, event: Any) -> str:
        return f"{self.step.name}: {event.record.headline() or 'recorded on the case'}" if self.step else ""

    def _refuse(self, wrong: ValidationError) -> None:
        """A mistake is shown at the question it is about, be it the meeting's or the step's."""
        named = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
        own = {"agency": "doer", "owner": "doer"}
        for name, words in named.items():
            field = own.get(name, name)
            if self.record and name in self.record.form.fields:
                self.record.form.add_error(name, words)
            else:
                self.form.add_error(field if field in self.form.fields else None, words)


@SITS
def item(request: Any, pk: int, item: int) -> HttpResponse:
    """One item: its papers, its case, what was recorded, and for those who run the meeting the form to decide and assign."""
    found = meeting_of(pk)
    row = item_of(found, item)
    may = runs(request.actor, found.body) and not found.cancelled_at
    if request.method == "POST" and not may:
        raise Http404
    live = Live(request, row) if may else None
    if live is not None and live.sent and live.is_valid() and live.write():
        return redirect("meeting_item", pk, item)
    _look(request, found)
    items = list(AgendaItem.objects.filter(meeting=found).order_by("order", "pk"))
    case = Case.objects.filter(pk=row.case_id).first() if row.case_id else None
    at = [each.pk for each in items].index(row.pk)
    shown = next(each for each in _rows(found) if each["item"].pk == row.pk)
    return render(request, "meetings/item.html", framed(
        request, found, row=row, shown=shown, live=live, number=at + 1, many=len(items),
        before=items[at - 1] if at else None, after=items[at + 1] if at + 1 < len(items) else None,
        case=case, beside=beside(request, case) if case else [],
        forms=[live.form, *(live.record.forms if live.record else [])] if live else [],
        last=_last_table(found, request) if row.kind == AgendaItem.LAST_TIME else None,
        replaced=ItemMinute.objects.filter(item=row).exclude(replaced_by=None).select_related("by").order_by("pk")))


def _last_table(found: Meeting, request: Any) -> Table:
    today = today_of(request)
    lines = [[Link(a.what, reverse("action", args=[a.pk])), f"{a.agency}{f', {a.owner}' if a.owner_id else ''}", a.due,
              state_of(a, today)] for a in last_time(found)]
    return Table("Actions from earlier meetings", [Column("Action"), Column("Who"), Column("By", "on"), Column("State")],
                 lines, nothing="Nothing is open from earlier meetings.")


@SITS
def correct(request: Any, pk: int, item: int, note: int) -> HttpResponse:
    """Replace what was minuted; the old words stay in sight."""
    found = meeting_of(pk)
    row = item_of(found, item)
    was = ItemMinute.objects.filter(item=row, pk=note, replaced_by=None).first()
    if was is None or not runs(request.actor, found.body):
        raise Http404
    form = forms.NoteForm(request.POST or None, today=today_of(request),
                          initial={"said": was.said, "decision": was.decision})
    if request.method == "POST" and form.is_valid():
        if tried(form, actions.correct_minute, actor=request.actor, was=was, now=request.now, **form.cleaned_data):
            return redirect("meeting_item", pk, item)
    return plain(request, form, "Correct what was minuted", "Save", reverse("meeting_item", args=[pk, item]), row.title,
                 "What was written stays in sight, marked as replaced.")
