"""A partnership's own words beside the glossary everybody has."""
from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import Refused
from goldthread.access.organisation import words
from goldthread.orgs.glossary import glossary_of
from goldthread.orgs.models import LocalTerm
from goldthread.rules.glossary import expand, terms
from tests.support import TODAY, client_for, make_actor, make_partnership

pytestmark = pytest.mark.django_db
HUB = {"short": "MASH", "full": "Northbridge hub", "meaning": "The front door of Northbridge",
       "source": "Executive, minute 4"}
DAY = timedelta(days=1)


@pytest.fixture
def actor():
    return make_actor("business-manager")


def meaning(actor, on=TODAY, short: str = "MASH") -> str:
    return {each.term.short: each.term.full for each in glossary_of(actor.partnership, on)}.get(short, "")


def test_a_word_of_ones_own_comes_before_the_usual_one_from_its_day_to_its_last(actor):
    row = words.set_term(actor=actor, **HUB, valid_from=TODAY)
    assert meaning(actor, TODAY - DAY) == expand("MASH")
    entry = next(each for each in glossary_of(actor.partnership, TODAY) if each.term.short == "MASH")
    assert (entry.term.full, entry.usual.full, entry.local) == ("Northbridge hub", expand("MASH"), row)
    words.end_term(actor=actor, row=row, last_day=TODAY)
    assert (meaning(actor), meaning(actor, TODAY + DAY)) == ("Northbridge hub", expand("MASH"))


def test_another_meaning_holds_from_its_day_and_the_one_before_is_kept(actor):
    words.set_term(actor=actor, **HUB, valid_from=TODAY)
    words.set_term(actor=actor, **{**HUB, "short": "mash", "full": "Family hub"}, valid_from=TODAY + 9 * DAY)
    assert (meaning(actor, TODAY + 8 * DAY), meaning(actor, TODAY + 9 * DAY, "mash")) == ("Northbridge hub", "Family hub")
    assert LocalTerm.objects.count() == 2
    with pytest.raises(ValidationError) as wrong:
        words.set_term(actor=actor, **HUB, valid_from=TODAY + 9 * DAY)
    assert set(wrong.value.message_dict) == {"valid_from"}


@pytest.mark.parametrize("empty", ["short", "full", "meaning", "source"])
def test_every_part_of_a_word_is_needed(actor, empty):
    with pytest.raises(ValidationError) as wrong:
        words.set_term(actor=actor, **{**HUB, empty: "  "}, valid_from=TODAY)
    assert set(wrong.value.message_dict) == {empty} and not LocalTerm.objects.exists()


def test_words_of_another_partnership_are_neither_shown_nor_ended(actor):
    row = words.set_term(actor=actor, **{**HUB, "short": "NBH"}, valid_from=TODAY)
    stranger = make_actor("administrator")
    assert meaning(stranger, short="NBH") == ""
    assert len(glossary_of(None, TODAY)) == len(terms())
    with pytest.raises(Refused, match="in your partnership"):
        words.end_term(actor=stranger, row=row, last_day=TODAY)
    with pytest.raises(ValidationError):
        words.end_term(actor=actor, row=row, last_day=TODAY - DAY)


def on(day) -> dict[str, str]:
    return {"valid_from_day": str(day.day), "valid_from_month": str(day.month), "valid_from_year": str(day.year)}


def test_words_are_added_changed_and_ended_on_pages_and_stand_in_the_glossary(actor):
    client, today = client_for(actor), timezone.localdate()
    client.post(reverse("add_word"), {**HUB, **on(today - 5 * DAY)})
    row = LocalTerm.objects.get()
    page = client.get(reverse("glossary")).content.decode()
    assert "Northbridge hub: The front door of Northbridge" in page and "Executive, minute 4" in page
    assert f"Elsewhere: {expand('MASH')}" in page
    assert "Northbridge hub" in Client().get(reverse("glossary")).content.decode(), "also for the public of the only one"
    client.post(reverse("change_word", args=[row.pk]), {**HUB, "full": "Family hub", **on(today)})
    assert "Family hub" in client.get(reverse("glossary")).content.decode()
    listed = client.get(reverse("setup_words")).content.decode()
    assert "Family hub" in listed and "Northbridge hub" in listed
    newest = LocalTerm.objects.get(full="Family hub")
    last = today - DAY
    again = client.post(reverse("end_word", args=[newest.pk]), {
        "last_day_day": last.day, "last_day_month": last.month, "last_day_year": last.year})
    assert "must not be before the first day" in again.content.decode()
    client.post(reverse("end_word", args=[newest.pk]), {
        "last_day_day": today.day, "last_day_month": today.month, "last_day_year": today.year})
    assert LocalTerm.objects.get(pk=newest.pk).valid_to == today


def test_with_several_partnerships_the_public_glossary_has_the_usual_words_only(actor):
    words.set_term(actor=actor, **HUB, valid_from=timezone.localdate())
    make_partnership()
    assert "Northbridge hub" not in Client().get(reverse("glossary")).content.decode()


def test_a_strangers_word_is_not_there(actor):
    row = words.set_term(actor=make_actor("administrator"), **HUB, valid_from=TODAY)
    for name in ("change_word", "end_word"):
        assert client_for(actor).get(reverse(name, args=[row.pk])).status_code == 404
