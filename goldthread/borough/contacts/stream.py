"""Contacts filled in, one after another."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from goldthread.borough.agencies.directory import Directory
from goldthread.borough.chance import Draw
from goldthread.borough.contacts import concerns
from goldthread.borough.contacts.decisions import Decisions
from goldthread.borough.contacts.narrative import child_said, story
from goldthread.borough.contacts.referrers import Referrers
from goldthread.borough.contacts.requests import Requests
from goldthread.borough.contacts.school_notices import SchoolNotices
from goldthread.borough.contacts.stating import Stating, subjects
from goldthread.borough.contacts.timetable import Slot, Timetable
from goldthread.borough.contacts.triage import Triage
from goldthread.borough.households.families import Families
from goldthread.borough.places import Area
from goldthread.borough.plan import Plan
from goldthread.borough.records.contacts import Contact, Referrer, Stated
from goldthread.borough.records.people import Family, Person

STAGES = ("worry", "people", "words", "triage", "requests", "decision", "notices")
DOMESTIC_ABUSE = "domestic-abuse"


@dataclass(frozen=True, slots=True)
class Worry:
    """What a contact is about: the children it names, the rest of them, the concerns and how urgent they look.

    ``years`` is the age of the first child, -1 if not yet born.
    """

    children: list[Person]
    others: list[Person]
    years: int
    concerns: list[concerns.Concern]
    rating: str
    stream: str
    channel: str

    @property
    def domestic_abuse(self) -> bool:
        """Whether domestic abuse is among the concerns."""
        return any(concern.key == DOMESTIC_ABUSE for concern in self.concerns)


class Contacts:
    """The contacts of one area's front door."""

    def __init__(self, plan: Plan, area: Area, directory: Directory, families: Families):
        self._plan, self._area, self._directory, self._families = plan, area, directory, families
        self._streams = {stage: plan.stream(f"contact-{stage}/{area.key}") for stage in STAGES}
        self._referrers, self._stating = Referrers(directory), Stating(directory)
        self._triage, self._requests = Triage(plan, directory), Requests(plan, directory)
        self._decisions, self._notices = Decisions(plan), SchoolNotices(plan, directory)

    def __iter__(self) -> Iterator[Contact]:
        homes = self._families.homes
        timetable = Timetable(self._plan, self._area, self._families.composition.born,
                              lambda household: homes.now(household).district)
        for slot in timetable.slots():
            yield self._contact(slot)

    def _contact(self, slot: Slot) -> Contact:
        family, at, source = self._families.family(slot.household), slot.at, slot.source
        worry = _worry(family, slot, self._draw("worry", slot))
        people = self._stating.people(family, worry.children, worry.others, source.care, at.date(),
                                      self._draw("people", slot))
        words, triaging, deciding = (self._draw(stage, slot) for stage in ("words", "triage", "decision"))
        referrer = self._referrers.referrer(source.code, source.kind, family, worry.children, at.date(), words)
        named = _named(people[0], worry.years)
        narrative, voice = self._words(slot, family, worry, referrer, named, words)

        triage = self._triage
        consent = triage.consent(source, worry.rating, at, triaging)
        worker, allocated_at = triage.allocated(self._area.key, at, triaging)
        ratings = triage.ratings(self._area.key, at, worry.rating, triaging)
        requests = self._requests.of(source.kind, worry.stream, ratings[-1], family, worry.children,
                                     worker or ratings[0].staff_id, named, self._draw("requests", slot))
        decision = self._decisions.decision(worry.stream, ratings, worry.concerns, source.code, family,
                                            worry.children, deciding)
        reply = disagreement = None
        if decision:
            reply = self._decisions.reply(at, decision, referrer, source.kind, deciding)
            disagreement = self._decisions.disagreement(decision, reply, referrer, deciding)
        notices = ()
        if source.kind == "police" and worry.domestic_abuse:
            notices = self._notices.of(family, worry.children, at, self._draw("notices", slot))
        return Contact(
            slot.number, f"{self._area.prefix}-{at:%y}-{slot.number:06d}", self._area.key, at, worry.channel,
            source.code, referrer, worry.stream, tuple(dict.fromkeys(concern.code for concern in worry.concerns)),
            narrative, voice, slot.household + 1, people, consent,
            tuple(rating for rating in ratings if rating.at <= self._plan.now), worker, allocated_at, requests,
            decision, reply, disagreement, notices, slot.previous)

    def _draw(self, stage: str, slot: Slot) -> Draw:
        return self._streams[stage].at(slot.number)

    def _words(self, slot: Slot, family: Family, worry: Worry, referrer: Referrer, named: str,
               draw: Draw) -> tuple[str, str]:
        """The narrative, and what the child said."""
        place = self._directory.by_id[referrer.agency_id].name if referrer.agency_id else ""
        carer = next((person.role.replace("-", " ") for person in family.people
                      if person.kind == "adult" and person.resident), "carer")
        kind = slot.source.kind
        return (story(kind, place, worry.concerns, named, carer, draw),
                child_said(kind, worry.children[0], worry.years, named, draw))


def _worry(family: Family, slot: Slot, draw: Draw) -> Worry:
    kind = slot.source.kind
    children, others = subjects(family, slot.at.date(), draw)
    years = _years(children[0], slot.at)
    found = concerns.worries(kind, years, draw)
    if found[0].key == DOMESTIC_ABUSE:
        children, others = children + others, []
    rating = concerns.first_rating(found[0], draw)
    stream = concerns.stream(kind, found[0], rating, draw)
    return Worry(children, others, years, found, rating, stream, slot.source.channels.pick(draw))


def _years(child: Person, at: datetime) -> int:
    if child.born is None or child.born > at.date():
        return concerns.UNBORN_AGE
    return (at.date() - child.born).days * 4 // 1461


def _named(said: Stated, years: int) -> str:
    """What the source calls the first child in its own words."""
    if years == concerns.UNBORN_AGE:
        return "the baby"
    return said.known_as or said.given or "the child"
