"""Every indicator over records of our own, worked out anew by SQL over the tables of PostgreSQL, written by hand.

One statement a count: it selects one number for `%(since)s` to `%(until)s`, local days, both included. None of it comes
from the declarations under test.
"""
from __future__ import annotations

DAY = "between ((%(since)s::date)::timestamp at time zone 'Europe/London') and" \
      " ((%(until)s::date + 1)::timestamp at time zone 'Europe/London') - interval '1 microsecond'"
STANDS = "e.replaced_by_id is null and c.voided_at is null"
OF = "process_event e join process_case c on c.id = e.case_id"
CHILD = "join process_caseperson p on p.case_id = c.id and p.capacity = 'child'"


def records(process: str, step: str, more: str = "", join: str = "") -> str:
    return (f"select count(distinct e.id) from {OF} {join} where {STANDS} and c.process_key = '{process}'"
            f" and e.step = '{step}' and e.happened_at {DAY} {more}")


def children(process: str, step: str, more: str = "", join: str = "") -> str:
    """A child for each record, whatever came out of it for the child alone."""
    return (f"select count(*) from {OF} {CHILD} {join} where {STANDS} and c.process_key = '{process}'"
            f" and e.step = '{step}' and e.happened_at {DAY} {more}")


def outcome(line: str, field: str, *codes: str) -> tuple[str, str]:
    """Rows whose child came out as one of some codes, by the line about the child where there is one."""
    wanted = ", ".join(f"'{code}'" for code in codes)
    return f"and coalesce(o.{field}, e.outcome) in ({wanted})", f"left join {line} o on o.event_id = e.id" \
           " and o.person_id = p.person_id"


def limits(clock: str, process: str, kept: bool | None = None) -> str:
    done = {True: "and l.stopped <= l.due_by_law", False: "and l.stopped > l.due", None: ""}[kept]
    return (f"select count(*) from process_clockrow l join process_case c on c.id = l.case_id where c.voided_at is null"
            f" and c.process_key = '{process}' and l.name = '{clock}' and coalesce(l.stopped, l.due_by_law) {DAY}"
            f" and (l.stopped is not null or l.due_by_law < %(now)s and not l.paused) {done}")


RECOMMENDED = f"select count(*) from thread_recommendation n where (n.at at time zone 'Europe/London')::date {DAY}"


def attendance(more: str) -> str:
    return f"""select count(*) from (select distinct m.id, s.agency_id from meeting_meeting m
        join meeting_body b on b.id = m.body_id and b.kind in ('executive', 'board', 'subgroup')
        join meeting_bodymember s on s.body_id = b.id
          and (m.planned_at at time zone 'Europe/London')::date between s.since and coalesce(s.until, date '2999-01-01')
        left join meeting_attendance t on t.meeting_id = m.id and t.agency_id = s.agency_id
        where m.cancelled_at is null and m.id in (select meeting_id from meeting_attendance)
          and (m.planned_at at time zone 'Europe/London')::date {DAY} {more}) q"""


def actions_in_time(more: str) -> tuple[str, str]:
    day = "(a.done_at at time zone 'Europe/London')::date"
    every = (f"select count(*) from thread_action a where a.dropped_at is null and coalesce({day}, a.due) {DAY} {more}"
             " and (a.done_at is not null or a.due < (%(now)s at time zone 'Europe/London')::date)")
    return f"{every} and {day} <= a.due", every


CONTACTS = records("front-door", "contact")
REFERRED = outcome("front_door_childoutcome", "outcome", "new-referral", "cp-enquiry")
NEW = outcome("front_door_childoutcome", "outcome", "new-referral")
SOURCE = "join front_door_contact r on r.event_id = e.id"


def contacts_from(*codes: str) -> str:
    return records("front-door", "contact", f"and r.source in ({', '.join(map(repr, codes))})", SOURCE)


def in_time(clock: str, process: str) -> tuple[str, str]:
    return limits(clock, process, kept=True), limits(clock, process)


AGAIN = """and exists (select 1 from process_event f join process_caseperson q
    on q.case_id = f.case_id and q.capacity = 'child'
  and q.person_id = p.person_id left join front_door_childoutcome u on u.event_id = f.id and u.person_id = q.person_id
  where f.step = 'decision' and f.replaced_by_id is null and coalesce(u.outcome, f.outcome) = 'new-referral'
    and (f.happened_at, f.id) < (e.happened_at, e.id) and (f.happened_at at time zone 'Europe/London')::date
      >= (e.happened_at at time zone 'Europe/London')::date - interval '12 months')"""

