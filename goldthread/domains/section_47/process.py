"""How a strategy discussion and a section 47 enquiry run."""
from goldthread.access.policy import May
from goldthread.domains.section_47 import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

ANYWHERE = tuple(Seat(Standing.PARTNERSHIP, right)
                 for right in (May.WORK_SOCIAL_CARE, May.WORK_FRONT_DOOR, May.WORK_EXPLOITATION))
WORKER = (Seat(Standing.DESK, May.WORK_SOCIAL_CARE),)
MANAGER = (Seat(Standing.DESK, May.MANAGE_SOCIAL_CARE),)
CHAIR = (Seat(Standing.DESK, May.CHAIR_CONFERENCES), *MANAGER)
ASKED = (Seat(Standing.ASKED, May.ANSWER_REQUESTS),)
CONCERN, ENQUIRY = was(m.HarmConcern), was(m.StrategyDiscussion, "joint", "single")
DECIDED = was(m.EnquiryOutcome)

SECTION_47 = register(with_common(Process(
    key="section-47", name="Section 47 enquiry", several="Section 47 enquiries", prefix="EN", desk="social-care",
    worker=May.WORK_SOCIAL_CARE, manager=May.MANAGE_SOCIAL_CARE, allocation=m.EnquiryWorker,
    statute="Children Act 1989 s.47; Working Together to Safeguard Children",
    stages=(
        Stage("Concern", (
            Step(m.HarmConcern, by=ANYWHERE, lines=(m.EnquiryPerson,), outcome="urgency", tells=(Standing.DESK,)),
            Step(m.EnquiryWorker, by=MANAGER, needs=(CONCERN,), repeats=True, required=False,
                 tells=(Standing.ALLOCATED,)),
        )),
        Stage("Strategy discussion", (
            Step(m.StrategyInvitation, by=WORKER, needs=(CONCERN,), lines=(m.InvitedAgency,), repeats=True,
                 required=False, asks=m.StrategyReply, audience=(Standing.DESK, Standing.ASKED), plans="planned_for",
                 until=DECIDED),
            Step(m.StrategyReply, by=ASKED, repeats=True, required=False, lapses=m.StrategyDiscussion,
                 outcome="attending", audience=(Standing.DESK, Standing.AUTHOR), tells=(Standing.DESK,)),
            Step(m.StrategyDiscussion, by=MANAGER, needs=(CONCERN,), lines=(m.StrategyAttendance, m.ChildDecision),
                 outcome="decision", repeats=True, tells=(Standing.ALLOCATED,)),
        )),
        Stage("Enquiry", (
            Step(m.EnquiryVisit, by=WORKER, needs=(ENQUIRY,), lines=(m.SeenChild,), repeats=True),
            Step(m.Medical, by=WORKER, needs=(ENQUIRY,), outcome="result", repeats=True, required=False, until=DECIDED),
            Step(m.EnquiryReport, by=WORKER, needs=(ENQUIRY, was(m.EnquiryVisit)), outcome="harm",
                 tells=(Standing.DESK,)),
        )),
        Stage("Outcome", (
            Step(m.EnquiryOutcome, by=MANAGER, needs=(was(m.EnquiryReport),), lines=(m.ChildOutcome,),
                 outcome="outcome", apart_from=(m.EnquiryReport,), tells=(Standing.ALLOCATED,)),
            Step(m.ConferenceArranged, by=CHAIR, needs=(was(m.EnquiryOutcome, "cp-conference"),), outcome="result",
                 plans="planned_for", tells=(Standing.ALLOCATED,)),
        )),
    ),
    clocks=(
        Clock("Hold the strategy discussion", was(m.HarmConcern, "ordinary"), m.StrategyDiscussion, rule="T12"),
        Clock("Hold the strategy discussion today", was(m.HarmConcern, "immediate"), m.StrategyDiscussion, rule="T12a"),
        Clock("Hold the strategy discussion: complex abuse", was(m.HarmConcern, "complex"), m.StrategyDiscussion,
              rule="T12b"),
        Clock("Agency's answer", was(m.StrategyInvitation), m.StrategyReply, each_ask=True),
        Clock("Conclude the enquiry", ENQUIRY, m.EnquiryOutcome, rule="T13"),
        Clock("Arrange the initial conference", ENQUIRY, m.ConferenceArranged, rule="T14"),
    ),
)))
