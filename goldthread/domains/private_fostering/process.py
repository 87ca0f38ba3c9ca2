"""How private fostering runs. Reasons for each time limit: rules/data/limits/private_fostering.toml."""
from goldthread.access.policy import May
from goldthread.domains.private_fostering import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

ANYWHERE = (Seat(Standing.PARTNERSHIP, May.WORK_SOCIAL_CARE), Seat(Standing.PARTNERSHIP, May.WORK_FRONT_DOOR))
WORKER = (Seat(Standing.DESK, May.WORK_SOCIAL_CARE),)
MANAGER = (Seat(Standing.DESK, May.MANAGE_SOCIAL_CARE),)
ASKED = (Seat(Standing.ASKED, May.ANSWER_REQUESTS),)
NOTIFIED, DECIDED = was(m.FosteringNotice), was(m.SuitabilityDecision)
GOES_ON = was(m.SuitabilityDecision, "suitable", "with-requirements", "prohibited")
ENDED = was(m.FosteringEnd)
FIRST_YEAR = 365


def visiting(day: int) -> str:
    """Every 6 weeks in the first year, every 12 after it: by the whole days since the council became aware.

    A year may have 366 days, so that the last day counts as the first year's: never later than the law says.
    """
    return "T75" if day <= FIRST_YEAR else "T76"


PRIVATE_FOSTERING = register(with_common(Process(
    key="private-fostering", name="Private fostering arrangement", prefix="PF", desk="social-care",
    worker=May.WORK_SOCIAL_CARE, manager=May.MANAGE_SOCIAL_CARE, allocation=m.FosteringWorker,
    statute="Children Act 1989 Part 9 and Schedule 8; Children (Private Arrangements for Fostering) Regulations 2005",
    stages=(
        Stage("Notified", (
            Step(m.FosteringNotice, by=ANYWHERE, lines=(m.FosteredPerson,), outcome="arrangement",
                 tells=(Standing.DESK,)),
            Step(m.FosteringWorker, by=MANAGER, needs=(NOTIFIED,), repeats=True, required=False,
                 tells=(Standing.ALLOCATED,)),
        )),
        Stage("Visited and assessed", (
            Step(m.FosteringVisit, by=WORKER, needs=(NOTIFIED,), outcome="kind", repeats=True, until=ENDED),
            Step(m.ViewsAsked, by=WORKER, needs=(NOTIFIED,), lines=(m.ViewsFrom,), repeats=True, required=False,
                 asks=m.ViewsGiven, audience=(Standing.DESK, Standing.ASKED), until=ENDED),
            Step(m.ViewsGiven, by=ASKED, repeats=True, required=False, lapses=True, outcome="known",
                 audience=(Standing.DESK, Standing.AUTHOR), tells=(Standing.DESK,)),
            Step(m.Suitability, by=WORKER, needs=(was(m.FosteringVisit),), repeats=True, until=ENDED),
        )),
        Stage("Decided", (
            Step(m.SuitabilityDecision, by=MANAGER, needs=(was(m.Suitability),), outcome="decision", repeats=True,
                 tells=(Standing.ALLOCATED,), until=ENDED),
            Step(m.FosteringRequirements, by=MANAGER, needs=(was(m.SuitabilityDecision, "with-requirements"),),
                 repeats=True, until=ENDED),
            Step(m.Prohibition, by=MANAGER, needs=(was(m.SuitabilityDecision, "prohibited"),)),
        )),
        Stage("Watched over", (
            Step(m.VisitRequest, by=WORKER, needs=(NOTIFIED,), repeats=True, required=False, plans="visit_by",
                 until=ENDED),
            Step(m.FosteringChange, by=WORKER, needs=(NOTIFIED,), repeats=True, required=False, until=ENDED),
            Step(m.FosteringAudit, by=MANAGER, needs=(NOTIFIED,), repeats=True, required=False, outcome="grade",
                 apart_from=(m.FosteringVisit,), tells=(Standing.ALLOCATED,), until=ENDED),
            Step(m.FosteringEnd, by=WORKER, needs=(GOES_ON,), outcome="outcome"),
        )),
    ),
    clocks=(
        Clock("First visit: planned arrangement", was(m.FosteringNotice, "proposed"), m.FosteringVisit, rule="T73"),
        Clock("First visit: child lives there", was(m.FosteringNotice, "running"), m.FosteringVisit, rule="T74"),
        Clock("Regular visit", NOTIFIED, m.FosteringVisit, every=visiting, until=ENDED),
        Clock("Visit asked for", was(m.VisitRequest), m.FosteringVisit, planned=True, each=True),
        Clock("Monthly audit", NOTIFIED, m.FosteringAudit, every=lambda day: "T7a2", until=ENDED),
        Clock("Health and school answer", was(m.ViewsAsked), m.ViewsGiven, each_ask=True),
    ),
)))
