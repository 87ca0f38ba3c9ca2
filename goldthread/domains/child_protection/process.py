"""How an initial conference, the plan it makes and the reviews of that plan run."""
from goldthread.access.policy import May
from goldthread.domains.child_protection import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

STARTERS = (Seat(Standing.PARTNERSHIP, May.WORK_SOCIAL_CARE),)
WORKER = (Seat(Standing.DESK, May.WORK_SOCIAL_CARE),)
MANAGER = (Seat(Standing.DESK, May.MANAGE_SOCIAL_CARE),)
CHAIR = (Seat(Standing.DESK, May.CHAIR_CONFERENCES),)
ARRANGER = (*CHAIR, *MANAGER)
ASKED = (Seat(Standing.ASKED, May.ANSWER_REQUESTS),)
TO_ASKED, TO_AUTHOR = (Standing.DESK, Standing.ASKED), (Standing.DESK, Standing.AUTHOR)
REQUESTED, PLANNED, HELD = was(m.ConferenceRequest), was(m.ConferencePlan), was(m.InitialConference)
ON_PLAN, OVER = was(m.InitialConference, "cp-plan"), was(m.PlanEnd)
REVIEW_PLANNED, REVIEWED, ENDED = was(m.ReviewPlan), was(m.ReviewConference), was(m.ReviewConference, "end")
AFTER_BIRTH = (m.PlanAfterBirth, m.ReviewConference, m.CoreGroup)  # whichever comes first looks at the plan

