"""Addresses of files."""
from django.urls import path

from goldthread.web.files import views

urlpatterns = [path("<int:number>", views.document, name="document")]
