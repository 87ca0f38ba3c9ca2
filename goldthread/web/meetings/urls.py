"""Panels and meetings."""
from django.urls import path

from goldthread.web.meetings import groups, live, minutes, planning

urlpatterns = [
    path("", groups.meetings, name="meetings"),
    path("calendar/", minutes.calendar, name="calendar"),
    path("calendar/<str:secret>.ics", minutes.feed, name="calendar_feed"),
    path("groups/add/", groups.add, name="add_body"),
    path("groups/<int:pk>/", groups.body, name="body"),
    path("groups/<int:pk>/change/", groups.change, name="change_body"),
    path("groups/<int:pk>/end/", groups.end, name="end_body"),
    path("groups/<int:pk>/quorum/", groups.quorum, name="body_quorum"),
    path("groups/<int:pk>/members/add/", groups.add_member, name="add_member"),
    path("groups/<int:pk>/members/<int:member>/end/", groups.end_member, name="end_member"),
    path("groups/<int:pk>/plan/", planning.plan, name="plan_meeting"),
    path("<int:pk>/", live.meeting, name="meeting"),
    path("<int:pk>/change/", planning.change, name="change_meeting"),
    path("<int:pk>/cancel/", planning.cancel, name="cancel_meeting"),
    path("<int:pk>/items/add/", planning.add_item, name="add_item"),
    path("<int:pk>/items/<int:item>/", live.item, name="meeting_item"),
    path("<int:pk>/items/<int:item>/change/", planning.change_item, name="change_item"),
    path("<int:pk>/items/<int:item>/move/", planning.move_item, name="move_item"),
    path("<int:pk>/items/<int:item>/remove/", planning.remove_item, name="remove_item"),
    path("<int:pk>/items/<int:item>/paper/", planning.add_paper, name="add_paper"),
    path("<int:pk>/items/<int:item>/correct/<int:note>/", live.correct, name="correct_minute"),
    path("<int:pk>/minutes/", minutes.minutes, name="meeting_minutes"),
    path("<int:pk>/minutes/ask/", minutes.ask, name="ask_approval"),
    path("<int:pk>/minutes/approve/", minutes.approve, name="approve_minutes"),
]
