"""Every page. Each view declares who may open it; the permission matrix walks this list."""
from django.urls import include, path

from goldthread.web import home

urlpatterns = [
    path("", home.home, name="home"),
    path("health", home.health, name="health"),
    path("account/", include("allauth.urls")),
]
