"""The thread and its actions."""
from django.urls import path

from goldthread.web.thread import pages

urlpatterns = [
    path("actions/", pages.my_actions, name="my_actions"),
    path("actions/<int:pk>/", pages.action, name="action"),
    path("actions/<int:pk>/evidence/", pages.give_evidence, name="action_evidence"),
    path("actions/<int:pk>/evidence/<int:evidence>/", pages.judge, name="judge_evidence"),
    path("actions/<int:pk>/reassign/", pages.reassign, name="action_reassign"),
    path("actions/<int:pk>/more-time/", pages.extend, name="action_extend"),
    path("actions/<int:pk>/close/", pages.close, name="action_close"),
    path("actions/<int:pk>/not-needed/", pages.drop, name="action_drop"),
    path("actions/<int:pk>/again/", pages.reopen, name="action_reopen"),
    path("actions/<int:pk>/impact/", pages.impact, name="action_impact"),
    path("findings/", pages.findings, name="findings"),
    path("findings/add/", pages.add_finding, name="add_finding"),
    path("findings/<int:pk>/", pages.finding, name="finding"),
    path("findings/<int:pk>/recommend/", pages.recommend, name="recommend"),
    path("recommendations/<int:pk>/action/", pages.give, name="give_action"),
]
