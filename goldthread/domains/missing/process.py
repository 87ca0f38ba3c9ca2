"""How a missing episode runs. Reasons for each time limit: rules/data/limits/missing_exploitation.toml."""
from goldthread.access.policy import May
from goldthread.domains.missing import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

ANYONE = (Seat(Standing.PARTNERSHIP, May.START_CONTACT),)
WORKER = (Seat(Standing.DESK, May.WORK_EXPLOITATION),)
MANAGER = (Seat(Standing.DESK, May.MANAGE_EXPLOITATION),)
TOGETHER = (*WORKER, Seat(Standing.STARTER, May.START_CONTACT))
ASKED = (Seat(Standing.ASKED, May.ANSWER_REQUESTS),)
INTERVIEWER = (Seat(Standing.DESK, May.INTERVIEW_RETURNED),)
WITH_STARTER = (Standing.DESK, Standing.STARTER)
REPORTED, FOUND = was(m.MissingReport), was(m.MissingFound)
BACK = was(m.MissingFound, "returned", "police", "family", "other")

MISSING = register(with_common(Process(
    key="missing", name="Missing episode", prefix="ME", desk="exploitation",
    worker=May.WORK_EXPLOITATION, manager=May.MANAGE_EXPLOITATION, mark=m.RiskGrade, allocation=m.MissingWorker,
    goes_to=("social-care",),
    statute="Children Act 1989 s.17; statutory guidance on children who run away or go missing (2014)",
    shares_case_with=(Standing.STARTER,),
    stages=(
        Stage("Missing", (
            Step(m.MissingReport, by=ANYONE, lines=(m.MissingChild,), outcome="kind", audience=WITH_STARTER,
                 tells=(Standing.DESK,)),
            Step(m.MissingWorker, by=MANAGER, needs=(REPORTED,), repeats=True, required=False,
                 tells=(Standing.ALLOCATED,)),
            Step(m.RiskGrade, by=TOGETHER, needs=(REPORTED,), outcome="grade", repeats=True, audience=WITH_STARTER,
                 tells=(Standing.DESK,), until=FOUND),
            Step(m.AgencyCheck, by=WORKER, needs=(REPORTED,), lines=(m.CheckedAgency,), repeats=True, required=False,
                 asks=m.AgencyCheckReply, audience=(Standing.DESK, Standing.ASKED), until=FOUND),
            Step(m.AgencyCheckReply, by=ASKED, repeats=True, required=False, lapses=m.MissingFound,
                 outcome="answer", audience=(Standing.DESK, Standing.AUTHOR), tells=(Standing.DESK,)),
            Step(m.MissingNews, by=TOGETHER, needs=(REPORTED,), repeats=True, required=False,
                 audience=(Standing.DESK, Standing.AUTHOR), tells=(Standing.DESK,), until=FOUND),
            Step(m.MissingMeeting, by=WORKER, needs=(REPORTED,), repeats=True, required=False, until=FOUND),
            Step(m.MissingFound, by=TOGETHER, needs=(REPORTED,), outcome="ending", audience=WITH_STARTER,
                 tells=WITH_STARTER),
        )),
        Stage("Back", (
            Step(m.PreventionInterview, by=TOGETHER, needs=(BACK,), outcome="result",
                 audience=(Standing.DESK, Standing.AUTHOR)),
            Step(m.InterviewOffer, by=WORKER, needs=(BACK,), outcome="answer"),
            Step(m.ReturnInterview, by=INTERVIEWER, needs=(was(m.InterviewOffer, "accepted"),), lines=(m.Factor,),
                 outcome="harm", apart_from=(m.MissingReport,), tells=(Standing.DESK,)),
            Step(m.FindingsShared, by=WORKER, needs=(BACK,), lines=(m.SharedAgency,), repeats=True, required=False,
                 asks=m.FindingsRead, audience=(Standing.DESK, Standing.ASKED)),
            Step(m.FindingsRead, by=ASKED, repeats=True, required=False, audience=(Standing.DESK, Standing.AUTHOR)),
        )),
        Stage("What follows", (
            Step(m.EpisodeOutcome, by=MANAGER, needs=(FOUND,), outcome="result"),
        )),
    ),
    clocks=(
        Clock("Strategy meeting while missing", REPORTED, m.MissingMeeting, rule="T82"),
        Clock("Return home interview", BACK, m.ReturnInterview, rule="T80"),
        Clock("Agencies answer", was(m.AgencyCheck), m.AgencyCheckReply, each_ask=True),
        Clock("Findings read", was(m.FindingsShared), m.FindingsRead, each_ask=True),
    ),
)))
