"""Every page of the demo, by the personas who reach it, at two widths: nothing axe finds, nothing wider than a phone.

In a run of every day each kind of page is looked at once, by the first persona who reaches it. With
GOLDTHREAD_FULL_SWEEP=1 every persona's every page is looked at; with GOLDTHREAD_PICTURES=1 a picture of each is kept.
"""
from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlparse

import psycopg
import pytest
from playwright.sync_api import Page

from goldthread.reports.yearly.models import Document, Freeze, FrozenFigure, Published, Section
from goldthread.web.demo import PERSONAS
from tests.browser.checks import assert_accessible
from tests.browser.conftest import PHONE, WIDE, screenshot
from tests.browser.journeys.crawl import ELSEWHERE, Crawl, Found, kind_of, names
from tests.browser.service import Service

FULL = bool(os.environ.get("GOLDTHREAD_FULL_SWEEP"))
PICTURES = bool(os.environ.get("GOLDTHREAD_PICTURES"))
DAILY = ("mash.manager", "school.lead", "police.partner", "mash.worker", "administrator", "business.manager",
         "privacy.officer", "analyst", "team.manager", "exploitation.lead", "lado", "agency.lead", "case.reviewer",
         "conference.chair", "lead.partner")
LOOKERS = tuple(each.key for each in PERSONAS) if FULL else DAILY
#: pages whose form, sent with nothing in it, must say what is missing
SENT_EMPTY = re.compile(r"record:|start_page|ask$|decide|ask_partners|tell_school|person_add|person_conflict|person_merge|"
                        r"glass$|alert$|reports$|invite$|add_agency|closed_day|withdraw|import_|police_notifications|export_ask")
RECORD = re.compile(r"case|record|event|correct|person|decide|identify|ask_partners")
#: what nobody reaches by a link, and why
NOT_LINKED = {
    "first_run": "only before there is anybody", "accept_invitation": "needs the address in an invitation",
    "no_seat": "for people without a seat", "second_factor": "the demo's personas have no second step",
    "account_login": "for people not signed in", "police_batch": "needs a file of notifications",
    "police_one": "needs a file of notifications", "report": "needs spreadsheets", "report_read": "needs spreadsheets",
    "start_sent": "shown by the main line", "public_sent": "shown by the public form", "glass_asked": "shown after asking",
    "decide": "looked at as record:decision, which leads there", "identify": "as record:identification",
    "ask_partners": "as record:information-request", "identify_again": "shown by the front door's own pages",
    "import": "tests/browser/importing walks all pages of a file", "letter_copy": "needs a letter that was sent",
    "logo": "a picture", "report_check_kept": "needs a report that somebody kept",
    "person_unmerge": "needs people merged", "person_conflict": "needs people compared",
    "person_place_withdraw": "only with a reason to", "person_not_related": "only with a relative recorded",
    "person_place_end": "only with a place recorded",
}
# what other tests walk in a browser: the public form begins with a button, an import with a file; the demonstration
# holds no meetings, actions or casework beyond the front door yet, so tests/browser/meetings and others make their own
WALKED_ELSEWHERE = re.compile(
    r"^(export_(agree|make)|public_(check|danger|page|return|tasks)|import_(contacts|drop|findings|save|undo)|change_word|icon|"
    r"actions?|action_.*|findings?|add_finding|give_action|recommend|judge_evidence|body|body_.*|add_body|change_body|"
    r"meetings?|meeting_.*|plan_meeting|change_meeting|cancel_meeting|add_item|change_item|move_item|add_member|add_paper|"
    r"approve_minutes|ask_approval|correct_minute|calendar|calendar_.*|link_map.*|exploitation_.*|missing_.*|section_11.*|"
    r"begin_round|add_subject|change_subject|decide_again|without_lead|rounds?|round_.*|launch.*|agency_years.*|place|place_.*|places|group|group_.*|groups|add_place|add_group|subject.*|"
    r"data_(return|remind|drop|version|findings|rows|send|forget|accept|undo|withdraw|quality_rows|end_specification|"
    r"template)|release|release_(mend|sign|drop)|indicator_answer|linkage_(begin|link|next|question|take_back)|"
    r"yearly_(answers|copies|freeze|publish)|report_document_(answer|freeze)|budget_(close|line_end))$")
