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

-- Every word of a name that anybody has or had, by each of its endings, and nothing of whose it is: what a word typed is
-- a part of begins one of these. So people are found by whole words, whose index tells at once who has several of them.
-- A word may stand here twice, so that nobody has to wait for somebody else who adds it too. The role the service runs
-- as has no way in but the search.
create schema if not exists search;
create table if not exists search.word (ending text collate "C" not null, word text not null);
create index if not exists word_endings on search.word (ending, word);
create or replace function search.note_words() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into search.word select substr(fresh.word, at), fresh.word
  from (select distinct each as word from new_rows, string_to_table(text, ' ') each) fresh,
    generate_series(1, length(fresh.word) - 2) at
  where not exists (select from search.word known where known.ending = fresh.word and known.word = fresh.word);
  return null;
end $$;
create or replace trigger note_words_insert after insert on people_searchkey referencing new table as new_rows
  for each statement execute function search.note_words();
create or replace trigger note_words_update after update on people_searchkey referencing new table as new_rows
  for each statement execute function search.note_words();
alter table people_searchkey enable always trigger note_words_insert;
alter table people_searchkey enable always trigger note_words_update;
insert into search.word select substr(found.word, at), found.word
from (select distinct each as word from people_searchkey, string_to_table(text, ' ') each
      where not exists (select from search.word)) found, generate_series(1, length(found.word) - 2) at;

-- Words that are in nobody's name any more are taken away; how many. Whoever writes a name waits, or a word that comes
-- back just then would be lost.
create or replace function people_forget_words() returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare gone bigint;
begin
  lock table people_searchkey in share mode;
  with away as (
    delete from search.word known where known.word not in (
      select each from people_searchkey, string_to_table(text, ' ') each) returning known.word)
  select count(distinct word) into gone from away;
  return gone;
end $$;

-- What a word typed is looked up as: its sounds, and the words it is a part of (`other` where no word was typed).
create or replace function search.meant(typed text, sounds text[], other text[]) returns text[] language sql stable as
$$ select case when typed is null then other else sounds || array(
  select known.word from search.word known
  where length(typed) > 2 and known.ending >= typed and known.ending < typed || U&'\+10FFFF') end $$;

-- Everyone to whom all of what was typed applies: each word by spelling (a part of it will do) or sound, and the
-- number, postcode or day of birth, whichever was given. The closest `most`, closest first: by how many words are not
-- there as typed, then by how many are not even a beginning; of those equally close the first by name. At most
-- `looked_at` are weighed. What tells people apart best is what they are found by; the rest narrows.
drop function if exists people_search(text, text[], text, text[], text, text[], text, text[], text[], text[], date, text, integer);
create or replace function people_search(
  w1 text, s1 text[], w2 text, s2 text[], w3 text, s3 text[], w4 text, s4 text[],
  typed_numbers text[], typed_postcodes text[], born date, ref text, looked_at integer, most integer)
returns bigint[]
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
set jit = off set max_parallel_workers_per_gather = 0
as $$
#variable_conflict use_column
declare
  here bigint := app_partnership(); held text[] := app_tokens();
  t1 text[] := search.meant(w1, s1, null); t2 text[] := search.meant(w2, s2, t1);
  t3 text[] := search.meant(w3, s3, t1); t4 text[] := search.meant(w4, s4, t1);
  chosen text := case when ref is not null then 'reference' when typed_numbers is not null then 'number'
    when typed_postcodes is not null then 'postcode' when born is not null then 'day' else 'word' end;
