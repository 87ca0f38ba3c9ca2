"""Two partnerships, somebody of every role in the first, and the staff who make the cases they are judged by."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client

from goldthread.access.actor import Actor, acting, actor_for, system
from goldthread.orgs.models import Agency, LocalHoliday, LocalLimit, LocalTerm, Partnership, Team, User
from goldthread.process.models import Case
from tests.matrix import oracle
from tests.matrix.canaries import Fact, Planted
from tests.support import client_for, make_agency, make_appointment, make_partnership

AGENCY_OF = {"school-lead": "school", "gp": "gp-practice", "health-visitor": "community-trust",
             "health-partner": "community-trust", "police-partner": "police", "partner": "housing"}
COUNCIL = "council"


@dataclass(frozen=True)
class Viewer:
    """Somebody whose pages are judged: a role in a seat of the first partnership, or (role None) nobody signed in."""

    key: str
    role: str | None
    actor: Actor | None
    client: Client = field(compare=False)

    @property
    def agency(self) -> int:
        return self.actor.agency.pk if self.actor else 0


@dataclass
class Placed:
    """A case or a person with what it is called here, and how each viewer stands to it (by the table's names)."""

    key: str
    reference: str
    pk: int
    stands: dict[str, str]
    others: str
    decided: bool = False
    events: dict[str, int] = field(default_factory=dict)
    asks: dict[int, int] = field(default_factory=dict)
    person: int | None = None

    def relationship(self, viewer: Viewer) -> str:
        return self.stands.get(viewer.key, self.others)


@dataclass
class World:
    """`now` is the real time, since pages ask the clock themselves."""

    now: datetime
    planted: Planted = field(default_factory=Planted)
    agencies: dict[str, Agency] = field(default_factory=dict)
    viewers: dict[str, Viewer] = field(default_factory=dict)
    staff: dict[str, Actor] = field(default_factory=dict)
    cases: dict[str, Placed] = field(default_factory=dict)
    people: dict[str, Placed] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    planned: list[Any] = field(default_factory=list)
    planned_plain: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.here, self.there = make_partnership(), make_partnership()
        for kind in ("school", "gp-practice", "community-trust", "police", "housing", COUNCIL):
            self.agencies[kind] = make_agency(kind, partnership=self.here)
        for key, kind in (("other school", "school"), ("other police", "police"), ("hub", "childrens-services")):
            self.agencies[key] = make_agency(kind, partnership=self.here)
        for role in oracle.roles():
            self._view(role, self.agencies[AGENCY_OF.get(role, COUNCIL)])
        self._without_a_seat()
        for key, role, agency in (("manager", "mash-manager", "hub"), ("other head", "school-lead", "other school"),
                                  ("other officer", "police-partner", "other police"), ("guard", "privacy-officer", "hub")):
            self.staff[key] = self._actor(role, self.agencies[agency], self.here)
        for kind in [*AGENCY_OF.values(), COUNCIL]:
            self.staff.setdefault(f"colleague {kind}", self._actor("partner", self.agencies[kind], self.here))
        self._next_door()
        self._set_up_rows()

    def _actor(self, role: str, agency: Agency, partnership: Partnership) -> Actor:
        return actor_for(make_appointment(role, agency, partnership), now=self.now)

    def _view(self, role: str, agency: Agency) -> None:
        actor = self._actor(role, agency, self.here)
        self.viewers[role] = Viewer(role, role, actor, client_for(actor))

    def _without_a_seat(self) -> None:
        self.viewers["anonymous"] = Viewer("anonymous", None, None, Client())
        gone = make_appointment("mash-manager", self.agencies["hub"], self.here)
        client = client_for(actor_for(gone, now=self.now))
        type(gone).objects.filter(pk=gone.pk).update(ends=self.now.date() - timedelta(days=1))
        self.viewers["without a seat"] = Viewer("without a seat", None, None, client)

    def _next_door(self) -> None:
        """The neighbouring partnership: the same police force takes part, and nothing else is known of it here."""
        fact = Fact("the neighbour's", "next door", "never")
        council = make_agency("childrens-services", partnership=self.there, name=self.planted.word(fact))
        school = make_agency("school", partnership=self.there, name=self.planted.word(fact))
        self.staff["manager there"] = self._actor("mash-manager", council, self.there)
        self.staff["head there"] = self._actor("school-lead", school, self.there)
        self.staff["officer there"] = self._actor("police-partner", self.agencies["police"], self.there)
        for actor in (self.staff["manager there"], self.staff["head there"]):
            User.objects.filter(pk=actor.user.pk).update(name=self.planted.word(fact))
            actor.user.refresh_from_db()

    def _set_up_rows(self) -> None:
        """One row of each kind the set-up pages look after, here and next door."""
        from goldthread.access.organisation import invitations
        for key, place, agency in (("here", self.here, self.agencies["hub"]),
                                   ("there", self.there, self.staff["manager there"].agency)):
            admin = self._actor("administrator", agency, place)
            limit = LocalLimit.objects.create(partnership=place, key="T04", span="3 working hours", source="Board",
                                              valid_from=date(2020, 1, 1))
            holiday = LocalHoliday.objects.create(partnership=place, on=self.now.date() + timedelta(days=30), why="Closed")
            with acting(admin):
                sent = invitations.invite(actor=admin, now=self.now, email=f"new.{key}@example.org", name="", title="",
                                          agency=agency, role="partner", ends=None)
            part = agency.participations.get(partnership=place)
            word = LocalTerm.objects.create(partnership=place, short=f"TW{key}", full="Test word", meaning="A word",
                                            source="Board", valid_from=date(2020, 1, 1))
            team = Team.objects.create(agency=agency, name=f"Team {key}")
            self.ids |= {f"limit {key}": limit.pk, f"holiday {key}": holiday.pk, f"part {key}": part.pk,
                         f"invitation {key}": sent.invitation.pk, f"seat {key}": admin.appointment.pk,
                         f"agency {key}": agency.pk, f"team {key}": team.pk,
                         f"word {key}": word.pk}

    def seated(self) -> list[Viewer]:
        return [v for v in self.viewers.values() if v.role]

    def of_agency(self, kind: str) -> list[Viewer]:
        return [v for v in self.seated() if v.agency == self.agencies[kind].pk]

    def system(self) -> Any:
        return acting(system())

    def fresh(self, case: Any) -> Case:
        with self.system():
            return Case.objects.get(pk=case.pk)

    def may_know(self, viewer: Viewer, fact: Fact) -> bool:
        """Whether the table lets this viewer see a fact."""
        if viewer.role is None or fact.audience == "never":
            return False
        if fact.audience == "person":
            return oracle.opens_person(viewer.role, self.people[fact.about].relationship(viewer))
        if fact.audience == "alert":
            return oracle.has_duty(viewer.role, ["reviews"])
        stood = oracle.standing(viewer.role, self.cases[fact.about].relationship(viewer))
        return oracle.may_know(stood, fact.audience, own=fact.by == viewer.agency)
