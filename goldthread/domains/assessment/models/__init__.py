"""What is recorded of a child and family assessment."""
from goldthread.domains.assessment.models.asked import (
    AgencyView,
    AgencyViewRequest,
    AskedAgency,
    AssessedPerson,
    AssessmentRequest,
    AssessmentStart,
    AssessmentWorker,
)
from goldthread.domains.assessment.models.concluded import (
    AssessmentFactor,
    AssessmentOutcome,
    AssessmentReport,
    ChildOutcome,
)
from goldthread.domains.assessment.models.work import (
    AssessmentVisit,
    FirstReviewPoint,
    LastReviewPoint,
    ReviewPoint,
    SecondReviewPoint,
    VisitedChild,
)

__all__ = [
    "AgencyView", "AgencyViewRequest", "AskedAgency", "AssessedPerson", "AssessmentFactor", "AssessmentOutcome",
    "AssessmentReport", "AssessmentRequest", "AssessmentStart", "AssessmentVisit", "AssessmentWorker",
    "ChildOutcome", "FirstReviewPoint", "LastReviewPoint", "ReviewPoint", "SecondReviewPoint",
    "VisitedChild",
]