begin return (
  with found as (
    select k.* from people_searchkey k where chosen = 'word' and people_terms(k.text, k.sounds) && t1
      and people_terms(k.text, k.sounds) && t2 and people_terms(k.text, k.sounds) && t3 and people_terms(k.text, k.sounds) && t4
    union all select k.* from people_searchkey k where chosen = 'day' and k.partnership_id = here and k.born_on = born
    union all select k.* from people_searchkey k where chosen = 'postcode' and k.postcodes && typed_postcodes
    union all select k.* from people_searchkey k where chosen = 'number' and k.numbers && typed_numbers
    union all select k.* from people_searchkey k join people_person p on p.id = k.person_id
      where chosen = 'reference' and p.reference = ref),
  hit as materialized (
    select k.kept_id, k.person_id, ' ' || k.text || ' ' as padded from found k
    where k.partnership_id = here and people_visible(here, k.readers, k.denied, held)
      and (chosen = 'word' or t1 is null or people_terms(k.text, k.sounds) && t1 and people_terms(k.text, k.sounds) && t2
           and people_terms(k.text, k.sounds) && t3 and people_terms(k.text, k.sounds) && t4)
      and (typed_numbers is null or k.numbers && typed_numbers)
      and (typed_postcodes is null or k.postcodes && typed_postcodes)
      and (born is null or k.born_on = born)),
  nearest as (
    select distinct on (rank, kept_id) rank, kept_id, person_id, padded from hit,
      lateral (select (w1 is not null and padded not like '% ' || w1 || ' %')::int
        + (w2 is not null and padded not like '% ' || w2 || ' %')::int
        + (w3 is not null and padded not like '% ' || w3 || ' %')::int
        + (w4 is not null and padded not like '% ' || w4 || ' %')::int as rank) r
    order by rank, kept_id, person_id limit looked_at),
  shown as (
    select distinct on (id) id, rank, further from nearest n,
      lateral (select case when exists (select from people_searchkey o where o.person_id = n.kept_id
          and people_visible(here, o.readers, o.denied, held)) then n.kept_id else n.person_id end as id,
        (w1 is not null and padded not like '% ' || w1 || '%')::int
        + (w2 is not null and padded not like '% ' || w2 || '%')::int
        + (w3 is not null and padded not like '% ' || w3 || '%')::int
        + (w4 is not null and padded not like '% ' || w4 || '%')::int as further) f
    order by id, rank, further),
  closest as (
    select p.id, rank, further, p.family, p.given from shown join people_person p using (id)
    order by rank, further, p.family collate "C", p.given collate "C", p.id limit most)
  select array_agg(id order by rank, further, family collate "C", given collate "C", id) from closest);
end $$;

-- The agencies that know something of these people that the acting person may see, found by a look at one entry of each:
-- a child may have thousands. Runs with the sight of whoever asks, and applies the rule itself as well.
create or replace function people_known_by(people bigint[]) returns bigint[]
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare here bigint := app_partnership(); held text[] := app_tokens(); those bigint[] := '{}'; each bigint; known bigint;
begin
  foreach each in array people loop
    known := 0;
    loop
      select e.agency_id into known from people_entry e
      where e.person_id = each and e.replaced_by_id is null and e.agency_id > known
        and e.partnership_id = here and people_visible(here, e.readers, e.denied, held)
      order by e.agency_id limit 1;
      exit when not found;
      those := those || known;
    end loop;
  end loop;
  return those;
end $$;

-- The newest entries of these people that the acting person may see, `most` of each, read from an index in its order: some
-- have a few and some thousands, and planning for each takes longer than reading. Sight and rule as above.
create or replace function people_newest(people bigint[], most integer) returns bigint[]
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
set enable_sort = off set enable_bitmapscan = off as $$
declare here bigint := app_partnership(); held text[] := app_tokens(); those bigint[] := '{}'; each bigint;
begin
  foreach each in array people loop
    those := those || array(
      select e.id from people_entry e
      where e.person_id = each and e.replaced_by_id is null
        and e.partnership_id = here and people_visible(here, e.readers, e.denied, held)
      order by e.earliest desc, e.id desc limit most);
  end loop;
  return those;
end $$;

revoke all on function people_candidates, people_search, people_known_by, people_newest, people_forget_words from public;
revoke all on all functions in schema search from public;
grant execute on function people_visible, people_candidates, people_search, people_known_by, people_newest,
  people_forget_words to {role};
