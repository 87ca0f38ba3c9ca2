"""What is recorded of pre-proceedings and care proceedings. The days of the census are those of the records."""
from goldthread.domains.pre_proceedings.models.court import (
    CourtApplication,
    FinalOrder,
    LetterOfIntent,
    StepDecision,
)
from goldthread.domains.pre_proceedings.models.gateway import (
    GatewayRequest,
    LegalGateway,
    LetterBeforeProceedings,
    ProceedingsPerson,
    ProceedingsWorker,
)
from goldthread.domains.pre_proceedings.models.meetings import (
    FamilyGroupMeeting,
    FamilyGroupOffer,
    ParentAttendance,
    PreProceedingsMeeting,
    PreProceedingsReview,
)

__all__ = [
    "CourtApplication", "FamilyGroupMeeting", "FamilyGroupOffer", "FinalOrder", "GatewayRequest", "LegalGateway",
    "LetterBeforeProceedings", "LetterOfIntent", "ParentAttendance", "PreProceedingsMeeting",
    "PreProceedingsReview", "ProceedingsPerson", "ProceedingsWorker", "StepDecision",
]
