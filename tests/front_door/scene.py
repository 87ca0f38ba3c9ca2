"""A borough with its front door, a school, police, a health trust and a council, and pages opened as each of them."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.urls import reverse

from goldthread.access.actor import Actor, acting, system
from goldthread.domains.front_door import models as m
from goldthread.orgs.models import Agency, Partnership
from goldthread.process import actions, registry
from goldthread.process.actions import Writing
from goldthread.process.models import Ask, Case, Event
from tests.support import make_actor, make_agency, make_partnership

WORRY = "She came to school with a bruise on her arm and said she fell."


@dataclass
class Scene:
    """Who is there; `now` is the real time, since pages ask the clock themselves."""

    now: datetime
    partnership: Partnership = field(default_factory=make_partnership)
    seats: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        Partnership.objects.filter(pk=self.partnership.pk).update(
            front_door_phone="020 7946 0100", out_of_hours_phone="020 7946 0101")
        self.partnership.refresh_from_db()
        self.council = self.agency("childrens-services", "Northbridge Council")
        self.school = self.agency("school", "Larkfield Primary School")
        self.other_school = self.agency("school", "Mill Lane Academy")
        self.police = self.agency("police", "Northbridge Police")
        self.health = self.agency("community-trust", "Northbridge Health")
        for role, agency in (("mash-worker", self.council), ("mash-manager", self.council), ("school-lead", self.school),
                             ("police-partner", self.police), ("health-partner", self.health)):
            self.seats[role] = make_actor(role, agency, self.partnership, now=self.now)
        self.seats["other-school"] = make_actor("school-lead", self.other_school, self.partnership, now=self.now)

    def agency(self, kind: str, name: str) -> Agency:
        return make_agency(kind, partnership=self.partnership, name=name)

    def client(self, role: str) -> Client:
        """A browser in which this person has signed in."""
        client, user = Client(), self.seats[role].user
        session = client.session
        session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1],
                        HASH_SESSION_KEY: user.get_session_auth_hash()})
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    def system(self) -> Any:
        return acting(system(self.partnership.pk))

    def contact(self, by: str = "school-lead", *, people: tuple[dict[str, Any], ...] = (), at: datetime | None = None,
                **given: Any) -> Case:
        """A contact about Amira Sample, aged ten, unless told otherwise."""
        values = {"stream": "safeguarding", "line1": "4 Test Street", "postcode": "ZZ99 3CZ", "concern": "neglect",
                  "worry": WORRY, "consent": "given", "source": "2A", "referrer_name": "A. Head",
                  "referrer_agency": "Larkfield Primary School", "referrer_phone": "01632 960001",
                  "happened_at": at or self.now - timedelta(hours=2)} | given
        lines = [m.ContactPerson(**p) for p in people or (child(),)]
        actor = self.seats[by]
        with acting(actor):
            return actions.start(actor=actor, process=registry.get("front-door"), now=self.now,
                                 writing_=Writing(m.Contact(**values), lines))

    def record(self, case: Case, record: Any, *lines: Any, by: str = "mash-manager", ask: Ask | None = None,
               at: datetime | None = None) -> Event:
        actor = self.seats[by]
        record.happened_at = at or self.now
        with acting(actor):
            return actions.record(actor=actor, case=case, step=case.process.step(record.step_key()), ask=ask,
                                  writing_=Writing(record, lines), now=self.now)

    def events(self, case: Case, step: str) -> list[Event]:
        with self.system():
            return list(Event.objects.filter(case=case, step=step, replaced_by=None).order_by("pk"))

    def fresh(self, case: Case) -> Case:
        with self.system():
            return Case.objects.get(pk=case.pk)

    def ask_of(self, case: Case, agency: Agency, step: str = "partner-reply") -> Ask:
        with self.system():
            return Ask.objects.get(case=case, agency=agency, step=step)

    def stated(self, case: Case) -> list[m.ContactPerson]:
        with self.system():
            return list(m.ContactPerson.objects.filter(case=case).order_by("pk"))

    def identified(self, case: Case) -> Case:
        """Everybody on the contact recorded as new, and the contact rated amber."""
        from goldthread.domains.front_door.identifying import Choice, identify
        worker = self.seats["mash-worker"]
        with acting(worker):
            identify(actor=worker, case=case, choices=[Choice(p, None) for p in self.stated(case)], note="",
                     now=self.now)
        return self.fresh(case)

    def rated(self, case: Case, rag: str = "amber") -> Case:
        self.record(case, m.Rating(rag=rag, reason="A bruise and a story that changes"))
        return self.fresh(case)

    def ready(self, **given: Any) -> Case:
        return self.rated(self.identified(self.contact(**given)))


def child(given: str = "Amira", family: str = "Sample", born: date | None = date(2016, 5, 3), **more: Any) -> dict[str, Any]:
    return {"capacity": "child", "given": given, "family": family, "born_on": born, "sex": "F",
            "setting": "Larkfield Primary", **more}


def address(name: str, case: Case, *more: Any) -> str:
    return reverse(name, args=[case.reference, *more])


def when(name: str, at: datetime | date) -> dict[str, str]:
    """The boxes of a date, or of a date and time, as a browser sends them."""
    from django.utils import timezone
    local = timezone.localtime(at) if isinstance(at, datetime) else at
    found = {f"{name}_day": str(local.day), f"{name}_month": str(local.month), f"{name}_year": str(local.year)}
    return found | ({f"{name}_time": f"{local:%H:%M}"} if isinstance(local, datetime) else {})


def form(**answers: Any) -> dict[str, Any]:
    """What a form sends, with a number of its own."""
    return {"submission": str(uuid4()), **answers}


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())
