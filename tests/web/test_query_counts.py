"""No page asks the database more often because there are more rows: at most twelve statements, counted all together."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import acting
from goldthread.domains.front_door import models as m
from goldthread.people.actions import add_address, add_entry, add_identifier, add_person, relate
from goldthread.people.models import Address, Person
from goldthread.process.models import Case
from goldthread.web.people import pages as people_pages
from tests.front_door.scene import Scene, child
from tests.people.factories import nhs_for_tests
from tests.support import client_for

MOST, BOARD = 12, 24  # the board counts figures of many kinds, each in a statement of its own
FEW, MANY, ALL = 2, 10, 40
CASE = ("case", "case_todo", "case_timeline", "case_people", "case_sharing", "case_looked", "case_documents")
PERSON = ("person", "person_family", "person_timeline", "person_cases", "person_looked")
# My work asks besides what meets today and which actions are mine, of two rooms that know no casework.
MORE = {"/": 2, "school": 2, "police": 2}
Counts = dict[str, int]


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene(timezone.now())


def statements(client: Client, address: str, form: dict[str, str] | None = None) -> int:
    """How many statements a page takes once the session has been noted and its queries are known."""
    def ask() -> Any:
        return client.post(address, form) if form else client.get(address)
    assert ask().status_code == 200, address
    with CaptureQueriesContext(connection) as seen:
        ask()
    return sum(not _of_the_test(each["sql"]) for each in seen)


def _of_the_test(sql: str) -> bool:
    """A test runs in a transaction of its own: each page is a savepoint of it, after which nobody acts."""
    return sql.startswith(("SAVEPOINT", "RELEASE")) or "set_config('app.partnership', ''," in sql


def counted(client: Client, addresses: Iterable[str]) -> Counts:
    return {address: statements(client, address) for address in addresses}


def insist(few: Counts, many: Counts, most: int = MOST) -> None:
    """The same pages with few rows and with many: no more statements than before, and never more than `most`."""
    for page, count in many.items():
        assert few[page] >= count, f"{page} takes {few[page]} with few rows and {count} with many"
        assert count <= most + MORE.get(page, 0), f"{page} takes {count} statements"


# -- lists --------------------------------------------------------------------------------------------


def add_people(scene: Scene, many: int) -> None:
    worker = scene.seats["mash-worker"]
    for n in range(many):
        person = add_person(actor=worker, now=scene.now, given=f"Amira {n}", family="Sample", sex="F")
        add_address(actor=worker, now=scene.now, person=person.pk, line1=f"{n} Test Street", postcode="ZZ99 3CZ")


def lists(scene: Scene) -> Counts:
    manager = client_for(scene.seats["mash-manager"])
    found = counted(manager, [reverse("home"), reverse("front_door"), f"{reverse('front_door')}?state=all",
                              f"{reverse('front_door')}?mark=amber&who=nobody"])
    found["search"] = statements(manager, reverse("people"), {"q": "Amira Sample"})
    found["school"] = statements(client_for(scene.seats["school-lead"]), reverse("home"))
    found["police"] = statements(client_for(scene.seats["police-partner"]), reverse("home"))
    return found


def test_forty_cases_take_no_more_than_two(scene: Scene) -> None:
    manager = client_for(scene.seats["mash-manager"])
    scene.ready(), asked(scene, scene.ready(), 1)
    add_people(scene, FEW)
    few, board = lists(scene), statements(manager, reverse("board"))
    for _ in range(ALL - FEW):
        case = scene.contact(at=scene.now - timedelta(hours=3))
    asked(scene, case, 1)
    add_people(scene, MANY)
    insist(few, lists(scene))
    insist({"board": board}, {"board": statements(manager, reverse("board"))}, most=BOARD)
    page = manager.get(reverse("front_door")).content.decode()
    assert page.count('scope="row"') == 25 and "?after=" in page
    after = page.partition("?after=")[2].partition('"')[0]
    assert statements(manager, f"{reverse('front_door')}?after={after}") <= MOST


def test_negative_control_a_page_that_asks_once_a_row_is_found_out(scene: Scene, monkeypatch: Any) -> None:
    """The addresses of those found, asked for one by one as they once were."""
    monkeypatch.setattr(people_pages, "_now_at", lambda homes: str(Address.objects.filter(until=None).count()))
    manager = client_for(scene.seats["mash-manager"])
    add_people(scene, FEW)
    few = {"search": statements(manager, reverse("people"), {"q": "Amira Sample"})}
    add_people(scene, MANY)
    many = {"search": statements(manager, reverse("people"), {"q": "Amira Sample"})}
    with pytest.raises(AssertionError, match="with few rows and"):
        insist(few, many)
    with pytest.raises(AssertionError, match="statements"):
        insist(many, many)


# -- one case -----------------------------------------------------------------------------------------


def asked(scene: Scene, case: Case, many: int) -> None:
    agencies = [scene.police, *(scene.agency("housing", f"Housing {case.pk} {n}") for n in range(many - 1))]
    scene.record(case, m.InformationRequest(purpose="p", lawful_basis="public-task", about="a", needed="n"),
                 *(m.RequestedAgency(agency=each, due=scene.now + timedelta(hours=2)) for each in agencies))


def worked_on(scene: Scene, many: int) -> Case:
    """A contact that names so many people, with as many messages, news and agencies asked."""
    people = tuple(child(f"Casey {n}") for n in range(many))
    case = scene.rated(scene.identified(scene.contact(people=people)))
    for n in range(many):
        scene.record(case, m.Message(about="other", text=f"Message {n}"))
        scene.record(case, m.NewInformation(information=f"Heard {n}"))
    asked(scene, case, many)
    return scene.fresh(case)


def pages_of(scene: Scene, case: Case) -> Counts:
    found = {}
    for name in CASE:
        found[name] = statements(client_for(scene.seats["mash-manager"]), reverse(name, args=[case.reference]))
    found["ask"] = statements(client_for(scene.seats["police-partner"]),
                              reverse("ask", args=[scene.ask_of(case, scene.police).pk]))
    return found


def decide(scene: Scene, case: Case) -> None:
    with scene.system():
        people = list(Person.objects.filter(in_cases__case=case))
    children = [m.ChildOutcome(person=each, detail="assessment", outcome="new-referral") for each in people]
    scene.record(case, m.Decision(level="4", detail="assessment", outcome="new-referral", rationale="r",
                                  partners_asked=True), *children)


def test_a_case_with_many_people_and_records_takes_no_more_than_one_with_few(scene: Scene) -> None:
    small, large = worked_on(scene, FEW), worked_on(scene, MANY)
    insist(pages_of(scene, small), pages_of(scene, large))
    for case in (small, large):
        decide(scene, case)
    insist(*({"case": statements(client_for(scene.seats["mash-manager"]), reverse("case", args=[case.reference]))}
             for case in (small, large)))


# -- one person ---------------------------------------------------------------------------------------


def known(scene: Scene, many: int) -> Person:
    """A person with so many relatives, addresses, numbers and entries, who all live together."""
    worker = scene.seats["mash-worker"]
    person = add_person(actor=worker, now=scene.now, given="Amira", family=f"Sample {many}", sex="F")
    add_identifier(actor=worker, now=scene.now, person=person.pk, scheme="nhs", value=nhs_for_tests(), verified=True)
    for n in range(many):
        other = add_person(actor=worker, now=scene.now, given=f"Casey {n}", family=f"Sample {many}", sex="M")
        relate(actor=worker, now=scene.now, person=other.pk, other=person.pk, kind="father" if n else "mother")
        for each in (person, other):
            add_address(actor=worker, now=scene.now, person=each.pk, line1=f"{many} Test Street", postcode="ZZ99 3CZ")
        add_entry(actor=worker, now=scene.now, person=person.pk, what=f"Seen {n}", when=_day(scene))
    return person


def _day(scene: Scene) -> Any:
    from goldthread.base.dates import UncertainDate
    return UncertainDate(scene.now.date() - timedelta(days=30))


def test_a_person_with_a_large_family_takes_no_more_than_one_with_a_small(scene: Scene) -> None:
    manager = client_for(scene.seats["mash-manager"])
    with acting(scene.seats["mash-worker"]):
        small, large = known(scene, FEW), known(scene, MANY)
    few, many = ({name: statements(manager, reverse(name, args=[person.reference])) for name in PERSON}
                 for person in (small, large))
    insist(few, many)
    page = manager.get(reverse("person_family", args=[large.reference])).content.decode()
    assert page.count("Casey") >= 2 * MANY
