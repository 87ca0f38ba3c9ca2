"""The kernel's tables: the case and what hangs off it, and the records every process has."""
from goldthread.process.models.case import (
    Ask,
    Case,
    CasePerson,
    ClockRow,
    Draft,
    Event,
    OfCase,
    SavedView,
    StepLine,
    StepRecord,
)
from goldthread.process.models.common import (
    CaseDocument,
    Disagreement,
    DisagreementReply,
    Pause,
    Reopening,
    Resumption,
    Withdrawal,
)

__all__ = [
    "Ask", "Case", "CaseDocument", "CasePerson", "ClockRow", "Disagreement", "DisagreementReply", "Draft", "Event", "OfCase",
    "Pause", "Reopening", "Resumption", "SavedView", "StepLine", "StepRecord", "Withdrawal",
]
