"""Three addresses, as the service's own begin."""
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from bench.minimal import views

urlpatterns = [
    path("health", login_not_required(lambda request: HttpResponse("ok"))),
    path("front-door/", views.work_list, name="list"),
    path("case/<str:reference>/", views.record, name="record"),
    path("people/", views.search, name="search"),
]
