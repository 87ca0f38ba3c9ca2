-- The two ways people are found. Both run with the owner's sight, since array and trigram operators cannot use their
-- index under row-level security, and so each applies the same rule itself: partnership, readers, denials. Only rows
-- that pass come back, so nothing of a hidden person reaches the caller, not even in a count.
create or replace function people_visible(p bigint, readers text[], denied text[], tokens text[]) returns boolean
language sql immutable parallel safe as
$$ select p is not null and (tokens @> array['system'] or (readers && tokens and not denied && tokens)) $$;

-- Everyone who may be the person stated: same number; same day of birth and a name alike; given and family name alike
-- (either way round); same postcode and a name or the birth alike. The likeliest `most`, by how many parts agree.
create or replace function people_candidates(
  stated_numbers text[], born date, born_alike date[], stated_given text[], stated_family text[],
  given_sounds text[], family_sounds text[], stated_postcodes text[], most integer)
returns table (person_id bigint, kept_id bigint, given text[], family text[], born_on date, born_estimated boolean,
               sex varchar, postcodes text[], homes text[], numbers text[])
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan set jit = off
as $$
#variable_conflict use_column
declare here bigint := app_partnership(); held text[] := app_tokens(); either text[] := given_sounds || family_sounds;
begin return query
  with hit as (
    select k.id from people_searchkey k where k.numbers && stated_numbers and k.partnership_id = here
    union
    select k.id from people_searchkey k where k.partnership_id = here and k.born_on = any(born_alike) and k.sounds && either
    union
    select k.id from people_searchkey k
    where k.sounds && given_sounds and k.sounds && family_sounds and k.partnership_id = here
    union
    select k.id from people_searchkey k where k.postcodes && stated_postcodes and k.partnership_id = here
      and (k.sounds && either or k.born_on = any(born_alike)))
  select k.person_id,
    case when exists (select from people_searchkey o where o.person_id = k.kept_id
      and people_visible(here, o.readers, o.denied, held)) then k.kept_id else k.person_id end,
    k.given, k.family, k.born_on, k.born_estimated, k.sex, k.postcodes, k.homes, k.numbers
  from people_searchkey k join hit using (id)
  where people_visible(here, k.readers, k.denied, held)
  order by 8 * coalesce((k.numbers && stated_numbers)::int, 0) + 4 * coalesce((k.born_on = born)::int, 0)
    + 2 * coalesce((k.born_on = any(born_alike))::int, 0) + 2 * (k.given && stated_given)::int
    + 2 * (k.family && stated_family)::int + (k.sounds && given_sounds)::int + (k.sounds && family_sounds)::int
    + 3 * (k.postcodes && stated_postcodes)::int desc, k.person_id
  limit most;
end $$;

-- Everyone to whom all of what was typed applies: each word by spelling (a part of it will do) or sound, and the
-- number, postcode or day of birth, whichever was given.
create or replace function people_search(
  w1 text, s1 text[], w2 text, s2 text[], w3 text, s3 text[], w4 text, s4 text[],
  typed_numbers text[], typed_postcodes text[], born date, ref text, most integer)
returns table (person_id bigint, given text[], family text[])
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan set jit = off
as $$
#variable_conflict use_column
declare here bigint := app_partnership(); held text[] := app_tokens();
begin return query
  with hit as materialized (  -- or the planner walks the whole table in order, hoping to meet the limit early
    select k.kept_id, k.person_id, k.given, k.family, ' ' || k.text || ' ' as padded from people_searchkey k
    where k.partnership_id = here and people_visible(here, k.readers, k.denied, held)
      and (w1 is null or length(w1) > 2 and k.text like '%' || w1 || '%' or k.sounds && s1)
      and (w2 is null or length(w2) > 2 and k.text like '%' || w2 || '%' or k.sounds && s2)
      and (w3 is null or length(w3) > 2 and k.text like '%' || w3 || '%' or k.sounds && s3)
      and (w4 is null or length(w4) > 2 and k.text like '%' || w4 || '%' or k.sounds && s4)
      and (typed_numbers is null or k.numbers && typed_numbers)
      and (typed_postcodes is null or k.postcodes && typed_postcodes)
      and (born is null or k.born_on = born)
      and (ref is null or k.person_id = (select p.id from people_person p where p.reference = ref))),
  nearest as (
    select distinct on (rank, kept_id) rank, kept_id, person_id, given, family from hit,
      lateral (select (w1 is not null and padded not like '% ' || w1 || ' %')::int
        + (w2 is not null and padded not like '% ' || w2 || ' %')::int
        + (w3 is not null and padded not like '% ' || w3 || ' %')::int
        + (w4 is not null and padded not like '% ' || w4 || ' %')::int as rank) r
    order by rank, kept_id, person_id limit most)
  select case when exists (select from people_searchkey o where o.person_id = n.kept_id
      and people_visible(here, o.readers, o.denied, held)) then n.kept_id else n.person_id end, n.given, n.family
  from nearest n;
end $$;

revoke all on function people_candidates, people_search from public;
grant execute on function people_visible, people_candidates, people_search to {role};
