"""How a child and family assessment runs, before birth too."""
from goldthread.access.policy import May
from goldthread.domains.assessment import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

ANYWHERE = (Seat(Standing.PARTNERSHIP, May.WORK_SOCIAL_CARE), Seat(Standing.PARTNERSHIP, May.WORK_FRONT_DOOR))
WORKER = (Seat(Standing.DESK, May.WORK_SOCIAL_CARE),)
MANAGER = (Seat(Standing.DESK, May.MANAGE_SOCIAL_CARE),)
ASKED = (Seat(Standing.ASKED, May.ANSWER_REQUESTS),)
REQUESTED, STARTED, WRITTEN = was(m.AssessmentRequest), was(m.AssessmentStart), was(m.AssessmentReport)
DECIDED = was(m.AssessmentOutcome)


def looked_at(record: type) -> Step:
    """A point at which the manager looks at an assessment that is still being written."""
    return Step(record, by=MANAGER, needs=(STARTED,), required=False, until=DECIDED, tells=(Standing.ALLOCATED,))


ASSESSMENT = register(with_common(Process(
    key="assessment", name="Assessment", prefix="AS", desk="social-care",
    worker=May.WORK_SOCIAL_CARE, manager=May.MANAGE_SOCIAL_CARE, allocation=m.AssessmentWorker,
    statute="Children Act 1989 s.17; Working Together to Safeguard Children",
    stages=(
        Stage("Asked for", (
            Step(m.AssessmentRequest, by=ANYWHERE, lines=(m.AssessedPerson,), outcome="kind", tells=(Standing.DESK,)),
            Step(m.AssessmentWorker, by=MANAGER, needs=(REQUESTED,), repeats=True, required=False,
                 tells=(Standing.ALLOCATED,)),
        )),
        Stage("Under way", (
            Step(m.AssessmentStart, by=WORKER, needs=(REQUESTED,)),
            Step(m.AgencyViewRequest, by=WORKER, needs=(STARTED,), lines=(m.AskedAgency,), repeats=True, required=False,
                 asks=m.AgencyView, audience=(Standing.DESK, Standing.ASKED), until=DECIDED),
            Step(m.AgencyView, by=ASKED, repeats=True, required=False, lapses=True, outcome="answer",
                 audience=(Standing.DESK, Standing.AUTHOR), tells=(Standing.DESK,)),
            Step(m.AssessmentVisit, by=WORKER, needs=(STARTED,), lines=(m.VisitedChild,), repeats=True),
            looked_at(m.FirstReviewPoint), looked_at(m.SecondReviewPoint), looked_at(m.LastReviewPoint),
        )),
        Stage("Written", (
            Step(m.AssessmentReport, by=WORKER, needs=(STARTED, was(m.AssessmentVisit)), lines=(m.AssessmentFactor,),
                 tells=(Standing.DESK,)),
        )),
        Stage("Authorised", (
            Step(m.AssessmentOutcome, by=MANAGER, needs=(WRITTEN,), lines=(m.ChildOutcome,), outcome="outcome",
                 apart_from=(m.AssessmentReport,), tells=(Standing.ALLOCATED,)),
        )),
    ),
    clocks=(
        Clock("Conclude the assessment", REQUESTED, m.AssessmentOutcome, rule="T10"),
        Clock("Conclude the assessment: published figure", STARTED, m.AssessmentOutcome, rule="T10s"),
        Clock("First review point", STARTED, m.FirstReviewPoint, rule="T11"),
        Clock("Second review point", STARTED, m.SecondReviewPoint, rule="T11a"),
        Clock("Last review point", STARTED, m.LastReviewPoint, rule="T11b"),
        Clock("Agency's view", was(m.AgencyViewRequest), m.AgencyView, each_ask=True),
    ),
)))
