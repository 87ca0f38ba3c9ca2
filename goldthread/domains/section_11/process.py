"""How a section 11 return runs: asked for in a round, written, signed, moderated, and its gaps closed."""
from goldthread.access.policy import May
from goldthread.domains.section_11 import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

OFFICE = (Seat(Standing.DESK, May.RUN_ASSURANCE),)
AGENCY = (Seat(Standing.ABOUT, May.ANSWER_ASSURANCE),)
SENIOR = (Seat(Standing.ABOUT, May.SIGN_FOR_AGENCY),)
BOTH = (Standing.DESK, Standing.ABOUT)
TELLS_AGENCY, TELLS_OFFICE = (Standing.ABOUT,), (Standing.DESK,)
ASKED, SIGNED, SENT = was(m.Section11Request), was(m.Section11SignOff), was(m.Section11Submission)
GAPS = was(m.Moderation, "gaps")

SECTION_11 = register(with_common(Process(
    key="section-11", name="Section 11 return", prefix="SE", desk="assurance", subject="Agency", area="assurance",
    in_emergency=False, worker=May.RUN_ASSURANCE, manager=May.RUN_ASSURANCE, shares_case_with=(Standing.ABOUT,),
    statute="Children Act 2004 s.11; Working Together to Safeguard Children",
    stages=(
        Stage("Asked", (
            Step(m.Section11Request, by=OFFICE, about="agency", plans="due", audience=BOTH, tells=TELLS_AGENCY),
        )),
        Stage("Answering", (
            Step(m.Section11Return, by=AGENCY, needs=(ASKED,), lines=(m.StandardAnswer,), audience=BOTH, repeats=True,
                 until=SIGNED, tells=TELLS_AGENCY),
            Step(m.ChangesWanted, by=SENIOR, needs=(was(m.Section11Return),), audience=BOTH, repeats=True, required=False,
                 until=SIGNED, tells=TELLS_AGENCY),
            Step(m.Section11SignOff, by=SENIOR, needs=(was(m.Section11Return),), audience=BOTH,
                 apart_from=(m.Section11Return,), tells=TELLS_AGENCY),
            Step(m.Section11Submission, by=AGENCY, needs=(SIGNED,), audience=BOTH, tells=TELLS_OFFICE),
        )),
        Stage("Moderating", (
            Step(m.Challenge, by=OFFICE, needs=(SENT,), audience=BOTH, plans="answer_by", repeats=True, required=False,
                 tells=TELLS_AGENCY),
            Step(m.ChallengeAnswer, by=AGENCY, needs=(was(m.Challenge),), audience=BOTH, repeats=True, required=False,
                 tells=TELLS_OFFICE),
            Step(m.Moderation, by=OFFICE, needs=(SENT,), lines=(m.ModeratedScore,), outcome="result", audience=BOTH,
                 tells=TELLS_AGENCY),
        )),
        Stage("Closing the gaps", (
            Step(m.GapPlan, by=AGENCY, needs=(GAPS,), lines=(m.GapAction,), plans="all_done_by", audience=BOTH,
                 tells=TELLS_OFFICE),
            Step(m.ActionDone, by=AGENCY, needs=(was(m.GapPlan),), audience=BOTH, repeats=True, tells=TELLS_OFFICE),
            Step(m.ActionsClosed, by=OFFICE, needs=(was(m.ActionDone),), audience=BOTH, tells=TELLS_AGENCY),
        )),
    ),
    clocks=(
        Clock("Send the return", ASKED, m.Section11Submission, planned=True),
        Clock("Answer the challenge", was(m.Challenge), m.ChallengeAnswer, planned=True, each=True, singly=True),
        Clock("Close every gap", was(m.GapPlan), m.ActionsClosed, planned=True),
    ),
)))
