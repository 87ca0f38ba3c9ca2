"""Addresses of the partnership's money."""
from django.urls import path

from goldthread.web.budget import pages

urlpatterns = [
    path("", pages.budgets, name="budgets"),
    path("<slug:period>/", pages.budget, name="budget"),
    path("<slug:period>/load/", pages.load, name="budget_load"),
    path("<slug:period>/note/", pages.note, name="budget_note"),
    path("<slug:period>/close/", pages.close, name="budget_close"),
    path("<slug:period>/lines/", pages.line, name="budget_line_add"),
    path("<slug:period>/lines/<int:pk>/", pages.line, name="budget_line"),
    path("<slug:period>/lines/<int:pk>/end/", pages.end, name="budget_line_end"),
]
