"""What is recorded of a child in need plan."""
from goldthread.domains.child_in_need.models.plan import (
    HelpedPerson,
    NeedAction,
    NeedFound,
    NeedPlan,
    NeedWorker,
)
from goldthread.domains.child_in_need.models.work import (
    NeedAttendance,
    NeedChildDecision,
    NeedEnd,
    NeedReview,
    NeedVisit,
    NeedVisitChild,
    SeenInNeed,
)

__all__ = [
    "HelpedPerson", "NeedAction", "NeedAttendance", "NeedChildDecision", "NeedEnd", "NeedFound", "NeedPlan",
    "NeedReview", "NeedVisit", "NeedVisitChild", "NeedWorker", "SeenInNeed",
]
