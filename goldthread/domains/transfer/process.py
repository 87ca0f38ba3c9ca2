"""How a child's move to or from another area is answered and made safe."""
from goldthread.access.policy import May
from goldthread.domains.transfer import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

ANYWHERE = (Seat(Standing.PARTNERSHIP, May.WORK_SOCIAL_CARE), Seat(Standing.PARTNERSHIP, May.WORK_FRONT_DOOR))
WORKER = (Seat(Standing.DESK, May.WORK_SOCIAL_CARE),)
MANAGER = (Seat(Standing.DESK, May.MANAGE_SOCIAL_CARE),)
TOLD, ACCEPTED = was(m.MoveNotice), was(m.MoveAnswer, "accepted")
MOVED_IN, MOVED_OUT = was(m.MoveNotice, "in", "in-for-now"), was(m.MoveNotice, "out")

TRANSFER = register(with_common(Process(
    key="transfer", name="Move between areas", several="Moves between areas", prefix="TR", desk="social-care",
    worker=May.WORK_SOCIAL_CARE, manager=May.MANAGE_SOCIAL_CARE, allocation=m.MoveWorker,
    statute="Children Act 1989 ss.17 and 47; London Safeguarding Children Procedures",
    stages=(
        Stage("Told", (
            Step(m.MoveNotice, by=ANYWHERE, lines=(m.MovedPerson,), outcome="direction", tells=(Standing.DESK,)),
            Step(m.MoveWorker, by=MANAGER, needs=(TOLD,), repeats=True, required=False, tells=(Standing.ALLOCATED,)),
        )),
        Stage("Answer", (
            Step(m.PapersSent, by=WORKER, needs=(MOVED_OUT,)),
            Step(m.MoveAnswer, by=MANAGER, needs=(TOLD,), outcome="answer", repeats=True, tells=(Standing.ALLOCATED,)),
        )),
        Stage("Made safe", (
            Step(m.MoveInArranged, by=MANAGER, needs=(MOVED_IN, ACCEPTED), outcome="result",
                 tells=(Standing.ALLOCATED,)),
            Step(m.MoveOutDone, by=WORKER, needs=(MOVED_OUT, ACCEPTED)),
        )),
    ),
    clocks=(
        Clock("Arrange what follows here", was(m.MoveNotice, "in"), m.MoveInArranged, rule="T15"),
    ),
)))