def lines(table: str, steps: str, more: str = "", join: str = "") -> str:
    """Lines of standing records, such as agencies at a meeting."""
    return (f"select count(*) from {OF} join {table} l on l.event_id = e.id {join} where {STANDS} and e.step = '{steps}'"
            f" and e.happened_at {DAY} {more}")


def both(one: str, other: str) -> str:
    return f"select ({one}) + ({other})"


def kids_in_time(process: str, *clocks: str) -> tuple[str, str]:
    """Each child of a case for each run of its time limits."""
    def of(more: str) -> str:
        names = ", ".join("'" + each.replace("'", "''") + "'" for each in clocks)
        return (f"select count(*) from process_clockrow l join process_case c on c.id = l.case_id {CHILD}"
                f" where c.voided_at is null and c.process_key = '{process}' and l.name in ({names})"
                f" and coalesce(l.stopped, l.due_by_law) {DAY}"
                f" and (l.stopped is not null or l.due_by_law < %(now)s and not l.paused)"
                f" {more}")
    return of("and l.stopped <= l.due_by_law"), of("")


def runs_in_time(process: str, *clocks: str) -> tuple[str, str]:
    found = [in_time(each.replace("'", "''"), process) for each in clocks]
    return (f"select sum(n) from ({' union all '.join(part for part, _ in found)}) s(n)",
            f"select sum(n) from ({' union all '.join(whole for _, whole in found)}) s(n)")


END = "((%(until)s::date + 1)::timestamp at time zone 'Europe/London')"
PLAN = f"""select count(*) from process_case c {CHILD} join lateral (select min(e.happened_at) as began from process_event e
    left join child_protection_childdecision o on o.event_id = e.id and o.person_id = p.person_id
    where e.case_id = c.id and e.step = 'initial-conference' and e.replaced_by_id is null
      and coalesce(o.outcome, e.outcome) = 'cp-plan') b on b.began is not null and b.began < {END}
  left join lateral (select min(e.happened_at) as over from process_event e
    left join child_protection_reviewchilddecision o on o.event_id = e.id and o.person_id = p.person_id
    where e.case_id = c.id and e.replaced_by_id is null and e.happened_at >= b.began
      and (e.step = 'plan-end' or e.step = 'review-conference' and coalesce(o.decision, e.outcome) = 'end')) f on true
  where c.voided_at is null and (f.over is null or f.over >= {END}) """
CATEGORY = f"""and (select coalesce(i.category, d.category, v.category, r.category) from process_event e
    left join child_protection_initialconference r on r.event_id = e.id
    left join child_protection_childdecision i on i.event_id = e.id and i.person_id = p.person_id
    left join child_protection_reviewconference v on v.event_id = e.id
    left join child_protection_reviewchilddecision d on d.event_id = e.id and d.person_id = p.person_id
    where e.case_id = c.id and e.replaced_by_id is null and e.step in ('initial-conference', 'review-conference')
      and coalesce(i.category, d.category, v.category, r.category) <> '' and e.happened_at < {END}
    order by e.happened_at desc, e.id desc limit 1)"""
NEED = f"""select count(*) from process_case c {CHILD} join lateral (select min(e.happened_at) as began from process_event e
    where e.case_id = c.id and e.step = 'need-plan' and e.replaced_by_id is null) b on b.began < {END}
  left join lateral (select min(e.happened_at) as over from process_event e
    left join child_in_need_needchilddecision o on o.event_id = e.id and o.person_id = p.person_id
    where e.case_id = c.id and e.replaced_by_id is null and e.happened_at >= b.began
      and (e.step = 'need-end' or e.step = 'need-review' and coalesce(o.decision, e.outcome) = 'end')) f on true
  where c.voided_at is null and (f.over is null or f.over >= {END})"""
OPEN = f"""select count(distinct p.person_id) from process_case c {CHILD} where c.voided_at is null
  and c.process_key in ('assessment', 'section-47', 'child-in-need', 'child-protection', 'pre-proceedings')
  and c.opened_at < {END} and (c.closed_at is null or c.closed_at >= {END})"""
MISSING = f"from {OF} {CHILD} where {STANDS} and e.step = 'missing-report' and e.happened_at {DAY}"
RISK = f"""select count(*) from process_case c {CHILD} where c.voided_at is null and c.process_key = 'exploitation'
  and (select e.outcome from process_event e where e.case_id = c.id and e.replaced_by_id is null and e.step = 'risk-level'
    and e.happened_at < {END} order by e.happened_at desc, e.id desc limit 1) = '{{}}'
  and not exists (select 1 from process_event e where e.case_id = c.id and e.replaced_by_id is null
    and e.step = 'exploitation-end' and e.happened_at < {END})"""
