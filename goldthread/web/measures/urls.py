"""Addresses of the scorecard."""
from django.urls import path

from goldthread.web.measures import board, one

urlpatterns = [
    path("", board.board, name="scorecard"),
    path("indicators/<slug:key>/", one.indicator_page, name="indicator"),
]
