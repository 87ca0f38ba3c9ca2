"""The yearly report."""
from django.urls import path

from goldthread.web.reporting import checking, pages

urlpatterns = [
    path("spreadsheets/", pages.upload, name="report_upload"),
    path("report.css", pages.style, name="report_style"),
    path("check/", checking.check, name="report_check"),
    path("check/<uuid:token>/", checking.kept, name="report_check_kept"),
    path("<uuid:token>/", pages.overview, name="report"),
    path("<uuid:token>/read/", pages.read, name="report_read"),
    path("<uuid:token>/<str:name>", pages.download, name="report_download"),
]
