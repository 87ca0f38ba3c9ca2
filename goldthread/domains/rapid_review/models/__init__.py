"""What is recorded of a serious incident, its rapid review, the local review and the learning."""
from goldthread.domains.rapid_review.models.incident import (
    CriteriaDecision,
    FamilyTold,
    IncidentChild,
    PanelNotification,
    SeriousIncident,
)
from goldthread.domains.rapid_review.models.learning import (
    ActionsAgreed,
    FinalReportSent,
    ImpactSeen,
    LearningAgreed,
    Publication,
    PublicationPlan,
    ReviewAction,
    ReviewActionDone,
    ReviewerAppointed,
    ReviewFinding,
    ReviewProgress,
)
from goldthread.domains.rapid_review.models.review import (
    AgencySummary,
    DecisionSent,
    PanelReply,
    PartnerComment,
    PartnerSignOff,
    RapidReview,
    ReviewDecision,
    SentToPanel,
    SummaryAgency,
    SummaryRequest,
)

__all__ = [
    "ActionsAgreed", "AgencySummary", "CriteriaDecision", "DecisionSent", "FamilyTold", "FinalReportSent", "ImpactSeen",
    "IncidentChild", "LearningAgreed", "PanelNotification", "PanelReply", "PartnerComment", "PartnerSignOff",
    "Publication", "PublicationPlan", "RapidReview", "ReviewAction", "ReviewActionDone", "ReviewDecision",
    "ReviewFinding", "ReviewProgress", "ReviewerAppointed", "SentToPanel", "SeriousIncident", "SummaryAgency",
    "SummaryRequest",
]
