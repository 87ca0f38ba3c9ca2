"""What the partnership's own groups and actions come to, read out of meetings and of the thread. See WORKED.

Read as the system of one partnership under row-level security; `%(now)s` is the instant by which an action is late.
"""
from __future__ import annotations

LOCAL = "({} at time zone 'Europe/London')::date"


def worked() -> str:
    """One row for each member at a meeting held, each action that is not dropped, each recommendation."""
    rows = " union all ".join((_attendance(), _actions(), _recommendations()))
    return f"""select to_char(day, 'YYYYMM')::int, day, kind, result, origin, 1, agency, agency as source
    from ({rows}) r(day, kind, result, origin, agency)"""


def _attendance() -> str:
    """Of each agency that was a member on the day of a meeting whose attendance was written down. Guests do not count."""
    day = LOCAL.format("m.planned_at")
    return f"""select {day}, 'attendance', coalesce(t.attended, 'not-recorded'), b.kind, g.kind
    from meeting_meeting m join meeting_body b on b.id = m.body_id
      join lateral (select distinct s.agency_id from meeting_bodymember s where s.body_id = b.id and s.since <= {day}
        and (s.until is null or s.until >= {day})) s on true
      join orgs_agency g on g.id = s.agency_id
      left join meeting_attendance t on t.meeting_id = m.id and t.agency_id = s.agency_id
    where m.cancelled_at is null and exists (select from meeting_attendance t where t.meeting_id = m.id)"""


def _actions() -> str:
    """Each once, on the day it was done or else is due."""
    done = LOCAL.format("a.done_at")
    return f"""select coalesce({done}, a.due), 'action',
      case when {done} <= a.due then 'in-time' when a.done_at is not null or a.due < {LOCAL.format("%(now)s::timestamptz")}
        then 'late' else 'running' end,
      case when a.recommendation_id is not null then 'finding' when exists (select from meeting_itemaction i
        where i.action_id = a.id) then 'meeting' when a.case_id is not null then 'case' else 'other' end, g.kind
    from thread_action a join orgs_agency g on g.id = a.agency_id left join process_case c on c.id = a.case_id
    where a.dropped_at is null and c.voided_at is null"""


def _recommendations() -> str:
    """On the day they were made. The agencies whose actions follow are several: none is named."""
    return f"""select {LOCAL.format("n.at")}, 'recommendation',
      case when exists (select from thread_action a join thread_impact i on i.action_id = a.id
          where a.recommendation_id = n.id) then 'impact'
        when exists (select from thread_action a where a.recommendation_id = n.id) and not exists (
          select from thread_action a where a.recommendation_id = n.id and a.done_at is null and a.dropped_at is null)
        then 'done' else 'open' end, 'finding', ''
    from thread_recommendation n join thread_finding f on f.id = n.finding_id left join process_case c on c.id = f.case_id
    where c.voided_at is null"""
