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
    done = {True: "and l.stopped <= l.due", False: "and l.stopped > l.due", None: ""}[kept]
    return (f"select count(*) from process_clockrow l join process_case c on c.id = l.case_id where c.voided_at is null"
            f" and c.process_key = '{process}' and l.name = '{clock}' and coalesce(l.stopped, l.due) {DAY}"
            f" and (l.stopped is not null or l.due < %(now)s and not l.paused) {done}")


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
}
