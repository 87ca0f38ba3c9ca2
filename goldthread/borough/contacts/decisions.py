"""The hub's decision, the answer to the referrer, and when the referrer disagrees."""
from datetime import date, datetime

from goldthread.base.spans import Span
from goldthread.borough.agencies.directory import LOCAL_LIMITS
from goldthread.borough.chance import Draw, Weighted, whole
from goldthread.borough.contacts import desk
from goldthread.borough.contacts.concerns import Concern
from goldthread.borough.contacts.narrative import PUBLIC_KINDS, sentence
from goldthread.borough.plan import Plan
from goldthread.borough.records.contacts import Decision, Disagreement, Outcome, Rating, Referrer, Reply
from goldthread.borough.records.people import Family, Person
from goldthread.rules.calendar import england
from goldthread.rules.limits import limit

#: The limit each rating runs under.
LIMITS = {"red": "T04", "amber": "T05", "green": "T06"}
LOCAL = {key: Span.parse(span) for key, span in LOCAL_LIMITS}
REPLY_LIMIT = "T01"
IN_TIME = {"red": 0.86, "amber": 0.91, "green": 0.94}
#: Working minutes from first rating to decision: in time, and late.
PROMPT = {"red": (60, 230), "amber": (90, 450), "green": (60, 420)}
SLOWER_GREEN, SLOW_GREEN = 0.1, (480, 1380)
LATE = {"red": (260, 560), "amber": (980, 1500), "green": (1940, 2900)}
LEVELS = {"red": Weighted(((4, 56), (3, 37), (2, 7))), "amber": Weighted(((4, 6), (3, 7), (2, 60), (1, 27))),
          "green": Weighted(((3, 0.5), (2, 47), (1, 52.5)))}
EARLY_HELP_LEVELS = Weighted(((3, 3), (2, 72), (1, 25)))
#: level -> (national outcome, local outcome)
USUAL = {
    4: Weighted(((("cp-enquiry", "strategy-discussion"), 72), (("new-referral", "assessment"), 28))),
    3: Weighted(((("new-referral", "assessment"), 88), (("other", "early-help"), 12))),
    2: Weighted(((("other", "early-help"), 72), (("advice", "signpost"), 28))),
    1: Weighted(((("nfa", "no-further-action"), 46), (("advice", "advice"), 40), (("advice", "signpost"), 14))),
}
#: worry -> (from level, to level, how often, outcome)
SPECIAL = {
    "private-fostering": (1, 3, 0.8, ("private-fostering", "private-fostering")),
    "unborn": (3, 4, 0.75, ("new-referral", "pre-birth-assessment")),
    "radicalisation": (2, 4, 0.5, ("other", "prevent")),
    "criminal-exploitation": (2, 3, 0.4, ("other", "exploitation-panel")),
    "sexual-exploitation": (2, 3, 0.4, ("other", "exploitation-panel")),
    "missing": (1, 2, 0.4, ("missing", "advice")),
    "attendance": (1, 2, 0.08, ("other", "missing-education")),
    "domestic-abuse": (2, 3, 0.06, ("other", "marac")),
}
OPEN_ALREADY, SAME_FOR_SIBLINGS, OTHER_COUNCIL = 0.75, 0.85, 0.12
REPLIED_SOON, NEVER_REPLIED, DISAGREES = 0.9, 0.04, 0.011
STAGES = Weighted(((1, 70), (2, 20), (3, 7), (4, 3)))
HOW = Weighted((("portal", 62), ("e-mail", 28), ("phone", 10)))


def due(key: str, start: datetime) -> datetime:
    """When a limit that began at ``start`` runs out, by the partnership's own span where it has one."""
    return england().add(start, limit(key, start.date(), LOCAL).span)


class Decisions:
    """What the hub decides and says back."""

    def __init__(self, plan: Plan):
        self._now = plan.now

    def decision(self, stream: str, ratings: list[Rating], worries: list[Concern], source: str, family: Family,
                 children: list[Person], draw: Draw) -> Decision | None:
        """The decision; None while it is still to come."""
        first, last = ratings[0], ratings[-1]
        at = max(desk.after(first.at, self._minutes(first.rating, draw)), last.at)
        levels = EARLY_HELP_LEVELS if stream == "early-help" else LEVELS[last.rating]
        level = levels.pick(draw)
        main = self._outcome(level, worries[0], source, family, at.date(), draw)
        outcomes = []
        for place, child in enumerate(children):
            other = place and draw() >= SAME_FOR_SIBLINGS
            code, local = USUAL[max(1, level - 1)].pick(draw) if other else main
            outcomes.append(Outcome(child.person_id, code, local))
        rationale = sentence(f"rationale.{level}", draw)
        if at > self._now:
            return None
        return Decision(at, last.staff_id, level, rationale, tuple(outcomes),
                        at > due(LIMITS[first.rating], first.at))

    def _minutes(self, rating: str, draw: Draw) -> int:
        if draw() >= IN_TIME[rating]:
            return whole(*LATE[rating], draw)
        if rating == "green" and draw() < SLOWER_GREEN:
            return whole(*SLOW_GREEN, draw)
        return whole(*PROMPT[rating], draw)

    def _outcome(self, level: int, worry: Concern, source: str, family: Family, on: date,
                 draw: Draw) -> tuple[str, str]:
        if draw() < OPEN_ALREADY and any(work.kind != "early-help" and (work.until is None or work.until >= on)
                                         for work in family.involvements):
            return "existing-referral", "open-worker"
        if source == "5C" and draw() < OTHER_COUNCIL:
            return "other-la-cp", "other-council"
        least, most, share, special = SPECIAL.get(worry.key, (9, 9, 0.0, ("", "")))
        if least <= level <= most and draw() < share:
            return special
        return USUAL[level].pick(draw)

    def reply(self, received: datetime, decision: Decision, referrer: Referrer, kind: str,
              draw: Draw) -> Reply | None:
        """The answer to the referrer; None for those who cannot be reached, and where it was forgotten."""
        if kind == "anonymous" or not (referrer.phone or referrer.email):
            return None
        chance = draw()
        minutes = whole(5, 150, draw) if chance < REPLIED_SOON else whole(480, 1400, draw)
        at = desk.after(decision.at, minutes)
        how = "phone" if kind in PUBLIC_KINDS else HOW.pick(draw)
        if chance >= 1 - NEVER_REPLIED or at > self._now:
            return None
        return Reply(at, decision.staff_id, how, at > due(REPLY_LIMIT, received))

    def disagreement(self, decision: Decision, reply: Reply | None, referrer: Referrer,
                     draw: Draw) -> Disagreement | None:
        """A professional who was told and thinks otherwise: about one contact in a hundred."""
        if draw() >= DISAGREES * 1.35 or reply is None or referrer.agency_id is None or decision.level == 4:
            return None
        raised = desk.after(reply.at, whole(60, 2200, draw))
        stage = STAGES.pick(draw)
        settled = desk.after(raised, desk.DAY * stage * (0.5 + 2 * draw()))
        changed, reason = draw() < 0.3, sentence("disagreement", draw)
        if raised > self._now:
            return None
        open_still = settled > self._now
        return Disagreement(raised, referrer.agency_id, reason, stage, None if open_still else settled,
                            changed and not open_still)
