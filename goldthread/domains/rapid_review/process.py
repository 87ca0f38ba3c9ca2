"""How a serious incident runs: notified, reviewed at once, signed by two partners, and what it led to."""
from goldthread.access.policy import May
from goldthread.domains.rapid_review import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, answered, signed, was
from goldthread.process.registry import register

OFFICE = (Seat(Standing.DESK, May.RUN_REVIEWS),)
PARTNER = (Seat(Standing.DESK, May.SIGN_FOR_PARTNERS),)
ASKED = (Seat(Standing.ASKED, May.ANSWER_REQUESTS),)
DESK_AND_ASKED, DESK_AND_AUTHOR = (Standing.DESK, Standing.ASKED), (Standing.DESK, Standing.AUTHOR)
AWARE, NOTIFIED, FULL = was(m.SeriousIncident), was(m.PanelNotification), was(m.CriteriaDecision, "notify")
LOCAL_REVIEW, SENT = was(m.ReviewDecision, "lcspr"), was(m.SentToPanel)
BOTH_SIGNED = signed(m.PartnerSignOff, 2, agencies=True)  # two people of one partner are one partner
TO_DO = was(m.LearningAgreed, "actions")

RAPID_REVIEW = register(with_common(Process(
    key="rapid-review", name="Serious incident", prefix="SI", desk="reviews", area="assurance", in_emergency=False,
    worker=May.RUN_REVIEWS, manager=May.RUN_REVIEWS,
    statute="Children Act 2004 ss.16C to 16F; Child Safeguarding Practice Review and Relevant Agency (England) "
            "Regulations 2018; Working Together to Safeguard Children",
    stages=(
        Stage("Notifying", (
            Step(m.SeriousIncident, by=OFFICE, lines=(m.IncidentChild,), outcome="harm", tells=(Standing.DESK,)),
            Step(m.CriteriaDecision, by=OFFICE, needs=(AWARE,), outcome="decision"),
            Step(m.PanelNotification, by=OFFICE, needs=(was(m.CriteriaDecision, "notify", "notify-only"),)),
        )),
        Stage("Rapid review", (
            Step(m.FamilyTold, by=OFFICE, needs=(FULL,), outcome="told", repeats=True),
            Step(m.SummaryRequest, by=OFFICE, needs=(FULL, NOTIFIED), lines=(m.SummaryAgency,), asks=m.AgencySummary,
                 audience=DESK_AND_ASKED, repeats=True),
            Step(m.AgencySummary, by=ASKED, repeats=True, required=False, lapses=True, audience=DESK_AND_AUTHOR,
                 tells=(Standing.DESK,)),
            Step(m.RapidReview, by=OFFICE, needs=(was(m.SummaryRequest),)),
            Step(m.ReviewDecision, by=OFFICE, needs=(was(m.RapidReview),), outcome="decision",
                 tells=(Standing.DESK,)),
            Step(m.PartnerComment, by=PARTNER, needs=(was(m.ReviewDecision),), repeats=True, required=False,
                 until=BOTH_SIGNED, tells=(Standing.DESK,)),
            Step(m.PartnerSignOff, by=PARTNER, needs=(was(m.ReviewDecision),), repeats=True,
                 until=BOTH_SIGNED, tells=(Standing.DESK,)),
            Step(m.SentToPanel, by=OFFICE, needs=(BOTH_SIGNED,), outcome="sent"),
            Step(m.DecisionSent, by=OFFICE, needs=(was(m.SentToPanel, "review"),)),
            Step(m.PanelReply, by=OFFICE, needs=(SENT,), outcome="reply", tells=(Standing.DESK,)),
        )),
        Stage("Local review", (
            Step(m.ReviewerAppointed, by=OFFICE, needs=(LOCAL_REVIEW, SENT)),
            Step(m.ReviewProgress, by=OFFICE, needs=(was(m.ReviewerAppointed),), repeats=True, required=False,
                 until=was(m.Publication)),
            Step(m.PublicationPlan, by=OFFICE, needs=(was(m.ReviewerAppointed),), plans="publish_at", repeats=True,
                 until=was(m.Publication)),
            Step(m.FinalReportSent, by=OFFICE, needs=(was(m.PublicationPlan),)),
            Step(m.Publication, by=OFFICE, needs=(was(m.FinalReportSent),), outcome="result"),
        )),
        Stage("Learning and acting", (
            Step(m.LearningAgreed, by=OFFICE, needs=(was(m.PanelReply),), lines=(m.ReviewFinding,), outcome="result",
                 tells=(Standing.DESK,)),
            Step(m.ActionsAgreed, by=OFFICE, needs=(TO_DO,), lines=(m.ReviewAction,), asks=m.ReviewActionDone,
                 audience=DESK_AND_ASKED, repeats=True),
            Step(m.ReviewActionDone, by=ASKED, repeats=True, audience=DESK_AND_AUTHOR, tells=(Standing.DESK,)),
            Step(m.ImpactSeen, by=OFFICE, needs=(was(m.ReviewActionDone),)),
        )),
    ),
    clocks=(
        Clock("Notify the panel", AWARE, m.PanelNotification, rule="T30"),
        Clock("Ask agencies for summaries", NOTIFIED, m.SummaryRequest, rule="T33a"),
        Clock("All agencies' summaries back", NOTIFIED, answered(m.SummaryRequest), rule="T33a2"),
        Clock("An agency's summary", was(m.SummaryRequest), m.AgencySummary, each_ask=True),
        Clock("Sign the review for the partners", NOTIFIED, BOTH_SIGNED, rule="T33a3"),
        Clock("Send the rapid review, from the notification", NOTIFIED, m.SentToPanel, rule="T33"),
        Clock("Send the rapid review, from becoming aware", AWARE, m.SentToPanel, rule="T33b"),
        Clock("Send the decision", was(m.SentToPanel, "review"), m.DecisionSent, rule="T35"),
        Clock("Check the review's progress", was(m.ReviewerAppointed), m.ReviewProgress, every=lambda day: "T39",
              until=was(m.Publication)),
        Clock("Publish the review", LOCAL_REVIEW, m.Publication, rule="T36"),
        Clock("Send the final report before publication", was(m.PublicationPlan), m.FinalReportSent, rule="T37",
              planned=True, comes=m.Publication),
        Clock("An agency's actions", was(m.ActionsAgreed), m.ReviewActionDone, each_ask=True),
    ),
)))
