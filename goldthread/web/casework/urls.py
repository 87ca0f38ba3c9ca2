"""Pages of every process."""
from django.urls import path

from goldthread.process.models import CaseDocument, Letter
from goldthread.process.registry import all_processes
from goldthread.web.casework import (
    asks,
    begin,
    case,
    documents,
    export,
    figures,
    letters,
    lists,
    mend,
    record,
    special,
    start,
)

# Documents come with a file and letters are looked at before they go, so each has a page of its own on every process.
special.SPECIAL |= {(process.key, made.step_key()): page for process in all_processes()
                    for made, page in ((CaseDocument, "case_documents"), (Letter, "case_letters"))}

urlpatterns = [
    path("front-door/", lists.front_door, name="front_door"),
    path("work/<slug:process>/", lists.process_list, name="work_list"),
    path("work/<slug:process>/figures/", figures.process_figures, name="process_figures"),
    path("work/<slug:process>/list.<slug:kind>", export.export, name="list_export"),
    path("figures/", figures.all_figures, name="figures"),
    path("begin/<slug:process>/", begin.begin, name="begin"),
    path("views/<slug:process>/", lists.save_view, name="save_view"),
    path("case/<str:reference>/", case.summary, name="case"),
    path("case/<str:reference>/to-do/", case.todo, name="case_todo"),
    path("case/<str:reference>/timeline/", case.timeline, name="case_timeline"),
    path("case/<str:reference>/people/", case.people, name="case_people"),
    path("case/<str:reference>/documents/", documents.documents, name="case_documents"),
    path("case/<str:reference>/letters/", letters.write, name="case_letters"),
    path("case/<str:reference>/letters/<int:pk>/", letters.copy, name="letter_copy"),
    path("case/<str:reference>/sharing/", case.sharing, name="case_sharing"),
    path("case/<str:reference>/looked/", case.looked, name="case_looked"),
    path("case/<str:reference>/record/<slug:step>/", record.record, name="record"),
    path("case/<str:reference>/event/<int:event>/", case.event, name="event"),
    path("case/<str:reference>/event/<int:event>/correct/", record.correct, name="correct"),
    path("case/<str:reference>/event/<int:event>/withdraw/", mend.withdraw, name="withdraw"),
    path("case/<str:reference>/clock/", mend.clock, name="clock"),
    path("case/<str:reference>/more-time/", mend.more_time, name="more_time"),
    path("case/<str:reference>/reopen/", mend.reopen, name="reopen"),
    path("case/<str:reference>/restrict/", mend.restrict, name="restrict"),
    path("asked/<int:pk>/", asks.ask, name="ask"),
    path("start/<slug:process>/", start.begin, name="start"),
    path("start/<slug:process>/sent/<str:reference>/", start.sent, name="start_sent"),
    path("start/<slug:process>/<uuid:token>/", start.tasks, name="start_tasks"),
    path("start/<slug:process>/<uuid:token>/check/", start.check, name="start_check"),
    path("start/<slug:process>/<uuid:token>/<slug:page>/", start.page, name="start_page"),
    path("start/<slug:process>/<uuid:token>/<slug:page>/autosave/", start.autosave, name="autosave"),
    path("keep/", start.keep, name="keep"),
    path("drafts/", start.drafts, name="drafts"),
]
