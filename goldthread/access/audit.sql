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
-- The highest row seen at the last sealing, and the first transaction that had not begun then.
create table if not exists audit.mark (stream text primary key, max_id bigint not null, next_xid xid8 not null);

-- Session settings must not change what is hashed: the instant is written as seconds since 1970.
create or replace function audit.change_hash(c audit.change) returns bytea language sql immutable as
$$ select sha256(convert_to(concat_ws(E'\x1f', c.id, extract(epoch from c.at), c.xid::text,
   coalesce(c.partnership_id::text, '-'), coalesce(c.user_id::text, '-'), c.tbl, coalesce(c.pk::text, '-'), c.op,
   coalesce(c.old::text, '-'), coalesce(c.new::text, '-')), 'UTF8')) $$;
create or replace function audit.reading_hash(r audit.reading) returns bytea language sql immutable as
$$ select sha256(convert_to(concat_ws(E'\x1f', r.id, extract(epoch from r.at), r.xid::text,
   coalesce(r.partnership_id::text, '-'), coalesce(r.user_id::text, '-'), coalesce(r.agency_id::text, '-'),
   r.kind, r.ref, r.people::text, r.why), 'UTF8')) $$;

create or replace function audit.stamp_change() returns trigger language plpgsql set search_path = audit, pg_temp as
$$ begin new.hash := audit.change_hash(new); return new; end $$;
create or replace function audit.stamp_reading() returns trigger language plpgsql set search_path = audit, pg_temp as
$$ begin new.hash := audit.reading_hash(new); return new; end $$;
create or replace trigger stamp before insert on audit.change for each row execute function audit.stamp_change();
create or replace trigger stamp before insert on audit.reading for each row execute function audit.stamp_reading();

-- A password, even hashed, is nobody's history.
create or replace function audit.kept(whole jsonb) returns jsonb language sql immutable as
$$ select whole - 'password' $$;

create or replace function audit.log_insert() returns trigger language plpgsql security definer
set search_path = audit, public, pg_temp set timezone = 'UTC' as $$ begin
  insert into audit.change (partnership_id, user_id, tbl, pk, op, new)
  select (to_jsonb(n) ->> 'partnership_id')::bigint, app_user(), tg_table_name, (to_jsonb(n) ->> 'id')::bigint,
         'INSERT', audit.kept(to_jsonb(n)) from new_rows n;
  return null; end $$;
create or replace function audit.log_update() returns trigger language plpgsql security definer
set search_path = audit, public, pg_temp set timezone = 'UTC' as $$ begin
  insert into audit.change (partnership_id, user_id, tbl, pk, op, old, new)
  select (to_jsonb(n) ->> 'partnership_id')::bigint, app_user(), tg_table_name, (to_jsonb(n) ->> 'id')::bigint,
         'UPDATE', audit.kept(to_jsonb(o)), audit.kept(to_jsonb(n))
  from old_rows o join new_rows n on (to_jsonb(o) ->> 'id') = (to_jsonb(n) ->> 'id')
  where to_jsonb(o) is distinct from to_jsonb(n);
  return null; end $$;
create or replace function audit.log_delete() returns trigger language plpgsql security definer
set search_path = audit, public, pg_temp set timezone = 'UTC' as $$ begin
  insert into audit.change (partnership_id, user_id, tbl, pk, op, old)
  select (to_jsonb(o) ->> 'partnership_id')::bigint, app_user(), tg_table_name, (to_jsonb(o) ->> 'id')::bigint,
         'DELETE', audit.kept(to_jsonb(o)) from old_rows o;
  return null; end $$;
create or replace function audit.append_only() returns trigger language plpgsql as $$ begin
  if tg_op = 'DELETE' or to_jsonb(old) - tg_argv[0:] is distinct from to_jsonb(new) - tg_argv[0:] then
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
  end if;
  return new; end $$;

