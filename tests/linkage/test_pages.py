"""The pages of linkage: an analyst decides one pair after the other; nobody else finds any of them."""
from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from goldthread.access.actor import acting
from goldthread.linkage import actions
from goldthread.linkage.models import Question, Run, RunState
from goldthread.linkage.tasks import link_records
from tests.linkage.place import Place
from tests.support import client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path)
    made.police_sent({})
    made.school_sent({"postcode": "ZZ9 9ZZ"})
    return made


def test_an_analyst_links_looks_and_decides(place: Place) -> None:
    browser = client_for(place.analyst)
    assert browser.post(reverse("linkage_begin")).status_code == 302
    with acting(place.analyst):
        run = Run.objects.get()
    assert "Being worked on" in browser.get(reverse("linkage")).content.decode()
    link_records(run=run.pk, seat=place.analyst.appointment.pk)
    home = browser.get(reverse("linkage")).content.decode()
    assert "Look at the next pair" in home
    assert "1 pair of records to look at" in browser.get(reverse("home")).content.decode()
    asked, = place.questions()
    page = browser.get(reverse("linkage_next"), follow=True)
    words = page.content.decode()
    for said in ("Testa Exampleton", "3 November 2015", "ZZ9 9ZZ", "Example Police", "Different", "<svg"):
        assert said in words
    nothing = browser.post(reverse("linkage_question", args=[asked.pk]), {"because": ""})
    assert "There is a problem" in nothing.content.decode()
    done = browser.post(reverse("linkage_question", args=[asked.pk]), {"answer": "same", "because": "Both know the school"},
                        follow=True)
    assert "Nothing more is to be looked at" in done.content.decode()
    assert "Nothing waits for you" in browser.get(reverse("home")).content.decode()
    decided = browser.get(reverse("linkage_answers")).content.decode()
    assert "The same person" in decided and "Both know the school" in decided
    first = place.links()[0]
    assert "By a person" in browser.get(reverse("linkage_link", args=[first.pk])).content.decode()
    assert "Example Police" in browser.get(reverse("linkage_links")).content.decode()
    browser.post(reverse("linkage_take_back", args=[asked.pk]))
    assert place.links() == [] and place.questions()


def test_the_model_is_explained(place: Place) -> None:
    words = client_for(place.analyst).get(reverse("linkage_model")).content.decode()
    for said in ("Two different NHS numbers", "From a weight of", "Another form of the name", "Same address",
                 "One is what the other is short for", "What it stands for here", "edition of 2026-11-29"):
        assert said in words


def test_nobody_else_finds_a_page(place: Place) -> None:
    run = place.linked()
    asked, = place.questions()
    assert run.asked == 1
    for other in (place.manager, place.officer, place.head):
        browser = client_for(other)
        for name, of in (("linkage", []), ("linkage_next", []), ("linkage_question", [asked.pk]), ("linkage_answers", []),
                         ("linkage_links", []), ("linkage_model", [])):
            assert browser.get(reverse(name, args=of)).status_code == 404
    with acting(place.analyst):
        assert Question.objects.get().answer == ""


def test_a_linkage_that_breaks_says_so_and_keeps_no_other_waiting(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise MemoryError

    browser, seat = client_for(place.analyst), place.analyst.appointment.pk
    with monkeypatch.context() as patch:
        patch.setattr(actions, "carry_out", broken)
        browser.post(reverse("linkage_begin"))
        with acting(place.analyst):
            first = Run.objects.get()
        with pytest.raises(MemoryError):
            link_records(run=first.pk, seat=seat)
    assert "not your fault" in browser.get(reverse("linkage")).content.decode()
    browser.post(reverse("linkage_begin"))
    with acting(place.analyst):
        assert Run.objects.exclude(pk=first.pk).get().state == RunState.WAITING
