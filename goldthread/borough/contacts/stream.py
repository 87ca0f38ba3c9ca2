"""Contacts filled in, one after another."""
from collections.abc import Iterator
from datetime import datetime

from goldthread.borough.agencies.directory import Directory
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
from goldthread.borough.records.contacts import Contact
from goldthread.borough.records.people import Person

STAGES = ("worry", "people", "words", "triage", "requests", "decision", "notices")


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
        area, kind = self._area.key, source.kind
        draws = {stage: stream.at(slot.number) for stage, stream in self._streams.items()}
        draw = draws["worry"]
        children, others = subjects(family, at.date(), False, draw)
        child, years = _spoken_of(children, at)
        worries = concerns.worries(kind, years, draw)
        if worries[0].code == "domestic-abuse":
            children, others = children + others, []
        rating = concerns.first_rating(worries[0], draw)
        stream = concerns.stream(kind, worries[0], rating, draw)
        channel = source.channels.pick(draw)

        people = self._stating.people(family, children, others, source.care, at.date(), draws["people"])
        draw = draws["words"]
        referrer = self._referrers.referrer(source.code, kind, family, children, at.date(), draw)
        place = self._directory.by_id[referrer.agency_id].name if referrer.agency_id else ""
        named = (people[0].known_as or people[0].given) if years >= 0 else "the baby"
        named = named or "the child"
        carer = next((person.role.replace("-", " ") for person in family.people
                      if person.kind == "adult" and person.resident), "carer")
        narrative = story(kind, place, worries, named, carer, draw)
        voice = child_said(kind, child, years, named, draw)

        draw = draws["triage"]
        consent = self._triage.consent(source, rating, at, draw)
        worker, allocated_at = self._triage.allocated(area, at, draw)
        ratings = self._triage.ratings(area, at, rating, draw)
        asker = worker or ratings[0].staff_id
        requests = self._requests.of(kind, stream, ratings[-1], family, children, asker, named, consent.status,
                                     draws["requests"])
        draw = draws["decision"]
        decision = self._decisions.decision(stream, ratings, worries, source.code, family, children, draw)
        reply = disagreement = None
        if decision:
            reply = self._decisions.reply(at, decision, referrer, kind, draw)
            disagreement = self._decisions.disagreement(decision, reply, referrer, draw)
        notices = ()
        if kind == "police" and any(worry.code == "domestic-abuse" for worry in worries):
            notices = self._notices.of(family, children, at, draws["notices"])
        return Contact(
            slot.number, f"{self._area.prefix}-{at:%y}-{slot.number:06d}", area, at, channel, source.code, referrer,
            stream, tuple(worry.code for worry in worries), narrative, voice, slot.household + 1, people, consent,
            tuple(rating for rating in ratings if rating.at <= self._plan.now), worker, allocated_at, requests,
            decision, reply, disagreement, notices, slot.previous)


def _spoken_of(children: list[Person], at: datetime) -> tuple[Person, int]:
    """The first child named and their age in years, -1 for one not yet born."""
    child = children[0]
    if child.born is None or child.born > at.date():
        return child, concerns.UNBORN_AGE
    return child, (at.date() - child.born).days * 4 // 1461

