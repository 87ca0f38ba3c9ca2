"""An agency's own analyst: sends its returns, sees how good its data is and the scorecard made safe, and reads no record."""
from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.access.actor import acting
from goldthread.dataset import actions
from goldthread.dataset.models import Expectation
from goldthread.process.models import Case
from tests.dataset.place import Place, many, rows_csv, sent
from tests.front_door.scene import Scene
from tests.support import NOW, client_for, make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings: object, tmp_path: Path) -> Place:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    (tmp_path / "in").mkdir()
    return Place()


def test_it_sends_its_own_agencys_returns_and_sees_no_others(place: Place, tmp_path: Path) -> None:
    own, other = place.owed(), place.owed("education", place.school)
    counter = make_actor("agency-analyst", place.police, place.partnership)
    with acting(counter):
        assert list(Expectation.objects.all()) == [own]
    client = client_for(counter)
    assert client.get(f"/data/returns/{own.pk}/").status_code == 200
    version = sent(counter, own, tmp_path / "in", ("q2.csv", rows_csv(*many(3))))
    with acting(place.analyst):
        actions.accept(actor=place.analyst, submission=version, now=NOW)
    assert "Example Police" in client.get("/data/quality/?return=police-incidents").content.decode()
    assert client.get("/data/quality/?return=education").status_code == 404
    assert client.get(f"/data/returns/{other.pk}/").status_code == 404
    school = make_actor("agency-analyst", place.school, place.partnership)
    assert "Example Police" not in client_for(school).get("/data/quality/?return=police-incidents").content.decode()


def test_it_reads_no_record_of_its_agency_and_numbers_are_made_safe() -> None:
    scene = Scene(NOW)
    police = scene.seats["police-partner"]
    counter = make_actor("agency-analyst", police.agency, scene.partnership)
    with acting(counter):
        assert not Case.objects.exists()
    client = client_for(counter)
    assert "Counts of 1 to 7 are not shown" in client.get("/scorecard/").content.decode()
    assert client.get("/front-door/").status_code in (403, 404)
    assert client.get("/scorecard/releases/prepare/").status_code in (403, 404)
