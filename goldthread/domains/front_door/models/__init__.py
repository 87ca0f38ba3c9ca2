"""What is written down at the front door."""
from goldthread.domains.front_door.models.contact import (
    Contact,
    ContactPerson,
    Identification,
    IdentifiedPerson,
    ReferrerCheck,
)
from goldthread.domains.front_door.models.outcome import (
    AnswerToReferrer,
    ChildOutcome,
    Decision,
    EncompassNotice,
    EncompassRead,
    EncompassSchool,
    HandOver,
)
from goldthread.domains.front_door.models.triage import (
    Allocation,
    InformationRequest,
    Message,
    NewInformation,
    PartnerReply,
    Rating,
    RequestedAgency,
)

__all__ = [
    "Allocation", "AnswerToReferrer", "ChildOutcome", "Contact", "ContactPerson", "Decision", "EncompassNotice",
    "EncompassRead", "EncompassSchool", "HandOver", "Identification", "IdentifiedPerson", "InformationRequest",
    "Message", "NewInformation", "PartnerReply", "Rating", "ReferrerCheck", "RequestedAgency",
]
