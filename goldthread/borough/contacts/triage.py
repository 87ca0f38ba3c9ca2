"""Allocation, RAG ratings with their history, and consent and whether it was challenged."""
from datetime import datetime

from goldthread.borough.agencies.directory import Directory
from goldthread.borough.chance import Draw, pick, whole
from goldthread.borough.contacts import desk
from goldthread.borough.contacts.narrative import PUBLIC_KINDS, sentence
from goldthread.borough.contacts.sources import Source
from goldthread.borough.plan import Plan
from goldthread.borough.records.contacts import Consent, Rating

RE_RATED, RAISED, CHALLENGED = 0.05, 0.6, 0.45
#: Working minutes until the first rating, by rating: red is picked out of the queue.
UNTIL_RATED = {"red": (3, 40), "amber": (5, 90), "green": (8, 150)}
STEPS = ("green", "amber", "red")


class Triage:
    """The hub's first look at a contact."""

    def __init__(self, plan: Plan, directory: Directory):
        self._now, self._directory = plan.now, directory

    def hub(self, area: str, role: str):
        """Staff of the area's hub with this role."""
        team = self._directory.team_of[self._directory.council(area), "MASH"]
        return [person for person in team if person.role == role]

    def allocated(self, area: str, received: datetime, draw: Draw) -> tuple[int | None, datetime | None]:
        """(staff_id, when) of the worker it goes to; nothing yet for the newest."""
        worker, at = pick(self.hub(area, "mash-worker"), draw), desk.after(received, whole(1, 30, draw))
        return (worker.staff_id, at) if at <= self._now else (None, None)

    def ratings(self, area: str, received: datetime, rating: str, draw: Draw) -> list[Rating]:
        """Every rating it gets, oldest first, also those still to come."""
        low, high = UNTIL_RATED[rating]
        at = desk.after(received, 1 + whole(low, high, draw))
        manager = pick(self.hub(area, "mash-manager"), draw)
        found = [Rating(at, rating, manager.staff_id, sentence("rating.first", draw))]
        if draw() < RE_RATED:
            up = draw() < RAISED
            place = STEPS.index(rating) + (1 if up else -1)
            if 0 <= place < 3:
                why = sentence("rating.raised" if up else "rating.lowered", draw)
                found.append(Rating(desk.after(at, whole(20, 110, draw)), STEPS[place], manager.staff_id, why))
        return found

    def consent(self, source: Source, rating: str, received: datetime, draw: Draw) -> Consent:
        """What the sender wrote of consent, and whether the hub asked about it."""
        status = source.consent.pick(draw)
        if status == "given" and rating == "red" and draw() < 0.5:
            status = "dispensed"
        reason = sentence(f"consent.{status}", draw) if status not in ("given", "") else ""
        challenged = None
        if status in ("", "not-sought") and source.kind not in PUBLIC_KINDS and draw() < CHALLENGED:
            at = desk.after(received, whole(20, 200, draw))
            challenged = at if at <= self._now else None
        return Consent(status, reason, challenged)
