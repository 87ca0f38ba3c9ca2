"""What a process added by the page has without saying so. Run by `test_add_a_process`, where that process is there."""
from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from goldthread.access.actor import acting
from goldthread.access.models import without_application_filter
from goldthread.access.rows import guarded
from goldthread.process.describing import describe
from goldthread.process.models import Case, Event
from goldthread.process.registry import get
from goldthread.web.people import chronology
from tests.process.walking import World, begin, do, fresh, manager_of, walk
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db
VISITING = get("visiting")


def test_it_is_in_the_work_list_the_search_and_on_its_pages() -> None:
    world = World(VISITING)
    case = fresh(world, begin(world))
    client = client_for(manager_of(world))
    listed = client.get(reverse("work_list", args=["visiting"])).content.decode()
    assert case.reference in listed and "Visited" in listed
    page = client.get(reverse("case", args=[case.reference])).content.decode()
    assert "Visiting arrangement" in page and "Words for who told us?" in page
    asked = client.get(reverse("record", args=[case.reference, "visiting-worker"])).content.decode()
    assert "Who will work on this?" in asked
    assert client.get(reverse("begin", args=["visiting"])).status_code == 200
    assert world.person
    found = client.post(reverse("search"), {"q": case.title}, follow=True).content.decode()
    assert world.person.reference in found
    led = client.post(reverse("search"), {"q": case.reference.lower()})
    assert led.status_code == 302 and led["Location"] == reverse("case", args=[case.reference])


def test_it_is_in_the_chronology_on_the_first_page_in_the_figures_and_its_list_can_be_taken_away() -> None:
    world = World(VISITING)
    case, manager = fresh(world, begin(world)), manager_of(world)
    client = client_for(manager)
    assert world.person
    with acting(manager):
        lines, _ = chronology.page(chronology.Wanted((world.person.pk,)))
    assert [(line.title, line.kind) for line in lines] == [("Visiting notice", "Visiting arrangement")]
    home = client.get(reverse("home")).content.decode()
    assert case.reference in home and "First visit" in home
    figures = client.get(reverse("process_figures", args=["visiting"])).content.decode()
    assert "First visit" in figures and "Where the open ones stand" in figures
    taken = client.get(reverse("list_export", args=["visiting", "csv"])).content.decode("utf-8-sig")
    assert case.reference in taken


def test_a_stranger_finds_nothing_by_either_net() -> None:
    world = World(VISITING)
    case = walk(world, optional=True)
    tables = [m for s in VISITING.own_steps for m in (s.record, *s.lines)]
    assert set(tables) <= set(guarded())
    with acting(make_actor("school-lead", partnership=world.partnership)), without_application_filter():
        assert not Case.objects.filter(pk=case.pk).exists() and not Event.objects.filter(case_id=case.pk).exists()
        assert not any(model.objects.exists() for model in tables)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_class where relrowsecurity and relname = any(%s)",
                       [[m._meta.db_table for m in tables]])
        assert cursor.fetchone()[0] == len(tables)


def test_its_page_in_the_docs_says_what_it_declares() -> None:
    page = describe(VISITING, date(2026, 11, 22))
    for words in ("# Visiting arrangement", "### Arrangement visit", "The child is well", "7 working days"):
        assert words in page


def test_it_runs_to_its_end() -> None:
    world = World(VISITING)
    case = begin(world)
    do(world, case, VISITING.step("arrangement-visit"), result="worried")
    assert fresh(world, case).closed_at == world.now
