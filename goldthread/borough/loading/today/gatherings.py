"""What people of the demo meet about and have promised: a panel this week, findings, what they call for, who does it."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from goldthread.access.actor import acting, actor_for
from goldthread.borough.loading.today.cast import Cast
from goldthread.borough.loading.today.moments import ago, later
from goldthread.meeting import actions as meetings
from goldthread.meeting.models import AgendaItem, Body
from goldthread.orgs.models import Agency, Appointment
from goldthread.process.models import Case
from goldthread.thread import actions as thread

#: The case items of a panel besides those its declaration names.
MORE = 3


def gather(scene: dict[str, Any], cases: dict[str, Case], cast: Cast, now: datetime) -> None:
    """Plan each group's meeting with its agenda, and write down each finding with its actions, all through the actions."""
    for row in scene.get("group", ()):
        _group(row, cases, cast, now)
    for row in scene.get("finding", ()):
        _finding(row, cast, now)


def _group(row: dict[str, Any], cases: dict[str, Case], cast: Cast, now: datetime) -> None:
    began = now - timedelta(days=200)
    actor = cast.actor(row["by"], began)
    chair = Appointment.objects.get(user=cast.user(row["chair"]), partnership=actor.partnership)
    body = meetings.add_body(actor=actor, name=row["name"], kind=row["kind"], desk=row["desk"], chair=chair, now=began,
                             secretary=actor.appointment, purpose=row["purpose"], rhythm=row["rhythm"])
    meetings.set_quorum(actor=actor, body=body, agencies=3, words=row["quorum"], valid_from=began.date(), now=began)
    for name in row["agencies"]:
        agency = Agency.objects.get(pk=cast.agency(name))
        meetings.seat_member(actor=actor, body=body, agency=agency, person=None, since=began.date(), now=began)
    for held in row.get("held", ()):
        _held(held, row, body, actor.appointment, cast, now)
    _meeting(row, body, cases, actor_for(actor.appointment, now=now), now)


def _held(held: dict[str, Any], row: dict[str, Any], body: Body, secretary: Any, cast: Cast, now: datetime) -> None:
    """A meeting that was: who came, what was said, decided and promised, and the minutes as the chair approved them."""
    at = ago(held["ago"], now).replace(minute=0, second=0)
    planned, over, kept = at - timedelta(days=10), at + timedelta(hours=2), later("3 working days", at)
    planning, actor = actor_for(secretary, now=planned), actor_for(secretary, now=over)
    meeting = meetings.plan_meeting(actor=planning, body=body, planned_at=at, now=planned, place=row["place"])
    for name in row["agencies"]:
        attended = held.get("away", {}).get(name, "attended")
        meetings.mark_attendance(actor=actor, meeting=meeting, agency=Agency.objects.get(pk=cast.agency(name)),
                                 attended=attended, who="", now=over)
    for each in held["items"]:
        item = meetings.add_item(actor=planning, meeting=meeting, title=each["title"], kind=AgendaItem.STANDING, now=planned)
        meetings.minute(actor=actor, item=item, said=each["said"], decision=each["decision"], now=over)
        if "gives" in each:
            due = (at + timedelta(days=each["within"])).date()
            meetings.give_action(actor=actor, item=item, what=each["gives"], due=due, now=over,
                                 agency=Agency.objects.get(pk=cast.agency(each["to"])))
    meetings.approve(actor=actor_for(body.chair, now=kept), meeting=meeting, now=kept)


def _meeting(row: dict[str, Any], body: Body, cases: dict[str, Case], actor: Any, now: datetime) -> None:
    at = later(row["meets_in"], now).replace(minute=0, second=0) + timedelta(hours=1)
    meeting = meetings.plan_meeting(actor=actor, body=body, planned_at=at, now=now, place=row["place"])
    for title in row.get("items", ()):
        meetings.add_item(actor=actor, meeting=meeting, title=title, kind=AgendaItem.STANDING, now=now)
    named = [cases[key] for key in row.get("cases", ())]
    if named:
        with acting(actor):
            others = Case.objects.filter(process_key=named[0].process_key, closed_at=None, stage=named[0].stage)
            named += list(others.exclude(pk__in=[case.pk for case in named]).order_by("next_due", "pk")[:MORE])
    for case in named:
        meetings.add_item(actor=actor, meeting=meeting, title=case.title, kind=AgendaItem.CASE, case=case, now=now)


def _finding(row: dict[str, Any], cast: Cast, now: datetime) -> None:
    at = ago(row["ago"], now)
    actor = cast.actor(row["by"], at)
    finding = thread.add_finding(actor=actor, source=row["source"], theme=row["theme"], what=row["what"], now=at)
    wanted = thread.recommend(actor=actor, finding=finding, what=row["recommends"], now=at)
    for each in row["actions"]:
        action = thread.give(actor=actor, what=each["what"], agency=Agency.objects.get(pk=cast.agency(each["agency"])),
                             due=(now + timedelta(days=each["due_in"])).date(), now=at, recommendation=wanted)
        if "evidence" in each:
            given = ago("3 working days", now)
            thread.give_evidence(actor=cast.actor(each["done_by"], given), action=action, what=each["evidence"], now=given)
