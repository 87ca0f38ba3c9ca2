"""The kernel's tables: the case and what hangs off it, and the records every process has."""
from goldthread.process.models.attendance import AttendanceLine
from goldthread.process.models.bases import (
    AgencyLine,
    AllocationRecord,
    ChildSeen,
    NearPerson,
    PersonLine,
    WithChildren,
)
from goldthread.process.models.case import Ask, Campaign, Case, CasePerson, ClockRow, OfCase
from goldthread.process.models.common import (
    CaseDocument,
    Disagreement,
    DisagreementReply,
    Extension,
    Letter,
    LetterCopy,
    Pause,
    Reopening,
    Resumption,
    Withdrawal,
)
from goldthread.process.models.handing import TeamTransfer, TeamTransferAnswer
from goldthread.process.models.own import Draft, SavedView
from goldthread.process.models.records import Event, StepLine, StepRecord

__all__ = [
    "AgencyLine", "AllocationRecord", "Ask", "AttendanceLine", "Campaign", "Case", "CaseDocument", "CasePerson",
    "ChildSeen", "ClockRow", "Disagreement", "DisagreementReply", "Draft", "Event", "Extension", "Letter",
    "LetterCopy", "NearPerson", "OfCase", "Pause", "PersonLine", "Reopening", "Resumption", "SavedView", "StepLine",
    "StepRecord", "TeamTransfer", "TeamTransferAnswer", "WithChildren", "Withdrawal",
]