CONFERENCE = (
    Step(m.ConferencePlan, by=ARRANGER, needs=(REQUESTED,), lines=(m.ConferenceAgency,), repeats=True,
         asks=m.AgencyReport, audience=TO_ASKED, plans="planned_for", until=HELD),
    Step(m.AgencyReport, by=ASKED, repeats=True, required=False, outcome="answer", audience=TO_AUTHOR,
         lapses=m.InitialConference, tells=(Standing.DESK,)),
    Step(m.ReportShared, by=WORKER, needs=(PLANNED,), repeats=True, until=OVER),
    Step(m.InitialConference, by=CHAIR, needs=(PLANNED,), lines=(m.ConferenceAttendance, m.ChildDecision),
         outcome="outcome", tells=(Standing.ALLOCATED,)),
    Step(m.ConferenceDecisionsSent, by=ARRANGER, needs=(HELD,), until=OVER),
    Step(m.ConferenceRecordSent, by=ARRANGER, needs=(HELD,), lines=(m.RecordRecipient,), asks=m.ConferenceRecordRead,
         audience=TO_ASKED, until=OVER),
    Step(m.ConferenceRecordRead, by=ASKED, repeats=True, required=False, audience=TO_AUTHOR, lapses=True),
)
AT_WORK = (
    Step(m.CoreGroup, by=WORKER, needs=(ON_PLAN,), lines=(m.CoreGroupAttendance, m.PlanAction), repeats=True, until=OVER),
    Step(m.PlanVisit, by=WORKER, needs=(ON_PLAN,), lines=(m.VisitedChild,), repeats=True, until=OVER),
    Step(m.AttemptedVisit, by=WORKER, needs=(ON_PLAN,), repeats=True, required=False, until=OVER,
         tells=(Standing.DESK,)),
    Step(m.LongPlanReview, by=MANAGER, needs=(ON_PLAN,), repeats=True, required=False, until=OVER),
    Step(m.Birth, by=WORKER, needs=(ON_PLAN,), outcome="mother_well", required=False, until=OVER,
         tells=(Standing.DESK,)),
    Step(m.PlanAfterBirth, by=(*WORKER, *CHAIR), needs=(was(m.Birth),), outcome="held_as", required=False, until=OVER),
)
REVIEW = (
    Step(m.ReviewPlan, by=ARRANGER, needs=(ON_PLAN,), lines=(m.ReviewAgency,), repeats=True, asks=m.ReviewAgencyReport,
         audience=TO_ASKED, plans="planned_for", until=OVER),
    Step(m.ReviewAgencyReport, by=ASKED, repeats=True, required=False, outcome="answer", audience=TO_AUTHOR,
         lapses=m.ReviewConference, tells=(Standing.DESK,)),
    Step(m.ReviewReportShared, by=WORKER, needs=(REVIEW_PLANNED,), repeats=True, until=OVER),
    Step(m.ReviewConference, by=CHAIR, needs=(REVIEW_PLANNED,), lines=(m.ReviewAttendance, m.ReviewChildDecision),
         outcome="decision", repeats=True, until=OVER, tells=(Standing.ALLOCATED,)),
    Step(m.ReviewDecisionsSent, by=ARRANGER, needs=(REVIEWED,), repeats=True, until=OVER),
    Step(m.ReviewRecordSent, by=ARRANGER, needs=(REVIEWED,), lines=(m.ReviewRecipient,), repeats=True,
         asks=m.ReviewRecordRead, audience=TO_ASKED, until=OVER),
    Step(m.ReviewRecordRead, by=ASKED, repeats=True, required=False, audience=TO_AUTHOR, lapses=True),
)
CLOCKS = (
    Clock("Hold the initial conference", was(m.ConferenceRequest, "section-47"), m.InitialConference, rule="T14"),
    Clock("Hold the transfer-in conference", was(m.ConferenceRequest, "transfer-in"), m.InitialConference, rule="T15"),
    Clock("Agency's report", PLANNED, m.AgencyReport, each_ask=True),
    Clock("Share the report with the family", PLANNED, m.ReportShared, rule="T16", planned=True,
          comes=m.InitialConference),
    Clock("Send the decisions", HELD, m.ConferenceDecisionsSent, rule="T17"),
    Clock("Send the record", HELD, m.ConferenceRecordSent, rule="T18"),
    Clock("Agency reads the record", was(m.ConferenceRecordSent), m.ConferenceRecordRead, each_ask=True),
    Clock("First core group", ON_PLAN, m.CoreGroup, rule="T19"),
    Clock("Next core group", was(m.CoreGroup), m.CoreGroup, every=lambda day: "T20", until=ENDED),
    Clock("Visit the child", ON_PLAN, m.PlanVisit, every=lambda day: "T24", until=ENDED),
    Clock("Visit the child: longest gap", ON_PLAN, m.PlanVisit, every=lambda day: "T24a", until=ENDED),
    Clock("First review conference", ON_PLAN, m.ReviewConference, rule="T21"),
    Clock("First review conference: published figure", ON_PLAN, m.ReviewConference, rule="T21s"),
    Clock("Next review conference", REVIEWED, m.ReviewConference, every=lambda day: "T22", until=ENDED),
    Clock("Next review conference: published figure", REVIEWED, m.ReviewConference, every=lambda day: "T22s", until=ENDED),
    Clock("Agency's report to the review", REVIEW_PLANNED, m.ReviewAgencyReport, each_ask=True),
    Clock("Share the review report with the family", REVIEW_PLANNED, m.ReviewReportShared, rule="T16a", planned=True,
          comes=m.ReviewConference),
    Clock("Send the review's decisions", REVIEWED, m.ReviewDecisionsSent, rule="T17", each=True),
    Clock("Send the review's record", REVIEWED, m.ReviewRecordSent, rule="T18", each=True),
    Clock("Agency reads the review's record", was(m.ReviewRecordSent), m.ReviewRecordRead, each_ask=True),
    Clock("Look at the plan after the birth", was(m.Birth, "yes"), AFTER_BIRTH, rule="T23"),
    Clock("Look at the plan after the birth: mother not well", was(m.Birth, "no"), AFTER_BIRTH, rule="T23a"),
    Clock("Review the plan after the birth", was(m.PlanAfterBirth), m.ReviewConference, rule="T23b"),
    Clock("First review after the birth: from the birth", was(m.Birth), m.ReviewConference, rule="T23c"),
    Clock("First review after the birth: from the conference", ON_PLAN, m.ReviewConference, rule="T23d",
          only_while=was(m.Birth)),
    Clock("Long plan: look at it", ON_PLAN, m.LongPlanReview, rule="T26"),
    Clock("Plan of two years", ON_PLAN, m.PlanEnd, rule="T26a"),
)

CHILD_PROTECTION = register(with_common(Process(
    key="child-protection", name="Child protection", several="Child protection", prefix="CP", desk="social-care",
    worker=May.WORK_SOCIAL_CARE, manager=May.MANAGE_SOCIAL_CARE, allocation=m.ConferenceWorker,
    statute="Children Act 1989 s.47; Working Together to Safeguard Children",
    stages=(
        Stage("Asked for", (
            Step(m.ConferenceRequest, by=STARTERS, lines=(m.ConferencePerson,), outcome="why", tells=(Standing.DESK,)),
            Step(m.ConferenceWorker, by=MANAGER, needs=(REQUESTED,), repeats=True, required=False,
                 tells=(Standing.ALLOCATED,)),
        )),
        Stage("Initial conference", CONFERENCE),
        Stage("Plan begun", AT_WORK),
        Stage("First review", REVIEW),
        Stage("On a plan", (Step(m.PlanEnd, by=MANAGER, needs=(ON_PLAN,), tells=(Standing.ALLOCATED,)),)),
    ),
    clocks=CLOCKS,
)))
