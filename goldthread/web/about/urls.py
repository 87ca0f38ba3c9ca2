"""About this service."""
from django.urls import path

from goldthread.web.about import pages

urlpatterns = [
    path("help/", pages.help_page, name="help"),
    path("glossary/", pages.glossary, name="glossary"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("cookies/", pages.cookies, name="cookies"),
]
