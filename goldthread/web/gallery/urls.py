"""Where the gallery's pages are."""
from django.urls import path

from goldthread.web.gallery import views

urlpatterns = [
    path("", views.pieces, name="gallery"),
    path("form/", views.form, name="gallery_form"),
    path("done/", views.done, name="gallery_done"),
    path("public/", views.concern, name="gallery_public"),
    path("tasks/", views.tasks, name="gallery_tasks"),
    path("tasks/answers/", views.answers, name="gallery_answers"),
    path("tasks/<slug:key>/", views.page, name="gallery_page"),
    path("tasks/<slug:key>/save/", views.autosave, name="gallery_autosave"),
]
