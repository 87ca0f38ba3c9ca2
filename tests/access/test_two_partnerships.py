"""One person, one agency, two partnerships: nothing of the one is seen from a seat in the other, by row or by page."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import Actor, acting, actor_for, system
from goldthread.access.models import BreakGlass, without_application_filter
from goldthread.access.rows import guarded, held_to_them
from goldthread.orgs.models import Appointment, Partnership
from goldthread.process.models import Case, SavedView
from tests.access.separate import as_superuser, undone
from tests.process.protected import Place, make_place
from tests.support import client_for, make_appointment, make_partnership

pytestmark = pytest.mark.django_db
WORDS = ("Amira Sample", "bruise", "Called to the home twice", "4 Test Street", "CEP7", "Their own view")
LISTS = ("home", "notices", "front_door", "board", "people", "alerts", "directory", "setup", "setup_people", "imports")


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def case(place: Place) -> Case:
    return place.full()


@pytest.fixture
def south() -> Partnership:
    return make_partnership("South Borough")


def moved(actor: Actor, partnership: Partnership) -> Actor:
    """The same person, agency and role in another partnership."""
    held = Appointment.objects.filter(user=actor.user, role=actor.role, partnership=partnership).first()
    return actor_for(held or make_appointment(actor.role, actor.agency, partnership, user=actor.user), now=timezone.now())


def rows(who: Actor, of: Partnership) -> Counter[str]:
    """How many rows of a partnership somebody sees, by table."""
    with acting(who):
        return +Counter({m._meta.label: m.objects.filter(partnership=of).count() for m in guarded()})


def addresses(place: Place, case: Case) -> list[str]:
    """Every page of the case, its person, its events and its requests, and the lists they could stand in."""
    with acting(system(place.scene.partnership.pk)):
        person = case.casepersons.get().person.reference
        events, asks = list(case.events.all()), list(case.asks.all())
    found = [reverse("case", args=[case.reference]), reverse("case_timeline", args=[case.reference])]
    found += [reverse("event", args=[case.reference, event.pk]) for event in events]
    found += [reverse("ask", args=[ask.pk]) for ask in asks]
    return found + [reverse(f"person{name}", args=[person]) for name in ("", "_family", "_timeline", "_cases", "_looked")]


def told(client: Client, place: Place, case: Case) -> set[str]:
    """Where a browser meets a page of the case, or a word of it in any list or search."""
    met = {address for address in addresses(place, case) if client.get(address).status_code == 200}
    for name in LISTS:
        page = client.get(reverse(name)).content.decode()
        met |= {f"{name}: {word}" for word in (*WORDS, case.reference) if word in page}
    for asked in ("Amira Sample", case.reference):
        answer = client.post(reverse("people"), {"q": asked})
        met |= {f"search: {word}" for word in WORDS[:1] if word in answer.content.decode().replace(f'value="{asked}"', "")}
        met |= {f"search: {asked}"} if answer.status_code == 302 else set()
    return met


def test_no_row_of_any_table_is_seen_from_the_other_partnership_by_the_same_person(place, case, south) -> None:
    for actor in place.everyone():
        assert rows(moved(actor, south), place.scene.partnership) == Counter(), actor.role
        with without_application_filter():
            assert rows(moved(actor, south), place.scene.partnership) == Counter(), "PostgreSQL alone holds it too"
    assert sum(rows(place.manager, place.scene.partnership).values()) > 15, "in their own seat the same person sees them"


@pytest.fixture
def nets_off() -> Iterator[None]:
    with undone(), transaction.atomic():
        with as_superuser() as cursor:
            cursor.execute("set constraints all immediate")
            for model in guarded():
                cursor.execute(f"alter table {model._meta.db_table} disable row level security")
        with without_application_filter():
            yield


def test_negative_control_without_both_nets_the_rows_are_seen(place, case, south, nets_off) -> None:
    assert sum(rows(moved(place.police, south), place.scene.partnership).values()) > 15


def test_no_page_list_or_search_tells_of_the_other_partnership(place, case, south) -> None:
    SavedView.objects.create(user=place.manager.user, partnership=place.scene.partnership, process_key="front-door",
                             name="Their own view", query="")
    for actor in place.everyone():
        assert told(client_for(moved(actor, south)), place, case) == set(), actor.role
    assert len(told(client_for(place.manager), place, case)) > 15, "the same walk finds them from their own seat"


def test_negative_control_a_seat_taken_for_one_of_the_other_partnership_is_found_out(
        place, case, south, monkeypatch) -> None:
    """As if the partnership of the seat in use were not asked: the walk must meet what is not theirs."""
    there = moved(place.manager, south)

    def mixed_up(seat: Any, *, now: Any) -> Actor:
        return replace(actor_for(seat, now=now), authority=actor_for(place.manager.appointment, now=now).authority)
    monkeypatch.setattr("goldthread.web.middleware.actor_for", mixed_up)
    assert told(client_for(there), place, case)


def test_an_alert_of_the_other_partnership_is_not_there(place, case, south) -> None:
    alert = BreakGlass.objects.create(partnership=place.scene.partnership, user=place.manager.user, about=case.reference,
                                      reason="CEP7", at=timezone.now(), until=timezone.now())
    officer = moved(place.officer, south)
    at = reverse("alert", args=[alert.pk])
    assert client_for(officer).get(at).status_code == 404
    assert client_for(place.officer).get(at).status_code == 200
    for page in ("home", "alerts"):
        assert at not in client_for(officer).get(reverse(page)).content.decode()
        assert at in client_for(place.officer).get(reverse(page)).content.decode()
    assert at not in client_for(place.manager).get(reverse("home")).content.decode()


def told_by_hand() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("select distinct partnership_id from process_case")
        return {row[0] for row in cursor.fetchall()}


def test_the_owner_of_the_tables_reads_by_hand_what_the_service_would(place: Place, case: Case) -> None:
    """As when the demo's facts are made: only one partnership's, though an owner is above row-level security."""
    here, there = case.partnership_id, make_place().full().partnership_id
    with as_superuser(), acting(system(here)):
        with held_to_them():
            assert told_by_hand() == {here}
        assert told_by_hand() >= {here, there}, "the control, and the role is given back"
