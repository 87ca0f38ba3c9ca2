"""Writing a report on its pages: figures found and put in, read beside the text, checked, and followed to their records."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from goldthread.access.actor import acting
from goldthread.reports.yearly import actions
from goldthread.reports.yearly.models import Document, Section
from tests.access.separate import undone
from tests.measure.world import World
from tests.support import client_for

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def document(world: World, django_db_blocker: Any) -> Iterator[Document]:
    with django_db_blocker.unblock(), undone():
        yield actions.begin(None, world.seat("business-manager"), world.now)


@pytest.fixture
def manager(world: World) -> Client:
    return client_for(world.seat("business-manager"))


def text_of(world: World, document: Document, key: str) -> str:
    with acting(world.seat("business-manager")):
        found: str = Section.objects.values_list("text", flat=True).get(document=document, key=key)
    return found


def page(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def test_a_figure_is_found_put_in_read_and_saved(world: World, document: Document, manager: Client) -> None:
    url = f"/reports/documents/{document.pk}/sections/foreword/"
    typed = {"heading": "Foreword", "text": "There were", "seen": "1", "items": ["Y2"]}
    looked = page(manager.post(url, typed | {"do": "find", "find": "contacts received april"}))
    assert "{{figure:contacts}}" in looked and "There were" in looked
    put = manager.post(url, typed | {"do": "put-in:{{figure:contacts}}"})
    assert put.context["form"]["text"].value() == "There were {{figure:contacts}}"
    assert f'href="/reports/documents/{document.pk}/figures/contacts/"' in page(put)
    assert text_of(world, document, "foreword") == "", "nothing is saved until they save"
    assert manager.post(url, typed | {"text": "There were {{figure:contacts}} contacts.", "do": "save"}).status_code == 302
    assert text_of(world, document, "foreword") == "There were {{figure:contacts}} contacts."


def test_two_at_once_are_told_and_lose_nothing(world: World, document: Document, manager: Client) -> None:
    url, other = f"/reports/documents/{document.pk}/sections/priorities/", client_for(world.seat("analyst"))
    assert other.post(url, {"heading": "Progress", "text": "Hers.", "seen": "1", "do": "save"}).status_code == 302
    met = manager.post(url, {"heading": "Progress", "text": "His.", "seen": "1", "do": "save"})
    assert "Somebody else saved this section" in page(met) and "Hers." in page(met)
    assert met.context["form"]["text"].value() == "His." and text_of(world, document, "priorities") == "Hers."
    again = manager.post(url, {"heading": "Progress", "text": "Both.", "seen": met.context["seen"], "do": "save"})
    assert again.status_code == 302 and text_of(world, document, "priorities") == "Both."


def test_what_is_typed_is_kept_without_saving(document: Document, manager: Client) -> None:
    url = f"/reports/documents/{document.pk}/sections/voice/"
    kept = manager.post(f"/keep/?key=report/{document.pk}/voice", {"heading": "Voice", "text": "Half a", "items": ["Y9"]})
    assert kept.status_code == 200
    answer = manager.get(url)
    assert "not saved in the report yet" in page(answer) and "Half a" in page(answer)


def test_an_unknown_token_is_told_beside_its_section(document: Document, manager: Client) -> None:
    answer = page(manager.post(f"/reports/documents/{document.pk}/sections/voice/", {
        "heading": "Voice", "text": "It was {{figure:nothing-such}}.", "seen": "1", "do": "look"}))
    assert "What cannot be put in" in answer and "Section “Voice”, {{figure:nothing-such}}" in answer


def test_somebody_named_in_a_quote_is_told_and_holds_the_report_back(
        world: World, document: Document, manager: Client) -> None:
    quote = "> My social worker Tamsin Orchard-Vale came to 14 Larkspur Road every week.\n> — a mother"
    url = f"/reports/documents/{document.pk}/sections/scrutiny/"
    assert manager.post(url, {"heading": "Scrutiny", "text": quote, "seen": "1", "do": "save"}).status_code == 302
    whole = manager.get(f"/reports/documents/{document.pk}/")
    assert whole.context["open"] > 0 and "Tamsin Orchard-Vale" in page(whole)
    found = next(each for each in _stops(whole) if "Answer" in str(each[-1].words))
    answered = manager.post(found[-1].url, {"reason": "She agreed to be named, in writing."})
    assert answered.status_code == 302
    assert manager.get(f"/reports/documents/{document.pk}/").context["open"] == whole.context["open"] - 1


def _stops(answer: Any) -> list[Any]:
    return [row for row in answer.context["findings"].rows if getattr(row[4], "colour", "") == "red"]


def test_a_figure_leads_to_its_meaning_and_its_records_as_far_as_one_may(world: World, document: Document) -> None:
    url = f"/reports/documents/{document.pk}/figures/contacts/"
    without = client_for(world.seat("business-manager")).get(url)
    assert without.status_code == 200 and without.context["table"] is None
    assert "records in happened where" in page(without) and "Not frozen yet" in page(without)
    assert client_for(world.seat("mash-manager")).get(url).status_code == 404, "a draft is not theirs to read"


def test_the_report_reads_as_one_page(document: Document, manager: Client) -> None:
    answer = page(manager.get(f"/reports/documents/{document.pk}/read/"))
    assert "Figures of this report" in answer and "Counts of 1 to 7 are not shown" in answer
    assert manager.get("/reports/documents/").status_code == 200
    assert b".gt-report {" in manager.get("/reports/documents/report.css").content
