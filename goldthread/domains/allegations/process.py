"""How an allegation against an adult who works with children runs. Nobody but the officer reads it as a whole."""
from goldthread.access.policy import May, Reads
from goldthread.domains.allegations import models as m
from goldthread.domains.allegations.models.report import EARLY_YEARS
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Page, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

ANYONE = (Seat(Standing.PARTNERSHIP, May.REPORT_ALLEGATIONS),)
OFFICER = (Seat(Standing.DESK, May.WORK_ALLEGATIONS),)
ASKED = (Seat(Standing.ASKED, May.ANSWER_REQUESTS),)
WITH_SENDER = (Standing.DESK, Standing.STARTER)
REPORTED, MET, ENDED = was(m.AllegationReport), was(m.Threshold, "allegation"), was(m.AllegationOutcome)

PAGES = (
    Page("Who is the allegation about?", ("given", "family", "born_on"),
         hint="This goes to the designated officer alone. Your colleagues, the front door and social care do not see it."),
    Page("What work do they do?", ("job", "sector", "employer", "other_work")),
    Page("What is alleged?", ("what", "happened_on", "children", "child_voice")),
    Page("Is every child safe now?", ("safe_now", "knows"), hint="If a child is in danger now, ring 999 first."),
    Page("When did a senior manager first know?", ("known_at",)),
    Page("How can the officer reach you?", ("reporter", "reporter_phone")),
)


def review_rule(day: int) -> str:
    """Reviewed first within four weeks, then every month."""
    return "T63" if day == 0 else "T63b"


ALLEGATIONS = register(with_common(Process(
    key="allegations", name="Allegation", prefix="AL", desk="allegations", subject="Adult",
    worker=May.WORK_ALLEGATIONS, manager=May.WORK_ALLEGATIONS, allocation=m.AllegationWorker,
    shares_case_with=(Standing.STARTER,), sender_only=True, asked=Reads.LEADS, in_emergency=False,
    statute="Working Together to Safeguard Children; Keeping Children Safe in Education Part 4; "
            "Safeguarding Vulnerable Groups Act 2006 s.35",
    stages=(
        Stage("Reported", (
            Step(m.AllegationReport, by=ANYONE, outcome="sector", audience=WITH_SENDER, pages=PAGES,
                 tells=(Standing.DESK,)),
            Step(m.AllegationWorker, by=OFFICER, needs=(REPORTED,), repeats=True, required=False,
                 tells=(Standing.ALLOCATED,)),
            Step(m.EmployerKnew, by=OFFICER, needs=(REPORTED,)),
            Step(m.Threshold, by=OFFICER, needs=(REPORTED,), lines=(m.FurtherCriterion,), outcome="decision"),
            Step(m.AnswerToReporter, by=OFFICER, needs=(was(m.Threshold),), audience=WITH_SENDER,
                 tells=(Standing.STARTER,)),
        )),
        Stage("Looked into", (
            Step(m.MeetingPlan, by=OFFICER, needs=(MET,), plans="meets_at", repeats=True, until=was(m.AllegationMeeting)),
            Step(m.AllegationMeeting, by=OFFICER, needs=(MET, was(m.MeetingPlan)), lines=(m.MeetingAttendance,)),
            Step(m.StrandRequest, by=OFFICER, needs=(MET,), lines=(m.StrandAgency,), asks=m.StrandReport, repeats=True,
                 required=False, audience=(Standing.DESK, Standing.ASKED), until=ENDED),
            Step(m.StrandReport, by=ASKED, repeats=True, required=False, lapses=True, tells=(Standing.DESK,),
                 audience=(Standing.DESK, Standing.AUTHOR)),
            Step(m.SocialCareStrand, by=OFFICER, needs=(MET,), repeats=True, required=False),
            Step(m.PoliceInvestigation, by=OFFICER, needs=(MET,), required=False),
            Step(m.PoliceReview, by=OFFICER, needs=(was(m.PoliceInvestigation),), repeats=True, required=False),
            Step(m.Suspension, by=OFFICER, needs=(MET,), outcome="way", repeats=True, required=False),
            Step(m.AllegationReview, by=OFFICER, needs=(MET,), repeats=True, required=False, until=ENDED),
            Step(m.OfstedTold, by=OFFICER, needs=(was(m.AllegationReport, *EARLY_YEARS), MET)),
        )),
        Stage("Concluded", (
            Step(m.AllegationOutcome, by=OFFICER, needs=(MET, was(m.AllegationMeeting)), outcome="outcome"),
            Step(m.OutcomeTold, by=OFFICER, needs=(ENDED,), audience=WITH_SENDER, tells=(Standing.STARTER,)),
            Step(m.EmployerDecision, by=OFFICER, needs=(ENDED,), outcome="way"),
            Step(m.EmployerAction, by=OFFICER, needs=(was(m.EmployerDecision, "no-formal"),)),
            Step(m.DisciplinaryHearing, by=OFFICER, needs=(was(m.EmployerDecision, "hearing"),)),
            Step(m.ReferralDuty, by=OFFICER, needs=(was(m.EmployerDecision),), outcome="needed"),
            Step(m.Referral, by=OFFICER, needs=(was(m.ReferralDuty, "yes"),), repeats=True, outcome="body"),
        )),
    ),
    clocks=(
        Clock("Employer tells the officer", was(m.EmployerKnew), m.AllegationReport, rule="T60"),
        Clock("Decide on the threshold", REPORTED, m.Threshold, rule="T61"),
        Clock("Hold the meeting", MET, m.AllegationMeeting, rule="T62"),
        Clock("The meeting as planned", was(m.MeetingPlan), m.AllegationMeeting, planned=True),
        Clock("A strand's report", was(m.StrandRequest), m.StrandReport, each_ask=True),
        Clock("Review", MET, m.AllegationReview, every=review_rule, until=ENDED),
        Clock("Police progress", was(m.PoliceInvestigation), m.PoliceReview, rule="T67"),
        Clock("Conclude: 80 in 100", REPORTED, m.AllegationOutcome, rule="T64a"),
        Clock("Conclude: 90 in 100", REPORTED, m.AllegationOutcome, rule="T64b"),
        Clock("Conclude: all but exceptional", REPORTED, m.AllegationOutcome, rule="T64"),
        Clock("Employer acts", was(m.EmployerDecision, "no-formal"), m.EmployerAction, rule="T65"),
        Clock("Employer holds the hearing", was(m.EmployerDecision, "hearing"), m.DisciplinaryHearing, rule="T66"),
        Clock("Refer to the barring service or regulator", was(m.ReferralDuty, "yes"), m.Referral, rule="T68a"),
        Clock("Provider tells Ofsted", was(m.AllegationReport, *EARLY_YEARS), m.OfstedTold, rule="T69"),
    ),
)))
