"""Addresses of the yearly report, and what it puts into the pages of every process."""
from django.urls import path

from goldthread.domains.yearly_report import models as m
from goldthread.flows import yearly_report as flow
from goldthread.web.casework import special
from goldthread.web.casework.special import Dress
from goldthread.web.components import Link
from goldthread.web.yearly_report import beginning, pages, recording

YEARLY, ARRANGEMENTS = pages.KINDS
special.SPECIAL |= {(YEARLY, m.YearlyCommission.step_key()): "yearly_begin",
                    (ARRANGEMENTS, m.ArrangementsCommission.step_key()): "arrangements_begin",
                    (YEARLY, m.DataFreeze.step_key()): "yearly_freeze",
                    (YEARLY, m.CopiesSent.step_key()): "yearly_copies",
                    (YEARLY, m.CommitteeAnswers.step_key()): "yearly_answers"}
special.SPECIAL |= {(kind, m.ReportPublished.step_key()): "yearly_publish" for kind in pages.KINDS}
special.DRESSES |= {(kind, record.step_key()): recording.PLAIN for kind in pages.KINDS for record in (
    m.ScrutineerComment, m.DraftReturned, m.LeadSignOff, m.CommitteeHearing, m.ContributionRequest,
    m.ArrangementsScrutiny)}
special.DRESSES |= {(kind, m.DraftReady.step_key()): Dress("casework/record.html", None, recording.overview, flow.ready)
                    for kind in pages.KINDS}
special.BESIDE |= {kind: lambda request, case: [Link("The report at a glance", recording.overview(request, case))]
                   for kind in pages.KINDS}

urlpatterns = [
    path("", pages.reports, name="reports"),
    path("yearly/begin/", beginning.commission, name="yearly_begin"),
    path("yearly/arrangements/", beginning.arrangements, name="arrangements_begin"),
    path("yearly/<str:reference>/", pages.report, name="yearly_report"),
    path("yearly/<str:reference>/freeze/", recording.freeze, name="yearly_freeze"),
    path("yearly/<str:reference>/publish/", recording.publish, name="yearly_publish"),
    path("yearly/<str:reference>/copies/", recording.copies, name="yearly_copies"),
    path("yearly/<str:reference>/answers/", recording.answers, name="yearly_answers"),
]