-- The only way in for a reading: who is acting comes from the transaction, not from the caller. The transaction gets
-- its number before the row gets its own, which sealing relies on.
create or replace function audit.log_reading(kind text, ref bigint, people bigint[], agency bigint, why text)
returns void language sql security definer set search_path = audit, public, pg_temp as
$$ select pg_current_xact_id();
   insert into audit.reading (partnership_id, user_id, agency_id, kind, ref, people, why)
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

-- What a seal's hash covers: the seal before it, the stretch of row numbers, how many rows, each row's hash in order.
create or replace function audit.seal_hash(prev bytea, from_id bigint, to_id bigint, count bigint, body bytea)
returns bytea language sql immutable as
$$ select sha256(prev || convert_to(concat_ws(' ', '', from_id, to_id, count, ''), 'UTF8') || body) $$;
create or replace function audit.first_prev(which text) returns bytea language sql immutable as
$$ select sha256(convert_to(which, 'UTF8')) $$;
create or replace function audit.stretch(which text, lo bigint, hi bigint, out many bigint, out body bytea)
language plpgsql stable set search_path = audit, pg_temp as $$ begin
  execute format('select count(*), sha256(string_agg(hash, '''' order by id)) from audit.%I
    where id between $1 and $2', which) into many, body using lo, hi; end $$;

-- The oldest transaction of this database that had begun but not ended by a snapshot, or null. Other databases of the
-- cluster do not count: they cannot write here, and may have transactions open for hours.
create or replace function audit.oldest_open(snap pg_snapshot) returns xid8 language sql
set search_path = audit, pg_temp as
$$ select x from (select x from pg_snapshot_xip(snap) x where exists (
       select from pg_locks l left join pg_stat_activity a on a.pid = l.pid
       where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.transactionid = x::xid
         and (a.pid is null or a.datid = (select oid from pg_database where datname = current_database())))
     union all select pg_current_xact_id_if_assigned()) found where x is not null order by x limit 1 $$;

-- Seal what is settled. Row numbers are given out before transactions end, so a number below the highest seen may
-- still come: rows are sealed up to a number once every transaction that could hold a lower one has ended. That is so
-- at once when none is running, else for the number marked at an earlier call. A mark of another cluster (a restored
-- copy, whose transaction numbers begin anew) is as good as settled. Seals of one stream leave no number out.
create or replace function audit.seal_stream(which text) returns bigint language plpgsql security definer
set search_path = audit, public, pg_temp as $$
declare last audit.seal; mark audit.mark; s record; made bigint; lo bigint; hi bigint; top bigint; prev bytea;
  snap pg_snapshot; upcoming xid8; oldest xid8;
begin
  perform pg_advisory_xact_lock(hashtext('audit.seal'));
  select * into last from audit.seal where stream = which order by n desc limit 1;
  select * into mark from audit.mark where stream = which;
  execute format('select coalesce(max(id), 0), pg_current_snapshot() from audit.%I', which) into top, snap;
  upcoming := pg_snapshot_xmax(snap);
  oldest := coalesce(audit.oldest_open(snap), upcoming);
  if oldest = upcoming then hi := top;
  elsif mark.next_xid <= oldest or mark.next_xid > upcoming then hi := mark.max_id;
  end if;
  if mark.stream is null or hi is not null then
    insert into audit.mark values (which, top, upcoming)
      on conflict (stream) do update set max_id = excluded.max_id, next_xid = excluded.next_xid;
  end if;
  lo := coalesce(last.to_id, 0) + 1;
  if hi is null or hi < lo then return null; end if;
  select * into s from audit.stretch(which, lo, hi);
  if s.many = 0 then return null; end if;
  prev := coalesce(last.hash, audit.first_prev(which));
  insert into audit.seal (stream, from_id, to_id, count, prev, hash)
    values (which, lo, hi, s.many, prev, audit.seal_hash(prev, lo, hi, s.many, s.body)) returning n into made;
  return made; end $$;
drop function if exists audit.seals();
create function audit.seals()
returns table (n bigint, stream text, from_id bigint, to_id bigint, count bigint, hash text, age interval)
language sql stable security definer set search_path = audit, public, pg_temp as
$$ select s.n, s.stream, s.from_id, s.to_id, s.count, encode(s.hash, 'hex'), clock_timestamp() - s.at
   from audit.seal s order by s.n $$;

-- Faults in words: rows that do not match their hash, seals that do not match their rows or the seal before.
create or replace function audit.faults() returns setof text language plpgsql stable security definer
set search_path = audit, public, pg_temp as $$
declare s record; now record; what text;
begin
  return query select format('change %s (%s %s) was altered after it was written', c.id, c.tbl, c.pk)
    from audit.change c where c.hash is distinct from audit.change_hash(c) order by c.id;
  return query select format('reading %s was altered after it was written', r.id)
    from audit.reading r where r.hash is distinct from audit.reading_hash(r) order by r.id;
  return query select format('%s %s has a number that is never given out', k.stream, k.id) from (
    select 'change' as stream, id from audit.change where id < 1 union all
    select 'reading', id from audit.reading where id < 1) k;
  for s in select t.*, lag(t.hash) over w as before, lag(t.to_id) over w as reached
      from audit.seal t window w as (partition by stream order by n) order by stream, n loop
    if s.stream not in ('change', 'reading') then
      return next format('seal %s is of no stream there is (%s)', s.n, s.stream);
      continue;
    end if;
    if s.prev is distinct from coalesce(s.before, audit.first_prev(s.stream))
        or s.from_id <> coalesce(s.reached, 0) + 1 then
      return next format('seal %s (%s) does not follow the seal before it', s.n, s.stream);
    end if;
    what := format('%s rows %s to %s', s.stream, s.from_id, s.to_id);
    select * into now from audit.stretch(s.stream, s.from_id, s.to_id);
    if now.many <> s.count then
      return next format('seal %s: %s were %s, are now %s', s.n, what, s.count, now.many);
    elsif s.hash is distinct from audit.seal_hash(s.prev, s.from_id, s.to_id, s.count, now.body) then
      return next format('seal %s: %s were replaced', s.n, what);
    end if;
  end loop; end $$;

-- Whether two states of a row agree in all the columns both have: columns come and go with upgrades.
create or replace function audit.agree(a jsonb, b jsonb) returns boolean language sql immutable as
$$ select a = b or not exists (
     select from jsonb_each(a) x join jsonb_each(b) y using (key) where x.value <> y.value) $$;

-- A row changed behind the triggers' back differs from the last change that was recorded of it; a change forged into
-- the log does not begin where the one before it ended.
create or replace function audit.table_faults(which text) returns setof text language plpgsql stable security definer
set search_path = audit, public, pg_temp set timezone = 'UTC' as $$ begin
  return query select format('change %s (%s %s) does not follow the change before it', c.id, which, c.pk) from (
    select id, pk, op, old, lag(op) over w as op_before, lag(new) over w as before
    from audit.change where tbl = which window w as (partition by pk order by id)) c
  where case c.op when 'INSERT' then c.op_before <> 'DELETE'
    else c.op_before is null or c.op_before = 'DELETE' or not audit.agree(c.old, c.before) end order by c.id;
  return query execute format($q$
    with last as (select distinct on (pk) pk, op, new from audit.change where tbl = %1$L order by pk, id desc)
    select format('%1$s %%s %%s', coalesce(l.pk, t.id), case
      when l.pk is null then 'was added without a record' when t.id is null then 'was removed without a record'
      else 'was changed without a record' end)
    from (select id, audit.kept(to_jsonb(x)) as now from public.%1$I x) t full join (select * from last where op <> 'DELETE') l
      on l.pk = t.id where l.pk is null or t.id is null or not audit.agree(l.new, t.now)
    order by 1$q$, which); end $$;

revoke all on all functions in schema audit from public;
grant execute on function audit.log_reading, audit.readings, audit.readings_by, audit.changes, audit.seal_stream,
  audit.seals, audit.faults, audit.table_faults to {role};
