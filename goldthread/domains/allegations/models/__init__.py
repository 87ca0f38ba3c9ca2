"""What is recorded of an allegation against an adult who works with children."""
from goldthread.domains.allegations.models.ending import (
    AllegationOutcome,
    DisciplinaryHearing,
    EmployerAction,
    EmployerDecision,
    OfstedTold,
    OutcomeTold,
    Referral,
    ReferralDuty,
)
from goldthread.domains.allegations.models.report import (
    AllegationReport,
    AllegationWorker,
    AnswerToReporter,
    EmployerKnew,
    FurtherCriterion,
    Threshold,
)
from goldthread.domains.allegations.models.strands import (
    AllegationMeeting,
    AllegationReview,
    MeetingAttendance,
    MeetingPlan,
    PoliceInvestigation,
    PoliceReview,
    SocialCareStrand,
    StrandAgency,
    StrandReport,
    StrandRequest,
    Suspension,
)

__all__ = [
    "AllegationMeeting", "AllegationOutcome", "AllegationReport", "AllegationReview", "AllegationWorker",
    "AnswerToReporter", "DisciplinaryHearing", "EmployerAction", "EmployerDecision", "EmployerKnew", "FurtherCriterion",
    "MeetingAttendance", "MeetingPlan", "OfstedTold", "OutcomeTold", "PoliceInvestigation", "PoliceReview", "Referral",
    "ReferralDuty", "SocialCareStrand", "StrandAgency", "StrandReport", "StrandRequest", "Suspension", "Threshold",
]
