"""Addresses of section 11 rounds, and what they put into the pages of every process."""
from django.urls import path

from goldthread.domains.section_11.models import Moderation, Section11Return
from goldthread.web.assurance import answering, rounds
from goldthread.web.casework import special

HERE = "section-11"
special.SPECIAL |= {(HERE, Section11Return.step_key()): "section_11_answer",
                    (HERE, Moderation.step_key()): "section_11_moderate"}
special.ADVICE[HERE] = answering.advice
special.LISTED[HERE] = (("Rounds", "rounds"),)

urlpatterns = [
    path("assurance/rounds/", rounds.rounds, name="rounds"),
    path("assurance/rounds/new/", rounds.begin, name="begin_round"),
    path("assurance/rounds/<int:pk>/", rounds.one_round, name="round"),
    path("assurance/agencies/<int:pk>/", rounds.agency_years, name="agency_years"),
    path("case/<str:reference>/section-11/answer/", answering.answer, name="section_11_answer"),
    path("case/<str:reference>/section-11/moderate/", answering.moderate, name="section_11_moderate"),
]
