"""How pre-proceedings and care proceedings run: the legal gateway, the family's own meeting, the court."""
from goldthread.access.policy import May
from goldthread.domains.pre_proceedings import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

STARTERS = (Seat(Standing.PARTNERSHIP, May.WORK_SOCIAL_CARE),)
WORKER = (Seat(Standing.DESK, May.WORK_SOCIAL_CARE),)
MANAGER = (Seat(Standing.DESK, May.MANAGE_SOCIAL_CARE),)
REQUESTED = was(m.GatewayRequest)
BEGUN, BEGUN_OR_ISSUED = was(m.LegalGateway, "B"), was(m.LegalGateway, "B", "C")
OFFERED, TO_COURT = was(m.FamilyGroupOffer), was(m.StepDecision, "court")
STEPPED = was(m.StepDecision)

PRE_PROCEEDINGS = register(with_common(Process(
    key="pre-proceedings", name="Pre-proceedings", several="Pre-proceedings", prefix="PP", desk="social-care",
    worker=May.WORK_SOCIAL_CARE, manager=May.MANAGE_SOCIAL_CARE, allocation=m.ProceedingsWorker,
    statute="Children Act 1989 ss.31 and 32; Children's Wellbeing and Schools Act 2026; children in need census 2026",
    stages=(
        Stage("Legal advice", (
            Step(m.GatewayRequest, by=STARTERS, lines=(m.ProceedingsPerson,), tells=(Standing.DESK,)),
            Step(m.ProceedingsWorker, by=MANAGER, needs=(REQUESTED,), repeats=True, required=False,
                 tells=(Standing.ALLOCATED,)),
            Step(m.LegalGateway, by=MANAGER, needs=(REQUESTED,), outcome="outcome", tells=(Standing.ALLOCATED,)),
        )),
        Stage("Pre-proceedings", (
            Step(m.LetterBeforeProceedings, by=WORKER, needs=(BEGUN,)),
            Step(m.FamilyGroupOffer, by=WORKER, needs=(BEGUN_OR_ISSUED,), outcome="answer", repeats=True),
            Step(m.FamilyGroupMeeting, by=WORKER, needs=(was(m.FamilyGroupOffer, "accepted"),), required=False),
            Step(m.PreProceedingsMeeting, by=WORKER, needs=(was(m.LetterBeforeProceedings),), lines=(m.ParentAttendance,)),
            Step(m.PreProceedingsReview, by=WORKER, needs=(was(m.PreProceedingsMeeting),), repeats=True, required=False,
                 until=STEPPED),
            Step(m.StepDecision, by=MANAGER, needs=(BEGUN_OR_ISSUED,), outcome="outcome", tells=(Standing.ALLOCATED,)),
        )),
        Stage("Court", (
            Step(m.LetterOfIntent, by=WORKER, needs=(TO_COURT,)),
            Step(m.CourtApplication, by=MANAGER, needs=(TO_COURT, OFFERED), tells=(Standing.ALLOCATED,)),
            Step(m.FinalOrder, by=WORKER, needs=(was(m.CourtApplication),), outcome="order", tells=(Standing.DESK,)),
        )),
    ),
    clocks=(
        Clock("Conclude care proceedings", was(m.CourtApplication), m.FinalOrder, rule="T28"),
    ),
)))
