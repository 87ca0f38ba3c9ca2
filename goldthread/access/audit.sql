-- Who is acting, as told by the database backend at the start of each transaction; nobody outside one.
create or replace function app_partnership() returns bigint language sql stable parallel safe as
$$ select nullif(current_setting('app.partnership', true), '')::bigint $$;
create or replace function app_user() returns bigint language sql stable parallel safe as
$$ select nullif(current_setting('app.user', true), '')::bigint $$;
create or replace function app_tokens() returns text[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('app.tokens', true), ''), '{}')::text[] $$;
create or replace function app_is_system() returns boolean language sql stable parallel safe as
$$ select app_tokens() @> array['system'] $$;

create schema if not exists audit;
create table if not exists audit.change (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id(),
  partnership_id bigint, user_id bigint, tbl text not null, pk bigint, op text not null, old jsonb, new jsonb,
  hash bytea not null);
create index if not exists change_row on audit.change (tbl, pk, id);
create table if not exists audit.reading (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id(),
  partnership_id bigint, user_id bigint, agency_id bigint, kind text not null, ref bigint not null,
  people bigint[] not null default '{}', why text not null, hash bytea not null);
create index if not exists reading_ref on audit.reading (kind, ref, id);
create index if not exists reading_people on audit.reading using gin (people);
create table if not exists audit.seal (
  n bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  stream text not null, from_id bigint not null, to_id bigint not null, count bigint not null,
  prev bytea not null, hash bytea not null);

-- Session settings must not change what is hashed: the instant is written as seconds since 1970.
create or replace function audit.change_hash(c audit.change) returns bytea language sql immutable as
$$ select sha256(convert_to(concat_ws(E'\x1f', c.id, extract(epoch from c.at), coalesce(c.partnership_id::text, '-'),
   coalesce(c.user_id::text, '-'), c.tbl, coalesce(c.pk::text, '-'), c.op, coalesce(c.old::text, '-'),
   coalesce(c.new::text, '-')), 'UTF8')) $$;
create or replace function audit.reading_hash(r audit.reading) returns bytea language sql immutable as
$$ select sha256(convert_to(concat_ws(E'\x1f', r.id, extract(epoch from r.at), coalesce(r.partnership_id::text, '-'),
   coalesce(r.user_id::text, '-'), coalesce(r.agency_id::text, '-'), r.kind, r.ref, r.people::text, r.why), 'UTF8')) $$;

create or replace function audit.stamp_change() returns trigger language plpgsql set search_path = audit, pg_temp as
$$ begin new.hash := audit.change_hash(new); return new; end $$;
create or replace function audit.stamp_reading() returns trigger language plpgsql set search_path = audit, pg_temp as
$$ begin new.hash := audit.reading_hash(new); return new; end $$;
create or replace trigger stamp before insert on audit.change for each row execute function audit.stamp_change();
create or replace trigger stamp before insert on audit.reading for each row execute function audit.stamp_reading();

create or replace function audit.log_insert() returns trigger language plpgsql security definer
set search_path = audit, public, pg_temp as $$ begin
  insert into audit.change (partnership_id, user_id, tbl, pk, op, new)
  select (to_jsonb(n) ->> 'partnership_id')::bigint, app_user(), tg_table_name, (to_jsonb(n) ->> 'id')::bigint,
         'INSERT', to_jsonb(n) from new_rows n;
  return null; end $$;
create or replace function audit.log_update() returns trigger language plpgsql security definer
set search_path = audit, public, pg_temp as $$ begin
  insert into audit.change (partnership_id, user_id, tbl, pk, op, old, new)
  select (to_jsonb(n) ->> 'partnership_id')::bigint, app_user(), tg_table_name, (to_jsonb(n) ->> 'id')::bigint,
         'UPDATE', to_jsonb(o), to_jsonb(n)
  from old_rows o join new_rows n on (to_jsonb(o) ->> 'id') = (to_jsonb(n) ->> 'id')
  where to_jsonb(o) is distinct from to_jsonb(n);
  return null; end $$;
create or replace function audit.log_delete() returns trigger language plpgsql security definer
set search_path = audit, public, pg_temp as $$ begin
  insert into audit.change (partnership_id, user_id, tbl, pk, op, old)
  select (to_jsonb(o) ->> 'partnership_id')::bigint, app_user(), tg_table_name, (to_jsonb(o) ->> 'id')::bigint,
         'DELETE', to_jsonb(o) from old_rows o;
  return null; end $$;
create or replace function audit.append_only() returns trigger language plpgsql as $$ begin
  if tg_op = 'DELETE' or to_jsonb(old) - tg_argv[0:] is distinct from to_jsonb(new) - tg_argv[0:] then
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
  end if;
  return new; end $$;

-- The only way in for a reading: who is acting comes from the transaction, not from the caller.
create or replace function audit.log_reading(kind text, ref bigint, people bigint[], agency bigint, why text)
returns void language sql security definer set search_path = audit, public, pg_temp as
$$ insert into audit.reading (partnership_id, user_id, agency_id, kind, ref, people, why)
   values (app_partnership(), app_user(), agency, kind, ref, people, why) $$;

