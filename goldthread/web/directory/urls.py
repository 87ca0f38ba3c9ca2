"""Addresses of the directory."""
from django.urls import path

from goldthread.web.directory import pages

urlpatterns = [
    path("", pages.directory, name="directory"),
    path("<int:pk>/", pages.agency, name="directory_agency"),
]
