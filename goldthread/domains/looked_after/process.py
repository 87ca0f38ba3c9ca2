"""How being looked after runs, and leaving care. Reasons for each time limit: rules/data/limits/care_education.toml."""
from collections.abc import Callable

from goldthread.access.policy import May
from goldthread.domains.looked_after import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

STARTERS = (Seat(Standing.PARTNERSHIP, May.WORK_SOCIAL_CARE),)
WORKER = (Seat(Standing.DESK, May.WORK_SOCIAL_CARE),)
MANAGER = (Seat(Standing.DESK, May.MANAGE_SOCIAL_CARE),)
OFFICER = (Seat(Standing.DESK, May.CHAIR_CONFERENCES),)
IN_CARE, ENDED, LEFT = was(m.CareStart), was(m.CareEnd), was(m.LeavingEnd)
FIRST_YEAR = 365


def visiting(later: str) -> Callable[[int], str]:
    """Every 6 weeks in the first year of care, then by the rule for the placement."""
    return lambda day: "T96a" if day <= FIRST_YEAR else later


def reviewing(day: int) -> str:
    """The second review 3 months after the first, each later one 6 months after the last."""
    return "T95" if day < 1 else "T95a"


LOOKED_AFTER = register(with_common(Process(
    key="looked-after", name="Looked-after child", several="Looked-after children", prefix="LA", desk="social-care",
    worker=May.WORK_SOCIAL_CARE, manager=May.MANAGE_SOCIAL_CARE, allocation=m.CareWorker,
    statute="Children Act 1989 Part 3; Care Planning, Placement and Case Review (England) Regulations 2010",
    stages=(
        Stage("Becomes looked after", (
            Step(m.CareStart, by=STARTERS, lines=(m.CareChild,), outcome="education", tells=(Standing.DESK,)),
            Step(m.CareWorker, by=MANAGER, needs=(IN_CARE,), repeats=True, required=False, tells=(Standing.ALLOCATED,)),
            Step(m.ReviewingOfficer, by=(*MANAGER, *OFFICER), needs=(IN_CARE,), repeats=True, until=ENDED),
            Step(m.Placement, by=WORKER, needs=(IN_CARE,), outcome="lasting", repeats=True, until=ENDED),
            Step(m.PlacementPlan, by=WORKER, needs=(was(m.Placement),), repeats=True, until=ENDED),
            Step(m.CarePlan, by=WORKER, needs=(IN_CARE,), outcome="health", repeats=True, until=ENDED),
        )),
        Stage("Looked after", (
            Step(m.StatusChange, by=WORKER, needs=(IN_CARE,), repeats=True, required=False, until=ENDED),
            Step(m.CareVisit, by=WORKER, needs=(was(m.Placement),), repeats=True, until=ENDED),
            Step(m.HealthAssessment, by=WORKER, needs=(IN_CARE,), repeats=True, until=ENDED),
            *(Step(each, by=WORKER, needs=(IN_CARE,), repeats=True, required=False, until=ENDED)
              for each in (m.DentalCheck, m.Questionnaire)),
            Step(m.EducationPlan, by=WORKER, needs=(was(m.CareStart, "yes"),), repeats=True, until=ENDED),
            Step(m.CareReview, by=OFFICER, needs=(IN_CARE,), repeats=True, until=ENDED, tells=(Standing.ALLOCATED,)),
            Step(m.AdoptionDecision, by=MANAGER, needs=(IN_CARE,), repeats=True, required=False, until=ENDED),
            *(Step(each, by=MANAGER, needs=(was(m.AdoptionDecision),), repeats=True, required=False, until=ENDED)
              for each in (m.AdoptionMatch, m.AdoptionStopped)),
            Step(m.CareEnd, by=MANAGER, needs=(IN_CARE,), outcome="after", tells=(Standing.ALLOCATED,)),
        )),
        Stage("Leaving care", (
            Step(m.LeavingCare, by=MANAGER, needs=(IN_CARE,), repeats=True, required=False, until=LEFT),
            Step(m.PathwayPlan, by=WORKER, needs=(was(m.LeavingCare),), repeats=True, required=False, until=LEFT),
            Step(m.LeaverContact, by=WORKER, needs=(was(m.CareEnd, "leaver"),), repeats=True, until=LEFT),
            Step(m.LeavingEnd, by=MANAGER, needs=(was(m.CareEnd, "leaver"),)),
        )),
    ),
    clocks=(
        Clock("Care plan", IN_CARE, m.CarePlan, rule="T90"),
        Clock("Placement plan", was(m.Placement), m.PlacementPlan, rule="T91", each=True),
        Clock("First health assessment", IN_CARE, m.HealthAssessment, rule="T92"),
        Clock("Next health assessment: under 5", was(m.HealthAssessment), m.HealthAssessment, until=ENDED,
              only_while=was(m.CarePlan, "6-months"), every=lambda day: "T93"),
        Clock("Next health assessment: 5 and over", was(m.HealthAssessment), m.HealthAssessment, until=ENDED,
              only_while=was(m.CarePlan, "12-months"), every=lambda day: "T93a"),
        Clock("First review", IN_CARE, m.CareReview, rule="T94"),
        Clock("Next review", was(m.CareReview), m.CareReview, every=reviewing, until=ENDED),
        Clock("First visit to a placement", was(m.Placement), m.CareVisit, rule="T96", each=True),
        Clock("Visit", IN_CARE, m.CareVisit, only_while=was(m.Placement, "shorter"), every=visiting("T96c"), until=ENDED),
        Clock("Visit: settled to 18", IN_CARE, m.CareVisit, only_while=was(m.Placement, "to-18"), every=visiting("T96b"),
              until=ENDED),
        Clock("Personal education plan", was(m.CareStart, "yes"), m.EducationPlan, rule="T97"),
        Clock("Next questionnaire", was(m.Questionnaire), m.Questionnaire, every=lambda day: "T98", until=ENDED),
        Clock("Dental check", IN_CARE, m.DentalCheck, every=lambda day: "T98a", until=ENDED),
        Clock("Pathway plan", was(m.LeavingCare), m.PathwayPlan, rule="T99"),
        Clock("Next look at the pathway plan", was(m.PathwayPlan), m.PathwayPlan, every=lambda day: "T99a", until=LEFT),
        Clock("Contact after leaving care", was(m.CareEnd, "leaver"), m.LeaverContact, rule="T100"),
        Clock("Next contact with a care leaver", was(m.LeaverContact), m.LeaverContact, every=lambda day: "T100b",
              until=LEFT),
    ),
)))
