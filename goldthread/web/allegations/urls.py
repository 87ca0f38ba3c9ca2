"""The address of a reporter's own list, and what allegations put into the pages of every process."""
from django.urls import path

from goldthread.web.allegations import pages
from goldthread.web.casework import special

special.SUMMARIES["allegations"] = pages.summary
special.ADVICE["allegations"] = pages.advice
special.LISTED["allegations"] = (("Report an allegation", "reported_allegations"),)

urlpatterns = [path("allegations/reported/", pages.reported, name="reported_allegations")]
