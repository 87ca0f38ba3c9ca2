"""Addresses of the front door's own pages, and what it puts into the pages of every process."""
from django.urls import path

from goldthread.domains.front_door import models as m
from goldthread.web.casework import special
from goldthread.web.front_door import asking, deciding, dressing, encompass, identify, police, referrer

HERE = "front-door"
special.SPECIAL |= {
    (HERE, m.Identification.step_key()): "identify", (HERE, m.Decision.step_key()): "decide",
    (HERE, m.InformationRequest.step_key()): "ask_partners", (HERE, m.EncompassNotice.step_key()): "tell_school"}
special.MENDING |= {(HERE, m.Identification.step_key()): "identify_again",
                    (HERE, m.Decision.step_key()): "decide_again"}
special.DRESSES |= {(HERE, step): dress for step, dress in dressing.DRESSES.items()}
special.ADVICE[HERE] = referrer.advice
special.SUMMARIES[HERE] = referrer.summary

urlpatterns = [
    path("case/<str:reference>/known-already/", identify.page, name="identify"),
    path("case/<str:reference>/known-already/<int:event>/", identify.mend, name="identify_again"),
    path("case/<str:reference>/decide/", deciding.page, name="decide"),
    path("case/<str:reference>/decide/<int:event>/", deciding.mend, name="decide_again"),
    path("case/<str:reference>/ask-partners/", asking.page, name="ask_partners"),
    path("case/<str:reference>/ask-consent/", referrer.ask_consent, name="ask_consent"),
    path("case/<str:reference>/tell-school/", encompass.notice, name="tell_school"),
    path("front-door/school-notices/", encompass.gap_list, name="encompass_gaps"),
    path("front-door/police/", police.upload, name="police_notifications"),
    path("front-door/police/<uuid:batch>/", police.batch, name="police_batch"),
    path("front-door/police/<uuid:batch>/<int:number>/", police.one, name="police_one"),
]
