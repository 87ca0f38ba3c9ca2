"""Children and families."""
from django.urls import path

from goldthread.web.people import changing, pages, places

urlpatterns = [
    path("people/", pages.find, name="people"),
    path("search/", pages.find, name="search"),
    path("person/<str:reference>/", pages.summary, name="person"),
    path("person/<str:reference>/family/", pages.relatives, name="person_family"),
    path("person/<str:reference>/timeline/", pages.timeline, name="person_timeline"),
    path("person/<str:reference>/timeline/add/", changing.add_entry, name="person_add"),
    path("person/<str:reference>/contacts/", pages.cases, name="person_cases"),
    path("person/<str:reference>/looked/", pages.looked, name="person_looked"),
    path("person/<str:reference>/address/", places.address, name="person_address"),
    path("person/<str:reference>/practice/", places.add, {"kind": "gp"}, name="person_practice"),
    path("person/<str:reference>/school/", places.add, {"kind": "school"}, name="person_school"),
    path("person/<str:reference>/places/<int:pk>/", places.end, name="person_place_end"),
    path("person/<str:reference>/places/<int:pk>/error/", places.withdraw, name="person_place_withdraw"),
    path("person/<str:reference>/family/<int:pk>/error/", places.not_related, name="person_not_related"),
    path("person/<str:reference>/merge/", changing.merge, name="person_merge"),
    path("person/<str:reference>/merge/<int:pk>/", changing.unmerge, name="person_unmerge"),
    path("person/<str:reference>/conflict/", changing.conflict, name="person_conflict"),
]
