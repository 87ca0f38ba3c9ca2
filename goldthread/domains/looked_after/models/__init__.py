"""What is recorded of children who are looked after and of care leavers. Regulations: SI 2010/959 and SI 2010/2571."""
from goldthread.domains.looked_after.models.care import (
    CareChild,
    CareEnd,
    CareStart,
    CareWorker,
    Placement,
    PlacementPlan,
    ReviewingOfficer,
    StatusChange,
)
from goldthread.domains.looked_after.models.onwards import (
    AdoptionDecision,
    AdoptionMatch,
    AdoptionStopped,
    LeaverContact,
    LeavingCare,
    LeavingEnd,
    PathwayPlan,
)
from goldthread.domains.looked_after.models.wellbeing import (
    CarePlan,
    CareReview,
    CareVisit,
    DentalCheck,
    EducationPlan,
    HealthAssessment,
    Questionnaire,
)

__all__ = [
    "AdoptionDecision", "AdoptionMatch", "AdoptionStopped", "CareChild", "CareEnd", "CarePlan", "CareReview", "CareStart",
    "CareVisit", "CareWorker", "DentalCheck", "EducationPlan", "HealthAssessment", "LeaverContact", "LeavingCare",
    "LeavingEnd", "PathwayPlan", "Placement", "PlacementPlan", "Questionnaire", "ReviewingOfficer", "StatusChange",
]
