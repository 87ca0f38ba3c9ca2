"""Beginning something about a child: from their page, where they and their family can be chosen."""
from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from goldthread.process.models import Case
from goldthread.process.registry import all_processes, get
from goldthread.web.casework.lists import beginnings
from tests.domains.scene import Scene
from tests.support import client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene(timezone.now())


def page(scene: Scene, who: str, url: str) -> str:
    answer = client_for(scene.seats[who]).get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_a_childs_page_leads_to_each_form_with_the_child_chosen(scene: Scene) -> None:
    child = scene.person("Testa", by="manager")
    shown = page(scene, "manager", f"/person/{child.reference}/")
    links = re.findall(r'href="(/begin/[a-z0-9-]+/\?person=[A-Z0-9-]+)"', shown)
    assert [url.split("/")[2] for url in links] == [key for key, _ in beginnings(scene.seats["manager"])]
    assert {"private-fostering", "child-in-need"} <= {url.split("/")[2] for url in links}
    for url in links:
        form = page(scene, "manager", url)
        assert re.search(rf'<option value="{child.pk}"[^>]*selected', form), url
        assert "Find the child first" not in form


def test_begun_from_there_the_case_is_about_the_child(scene: Scene) -> None:
    child = scene.person("Testa", by="manager")
    client, url = client_for(scene.seats["manager"]), f"/begin/private-fostering/?person={child.reference}"
    form: Any = client.get(url).context["form"]
    day = timezone.localtime(scene.now)
    sent = {"happened_at_day": day.day, "happened_at_month": day.month, "happened_at_year": day.year,
            "happened_at_time": "00:01", "arrangement": "running", "told_by": "A neighbour",
            "about": "Stays with an aunt", "carer": "An Example",
            "fosteredperson-0-person": child.pk, "fosteredperson-0-capacity": "child"}
    assert set(form.fields) >= {"arrangement", "told_by", "about", "carer"}
    answer = client.post(url, sent)
    assert answer.status_code == 302, [each.errors for each in answer.context["forms"]]
    with scene.system():
        case = Case.objects.get(process_key="private-fostering")
        assert case.title == child.name and case.casepersons.get().person_id == child.pk


def test_without_a_child_the_form_says_where_to_find_one(scene: Scene) -> None:
    assert "Find the child first" in page(scene, "manager", "/begin/private-fostering/")


def test_who_may_not_begin_is_offered_nothing(scene: Scene) -> None:
    offered = {key for key, _ in beginnings(scene.seats["front"])}
    assert "pre-proceedings" not in offered and offered < {p.key for p in all_processes()}
    assert get("private-fostering").begins_with_people and not get("front-door").begins_with_people
    child = scene.person("Testa", by="manager")
    assert "/begin/pre-proceedings/" not in page(scene, "front", f"/person/{child.reference}/")


def test_the_way_back_is_there_for_whoever_may_begin(scene: Scene) -> None:
    """Also for those who may begin something of which they have no list."""
    without = []
    for who, actor in scene.seats.items():
        for key, _ in beginnings(actor):
            up = re.search(r'class="govuk-breadcrumbs__link" href="([^"]+)"', page(scene, who, f"/begin/{key}/"))
            assert up and client_for(actor).get(up[1]).status_code == 200, (who, key)
            without += [(who, key)] * (up[1] == "/")
    assert ("front", "assessment") in without and ("social", "assessment") not in without
