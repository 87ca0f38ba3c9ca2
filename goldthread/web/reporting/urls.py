"""The yearly report."""
from django.urls import path

from goldthread.web.reporting import checking, pages
from goldthread.web.reporting.yearly import courses, editor, figure, overview, together

urlpatterns = [
    path("spreadsheets/", pages.upload, name="report_upload"),
    path("report.css", pages.style, name="report_style"),
    path("documents/", overview.documents, name="report_documents"),
    path("documents/report.css", overview.style, name="report_document_style"),
    path("documents/<int:pk>/", overview.document, name="report_document"),
    path("documents/<int:pk>/read/", overview.read, name="report_document_read"),
    path("documents/<int:pk>/freeze", overview.freeze, name="report_document_freeze"),
    path("documents/<int:pk>/courses/", courses.courses, name="report_document_courses"),
    path("documents/<int:pk>/together/", together.together, name="report_document_together"),
    path("documents/<int:pk>/answers/<slug:finding>/", overview.answer, name="report_document_answer"),
    path("documents/<int:pk>/sections/<slug:key>/", editor.section, name="report_section"),
    path("documents/<int:pk>/figures/<str:key>/", figure.figure, name="report_figure"),
    path("documents/<int:pk>/versions/<int:number>/<str:name>", overview.download, name="report_version"),
    path("check/", checking.check, name="report_check"),
    path("check/<uuid:token>/", checking.kept, name="report_check_kept"),
    path("<uuid:token>/", pages.overview, name="report"),
    path("<uuid:token>/read/", pages.read, name="report_read"),
    path("<uuid:token>/<str:name>", pages.download, name="report_download"),
]