FOSTERED = f"""select count(*) from process_case c {CHILD} where c.voided_at is null and c.process_key = 'private-fostering'
  and c.opened_at < {END} and (c.closed_at is null or c.closed_at >= {END})"""
CARED = f"""select count(*) from looked_after_carestart r join process_event e on e.id = r.event_id
    and e.replaced_by_id is null join process_case c on c.id = r.case_id and c.voided_at is null {CHILD}
  where e.happened_at < {END} and not exists (select 1 from process_event f where f.case_id = c.id and f.step = 'care-end'
    and f.replaced_by_id is null and f.happened_at < {END})"""
HELPED = f"""select count(*) from {OF} {CHILD} where {STANDS} and e.step = 'care-end' and e.outcome = 'leaver'
  and e.happened_at < {END} and not exists (select 1 from process_event f where f.case_id = c.id
    and f.step = 'leaving-end' and f.replaced_by_id is null and f.happened_at < {END})"""
AT = "exists (select 1 from section_47_strategyattendance a join orgs_agency g on g.id = a.agency_id" \
     " where a.event_id = e.id and a.attended = 'attended' and g.kind in ({}))"
HEALTH = "'acute-trust', 'community-trust', 'mental-health-trust', 'gp-practice', 'health-board'"
WITH_POLICE = AT.format("'police'")
ASSESSED = ("assessment_childoutcome", "outcome")
CONFERENCE = ("child_protection_childdecision", "outcome")
INITIAL = children("child-protection", "initial-conference")
NEW_PLANS = children("child-protection", "initial-conference", *outcome(*CONFERENCE, "cp-plan"))
HAD_PLANS = "join child_protection_initialconference r on r.event_id = e.id"
BEGUN = children("section-47", "strategy-discussion", *outcome("section_47_childdecision", "decision", "joint", "single"))
STRATEGY = records("section-47", "strategy-discussion")
UNBORN = """and (p2.born_on > (e.happened_at at time zone 'Europe/London')::date
  or p2.born_on is null and p2.due_on is not null)"""
AGENCY = "join orgs_agency g on g.id = l.agency_id"
CAME = "and l.attended in ('attended', 'report')"


def at_conferences(more: str) -> str:
    return both(lines("child_protection_conferenceattendance", "initial-conference", more, AGENCY),
                lines("child_protection_reviewattendance", "review-conference", more, AGENCY))


def share_at_conferences(kinds: str) -> tuple[str, str]:
    return at_conferences(f"and g.kind in ({kinds}) {CAME}"), at_conferences(f"and g.kind in ({kinds})")


def visited(more: str) -> str:
    return f"""select count(*) from {OF} {CHILD} join child_protection_planvisit r on r.event_id = e.id
      left join child_protection_visitedchild v on v.event_id = e.id and v.person_id = p.person_id
      where {STANDS} and e.step = 'plan-visit' and e.happened_at {DAY} {more}"""


def ended(process: str, step: str, *codes: str) -> str:
    return records(process, step, f"and e.outcome in ({', '.join(map(repr, codes))})")


def sectors(*codes: str) -> str:
    return records("allegations", "allegation-report", f"and r.sector in ({', '.join(map(repr, codes))})",
                   "join allegations_allegationreport r on r.event_id = e.id")


def last_said(field: str, *codes: str) -> tuple[str, str]:
    """Care leavers whose last contact with an answer to a question gave one of some codes, of all."""
    return HELPED + f""" and (select r.{field} from looked_after_leavercontact r join process_event f on f.id = r.event_id
      and f.replaced_by_id is null where r.case_id = c.id and r.{field} <> '' and f.happened_at < {END}
      order by f.happened_at desc, f.id desc limit 1) in ({', '.join(map(repr, codes))})""", HELPED


