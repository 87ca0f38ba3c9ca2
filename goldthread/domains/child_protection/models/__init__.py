"""What is recorded of child protection conferences and of the plan they make."""
from goldthread.domains.child_protection.models.birth import Birth, PlanAfterBirth
from goldthread.domains.child_protection.models.initial import (
    AgencyReport,
    ChildDecision,
    ConferenceAgency,
    ConferenceAttendance,
    ConferenceDecisionsSent,
    ConferencePerson,
    ConferencePlan,
    ConferenceRecordRead,
    ConferenceRecordSent,
    ConferenceRequest,
    ConferenceWorker,
    InitialConference,
    RecordRecipient,
    ReportShared,
)
from goldthread.domains.child_protection.models.plan import (
    AttemptedVisit,
    CoreGroup,
    CoreGroupAttendance,
    LongPlanReview,
    PlanAction,
    PlanEnd,
    PlanVisit,
    VisitedChild,
)
from goldthread.domains.child_protection.models.review import (
    ReviewAgency,
    ReviewAgencyReport,
    ReviewAttendance,
    ReviewChildDecision,
    ReviewConference,
    ReviewDecisionsSent,
    ReviewPlan,
    ReviewRecipient,
    ReviewRecordRead,
    ReviewRecordSent,
    ReviewReportShared,
)

__all__ = [
    "AgencyReport", "AttemptedVisit", "Birth", "ChildDecision", "ConferenceAgency", "ConferenceAttendance",
    "ConferenceDecisionsSent", "ConferencePerson", "ConferencePlan", "ConferenceRecordRead", "ConferenceRecordSent",
    "ConferenceRequest", "ConferenceWorker", "CoreGroup", "CoreGroupAttendance", "InitialConference", "LongPlanReview",
    "PlanAction", "PlanAfterBirth", "PlanEnd", "PlanVisit", "RecordRecipient", "ReportShared", "ReviewAgency",
    "ReviewAgencyReport", "ReviewAttendance", "ReviewChildDecision", "ReviewConference", "ReviewDecisionsSent",
    "ReviewPlan", "ReviewRecipient", "ReviewRecordRead", "ReviewRecordSent", "ReviewReportShared", "VisitedChild",
]