NO_PAGE = re.compile(r"^(end_|close_|cover_seat|withdraw_inv|invite_again|setup_live|remove_|first_|save_view|choose_seat|"
                     r"stay_|public_clear|ask_consent|notice$|mfa_|socialaccount|openid|account_(reset|inactive|signup|"
                     r"reauth|change)|start$|search|board_|scorecard_update)")
PLAIN = ":not(.govuk-button--secondary, .govuk-button--warning, .gt-link-button):visible"
SAME = {"search": "people"}  # one page at two addresses: what was searched for is never in the address
looked_at: dict[str, str] = {}
titles: dict[str, str | None] = {}


def check(page: Page, found: Found, persona: str, state: str = "") -> None:
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        assert_accessible(page)
        if PICTURES:
            screenshot(page, "-".join(filter(None, ["sweep", persona, re.sub(r"\W+", "-", found.kind), state])))
    page.set_viewport_size(WIDE)


def check_title(page: Page, found: Found) -> None:
    """Named, unlike any other page's, and saying whom a record is about; a report as it will be read has its own title."""
    if found.kind == "report_document_read":
        return
    title = page.title()
    assert len(title.split(" – ")) >= 2 and title.split(" – ")[0].strip(), f"{found.path} is called “{title}”"
    name = page.locator(".gt-identity__name")
    if RECORD.match(found.kind) and name.count():
        assert name.inner_text() in title, f"{found.path}: “{title}” does not say {name.inner_text()}"
    own = SAME.get(kind := kind_of(urlparse(page.url).path), kind)
    other = titles.setdefault(title, own)
    assert other == own, f"{other} and {own} ({found.path}) are both called “{title}”"


def somebodys_pages(service: Service) -> tuple[str, ...]:
    """The page of a child whom a contact is about; the first contacts that a crawl meets may name nobody known yet."""
    with psycopg.connect(service.owner_address()) as connection:
        row = connection.execute("""select p.reference from people_person p join process_caseperson c on c.person_id = p.id
            join process_case k on k.id = c.case_id where k.closed_at is null and c.capacity = 'child' and not p.restricted
            and p.denied = '{}' and k.denied = '{}' and not k.restricted
            and k.partnership_id = (select id from orgs_partnership where slug = 'northbridge') order by p.id""").fetchone()
    return (f"/person/{row[0]}/",) if row else ()


def report_pages(service: Service) -> tuple[str, ...]:
    """What is being written: a section, how it reads; and a figure of the newest freeze."""
    with psycopg.connect(service.owner_address()) as connection:
        row = connection.execute(f"""select s.document_id, s.key, exists(
                select from {Freeze._meta.db_table} z where z.document_id = s.document_id) from {Section._meta.db_table} s
            join {Document._meta.db_table} d on d.id = s.document_id join process_case c on c.id = d.case_id
            where c.closed_at is null and not exists (
                select from {Published._meta.db_table} p where p.document_id = d.id) order by s.id""").fetchone()
        frozen = connection.execute(f"""select z.document_id, f.key from {FrozenFigure._meta.db_table} f
            join {Freeze._meta.db_table} z on z.id = f.freeze_id order by f.id""").fetchone()
    pages = (f"sections/{row[1]}", "read", "together", *([] if row[2] else ["courses"])) if row else ()
    under_way = tuple(f"/reports/documents/{row[0]}/{page}/" for page in pages)
    return (*under_way, f"/reports/documents/{frozen[0]}/figures/{quote(frozen[1])}/") if frozen else under_way


def an_export(service: Service) -> tuple[str, ...]:
    """One that the team manager had made, with something found in it."""
    with psycopg.connect(service.owner_address()) as connection:
        row = connection.execute("""with made as (
            insert into exchange_export (partnership_id, readers, denied, user_id, seat_id, kind, year, council, dry, state,
                                         asked_at, made_at, done, of, said)
            select a.partnership_id, array['desk:' || a.partnership_id || ':social-care'], '{}', a.user_id, a.id, 'cin',
                   2026, '998', false, 'made', now(), now(), 1, 1, ''
            from orgs_appointment a join orgs_user u on u.id = a.user_id where u.email = 'team.manager@example.org'
            limit 1 returning id, partnership_id, user_id)
            insert into exchange_exportfile (partnership_id, readers, denied, export_id, name, data, lines, errors, queries,
                                             findings, people)
            select partnership_id, array['user:' || user_id], '{}', id, 'cin.xml', 'x', array['Children: 1.'], 1, 0, %s, '{}'
            from made returning export_id""", [
                '[["error", "cin.xml", 7, "Referral date", "2031-01-01", "the date is in the future", "Check the date."]]',
        ]).fetchone()
    return (f"/exports/{row[0]}/",) if row else ()