SCORES = "section_11_standardanswer"
NUMBERS: dict[str, tuple[str, str | None]] = {
    "contacts": (CONTACTS, None),
    "contacts-from-police": (contacts_from("6"), CONTACTS),
    "contacts-from-schools": (contacts_from("2A", "2B"), CONTACTS),
    "contacts-from-health": (contacts_from("3A", "3B", "3C", "3D", "3E", "3F"), CONTACTS),
    "contact-to-referral": (records("front-door", "decision", "and e.outcome in ('new-referral', 'cp-enquiry')"),
                            records("front-door", "decision")),
    "decided-in-a-day": in_time("Decide and tell the referrer", "front-door"),
    "red-in-time": in_time("Decide: red", "front-door"),
    "amber-in-time": in_time("Decide: amber", "front-door"),
    "green-in-time": in_time("Decide: green", "front-door"),
    "consent-recorded": (records("front-door", "contact", "and r.consent <> ''", SOURCE), CONTACTS),
    "children-referred": (children("front-door", "decision", *REFERRED), None),
    "re-referrals": (children("front-door", "decision", NEW[0] + AGAIN, NEW[1]), children("front-door", "decision", *NEW)),
    "referrer-told": (records("front-door", "answer-to-referrer"), records("front-door", "decision")),
    "referral-to-assessment": (children("front-door", "hand-over",
                                        "and e.outcome in ('assessment', 'pre-birth-assessment')"),
                               children("front-door", "decision", *REFERRED)),
    "no-further-action": (children("front-door", "decision", *outcome("front_door_childoutcome", "outcome", "nfa")),
                          children("front-door", "decision")),
    "assessments-in-45-days": kids_in_time("assessment", "Conclude the assessment"),
    "assessments-in-45-days-published": kids_in_time("assessment", "Conclude the assessment: published figure"),
    "assessed-no-further-action": (
        children("assessment", "assessment-outcome", *outcome(*ASSESSED, "nfa", "nfa-section-47-ends")),
        children("assessment", "assessment-outcome")),
    "open-to-social-care": (OPEN, None),
    "child-in-need-plans": (NEED, None),
    "strategy-with-police-and-health": (
        records("section-47", "strategy-discussion", f"and {WITH_POLICE} and {AT.format(HEALTH)}"), STRATEGY),
    "section-47-enquiries": (BEGUN, None),
    "section-47-to-conference": (
        children("section-47", "enquiry-outcome", *outcome("section_47_childoutcome", "outcome", "cp-conference")),
        children("section-47", "enquiry-outcome")),
    "conference-in-15-days": kids_in_time("child-protection", "Hold the initial conference"),
    "conference-to-plan": (NEW_PLANS, INITIAL),
    "child-protection-plans": (PLAN, None),
    "new-child-protection-plans": (NEW_PLANS, None),
    "second-plans": (children("child-protection", "initial-conference", "and r.previous_plans > 0", HAD_PLANS),
                     children("child-protection", "initial-conference", "and r.previous_plans is not null", HAD_PLANS)),
    "plans-neglect": (PLAN + CATEGORY + " = 'NEG'", PLAN),
    "plans-physical-abuse": (PLAN + CATEGORY + " = 'PHY'", PLAN),
    "plans-sexual-abuse": (PLAN + CATEGORY + " = 'SAB'", PLAN),
    "plans-emotional-abuse": (PLAN + CATEGORY + " = 'EMO'", PLAN),
    "plans-more-than-one-category": (PLAN + CATEGORY + " = 'MUL'", PLAN),
    "plans-of-two-years": (PLAN.replace(f"b.began < {END}", f"b.began + interval '2 years' < {END}"), PLAN),
    "reviews-in-time": kids_in_time("child-protection", "First review conference", "Next review conference"),
    "reviews-in-time-published": kids_in_time("child-protection", "First review conference: published figure",
                                              "Next review conference: published figure"),
    "core-groups-in-time": runs_in_time("child-protection", "First core group", "Next core group"),
    "core-group-attendance": (lines("child_protection_coregroupattendance", "core-group", CAME),
                              lines("child_protection_coregroupattendance", "core-group")),
    "conference-attendance": (at_conferences(CAME), at_conferences("")),
    "police-at-conferences": share_at_conferences("'police'"),
    "health-at-conferences": share_at_conferences(HEALTH),
    "schools-at-conferences": share_at_conferences("'school', 'college'"),
    "agency-reports-in-time": runs_in_time("child-protection", "Agency's report", "Agency's report to the review"),
    "seen-alone": (visited("and coalesce(v.seen_alone, r.seen_alone)"), visited("")),
    "plan-visits-in-time": in_time("Visit the child", "child-protection"),
    "pre-birth-assessments": (ended("assessment", "assessment-request", "pre-birth"), None),
    "plans-before-birth": (
        children("child-protection", "initial-conference", f"{outcome(*CONFERENCE, 'cp-plan')[0]} {UNBORN}",
                 f"{outcome(*CONFERENCE, 'cp-plan')[1]} join people_person p2 on p2.id = p.person_id"),
        children("assessment", "assessment-request", "and e.outcome = 'pre-birth'")),
    "care-applications": (records("pre-proceedings", "court-application"), None),
    "children-in-applications": (children("pre-proceedings", "court-application"), None),
    "looked-after": (CARED, None),
    "unaccompanied": (CARED + " and r.alone", None),
    "unaccompanied-share": (CARED + " and r.alone", CARED),
    "health-assessments": kids_in_time("looked-after", "Next health assessment: under 5",
                                       "Next health assessment: 5 and over"),
    "initial-health-assessments": kids_in_time("looked-after", "First health assessment"),
    "three-placements": (f"""select count(*) from (select p.person_id from {OF} {CHILD}
      join looked_after_placement r on r.event_id = e.id where {STANDS} and not r.same_carer and e.happened_at {DAY}
      group by 1 having count(*) >= 3) q""", CARED),
    "care-reviews-in-time": kids_in_time("looked-after", "First review", "Next review"),
    "care-leavers-in-touch": last_said("in_touch", "YES"),
    "care-leavers-housed": last_said("suitable", "yes"),
    "care-leavers-active": last_said("activity", "F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5"),
    "privately-fostered": (FOSTERED, None),
    "private-fostering-notices": (children("private-fostering", "fostering-notice"), None),
    "private-fostering-first-visits": kids_in_time("private-fostering", "First visit: planned arrangement",
                                                   "First visit: child lives there"),
    "private-fostering-visits": kids_in_time("private-fostering", "Regular visit"),
    "missing-episodes": (records("missing", "missing-report"), None),
    "missing-children": (f"select count(distinct p.person_id) {MISSING}", None),
    "missing-from-care": (
        records("missing", "missing-report", "and r.lives in ('looked-after', 'placed-here', 'placed-out')",
                "join missing_missingreport r on r.event_id = e.id"), records("missing", "missing-report")),
    "missing-again": (f"select count(*) from (select p.person_id {MISSING} group by 1 having count(*) >= 3) q",
                      f"select count(distinct p.person_id) {MISSING}"),
    "interviews-offered": (ended("missing", "interview-offer", "accepted", "refused"), records("missing", "missing-found")),
    "interviews-accepted": (ended("missing", "interview-offer", "accepted"),
                            ended("missing", "interview-offer", "accepted", "refused")),
    "interviews-in-72-hours": in_time("Return home interview", "missing"),
    "missing-at-high-risk": (ended("missing", "risk-grade", "high", "medium"), records("missing", "risk-grade")),
    "exploitation-emerging": (RISK.format("emerging"), None),
    "exploitation-moderate": (RISK.format("moderate"), None),
    "exploitation-significant": (RISK.format("significant"), None),
    "panel-considered": (records("exploitation", "panel-decision"), None),
    "risk-reduced": (ended("exploitation", "panel-review", "reduced"), records("exploitation", "panel-review")),
    "allegations": (records("allegations", "allegation-report"), None),
    "allegations-in-schools": (sectors("school", "nursery"), records("allegations", "allegation-report")),
    "allegations-substantiated": (ended("allegations", "allegation-outcome", "substantiated"),
                                  records("allegations", "allegation-outcome")),
    "allegations-in-a-month": in_time("Conclude: 80 in 100", "allegations"),
    "allegations-in-three-months": in_time("Conclude: 90 in 100", "allegations"),
    "incidents-notified": in_time("Notify the panel", "rapid-review"),
    "rapid-reviews": in_time("Send the rapid review, from the notification", "rapid-review"),
    "reviews-published": in_time("Publish the review", "rapid-review"),
    "review-actions": in_time("An agency''s actions", "rapid-review"),
    "section-11-compliance": (lines(SCORES, "section11-return", "and l.score in ('2', '3')"),
                              lines(SCORES, "section11-return", "and l.score <> ''")),
    "section-11-returns": in_time("Send the return", "section-11"),
    "group-attendance": (attendance("and t.attended in ('attended', 'deputy')"), attendance("")),
    "actions-in-time": actions_in_time(""),
    "audit-actions": actions_in_time("and a.recommendation_id is not null"),
    "recommendations-with-impact": (RECOMMENDED + """ and exists (select 1 from thread_impact i join thread_action a
        on a.id = i.action_id where a.recommendation_id = n.id)""", RECOMMENDED),
}
