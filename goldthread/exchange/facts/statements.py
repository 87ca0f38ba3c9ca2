"""The statements that read facts out of the tables of every process: written from the declarations, so that a new process
is in them by existing.

Read as the system of one partnership under row-level security; `%(since)s` and `%(until)s` bound the local days.
"""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from goldthread.exchange.facts.declared import MANY, Answers, answers, attendance_lines, child_lines, codes_of
from goldthread.process.registry import all_processes

LOCAL = "({} at time zone 'Europe/London')"


def _day(column: str) -> str:
    return LOCAL.format(column) + "::date"


def _month(column: str) -> str:
    return f"to_char({LOCAL.format(column)}, 'YYYYMM')::int"


def _table(model: Any) -> str:
    return str(model._meta.db_table)


def breakdowns(day: str) -> str:
    """age, sex, ethnicity, area, ward, source of a row about k, a child of case c, on a day."""
    years = f"extract(year from age({day}, k.born_on))"
    return f"""case when k.child_id is null then 'not known'
      when k.born_on > {day} or k.born_on is null and k.due_on is not null then 'unborn'
      when k.born_on is null then 'not known' when {years} < 1 then 'under 1' when {years} < 5 then '1 to 4'
      when {years} < 10 then '5 to 9' when {years} < 16 then '10 to 15' else '16 and over' end,
    coalesce(nullif(k.sex, ''), 'not known'), coalesce(nullif(k.ethnicity, ''), 'not known'),
    coalesce(k.area, 'not known'),
    coalesce((select d.ward from measure_wardpostcode d where d.postcode = k.home and d.valid_from <= {day}
      and (d.valid_to is null or d.valid_to >= {day}) order by d.valid_from desc limit 1), 'not known'),
    coalesce(said.source, starter.kind)"""


def _said() -> str:
    """The source that the first record of a case names, where its process asks for one."""
    found = [f"select r.case_id, r.source::text from {_table(p.first.record)} r join process_event e on e.id = r.event_id"
             f" where e.replaced_by_id is null and r.source <> ''"
             for p in all_processes() if any(f.name == "source" for f in p.first.record._meta.fields)]  # type: ignore[attr-defined]
    return " union all ".join(found) or "select null::bigint, null::text where false"


PEOPLE = """people as (
  select p.id as person_id, coalesce(s.kept_id, p.id) as child_id, w.born_on, w.due_on, w.sex, w.ethnicity,
    h.postcode as home, split_part(h.postcode, ' ', 1) as area
  from people_person p left join people_searchkey s on s.person_id = p.id
  join people_person w on w.id = coalesce(s.kept_id, p.id)
  left join lateral (select a.postcode from people_address a where a.person_id = w.id and a.until is null and not a.safe
    and a.postcode <> '' order by a.since desc nulls last, a.id desc limit 1) h on true
)"""


def _with(*more: str) -> str:
    kids = ("kids as (select distinct on (cp.case_id, p.child_id) cp.case_id, p.* from process_caseperson cp"
            " join people p using (person_id) where cp.capacity = 'child' order by cp.case_id, p.child_id, p.person_id)")
    return "with " + ",\n".join((PEOPLE, kids, f"said as ({_said()})", *more))


CASES = """join process_case c on c.id = {of}.case_id and c.voided_at is null
  join orgs_agency starter on starter.id = c.started_by_id left join said on said.case_id = c.id"""
ONCE = "case when row_number() over (partition by {of} order by k.child_id) = 1 then 1 else 0 end"


def _within(column: str) -> str:
    """Bounds that an index can use, of the local days from since to until, both included."""
    return (f"{column} >= (%(since)s::date)::timestamp at time zone 'Europe/London'"
            f" and {column} < (%(until)s::date + 1)::timestamp at time zone 'Europe/London'")


def happened() -> str:
    """See HAPPENED; all but `again`, which is worked out from what came before."""
    own = " union all ".join(
        f"select event_id, person_id, {step.outcome}::text as outcome from {_table(line)}"
        for process in all_processes() for step in process.own_steps if step.outcome for line in child_lines(step)
        if any(f.name == step.outcome for f in line._meta.fields))  # type: ignore[attr-defined]
    met = " union all ".join(f"select event_id, agency_id from {_table(line)} where attended = 'attended'"
                             for line in attendance_lines())
    return f"""{_with(f'own as ({own})', f'''met as (
      select m.event_id, '|' || string_agg(distinct g.kind, '|' order by g.kind) || '|' as present
      from ({met}) m join orgs_agency g on g.id = m.agency_id group by m.event_id)''')}
    select {_month('e.happened_at')}, 'yes', {_day('e.happened_at')}, c.process_key, e.step,
      coalesce(own.outcome, e.outcome), e.id, c.id, k.child_id, {ONCE.format(of='e.id')}, g.kind,
      coalesce(met.present, ''), {breakdowns(_day('e.happened_at'))}
    from process_event e {CASES.format(of='e')} join orgs_agency g on g.id = e.agency_id
      left join kids k on k.case_id = c.id left join own on own.event_id = e.id and own.person_id = k.person_id
      left join met on met.event_id = e.id
    where e.replaced_by_id is null and {_within('e.happened_at')}"""


