"""How a yearly report and the published arrangements run. Two processes, since only a report has contributions, figures
to freeze and a committee, and only arrangements stay in force; they share the draft, its signing and its publication."""
from goldthread.access.policy import May, Reads
from goldthread.domains.yearly_report import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, signed, was
from goldthread.process.registry import register

OFFICE, SCRUTINEER = (Seat(Standing.DESK, May.RUN_REPORTS),), (Seat(Standing.DESK, May.SCRUTINISE),)
PARTNER = (Seat(Standing.DESK, May.SIGN_FOR_PARTNERS),)
ASKED, TELLS = (Seat(Standing.ASKED, May.CONTRIBUTE),), (Standing.DESK,)
SIGNED = signed(m.LeadSignOff, 3, agencies=True)  # two people of one partner are one partner
OUT = was(m.ReportPublished, "published")
HERE = {"desk": "reporting", "area": "reports", "in_emergency": False, "worker": May.RUN_REPORTS, "manager": May.RUN_REPORTS}


def _drafting(waits_for: type) -> tuple[Stage, Stage]:
    """The draft, the scrutineer's comment and three signatures; what a partner returns is taken up again at the draft."""
    return (
        Stage("Draft", (
            Step(m.DraftReady, by=OFFICE, needs=(was(waits_for),), tells=TELLS),
            Step(m.ScrutineerComment, by=SCRUTINEER, needs=(was(m.DraftReady),), outcome="view", tells=TELLS),
            Step(m.DraftReturned, by=PARTNER, needs=(was(m.DraftReady),), repeats=True, required=False,
                 until=was(m.ReportPublished), tells=TELLS),
            Step(m.LeadSignOff, by=PARTNER, needs=(was(m.ScrutineerComment),), repeats=True, until=was(m.ReportPublished),
                 apart_from=(m.DraftReturned,), tells=TELLS),
        )),
        Stage("Publication", (Step(m.ReportPublished, by=OFFICE, needs=(was(m.ScrutineerComment), SIGNED), outcome="result",
                                   tells=TELLS),)),
    )


YEARLY_REPORT = register(with_common(Process(
    key="yearly-report", name="Yearly report", prefix="YR", subject="Year", asked=Reads.CONTRIBUTES, **HERE,
    statute="Children Act 2004 s.16G; Working Together to Safeguard Children chapter 2",
    stages=(
        Stage("Contributions", (
            Step(m.YearlyCommission, by=OFFICE, plans="year_ends", tells=TELLS),
            Step(m.ContributionRequest, by=OFFICE, needs=(was(m.YearlyCommission),), lines=(m.ContributionAgency,),
                 asks=m.Contribution, plans="freeze_at", audience=(Standing.DESK, Standing.ASKED), repeats=True,
                 until=was(m.ReportPublished)),
            Step(m.Contribution, by=ASKED, repeats=True, required=False, lapses=m.ReportPublished, tells=TELLS,
                 audience=(Standing.DESK, Standing.AUTHOR)),
            Step(m.DataFreeze, by=OFFICE, needs=(was(m.ContributionRequest),), tells=TELLS),
        )),
        *_drafting(m.DataFreeze),
        Stage("Copies", (Step(m.CopiesSent, by=OFFICE, needs=(OUT,), lines=(m.CopyRecipient,)),)),
        Stage("Scrutiny committee", (
            Step(m.CommitteeHearing, by=OFFICE, needs=(OUT,), lines=(m.CommitteeQuestion,), outcome="result", tells=TELLS),
            Step(m.CommitteeAnswers, by=OFFICE, needs=(was(m.CommitteeHearing, "questions"),), lines=(m.CommitteeAnswer,),
                 repeats=True, tells=TELLS),
        )),
    ),
    clocks=(
        Clock("Write a contribution", was(m.ContributionRequest), m.Contribution, each_ask=True),
        Clock("Freeze the figures", was(m.ContributionRequest), m.DataFreeze, planned=True),
        Clock("Publish the report", was(m.YearlyCommission), m.ReportPublished, rule="T131", planned=True),
        Clock("Send copies", OUT, m.CopiesSent, rule="T132"),
    ),
)))

ARRANGEMENTS = register(with_common(Process(
    key="arrangements", name="Published arrangements", several="Published arrangements", prefix="PA", subject="Arrangements",
    **HERE, statute="Children Act 2004 ss.16E and 16G; Working Together to Safeguard Children chapter 2",
    stages=(
        Stage("Commissioned", (Step(m.ArrangementsCommission, by=OFFICE, plans="publish_by", tells=TELLS),)),
        *_drafting(m.ArrangementsCommission),
        Stage("In force", (
            Step(m.ArrangementsScrutiny, by=SCRUTINEER, needs=(OUT,), repeats=True, until=was(m.ArrangementsReplaced),
                 tells=TELLS),
            Step(m.ArrangementsReplaced, by=OFFICE, needs=(OUT,)),
        )),
    ),
    clocks=(
        Clock("Publish the arrangements", was(m.ArrangementsCommission), m.ReportPublished, planned=True),
        Clock("Scrutinise the arrangements", OUT, m.ArrangementsScrutiny, every=lambda day: "T136",
              until=was(m.ArrangementsReplaced)),
    ),
)))
