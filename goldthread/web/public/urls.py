"""Pages for everybody. Their addresses hold random numbers only, nothing about anybody."""
from django.urls import path

from goldthread.web.public import pages

urlpatterns = [
    path("", pages.worried, name="worried"),
    path("<slug:slug>/", pages.landing, name="public_landing"),
    path("<slug:slug>/sent/", pages.sent, name="public_sent"),
    path("<slug:slug>/clear/", pages.clear, name="public_clear"),
    path("<slug:slug>/tell-us/", pages.begin, name="public_begin"),
    path("<slug:slug>/tell-us/<uuid:token>/", pages.tasks, name="public_tasks"),
    path("<slug:slug>/tell-us/<uuid:token>/return/", pages.come_back, name="public_return"),
    path("<slug:slug>/tell-us/<uuid:token>/danger/", pages.danger, name="public_danger"),
    path("<slug:slug>/tell-us/<uuid:token>/check/", pages.check, name="public_check"),
    path("<slug:slug>/tell-us/<uuid:token>/<slug:page>/", pages.page, name="public_page"),
    path("<slug:slug>/tell-us/<uuid:token>/<slug:page>/autosave/", pages.autosave, name="public_autosave"),
]
