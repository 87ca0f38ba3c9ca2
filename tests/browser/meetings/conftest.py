"""A panel with a meeting today, a case on its agenda, and an action from last time, in a real browser."""
from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from playwright.sync_api import Page

from goldthread.web.demo import SALT
from tests.browser.service import Service

PERSONAS = {"mash-manager": "mash.manager", "mash-worker": "mash.worker", "police-partner": "police.partner"}


def load() -> None:
    """The hub's manager chairs the panel, its worker writes, police sit; Otto is to be talked about."""
    from django.utils import timezone

    from goldthread.access.actor import acting
    from goldthread.meeting import actions
    from goldthread.orgs.models import Partnership, User
    from goldthread.thread import actions as thread
    from tests.front_door.scene import child
    from tests.meeting.scene import Panel
    panel = Panel(timezone.now())
    scene = panel.scene
    Partnership.objects.filter(pk=scene.partnership.pk).update(
        slug="northbridge", name="Northbridge Safeguarding Children Partnership", area="Northbridge")
    for role, persona in PERSONAS.items():
        User.objects.filter(pk=scene.seats[role].user.pk).update(
            email=f"{persona}@example.org", name=f"Demo {persona.split('.')[1].capitalize()}", phone="01632 960700")
    User.objects.filter(pk=panel.business.user.pk).update(email="business.manager@example.org", name="Demo Business")
    otto = scene.ready(people=(child("Otto", "Example"),))
    earlier = panel.meeting(panel.now - timedelta(days=28))
    actions.give_action(actor=panel.secretary, item=panel.item(earlier, "Data for spring"), what="Send the figures",
                        agency=scene.police, owner=panel.police.user, due=(panel.now + timedelta(days=3)).date(),
                        now=panel.now)
    meeting = panel.meeting(panel.now, place="Room 1", plan="Three young people and the figures for autumn")
    panel.item(meeting, "Otto Example", case=otto)
    panel.item(meeting, "Data for autumn")
    with acting(panel.business):
        finding = thread.add_finding(actor=panel.business, source="Audit of 12 files", theme="Neglect",
                                     what="Fathers were not asked in 7 of 12 files", now=panel.now)
        call = thread.recommend(actor=panel.business, finding=finding, what="Ask fathers in every assessment", now=panel.now)
        thread.give(actor=panel.business, recommendation=call, what="Write a guide", agency=scene.police, now=panel.now,
                    owner=panel.police.user, due=(panel.now + timedelta(days=20)).date(), source=finding.source)


@pytest.fixture
def what_to_load() -> str:
    return "tests.browser.meetings.conftest:load"


@pytest.fixture
def signed_in(service: Service, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A browser of its own for a persona, signed in."""
    def opened(role: str, **settings: Any) -> Page:
        page = new_page(**settings)
        persona = PERSONAS.get(role, "business.manager")
        page.goto(f"/demo/{signing.dumps(persona, key=service.key, salt=SALT)}/")
        return page
    return opened
