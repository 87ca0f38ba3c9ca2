"""The yearly report."""
from django.urls import path

from goldthread.web.reporting import pages

urlpatterns = [
    path("", pages.upload, name="reports"),
    path("report.css", pages.style, name="report_style"),
    path("<uuid:token>/", pages.overview, name="report"),
    path("<uuid:token>/read/", pages.read, name="report_read"),
    path("<uuid:token>/<str:name>", pages.download, name="report_download"),
]
