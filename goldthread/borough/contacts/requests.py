"""Questions to partners: whom the hub asks, what comes back, when, and what is late or nil."""
from datetime import date, datetime

from goldthread.borough.agencies.directory import Directory
from goldthread.borough.chance import Draw, pick, whole
from goldthread.borough.contacts import desk
from goldthread.borough.contacts.narrative import sentence
from goldthread.borough.contacts.referrers import school_of
from goldthread.borough.plan import Plan
from goldthread.borough.records.contacts import Rating, Request
from goldthread.borough.records.people import Family, Person

ASKED = {"red": 0.97, "amber": 0.62, "green": 0.07}
EARLY_HELP_ASKED = 0.25
#: Working minutes a partner has.
TIME = {"red": 120, "amber": 360, "green": 960}
#: kind -> (how often asked, how often in time, how often nil, answer sentences)
PARTNERS = {
    "police": (0.86, 0.9, 0.22, "police"), "community": (0.66, 0.84, 0.15, "health"),
    "gp": (0.3, 0.62, 0.3, "health"), "school": (0.78, 0.76, 0.06, "school"), "housing": (0.22, 0.6, 0.4, "other"),
    "probation": (0.16, 0.7, 0.6, "other"), "camhs": (0.1, 0.72, 0.5, "health"),
    "youth-justice": (0.12, 0.8, 0.55, "other"),
}
BASIS, NEVER = "public-task", 0.04
SENDER = {"health-visitor": "community", "school-nurse": "community"}


class Requests:
    """Requests of one contact."""

    def __init__(self, plan: Plan, directory: Directory):
        self._now, self._directory = plan.now, directory

    def of(self, kind: str, stream: str, rating: Rating, family: Family, children: list[Person], asked_by: int,
           child: str, draw: Draw) -> tuple[Request, ...]:
        """The requests sent, empty when partners were not asked; those not sent yet are left out."""
        often = ASKED[rating.rating] * (EARLY_HELP_ASKED if stream == "early-help" else 1)
        if draw() >= often:
            return ()
        asked_at = desk.after(rating.at, whole(2, 25, draw))
        if asked_at > self._now:
            return ()
        found = []
        for partner, (share, *_) in PARTNERS.items():
            agency_id = self._agency(partner, family, children, asked_at.date())
            wanted = draw() < share and partner != SENDER.get(kind, kind)
            if wanted and agency_id is not None:
                found.append(self._request(partner, agency_id, asked_at, rating.rating, asked_by, child, draw))
        return tuple(found)

    def _agency(self, partner: str, family: Family, children: list[Person], on: date) -> int | None:
        area = family.household.area
        if partner == "gp":
            return next((person.practice_id for person in family.people if person.practice_id), None)
        if partner == "school":
            return school_of(family, children, on)
        if partner == "youth-justice":
            eldest = family.people[0].born
            old_enough = eldest is not None and (on - eldest).days > 4383
            return self._directory.named(partner, area) if old_enough else None
        return self._directory.named(partner, area)

    def _request(self, partner: str, agency_id: int, asked_at: datetime, rating: str, asked_by: int, child: str,
                 draw: Draw) -> Request:
        _, in_time, nil, words = PARTNERS[partner]
        due = desk.after(asked_at, TIME[rating])
        chance = draw()
        used = 0.1 + draw() * 0.85 if chance < in_time else 1.05 + draw() * 2
        answered_at = desk.after(asked_at, TIME[rating] * used) if chance < 1 - NEVER else None
        answerer = pick(self._answerers(partner, agency_id), draw)
        answer = "nil" if draw() < nil else "information"
        purpose = sentence("purpose", draw)
        text = sentence(f"answer.{words}", draw, child=child) if answer == "information" else ""
        if answered_at is None or answered_at > self._now:
            return Request(agency_id, asked_at, asked_by, due, purpose, BASIS, None, None, "", "", self._now > due)
        return Request(agency_id, asked_at, asked_by, due, purpose, BASIS, answered_at, answerer.staff_id, answer,
                       text, answered_at > due)

    def _answerers(self, partner: str, agency_id: int):
        if partner == "police":
            return self._directory.team_of[agency_id, "MASH police desk"]
        return self._directory.staff_of[agency_id, ""]
