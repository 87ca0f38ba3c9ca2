"""One borough for every journey here: its agencies, the people who sign in, and a family for each journey."""
from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

BOROUGH = "Northbridge Safeguarding Children Partnership"
CARE, POLICE, HEALTH, BOARD = ("Northbridge Council", "Northbridge Police", "Northbridge Community Health",
                               "Northbridge Health Board")
SCHOOL = "Larkfield Primary School"
AGENCIES = {CARE: "childrens-services", POLICE: "police", HEALTH: "community-trust", BOARD: "health-board", SCHOOL: "school"}
PARTNERS = (CARE, POLICE, BOARD)
# Who signs in: the word before "@example.org", their name, role and agency.
PEOPLE = (
    ("manager", "Mina Manager", "team-manager", CARE), ("second", "Sal Second", "team-manager", CARE),
    ("worker", "Wren Worker", "social-worker", CARE), ("chair", "Cleo Chair", "conference-chair", CARE),
    ("lead", "Lior Lead", "exploitation-lead", CARE), ("youth", "Yara Youth", "exploitation-worker", CARE),
    ("hub", "Hana Hub", "mash-manager", CARE), ("officer", "Olu Officer", "lado", CARE),
    ("office", "Bo Office", "business-manager", CARE), ("council-partner", "Cai Council", "lead-partner", CARE),
    ("council-deputy", "Dee Deputy", "lead-partner", CARE), ("police-partner", "Pat Force", "lead-partner", POLICE),
    ("constable", "Con Constable", "police-partner", POLICE), ("nurse", "Nur Nurse", "health-partner", HEALTH),
    ("health-lead", "Hal Lead", "agency-lead", HEALTH), ("health-senior", "Sen Senior", "agency-senior", HEALTH),
    ("head", "Hetty Head", "school-lead", SCHOOL), ("scrutineer", "Sky Scrutineer", "scrutineer", CARE),
    ("board-partner", "Bea Board", "lead-partner", BOARD), ("writer", "Wyn Writer", "contributor", HEALTH),
)
FAMILIES = {"enquiry": ("Testa", "Toby", "Exampleton"), "missing": ("Una", "", "Madeupton"),
            "late": ("Milo", "", "Madeupton"),
            "panel": ("Otto", "Ivo", "Inventley"), "allegation": ("Ada", "", "Pretendson"),
            "fostering": ("Fia", "", "Fictionby"), "review": ("Rio", "", "Neverwas"),
            "counted": ("Cass", "", "Countington")}
MEETS = datetime(2026, 9, 15, 9, 0, tzinfo=UTC)
MADE = datetime(2025, 9, 1, 9, 0, tzinfo=UTC)


def load() -> None:
    """The borough, its people and its families; each journey begins its own cases."""
    from goldthread.access.actor import actor_for
    from goldthread.access.policy import desk_token
    from goldthread.orgs.models import Agency, Appointment, Participation, Partnership, User
    from goldthread.people.actions import add_person, relate
    from goldthread.people.actions.identity import CHILDREN_DESKS
    borough = Partnership.objects.create(slug="northbridge", name=BOROUGH, short_name="Northbridge", area="Northbridge")
    agencies = {name: Agency.objects.create(name=name, kind=kind, phone="01632 960001") for name, kind in AGENCIES.items()}
    for name, agency in agencies.items():
        Participation.objects.create(partnership=borough, agency=agency, statutory_partner=name in PARTNERS)
    seats = {}
    for email, name, role, agency in PEOPLE:
        user = User.objects.create_user(f"{email}@example.org", name, phone="01632 960002")
        seats[email] = Appointment.objects.create(user=user, partnership=borough, agency=agencies[agency], role=role,
                                                  starts=date(2020, 1, 1))
    manager = actor_for(seats["manager"], now=MADE)
    desks = [desk_token(desk, borough.pk) for desk in CHILDREN_DESKS]
    known = partial(add_person, actor=manager, now=MADE, readers=desks)
    for elder, younger, family in FAMILIES.values():
        first = known(given=elder, family=family, born_on=date(2012, 5, 3))
        others = [(known(given="Mara", family=family, born_on=date(1985, 2, 1), adult=True), "mother"),
                  (known(given="Fenn", family=family, born_on=date(1984, 3, 1), adult=True), "father")]
        others += [(known(given=younger, family=family, born_on=date(2015, 6, 4)), "sibling")] if younger else []
        for other, kind in others:
            relate(actor=manager, now=MADE, person=other.pk, other=first.pk, kind=kind)
        if family == "Inventley":
            children = {"Otto": first, "Ivo": others[-1][0]}
        if family == "Countington":
            refer(actor_for(seats["lead"], now=MADE), first)
    hold_a_panel(actor_for(seats["lead"], now=MEETS), seats["youth"], children)


def refer(lead: Any, child: Any) -> None:
    """A referral of the year that the yearly report is about, so that a figure of it counts one."""
    from goldthread.access.actor import acting
    from goldthread.domains.exploitation import models as x
    from goldthread.process import actions, registry
    from goldthread.process.actions import Writing
    referral = x.ExploitationReferral(subject="child", harm="criminal", worry="An invented worry", referred_by="A school",
                                      happened_at=MADE)
    with acting(lead):
        actions.start(actor=lead, process=registry.get("exploitation"), now=MADE,
                      writing_=Writing(referral, [x.ReferredPerson(person=child)]))


def hold_a_panel(lead: Any, secretary: Any, children: dict[str, Any]) -> None:
    """Otto and Ivo are both seen at a shop that does not exist; Ivo's case is the lead's alone. Otto is on the agenda."""
    from django.db import transaction

    from goldthread.access.actor import acting
    from goldthread.domains.exploitation import models as x
    from goldthread.domains.exploitation import subjects
    from goldthread.meeting import actions as meetings
    from goldthread.process import actions, registry
    from goldthread.process.actions import Writing
    from goldthread.process.confining import restrict
    shop = subjects.add(actor=lead, model=x.Place, now=MEETS, name="Invented Kebab House", kind="premises")
    cases = {}
    with acting(lead), transaction.atomic():
        for given, tie in (("Otto", "drawn"), ("Ivo", "seen")):
            referral = x.ExploitationReferral(subject="child", harm="criminal", worry="Men in a car wait outside",
                                              referred_by="A school", happened_at=MEETS)
            person = x.ReferredPerson(person=children[given])
            cases[given] = actions.start(actor=lead, process=registry.get("exploitation"), now=MEETS,
                                         writing_=Writing(referral, [person, x.LinkedPlace(place=shop, tie=tie)]))
        restrict(actor=lead, case=cases["Ivo"], named=[lead.user.pk], reason="Somebody at the desk knows him", now=MEETS)
        body = meetings.add_body(actor=lead, name="Northbridge exploitation panel", kind="panel", desk="exploitation",
                                 chair=lead.appointment, secretary=secretary, now=MEETS, rhythm="Monthly")
        meetings.seat_member(actor=lead, body=body, agency=lead.agency, person=None, since=MEETS.date(), now=MEETS)
        meeting = meetings.plan_meeting(actor=lead, body=body, planned_at=MEETS, now=MEETS, place="Room 1")
        meetings.add_item(actor=lead, meeting=meeting, title="Otto Inventley", kind="case", case=cases["Otto"], now=MEETS)
