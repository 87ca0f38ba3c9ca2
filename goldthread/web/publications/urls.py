"""Addresses of what is published."""
from django.urls import path

from goldthread.web.publications import pages

urlpatterns = [
    path("", pages.publications, name="publications"),
    path("<int:pk>/<str:name>", pages.publication, name="publication"),
]
