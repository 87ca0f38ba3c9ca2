"""How a child in need plan runs."""
from goldthread.access.policy import May
from goldthread.domains.child_in_need import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

STARTERS = (Seat(Standing.PARTNERSHIP, May.WORK_SOCIAL_CARE),)
WORKER = (Seat(Standing.DESK, May.WORK_SOCIAL_CARE),)
MANAGER = (Seat(Standing.DESK, May.MANAGE_SOCIAL_CARE),)
FOUND, PLANNED, REVIEWED = was(m.NeedFound), was(m.NeedPlan), was(m.NeedReview)
OVER, ENDED = was(m.NeedEnd), was(m.NeedReview, "end")

CHILD_IN_NEED = register(with_common(Process(
    key="child-in-need", name="Child in need plan", prefix="CN", desk="social-care",
    worker=May.WORK_SOCIAL_CARE, manager=May.MANAGE_SOCIAL_CARE, allocation=m.NeedWorker,
    statute="Children Act 1989 s.17; Working Together to Safeguard Children",
    stages=(
        Stage("Asked for", (
            Step(m.NeedFound, by=STARTERS, lines=(m.HelpedPerson,), outcome="primary_need", tells=(Standing.DESK,)),
            Step(m.NeedWorker, by=MANAGER, needs=(FOUND,), repeats=True, required=False, tells=(Standing.ALLOCATED,)),
        )),
        Stage("Plan begun", (
            Step(m.NeedPlan, by=WORKER, needs=(FOUND,), lines=(m.NeedAction,), repeats=True, until=OVER),
            Step(m.NeedVisit, by=WORKER, needs=(PLANNED,), lines=(m.NeedVisitChild,), repeats=True, until=OVER),
            Step(m.NeedReview, by=WORKER, needs=(PLANNED,), lines=(m.NeedAttendance, m.NeedChildDecision),
                 outcome="decision", repeats=True, until=OVER, tells=(Standing.DESK,)),
        )),
        Stage("On a plan", (
            Step(m.NeedEnd, by=MANAGER, needs=(PLANNED,), outcome="reason", tells=(Standing.ALLOCATED,)),
        )),
    ),
    clocks=(
        Clock("Visit the child", PLANNED, m.NeedVisit, every=lambda day: "T25b", until=ENDED),
        Clock("First review", PLANNED, m.NeedReview, rule="T25"),
        Clock("Next review", REVIEWED, m.NeedReview, every=lambda day: "T25a", until=ENDED),
    ),
)))
