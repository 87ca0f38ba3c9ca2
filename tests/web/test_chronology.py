"""A long chronology a page at a time: every line once and in its place, whatever it is narrowed by; as text it is whole."""
from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from goldthread.access.actor import acting, system, writing
from goldthread.base.dates import LONDON
from goldthread.base.identifiers import new_reference
from goldthread.people.models import Entry, Person
from goldthread.process.models import Case, Event
from goldthread.process.registry import get
from goldthread.web.people import chronology
from goldthread.web.people.chronology import KNOWN, PAGE, Wanted
from tests.process.walking import World, walk
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """A child with a case, and entries on one day, on the days of its events and at the very instant of one of them."""
    world = World(get("front-door"), now=datetime(2026, 9, 1, tzinfo=LONDON))
    case = walk(world)
    with acting(system(world.partnership.pk)), writing():
        assert Case.objects.filter(casepersons__person=world.person, pk=case.pk).exists()
        events = list(Event.objects.filter(case=case).order_by("happened_at", "pk"))
        assert any(each.happened_at.astimezone(LONDON).time() == time() for each in events)
        days = [events[0].happened_at.astimezone(LONDON).date() - timedelta(days=n // 40) for n in range(2 * PAGE)]
        days += [each.happened_at.astimezone(LONDON).date() for each in events]
        Entry.objects.bulk_create([Entry(
            partnership=world.partnership, readers=world.person.readers, person=world.person, earliest=day, latest=day,
            when_text="2016", agency=case.started_by, what=f"Entry {n}", recorded_by=events[0].recorded_by,
            recorded_at=world.now) for n, day in enumerate(days)])
        world.person.reference = new_reference("PE", world.person.pk)
        Person.objects.filter(pk=world.person.pk).update(reference=world.person.reference)
    return world


def walked(wanted: Wanted) -> list[chronology.Line]:
    found, after = chronology.page(wanted)
    while after:
        more, after = chronology.page(wanted, after)
        assert more and len(more) <= PAGE
        found += more
    return found


def test_the_pages_together_are_the_whole_in_order_however_it_is_narrowed(world: World) -> None:
    person = world.person.pk
    with acting(make_actor("mash-manager", partnership=world.partnership)):
        whole = chronology.lines(Wanted((person,)))
        assert len(whole) > 2 * PAGE and len({(line.event, line.pk) for line in whole}) == len(whole)
        assert [line.order for line in whole] == sorted((line.order for line in whole), reverse=True)
        agencies, kinds = chronology.called([person])
        assert agencies == sorted({line.agency for line in whole}) and kinds == sorted({line.kind for line in whole})
        assert KNOWN in kinds and len(kinds) > 1
        assert chronology.called([person], whole) == (agencies, kinds)
        for wanted, kept in ((Wanted((person,)), whole),
                             *((Wanted((person,), agency=a), [w for w in whole if w.agency == a]) for a in agencies),
                             *((Wanted((person,), kind=k), [w for w in whole if w.kind == k]) for k in kinds)):
            assert walked(wanted) == chronology.lines(wanted) == kept


def test_the_page_shows_one_page_and_leads_on_and_the_text_has_it_all(world: World) -> None:
    manager = client_for(make_actor("mash-manager", partnership=world.partnership))
    address = reverse("person_timeline", args=[world.person.reference])
    first = manager.get(address).content.decode()
    assert first.count("gt-timeline__title") == PAGE and "only a part of the timeline" in first and 'rel="next"' in first
    text = manager.get(f"{address}?as=text").content.decode()
    assert all(f"Entry {n}" in text for n in range(2 * PAGE))
    assert manager.get(f"{address}?after=nowhere").status_code == 404
