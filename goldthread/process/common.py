"""The steps and clocks every process has, so that none has to declare them."""
from __future__ import annotations

from dataclasses import replace

from goldthread.access.policy import May
from goldthread.process.definition import Clock, Process, Seat, Standing, Step, was
from goldthread.process.models import (
    CaseDocument,
    Disagreement,
    DisagreementReply,
    Extension,
    Letter,
    LetterCopy,
    Pause,
    Reopening,
    Resumption,
    TeamTransfer,
    TeamTransferAnswer,
    Withdrawal,
)

DISAGREEMENT_LIMIT, SETTLING_LIMIT = "T29", "T29a"  # of each stage, and of all of them
# Recorded of something already there, by `process.mending`.
SET_RIGHT = (Pause, Resumption, Extension, Reopening, Withdrawal)


def with_common(process: Process) -> Process:
    """The process with documents, letters, pauses, reopening, withdrawal, professional disagreement and transfer added."""
    manager = (Seat(Standing.DESK, process.manager),)
    starters = tuple(Seat(Standing.STARTER, right) for right in dict.fromkeys(seat.right for seat in process.first.by))
    about = tuple(Seat(Standing.ABOUT, seat.right) for step in process.own_steps for seat in step.by
                  if seat.standing is Standing.ABOUT)[:1]
    everyone = (*starters, *about, Seat(Standing.ASKED, May.ANSWER_REQUESTS), *manager)
    # Whoever works a case may put a file on it: the desk's people, and a worker it was given to.
    working = (Seat(Standing.DESK, process.worker), Seat(Standing.ALLOCATED, May.START_CONTACT))
    parties = (Standing.DESK, Standing.STARTER, Standing.AUTHOR, *(seat.standing for seat in about))
    first = (was(process.first.record),)
    steps = (
        Step(Pause, by=manager, needs=first, repeats=True, required=False),
        Step(Resumption, by=manager, needs=(was(Pause),), repeats=True, required=False),
        Step(Extension, by=manager, needs=first, repeats=True, required=False, plans="until"),
        Step(Reopening, by=manager, needs=first, repeats=True, required=False),
        Step(Withdrawal, by=manager, needs=first, repeats=True, required=False),
        Step(Disagreement, by=everyone, needs=first, repeats=True, required=False, outcome="stage", audience=parties,
             tells=(Standing.DESK,)),
        Step(DisagreementReply, by=manager, needs=(was(Disagreement),), repeats=True, required=False, outcome="result",
             audience=parties, tells=(Standing.STARTER,)),
        Step(CaseDocument, by=(*working, *starters, *about), needs=first, repeats=True,
             required=False, audience=(Standing.DESK, Standing.AUTHOR), tells=(Standing.DESK,)),
        Step(Letter, by=working, needs=first, repeats=True, required=False, lines=(LetterCopy,)),
    )
    if process.allocation is not None:
        receiving = (Seat(Standing.OFFERED, process.manager), Seat(Standing.OFFERED_TEAM, process.manager),
                     Seat(Standing.OFFERED_TEAM, process.worker))
        offered = (Standing.OFFERED, Standing.OFFERED_TEAM)
        both = (Standing.DESK, *offered)
        steps += (Step(TeamTransfer, by=manager, needs=first, repeats=True, required=False, plans="answer_by", audience=both,
                       tells=offered),
                  Step(TeamTransferAnswer, by=receiving, needs=(was(TeamTransfer),), repeats=True, required=False,
                       outcome="answer", audience=both, tells=(Standing.AUTHOR, Standing.ALLOCATED)))
    clock = Clock("Answer the disagreement", was(Disagreement), DisagreementReply, rule=DISAGREEMENT_LIMIT, each=True,
                  singly=True)
    settled = Clock("Settle the disagreement", was(Disagreement, "1"), was(DisagreementReply, "settled"),
                    rule=SETTLING_LIMIT, each=True, singly=True)
    handed = (Clock("Answer the transfer", was(TeamTransfer), TeamTransferAnswer, planned=True),)
    return replace(process, common=steps,
                   common_clocks=(clock, settled, *(handed if process.allocation is not None else ())))
