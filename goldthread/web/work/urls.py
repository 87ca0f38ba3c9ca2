"""My work and what belongs to one person."""
from django.urls import path

from goldthread.web.work import first_tasks, home, privacy

urlpatterns = [
    path("", home.home, name="home"),
    path("assurance/", home.assurance, name="assurance"),
    path("notices/", home.notices, name="notices"),
    path("notices/settings/", home.notice_settings, name="notice_settings"),
    path("notices/<int:pk>/", home.notice, name="notice"),
    path("first/<slug:key>/", first_tasks.show, name="first_task"),
    path("first/", first_tasks.put_away, name="first_tasks"),
    path("emergency/", privacy.break_glass, name="glass"),
    path("emergency/asked/", privacy.asked, name="glass_asked"),
    path("alerts/", privacy.alerts, name="alerts"),
    path("alerts/<int:pk>/", privacy.alert, name="alert"),
    path("who-read-what/", privacy.readings, name="readings"),
    path("what-i-read/", privacy.my_readings, name="my_readings"),
]
