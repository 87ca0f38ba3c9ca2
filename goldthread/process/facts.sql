-- What stands on a case, with whom it asked, for working out what is to be done. Run with the owner's sight, since that
-- hides nothing from itself; of one case, in the partnership acted in, and nothing of what was written.
-- An ask that stands belongs to what corrected the record that made it; one that was let go with that record comes
-- without one. A correction's place is that of the record it corrects.
create or replace function process_standing(which bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as
$$ with recursive later as (
     select e.id, e.replaced_by_id, e.step from process_event e where e.id = which
     union all select e.id, e.replaced_by_id, e.step from process_event e
       join later on e.id = later.replaced_by_id and e.step = later.step)
   select id from later where replaced_by_id is null $$;

drop function if exists process_facts;
create function process_facts(which bigint)
returns table (id bigint, step varchar, happened_at timestamptz, outcome varchar, about varchar, restarts boolean,
               ask bigint, agency bigint, due timestamptz, answered_at timestamptz, withdrawn_at timestamptz,
               answered_by varchar, agency_name varchar, planned_at timestamptz, recorded_by bigint,
               recorded_for bigint, place bigint)
language sql stable security definer set search_path = public, pg_temp as
$$ select e.id, e.step, e.happened_at, e.outcome, e.about, e.restarts, a.id, a.agency_id, a.due, a.answered_at,
     a.withdrawn_at, a.step, g.name, e.planned_at, e.recorded_by_id, e.agency_id,
     (with recursive corrected as (
        select p.id from process_event p where p.replaced_by_id = e.id and p.step = e.step
        union all select p.id from process_event p join corrected c on p.replaced_by_id = c.id where p.step = e.step)
      select coalesce(min(corrected.id), e.id) from corrected)
   from (select * from process_event where case_id = which and replaced_by_id is null) e
   full join (select *, case when withdrawn_at is null then process_standing(event_id) else event_id end as made_by
              from process_ask where case_id = which) a on a.made_by = e.id
   left join orgs_agency g on g.id = a.agency_id
   where (app_is_system() and app_partnership() is null)
     or coalesce(e.partnership_id, a.partnership_id) = app_partnership()
   order by e.happened_at, e.id, a.id $$;

-- The kinds of work begun from a case and still open, also where that work is not for the acting person to see.
create or replace function process_begun_from(which bigint) returns text[]
language sql stable security definer set search_path = public, pg_temp as
$$ select coalesce(array_agg(distinct c.process_key::text), '{}') from process_case c
   where c.came_from_id = which and c.closed_at is null and c.voided_at is null
     and ((app_is_system() and app_partnership() is null) or c.partnership_id = app_partnership()) $$;

revoke all on function process_facts, process_begun_from, process_standing from public;
grant execute on function process_facts, process_begun_from, process_standing to {role};
