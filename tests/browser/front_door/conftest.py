"""A front door with a contact at each stage, for looking at its own pages in a real browser."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import signing
from playwright.sync_api import Page

from goldthread.web.demo import SALT
from tests.browser.service import Service

PERSONAS = {"mash-worker": "mash.worker", "mash-manager": "mash.manager", "school-lead": "school.lead",
            "police-partner": "police.partner", "health-partner": "health.visitor"}


def load() -> None:
    """Amira known from before; Otto to be decided; Lina answered; Ivo in a house where police were called."""
    from django.utils import timezone

    from goldthread.domains.front_door import models as m
    from goldthread.orgs.models import Partnership, User
    from goldthread.people.actions import add_person
    from tests.front_door.scene import Scene, child
    scene = Scene(timezone.now())
    Partnership.objects.filter(pk=scene.partnership.pk).update(
        slug="northbridge", name="Northbridge Safeguarding Children Partnership", area="Northbridge")
    for role, persona in PERSONAS.items():
        User.objects.filter(pk=scene.seats[role].user.pk).update(
            email=f"{persona}@example.org", name=f"Demo {persona.split('.')[1].capitalize()}", phone="01632 960700")
    for given, born in (("Amira", date(2016, 5, 3)), ("Ameera", date(2016, 3, 5))):
        add_person(actor=scene.seats["mash-worker"], now=scene.now, given=given, family="Sample", born_on=born, sex="F")
    scene.identified(scene.contact(at=scene.now - timedelta(days=60)))
    family = (child(), child("Bilal", born=date(2019, 2, 1), capacity="sibling", sex="M"),
              child("Sara", born=None, capacity="mother", relationship="Mother", setting=""))
    scene.contact(people=family, consent="not-sought", consent_reason="School was closing")
    otto = scene.ready(people=(child("Otto", "Example"), child("Ida", "Example", capacity="sibling")))
    scene.record(otto, m.InformationRequest(
        purpose="To decide what help is needed, and how quickly", lawful_basis="public-task",
        about="Otto Example, born 3 May 2016", needed="What you know of the family"),
        *(m.RequestedAgency(agency=a, due=scene.now + timedelta(hours=5)) for a in (scene.police, scene.health)))
    scene.record(otto, m.PartnerReply(answer="known", information="Weight is a worry", may_share="professionals"),
                 by="health-partner", ask=scene.ask_of(otto, scene.health))
    lina = scene.ready(people=(child("Lina", "Testcase"),))
    scene.record(lina, m.Message(about="consent", text="Does the family know, and do they agree?"), by="mash-worker")
    scene.record(lina, m.Message(about="consent", text="Yes, I spoke with Mum today"), by="school-lead")
    scene.record(lina, m.Decision(level="2", detail="early-help", outcome="other", rationale="Level 2", partners_asked=True))
    scene.record(lina, m.AnswerToReferrer(told="Somebody from early help will ring the family this week."))
    ivo = scene.contact("police-partner", people=(child("Ivo", "Trial"), child("Una", "Trial", setting="")),
                        domestic_abuse=True, source="6")
    at = scene.now - timedelta(days=9)
    scene.record(ivo, m.EncompassNotice(incident_at=at, circumstances="Police were called to shouting",
                                        child_present="yes"),
                 m.EncompassSchool(agency=scene.school, child_name="Ivo Trial", due=at + timedelta(days=1)),
                 m.EncompassSchool(agency=scene.council, child_name="Una Trial", due=at + timedelta(days=1),
                                   no_school="home-educated"), by="mash-worker")


@pytest.fixture
def what_to_load() -> str:
    return "tests.browser.front_door.conftest:load"


@pytest.fixture
def signed_in(service: Service, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A browser of its own for a persona, signed in."""
    def opened(role: str, **settings: Any) -> Page:
        page = new_page(**settings)
        page.goto(f"/demo/{signing.dumps(PERSONAS[role], key=service.key, salt=SALT)}/")
        return page
    return opened
