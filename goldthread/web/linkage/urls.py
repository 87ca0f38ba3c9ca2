"""Addresses of linkage."""
from django.urls import path

from goldthread.web.linkage import deciding, model, overview

urlpatterns = [
    path("", overview.overview, name="linkage"),
    path("begin", overview.begin, name="linkage_begin"),
    path("model/", model.model_page, name="linkage_model"),
    path("questions/next/", deciding.following, name="linkage_next"),
    path("questions/<int:pk>/", deciding.question, name="linkage_question"),
    path("questions/<int:pk>/take-back", deciding.take_back, name="linkage_take_back"),
    path("answers/", deciding.answers, name="linkage_answers"),
    path("links/", overview.links, name="linkage_links"),
    path("links/<int:pk>/", overview.link, name="linkage_link"),
]