create or replace function audit.readings(wanted_kind text, wanted_ref bigint, most integer)
returns table (at timestamptz, user_id bigint, agency_id bigint, why text)
language sql stable security definer set search_path = audit, public, pg_temp as
$$ select r.at, r.user_id, r.agency_id, r.why from audit.reading r
   where r.kind = wanted_kind and r.ref = wanted_ref and r.partnership_id = app_partnership()
   order by r.id desc limit most $$;
create or replace function audit.readings_by(wanted_user bigint, since timestamptz, most integer)
returns table (at timestamptz, kind text, ref bigint, people bigint[], agency_id bigint, why text)
language sql stable security definer set search_path = audit, public, pg_temp as
$$ select r.at, r.kind, r.ref, r.people, r.agency_id, r.why from audit.reading r
   where r.user_id = wanted_user and r.partnership_id = app_partnership() and r.at >= since
     and (wanted_user = app_user() or app_tokens() && array['privacy:' || app_partnership()])
   order by r.id desc limit most $$;
create or replace function audit.changes(wanted_tbl text, wanted_pk bigint)
returns table (at timestamptz, user_id bigint, op text, old jsonb, new jsonb)
language sql stable security definer set search_path = audit, public, pg_temp as
$$ select c.at, c.user_id, c.op, c.old, c.new from audit.change c
   where c.tbl = wanted_tbl and c.pk = wanted_pk
     and (c.partnership_id is null or c.partnership_id = app_partnership()) order by c.id $$;

-- Seal what is settled: each seal covers the row hashes since the last and includes that seal's hash.
create or replace function audit.seal_stream(which text) returns bigint language plpgsql security definer
set search_path = audit, public, pg_temp as $$
declare last audit.seal; made bigint; body bytea; lo bigint; hi bigint; many bigint;
begin
  perform pg_advisory_xact_lock(hashtext('audit.seal'));
  select * into last from audit.seal where stream = which order by n desc limit 1;
  execute format('select min(id), max(id), count(*), sha256(string_agg(hash, '''' order by id)) from audit.%I
    where id > $1 and xid < pg_snapshot_xmin(pg_current_snapshot())', which)
    into lo, hi, many, body using coalesce(last.to_id, 0);
  if coalesce(many, 0) = 0 then return null; end if;
  insert into audit.seal (stream, from_id, to_id, count, prev, hash)
  values (which, lo, hi, many, coalesce(last.hash, sha256(convert_to(which, 'UTF8'))),
          sha256(coalesce(last.hash, sha256(convert_to(which, 'UTF8'))) || body)) returning n into made;
  return made; end $$;
create or replace function audit.seals() returns table (n bigint, stream text, to_id bigint, hash text)
language sql stable security definer set search_path = audit, public, pg_temp as
$$ select s.n, s.stream, s.to_id, encode(s.hash, 'hex') from audit.seal s order by s.n $$;

-- Faults in words: rows that do not match their hash, seals that do not match their rows or the seal before.
create or replace function audit.faults() returns setof text language plpgsql stable security definer
set search_path = audit, public, pg_temp as $$
declare s audit.seal; prev bytea; body bytea; many bigint;
begin
  return query select format('change %s (%s %s) was altered after it was written', c.id, c.tbl, c.pk)
    from audit.change c where c.hash is distinct from audit.change_hash(c) order by c.id;
  return query select format('reading %s was altered after it was written', r.id)
    from audit.reading r where r.hash is distinct from audit.reading_hash(r) order by r.id;
  for s in select * from audit.seal order by stream, n loop
    select t.hash into prev from audit.seal t where t.stream = s.stream and t.n < s.n order by t.n desc limit 1;
    if s.prev is distinct from coalesce(prev, sha256(convert_to(s.stream, 'UTF8'))) then
      return next format('seal %s (%s) does not follow the seal before it', s.n, s.stream);
    end if;
    execute format('select count(*), sha256(string_agg(hash, '''' order by id)) from audit.%I where id between $1 and $2',
      s.stream) into many, body using s.from_id, s.to_id;
    if many <> s.count then
      return next format('seal %s: %s rows %s to %s were %s, are now %s', s.n, s.stream, s.from_id, s.to_id, s.count, many);
    elsif s.hash is distinct from sha256(s.prev || body) then
      return next format('seal %s: %s rows %s to %s were replaced', s.n, s.stream, s.from_id, s.to_id);
    end if;
  end loop; end $$;

-- A row changed behind the triggers' back differs from the last change that was recorded of it.
create or replace function audit.table_faults(which text) returns setof text language plpgsql stable security definer
set search_path = audit, public, pg_temp as $$ begin
  return query execute format($q$
    with last as (select distinct on (pk) pk, op, new from audit.change where tbl = %1$L order by pk, id desc)
    select format('%1$s %%s %%s', coalesce(l.pk, t.id), case
      when l.pk is null then 'was added without a record' when t.id is null then 'was removed without a record'
      else 'was changed without a record' end)
    from (select id, to_jsonb(x) as now from public.%1$I x) t full join (select * from last where op <> 'DELETE') l
      on l.pk = t.id where l.pk is null or t.id is null or l.new is distinct from t.now
    order by 1$q$, which); end $$;

revoke all on all functions in schema audit from public;
grant execute on function audit.log_reading, audit.readings, audit.readings_by, audit.changes, audit.seal_stream,
  audit.seals, audit.faults, audit.table_faults to {role};
