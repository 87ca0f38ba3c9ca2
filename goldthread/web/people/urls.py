"""Children and families."""
from django.urls import path

from goldthread.web.people import changing, pages

urlpatterns = [
    path("people/", pages.find, name="people"),
    path("search/", pages.find, name="search"),
    path("person/<str:reference>/", pages.summary, name="person"),
    path("person/<str:reference>/family/", pages.relatives, name="person_family"),
    path("person/<str:reference>/timeline/", pages.timeline, name="person_timeline"),
    path("person/<str:reference>/timeline/add/", changing.add_entry, name="person_add"),
    path("person/<str:reference>/contacts/", pages.cases, name="person_cases"),
    path("person/<str:reference>/looked/", pages.looked, name="person_looked"),
    path("person/<str:reference>/merge/", changing.merge, name="person_merge"),
    path("person/<str:reference>/merge/<int:pk>/", changing.unmerge, name="person_unmerge"),
    path("person/<str:reference>/conflict/", changing.conflict, name="person_conflict"),
]
