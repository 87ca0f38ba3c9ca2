"""What is recorded of a yearly report and of published arrangements; the text itself is the document's (reports)."""
from goldthread.domains.yearly_report.models.afterwards import (
    ArrangementsReplaced,
    ArrangementsScrutiny,
    CommitteeAnswer,
    CommitteeAnswers,
    CommitteeHearing,
    CommitteeQuestion,
    CopiesSent,
    CopyRecipient,
)
from goldthread.domains.yearly_report.models.gathering import (
    ArrangementsCommission,
    Contribution,
    ContributionAgency,
    ContributionRequest,
    DataFreeze,
    YearlyCommission,
)
from goldthread.domains.yearly_report.models.signing import (
    DraftReady,
    DraftReturned,
    LeadSignOff,
    ReportPublished,
    ScrutineerComment,
)

__all__ = [
    "ArrangementsCommission", "ArrangementsReplaced", "ArrangementsScrutiny", "CommitteeAnswer", "CommitteeAnswers",
    "CommitteeHearing", "CommitteeQuestion", "Contribution", "ContributionAgency", "ContributionRequest", "CopiesSent",
    "CopyRecipient", "DataFreeze", "DraftReady", "DraftReturned", "LeadSignOff", "ReportPublished", "ScrutineerComment",
    "YearlyCommission",
]