def answered() -> str:
    """See ANSWERED."""
    return _with() + "\n" + "\nunion all\n".join(_answers(each) for each in answers())


def _answers(each: Answers) -> str:
    own = [line for line in child_lines(each.step) if each.is_record]
    joined, named = "", list(each.fields)
    if each.is_record:
        kid = "left join kids k on k.case_id = c.id"
        for at, line in enumerate(own):
            joined += f" left join {_table(line)} o{at} on o{at}.event_id = e.id and o{at}.person_id = k.person_id"
    elif each.has("person"):
        named = [name for name in named if not any(f.name == name for f in each.step.record._meta.fields)]  # type: ignore[attr-defined]
        kid = "left join people k on k.person_id = r.person_id"
    else:
        kid = "left join people k on false"
    if not named:
        return "select null::int, null, null::date, null, null, null, null, null::bigint, null::bigint, null::bigint, 1," \
               " null, null, null, null, null, null, null where false"
    pairs = ", ".join(f"('{name}', {_said_of(each, name, own)})" for name in named)
    agency = "coalesce(h.kind, g.kind)" if each.has("agency") and not each.is_record else "g.kind"
    named_agency = "left join orgs_agency h on h.id = r.agency_id" if each.has("agency") and not each.is_record else ""
    once = ONCE.format(of="e.id, v.field") if each.is_record else "1"
    return f"""select {_month('e.happened_at')}, 'yes', {_day('e.happened_at')}, c.process_key, e.step, v.field,
      v.answer, e.id, c.id, k.child_id, {once}, {agency}, {breakdowns(_day('e.happened_at'))}
    from {_table(each.model)} r join process_event e on e.id = r.event_id {CASES.format(of='e')}
      join orgs_agency g on g.id = e.agency_id {named_agency} {kid}{joined}
      cross join lateral (values {pairs}) v(field, answer)
    where e.replaced_by_id is null and v.answer <> '' and e.step = '{each.step.key}' and {_within('e.happened_at')}"""


def _said_of(each: Answers, name: str, own: Iterable[Any]) -> str:
    """The code of one field, as a line says it of the child where one does."""
    also = [f"o{at}.{name}" for at, line in enumerate(own) if any(f.name == name for f in line._meta.fields)]
    value = f"coalesce({', '.join([*also, f'r.{name}'])})"
    codes = codes_of(each.model._meta.get_field(name))  # type: ignore[arg-type]
    if codes == frozenset({"yes", "no"}) and each.model._meta.get_field(name).get_internal_type() == "BooleanField":
        return f"case {value} when true then 'yes' when false then 'no' end"
    if codes == MANY:
        return f"case {value} when 0 then 'none' when 1 then 'one' else case when {value} > 1 then 'several' end end"
    return f"{value}::text"


def limits() -> str:
    """See LIMITS. `%(now)s`: the instant by which a limit still running is late."""
    return f"""{_with()}
    select {_month('coalesce(l.stopped, l.due_by_law)')}, 'yes', {_day('coalesce(l.stopped, l.due_by_law)')},
      c.process_key, l.name,
      case when l.stopped <= l.due_by_law then 'kept' when l.stopped > l.due_by_law then 'late'
        when l.paused or l.due_by_law >= %(now)s then 'running' else 'late' end,
      (extract(epoch from l.stopped - l.started) / 3600)::int, c.id, k.child_id, {ONCE.format(of='l.id')},
      coalesce(g.kind, ''), {breakdowns(_day('coalesce(l.stopped, l.due_by_law)'))}
    from process_clockrow l {CASES.format(of='l')} left join process_ask a on a.id = l.ask_id
      left join orgs_agency g on g.id = a.agency_id left join kids k on k.case_id = c.id
    where {_within('coalesce(l.stopped, l.due_by_law)')}"""


def cases() -> str:
    """The spans of cases: open from and to. See SPANS."""
    closed = _day("c.closed_at")
    return f"""{_with()}
    select {_month('c.opened_at')}, 'case', c.process_key, c.kind, 'yes', {_day('c.opened_at')}, {closed},
      {_month('c.closed_at')}, c.id, k.child_id, {ONCE.format(of='c.id')}, {breakdowns(_day('c.opened_at'))}
    from process_case c join orgs_agency starter on starter.id = c.started_by_id left join said on said.case_id = c.id
      left join kids k on k.case_id = c.id where c.voided_at is null"""
