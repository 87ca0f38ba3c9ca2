"""Every address of the service."""
from django.urls import include, path

urlpatterns = [path("", include("goldthread.web.urls"))]
handler404 = "goldthread.web.errors.not_found"
handler500 = "goldthread.web.errors.broken"
handler403 = "goldthread.web.errors.refused"