SEEDS = {"mash.manager": somebodys_pages, "business.manager": report_pages, "team.manager": an_export}


def send_empty(page: Page, found: Found, persona: str) -> None:
    """The form with every answer taken out: what is missing is said at the top and in its place."""
    form = page.locator("main form[method=post][novalidate]").last
    if not SENT_EMPTY.match(found.kind) or not form.count() or not form.locator(f"button{PLAIN}").count():
        return
    for box in form.locator("input[type=text]:visible, input:not([type]):visible, textarea:visible").all():
        box.fill("")
    form.locator(f"button{PLAIN}").first.click()
    if page.locator(".govuk-error-summary").count():
        check(page, found, persona, "error")


@pytest.mark.parametrize("persona", LOOKERS)
def test_every_page_holds(persona: str, signed_in: Callable[..., Page], service: Service) -> None:
    page = signed_in(persona)
    seeds = SEEDS[persona](service) if persona in SEEDS else ()
    crawl = Crawl(page, skip=frozenset() if FULL else frozenset(looked_at), seeds=seeds)
    faults = []
    for found in crawl.pages():
        looked_at.setdefault(found.kind, persona)
        try:
            check_title(page, found)
            check(page, found, persona)
            send_empty(page, found, persona)
        except AssertionError as fault:
            faults.append(f"{found.kind}: {fault}")
    assert not crawl.dead, "Links that lead nowhere:\n" + "\n".join(crawl.dead)
    assert not faults, "\n\n".join(faults)


def test_every_page_was_looked_at() -> None:
    """What the personas did not reach is named with the reason."""
    reached = {each.split(":")[0] for each in looked_at}
    if len(reached) < 20:
        pytest.fail("Run the whole module: this looks at what the tests before it reached")
    missed = {name for name in names() if name not in reached and name not in NOT_LINKED and not NO_PAGE.match(name)
              and not WALKED_ELSEWHERE.match(name)
              and not any(name == each or name.startswith(f"{each}_") or name.endswith(f"_{each}") for each in ELSEWHERE)}
    assert not missed, f"Nobody reached {sorted(missed)}; reached were {sorted(looked_at)}"


NOTHING: list[tuple[str, str, Any]] = [
    ("mash.worker", "/front-door/?mark=blue&state=closed&who=me&stage=Received", None),
    ("mash.worker", "/people/", "Nobodyatall Zzyzx"), ("mash.worker", "/directory/?q=zzyzx", None),
    ("gp", "/drafts/", None), ("gp", "/notices/", None), ("scrutineer", "/", None), ("analyst", "/what-i-read/", None),
]


@pytest.mark.parametrize(("persona", "path", "typed"), NOTHING)
def test_pages_with_nothing_on_them(persona: str, path: str, typed: str | None, signed_in: Callable[..., Page]) -> None:
    """An empty page says so, and what to do next."""
    page = signed_in(persona)
    page.goto(path)
    if typed:
        page.locator("main input[name=q]").fill(typed)
        page.locator("main").get_by_role("button", name="Search").click()
    assert len(page.locator("main").inner_text().split()) > 5
    check(page, Found("empty" + re.sub(r"\W+", "-", path.split("?")[0]), path), persona, "empty")


def test_the_check_notices_what_is_too_wide(signed_in: Callable[..., Page]) -> None:
    """Negative control: a page made wider than a phone, and one without a level-1 heading, do not pass."""
    page = signed_in("gp", viewport=PHONE)
    assert_accessible(page)
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<p>' + 'x'.repeat(200) + '</p>')")
    with pytest.raises(AssertionError, match="wider than the page"):
        assert_accessible(page)
    page.reload()
    page.evaluate("document.querySelector('h1').remove()")
    with pytest.raises(AssertionError, match="0 level-1 headings"):
        assert_accessible(page)
