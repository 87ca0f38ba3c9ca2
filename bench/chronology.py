"""A child's chronology of 2,000 entries, and a worker's list over all processes, against the front door's page times.

Three gunicorns of the service with one worker process each, asked in turn, request by request: one shows the front door's
list to its manager, one the timeline of a child to the same, one "My work" to the worker whose open cases are of the most
processes. What is told is the middle of three rounds. First it is checked that the timeline's first page shows the newest
of what the database holds and its last page the oldest, and that the worker's list shows what is due soonest.

The child is one of the borough's with a case; the 2,000 entries are added to it in SQL, as of ten agencies over 15 years.
"""
from __future__ import annotations

import os
import re
import sys
from contextlib import ExitStack
from typing import Any

import psycopg

from bench import pages_data
from bench.pages import MOST_GROWTH, REQUESTS, ROUNDS, Signed, middle_of, seat_of, sign_in, statements
from bench.pages_site import Ask, Cost, Site, costs
from bench.result import Result

name = "A long chronology and a worker's list against the front door's page"
ENTRIES, MOST_TIMES, MOST_STATEMENTS = 2_000, 1.3, 14
TITLE = re.compile(r'<h2 class="gt-timeline__title">(?:<a[^>]*>)?([^<]*)')
CASE = re.compile(r"/case/([A-Z0-9-]+)/\"")

_CHILD = """
select p.id, p.reference from people_person p join orgs_partnership o on o.id = p.partnership_id
where o.slug = 'northbridge' and not p.adult and p.merged_into_id is null and not p.restricted
  and exists (select from process_caseperson c where c.person_id = p.id)
order by (select count(*) from people_entry e where e.person_id = p.id) desc, p.id limit 1
"""
_ENTRIES = """
insert into people_entry (partnership_id, readers, denied, person_id, source, earliest, latest, when_text, agency_id, what,
                          significance, recorded_by_id, recorded_at)
select p.partnership_id, p.readers, p.denied, p.id, 'Bench', day, day, to_char(day, 'FMDD FMMonth YYYY'), a.id,
  format('Entry %%s: seen and spoken with', n) || E'\\n' || repeat('An invented sentence about an invented day. ', 4),
  case when n %% 5 = 0 then 'It matters for what came after.' else '' end, (select min(id) from orgs_user), day
from people_person p, generate_series(1, %s) n, lateral (select date '2011-01-01' + n * 5400 / %s as day) d,
  lateral (select id from orgs_agency order by id offset n %% 10 limit 1) a
where p.id = %s
"""
_DUE = """
select c.reference from process_clockrow r join process_case c on c.id = r.case_id
where r.stopped is null and not r.paused and r.ask_id is null and r.party = any(%s) and r.readers && %s
  and c.voided_at is null order by r.due, r.id limit 10
"""
_BUSIEST = """
select allocated_to_id, partnership_id from process_case where closed_at is null and allocated_to_id is not null
  and partnership_id = (select id from orgs_partnership where slug = 'northbridge')
group by 1, 2 order by count(distinct process_key) desc, count(*) desc, 1 limit 1
"""


def run(scale: float) -> list[Result]:
    """Both pages at one scale. Raises AssertionError where a page does not show what the database holds."""
    pages_data.fill_apart(scale)
    with ExitStack() as stack:
        server = stack.enter_context(pages_data.server())
        told = pages_data.environment(server, scale, owner=False)
        os.environ.update(told)
        import django
        django.setup()
        with psycopg.connect(told["DATABASE_OWNER_URL"], autocommit=True) as connection:
            child = _child(connection)
            busy = connection.execute(_BUSIEST).fetchone()
            manager, worker = sign_in(seat_of("mash-manager")), sign_in(_seat(*busy))
            sites = [Site(title, "goldthread.config.wsgi:application", told, pages_data.FOLDER / f"{title}.log", who.cookie)
                     for title, who in (("door", manager), ("child", manager), ("worker", worker))]
            for site in sites:
                stack.callback(site.stop)
            timeline, home = Ask(f"/person/{child}/timeline/"), Ask("/")
            _insist_whole(connection, sites[1], timeline)
            _insist_due(connection, sites[2], worker)
        return [*_told("chronology of 2,000 entries", timeline, manager, sites[1], sites[0], scale),
                *_told("worker's list over all processes", home, worker, sites[2], sites[0], scale)]


def _told(what: str, ask: Ask, who: Signed, site: Site, door: Site, scale: float) -> list[Result]:
    print(f"  {what}", file=sys.stderr, flush=True)
    rounds = [costs((site, door), [(ask, Ask("/front-door/"))] * REQUESTS) for _ in range(ROUNDS)]
    mine, list_page = middle_of(rounds)
    many = statements(ask, who)
    more = {"statements": many, "peak MB": site.peak_mb(), **_cpu(mine, "CPU ms"), **_cpu(list_page, "front door's CPU ms")}
    return [Result(what, scale, "ms", round(mine.wall, 3), round(list_page.wall, 3), MOST_TIMES, more, MOST_GROWTH),
            Result(f"{what}: processor", scale, "ms", round(mine.cpu, 3), round(list_page.cpu, 3), MOST_TIMES,
                   grows=MOST_GROWTH),
            Result(f"{what}: SQL statements", scale, "", many, grows=1.0)]


def _cpu(cost: Cost, called: str) -> dict[str, float]:
    return {called: round(cost.cpu, 2), f"{called}, of it database": round(cost.database, 2)}


def _child(connection: Any) -> str:
    """The reference of the child with the long chronology, which is made if nobody has it yet."""
    pk, reference = connection.execute(_CHILD).fetchone()
    if connection.execute("select count(*) from people_entry where person_id = %s", [pk]).fetchone()[0] < ENTRIES:
        connection.execute("set session_replication_role = replica")  # history is measured elsewhere
        connection.execute(_ENTRIES, [ENTRIES, ENTRIES, pk])
        connection.execute("set session_replication_role = origin; analyze people_entry")
    return str(reference)


def _seat(user: int, partnership: int) -> Any:
    from goldthread.orgs.models import Appointment
    return Appointment.objects.filter(user=user, partnership=partnership).order_by("pk")[0]


def _insist_whole(connection: Any, site: Site, ask: Ask) -> None:
    """The newest entry and the oldest are where they should be, and the pages together show every one once."""
    shown: list[str] = []
    address = ask.address
    while address:
        html = site.page(Ask(address))
        shown += TITLE.findall(html)
        older = re.search(r'href="(\?[^"]*after=[^"]*)" rel="next"', html)
        address = ask.address + older[1].replace("&amp;", "&") if older else ""
    made = [title for title in shown if title.startswith("Entry ")]
    wanted = [f"Entry {n}: seen and spoken with" for n in range(ENTRIES, 0, -1)]
    assert made == wanted, f"{len(made)} entries shown, first {made[:2]}, last {made[-2:]}"


def _insist_due(connection: Any, site: Site, who: Signed) -> None:
    tokens = sorted(who.actor.authority.tokens)
    wanted = [row[0] for row in connection.execute(_DUE, [tokens, tokens])]
    shown = CASE.findall(site.page(Ask("/")))
    assert wanted and shown[:len(wanted)] == wanted, f"shows {shown}, due are {wanted}"
