"""Addresses of exports; the lists of children in social care, missing and at the front door lead to them."""
from django.urls import path

from goldthread.web.casework.special import LISTED
from goldthread.web.exporting import pages

urlpatterns = [
    path("", pages.history, name="exports"),
    path("ask/", pages.kinds, name="export_kinds"),
    path("ask/<slug:kind>/", pages.ask, name="export_ask"),
    path("<int:pk>/", pages.one, name="export"),
    path("<int:pk>/agree", pages.agree, name="export_agree"),
    path("<int:pk>/make", pages.make, name="export_make"),
    path("<int:pk>/file", pages.take, name="export_file"),
    path("<int:pk>/findings.csv", pages.findings, name="export_findings"),
]

TITLE = "National returns and inspection lists"
for process in ("assessment", "section-47", "child-in-need", "child-protection", "looked-after", "missing"):
    LISTED[process] = (*LISTED.get(process, ()), (TITLE, "exports"))
