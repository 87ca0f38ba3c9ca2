"""Addresses of loading contacts from files."""
from django.urls import path

from goldthread.web.importing import pages

urlpatterns = [
    path("", pages.history, name="imports"),
    path("choose/", pages.choose, name="import_choose"),
    path("template/<slug:layout>.<slug:kind>", pages.template, name="import_template"),
    path("<int:pk>/", pages.one, name="import"),
    path("<int:pk>/save", pages.save, name="import_save"),
    path("<int:pk>/drop", pages.drop, name="import_drop"),
    path("<int:pk>/undo/", pages.undo, name="import_undo"),
    path("<int:pk>/contacts/", pages.contacts, name="import_contacts"),
    path("<int:pk>/findings.csv", pages.findings, name="import_findings"),
]
