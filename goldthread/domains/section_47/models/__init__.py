"""What is recorded of a strategy discussion and the section 47 enquiry it leads to."""
from goldthread.domains.section_47.models.enquiry import (
    EnquiryReport,
    EnquiryVisit,
    Medical,
    SeenChild,
)
from goldthread.domains.section_47.models.outcome import ChildOutcome, ConferenceArranged, EnquiryOutcome
from goldthread.domains.section_47.models.strategy import (
    ChildDecision,
    EnquiryPerson,
    EnquiryWorker,
    HarmConcern,
    InvitedAgency,
    StrategyAttendance,
    StrategyDiscussion,
    StrategyInvitation,
    StrategyReply,
)

__all__ = [
    "ChildDecision", "ChildOutcome", "ConferenceArranged", "EnquiryOutcome", "EnquiryPerson", "EnquiryReport",
    "EnquiryVisit", "EnquiryWorker", "HarmConcern", "InvitedAgency", "Medical", "SeenChild",
    "StrategyAttendance", "StrategyDiscussion", "StrategyInvitation", "StrategyReply",
]
