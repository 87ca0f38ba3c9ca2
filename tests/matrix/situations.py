"""One case or person for each way of standing to a record, made through the same actions as everyone uses."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goldthread.access.actor import Actor, acting
from goldthread.access.policy import May
from goldthread.base.dates import UncertainDate
from goldthread.domains.front_door import models as m
from goldthread.domains.front_door.identifying import Choice, identify
from goldthread.orgs.models import Agency, Appointment
from goldthread.people import actions as people
from goldthread.people.models import Person
from goldthread.process import actions, confining, mending, registry
from goldthread.process.actions import Writing
from goldthread.process.models import Ask, Case, Disagreement, Event
from tests.matrix.canaries import Fact, filled
from tests.matrix.world import COUNCIL, Placed, Viewer, World
from tests.people.factories import nhs_for_tests

SENDERS = ("school", "gp-practice", "community-trust", "police", "housing", COUNCIL)
NUMBERED = "4417"  # a reference is known for one by its digits, so the marked word has some after it
WORKERS = ("mash-worker", "mash-manager", "social-worker", "early-help-worker")


@dataclass
class Maker:
    """Makes cases in a world. `stands` names a relationship for each of some viewers, `others` for the rest."""

    world: World

    def case(self, key: str, by: str = "other head", *, stands: dict[str, str] | None = None, others: str = "unlinked",
             asks: Iterable[str] = (), answered: bool = False, closed: bool = False, about: Placed | None = None,
             manager: str = "manager", brief: bool = False, **contact: Any) -> Placed:
        """brief: only what came in, who it is about and its rating; for further cases that stand the same way."""
        world, now, starter = self.world, self.world.now, self.world.staff[by]
        self.manager = world.staff[manager]
        with acting(starter):
            made = actions.start(
                actor=starter, process=registry.get("front-door"), now=now,
                writing_=Writing(self._row(m.Contact, key, "sent", source="2A", consent="given", **contact),
                                 [self._row(m.ContactPerson, key, "sent")]))
        placed = world.cases[key] = Placed(key, made.reference, made.pk, stands or {}, others)
        world.planted.know(made.reference, Fact("reference", key, "sent"))
        self._identify(made, placed, about, address=True)
        self.record(made, self._row(m.Rating, key, "desk", rag="amber", restart=False))
        if not brief or asks:
            self._ask(made, placed, [world.agencies[a] for a in asks] or [world.agencies["other police"]], answered=answered)
        if not brief:
            self.record(made, self._row(m.Message, key, "sent"))
            self.record(made, self._row(m.NewInformation, key, "desk"))
        if closed:
            self.record(made, self._row(m.Decision, key, "desk", partners_asked=True))
            self.record(made, self._row(m.AnswerToReferrer, key, "sent"))
            self.record(made, self._row(m.HandOver, key, "desk"))
            placed.decided = True
        self._note(made, placed)
        return placed

    def _row(self, model: Any, key: str, audience: str, by: int | None = None, **given: Any) -> Any:
        given.setdefault("happened_at", self.world.now - timedelta(hours=4))
        given = {name: value for name, value in given.items() if name in model.own_fields()}
        return filled(model, self.world.planted, Fact("", key, audience, by), self.world.now, **given)

    def record(self, case: Case, row: Any, *lines: Any, by: Actor | None = None, ask: Ask | None = None) -> Event:
        actor = by or self.manager
        with acting(actor):
            return actions.record(actor=actor, case=case, step=case.process.step(row.step_key()), ask=ask,
                                  writing_=Writing(row, lines), now=self.world.now)

    def _identify(self, case: Case, placed: Placed, about: Placed | None, *, address: bool) -> None:
        world = self.world
        with world.system():
            stated = m.ContactPerson.objects.get(case=case)
        with acting(self.manager):
            event, _ = identify(actor=self.manager, case=case, note=world.planted.word(Fact("note", placed.key, "desk")),
                                choices=[Choice(stated, about.pk if about else None, address=address)], now=world.now)
        with world.system():
            person = Person.objects.get(in_cases__case=case)
            contact = m.Contact.objects.get(case=case)
        placed.events["identification"], placed.person = event.pk, person.pk
        if about is None:
            about = world.people[placed.key] = Placed(placed.key, person.reference, person.pk, {}, "known to the front door")
            if self.manager is not world.staff["manager"]:
                about.others = "other partnership"
            world.planted.know(person.reference, Fact("reference", placed.key, "person"))
            for name in ("given", "family", "known_as"):
                world.planted.know(getattr(stated, name), Fact(f"Person.{name}", placed.key, "person"))
        world.planted.know(person.reference, Fact("reference", placed.key, "desk"))
        for name in (person.given, person.family):  # who somebody is: for all who read all of a case about them
            world.planted.know(name, Fact("name", placed.key, "desk"))
        world.planted.know(contact.line1, Fact("Address.line1", about.key, "person"))

    def _ask(self, case: Case, placed: Placed, agencies: list[Agency], *, answered: bool) -> None:
        """Ask each agency, each in a request of its own, so that none may see what another was asked."""
        for agency in agencies:
            row = self._row(m.InformationRequest, placed.key, "request", by=agency.pk)
            event = self.record(case, row, m.RequestedAgency(agency=agency, due=self.world.now + timedelta(hours=4)))
            with self.world.system():
                ask = Ask.objects.get(event=event)
            placed.asks[agency.pk] = ask.pk
            self.world.planted.know(f"/asked/{ask.pk}/", Fact("ask", placed.key, "request", agency.pk))
            if answered or agency == self.world.agencies["other police"]:
                self.record(case, self._row(m.PartnerReply, placed.key, "reply", by=agency.pk, answer="known"), ask=ask,
                            by=self._who_answers(agency))

    def _who_answers(self, agency: Agency) -> Actor:
        return next(a for a in self.world.staff.values() if a.agency == agency and a.partnership == self.manager.partnership
                    and a.may(May.ANSWER_REQUESTS))

    def _note(self, case: Case, placed: Placed) -> None:
        with self.world.system():
            for event in Event.objects.filter(case=case).order_by("pk"):
                placed.events.setdefault(event.step, event.pk)

    def person(self, key: str, by: Actor | None = None, *, others: str = "known to the front door",
               stands: dict[str, str] | None = None) -> Placed:
        """A person with a marked word in everything that is kept of them."""
        world, actor = self.world, by or self.world.staff["manager"]
        def word(what: str) -> str:
            return world.planted.word(Fact(what, key, "person"))
        made = people.add_person(actor=actor, now=world.now, given=word("Person.given"), family=word("Person.family"),
                                 born_on=date(2016, 5, 3), sex="F")
        common = {"actor": actor, "now": world.now, "person": made.pk}
        number = nhs_for_tests()
        people.add_identifier(**common, scheme="nhs", value=number)
        people.add_identifier(**common, scheme="police", value=f"{word('Identifier.value')}/{NUMBERED}")
        people.add_name(**common, kind="alias", given=word("Name.given"), family=word("Name.family"))
        people.add_address(**common, line1=word("Address.line1"), town=word("Address.town"))
        people.add_address(**common, line1=word("safe Address.line1"), safe=True)
        people.add_entry(**common, when=UncertainDate.parse("May 2016"), what=word("Entry.what"),
                         significance=word("Entry.significance"))
        world.planted.know(number, Fact("NHS number", key, "person"))
        placed = world.people[key] = Placed(key, made.reference, made.pk, stands or {}, others, person=made.pk)
        world.planted.know(made.reference, Fact("reference", key, "person"))
        return placed


def build(world: World) -> None:
    """Everything, people first: those to be hidden are hidden before any case is about them."""
    maker = Maker(world)
    hidden = _people(maker)
    _of_each_agency(maker, hidden)
    _asked(maker, hidden)
    _allocated(maker)
    _restricted(maker, hidden)
    _emergencies(maker, hidden)
    _next_door(maker)


def _people(maker: Maker) -> dict[str, Placed]:
    world = maker.world
    worker = world.viewers["social-worker"].actor
    found = {"family": maker.person("family", others="my own family"),
             "kept": maker.person("kept", others="restricted, not named"),
             "named": maker.person("named", others="restricted, named")}
    maker.person("recorded by my agency", worker, others="recorded by my agency")
    known, folded = maker.person("known"), maker.person("merged into another", others="merged into another")
    with_kept = maker.person("merged with kept", others="merged with a restricted one")
    manager = world.staff["manager"]
    for keep, fold in ((known, folded), (with_kept, found["kept"])):
        row = people.merge(actor=manager, now=world.now, keep=keep.pk, fold=fold.pk, reason="One child",
                           despite=["twins"])
        keep.events["merge"] = row.pk
    _hide(world, found)
    return found


def _hide(world: World, found: dict[str, Placed]) -> None:
    guard, manager = world.staff["guard"], world.staff["manager"]
    everyone = [v.actor.user.pk for v in world.seated() if v.actor]
    for user in everyone:
        people.deny(actor=guard, now=world.now, person=found["family"].pk, user=user, reason="Their own family")
    people.restrict_person(actor=guard, now=world.now, person=found["kept"].pk, named=[manager.user.pk], reason="Kept")
    people.restrict_person(actor=guard, now=world.now, person=found["named"].pk, named=[manager.user.pk, *everyone],
                           reason="Named")


def _of_each_agency(maker: Maker, hidden: dict[str, Placed]) -> None:
    for kind in SENDERS:
        mine: list[Viewer] = maker.world.of_agency(kind)
        by, brief = f"colleague {kind}", kind != SENDERS[0]

        def stands(name: str, mine: list[Viewer] = mine) -> dict[str, str]:
            return {v.key: name for v in mine}
        first = maker.case(f"open {kind}", by, stands=stands("own, sent by a colleague in another role"))
        sent = maker.record(maker.world.fresh(first), maker._row(Disagreement, first.key, "sent"), by=maker.world.staff[by])
        first.events["disagreement"] = sent.pk
        maker.case(f"closed {kind}", by, stands=stands("own, closed"), closed=True, brief=brief)
        kept = maker.case(f"restricted {kind}", by, stands=stands("restricted, not named, own"),
                          others="restricted, not named", brief=brief)
        restrict(maker, kept, [])
        maker.case(f"kept person {kind}", by, stands=stands("about a restricted person, not named, own"), brief=brief,
                   others="about a restricted person, not named", about=hidden["kept"])
        maker.case(f"family {kind}", by, stands=stands("my own family, own"), others="my own family",
                   about=hidden["family"], brief=brief)
    lead = maker.world.viewers["school-lead"]
    assert lead.actor
    maker.world.staff["lead"] = lead.actor
    maker.case("open, sent by me", "lead", stands={"school-lead": "own, open"}, brief=True)


def _asked(maker: Maker, hidden: dict[str, Placed]) -> None:
    everyone = [v.key for v in maker.world.seated()]
    maker.case("asked", stands=dict.fromkeys(everyone, "asked"), asks=SENDERS)
    maker.case("answered", stands=dict.fromkeys(everyone, "asked, and answered"), asks=SENDERS, answered=True,
               brief=True)
    let_go = maker.case("let go", stands=dict.fromkeys(everyone, "asked, no longer wanted"), asks=SENDERS, brief=True)
    with maker.world.system():
        events = list(Event.objects.filter(case=let_go.pk, step="information-request"))
    for event in events:
        mending.withdraw(actor=maker.manager, event=event, reason="Not needed after all", now=maker.world.now)
    maker.case("asked another", stands=dict.fromkeys(everyone, "asked another agency"), asks=["other police"],
               brief=True)
    maker.case("family asked", others="my own family, asked", asks=SENDERS, about=hidden["family"], brief=True)
    kept = maker.case("restricted asked", others="restricted, not named, asked", asks=SENDERS)
    restrict(maker, kept, [])


def _allocated(maker: Maker) -> None:
    world = maker.world
    for role in WORKERS:
        placed = maker.case(f"allocated {role}", stands={role: "allocated to me"}, brief=role.startswith("mash"))
        allocate(maker, placed, world.viewers[role].actor)
    before = maker.case("allocated before", stands=dict.fromkeys(WORKERS, "allocated to me before"), brief=True)
    for role in WORKERS:
        allocate(maker, before, world.viewers[role].actor)
    allocate(maker, before, maker.manager)
    away = world._actor("social-worker", world.agencies[COUNCIL], world.here)
    worker = world.viewers["social-worker"].actor
    assert worker
    Appointment.objects.filter(pk=away.appointment.pk).update(covered_by=worker.appointment,
                                                              cover_until=world.now.date() + timedelta(days=2))
    covered = maker.case("covered", stands={"social-worker": "allocated to whom I cover for"}, brief=True)
    allocate(maker, covered, away)


def _restricted(maker: Maker, hidden: dict[str, Placed]) -> None:
    named = maker.case("restricted, named", others="restricted, named")
    restrict(maker, named, [v.actor.user.pk for v in maker.world.seated() if v.actor])
    maker.case("about a named person", others="about a restricted person, named", about=hidden["named"])
    family = maker.case("family, named", others="my own family, restricted and named", about=hidden["family"],
                        brief=True)
    restrict(maker, family, [v.actor.user.pk for v in maker.world.seated() if v.actor])


def _emergencies(maker: Maker, hidden: dict[str, Placed]) -> None:
    world, hour = maker.world, timedelta(hours=1)
    able = [world.viewers[role] for role in WORKERS]

    def stands(name: str) -> dict[str, str]:
        return {v.key: name for v in able}
    now = maker.case("glass", stands=stands("opened in an emergency, in force"))
    over = maker.case("glass over", stands=stands("opened in an emergency, hour over"), brief=True)
    kept = maker.case("glass restricted", stands=stands("restricted, opened in an emergency"),
                      others="restricted, not named")
    kept_over = maker.case("glass restricted over", stands=stands("restricted, hour of the emergency over"),
                           others="restricted, not named", brief=True)
    restrict(maker, kept, [])
    restrict(maker, kept_over, [])
    family = maker.case("glass family", others="my own family", about=hidden["family"], brief=True,
                        stands=stands("my own family, opened in an emergency"))
    for viewer in able:
        assert viewer.actor
        for placed, at in ((now, world.now), (over, world.now - 2 * hour), (kept, world.now),
                           (kept_over, world.now - 2 * hour), (family, world.now)):
            grant = mending.break_glass(actor=viewer.actor, reference=placed.reference, now=at,
                                        reason=world.planted.word(Fact("BreakGlass.reason", "alerts", "alert")))
            world.planted.know(placed.reference, Fact("reference of an alert", "alerts", "alert"))
            world.ids["alert here"] = grant.pk


def _next_door(maker: Maker) -> None:
    world = maker.world
    force = {v.key: "other partnership, own" for v in world.of_agency("police")}
    # next door the shared force is the one asked
    hub, world.agencies["other police"] = world.agencies["other police"], world.agencies["police"]
    try:
        maker.case("next door, police", "officer there", stands=force, others="other partnership", manager="manager there",
                   asks=["police"], brief=True)
        maker.case("next door", "head there", others="other partnership", manager="manager there", asks=["police"])
    finally:
        world.agencies["other police"] = hub


def allocate(maker: Maker, placed: Placed, to: Actor | None) -> None:
    assert to
    row = maker._row(m.Allocation, placed.key, "desk", worker=to.user)
    placed.events["allocation"] = maker.record(maker.world.fresh(placed), row).pk


def restrict(maker: Maker, placed: Placed, named: list[int]) -> None:
    reason = maker.world.planted.word(Fact("Case.restriction_reason", placed.key, "desk"))
    case = maker.world.fresh(placed)
    confining.restrict(actor=maker.manager, case=case, named=[maker.manager.user.pk, *named], reason=reason,
                     now=maker.world.now)
