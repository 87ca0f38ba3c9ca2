"""Addresses of data returns."""
from django.urls import path

from goldthread.web.dataset import calendar, defining, quality, sending

urlpatterns = [
    path("", calendar.calendar, name="data"),
    path("ask/", calendar.plan, name="data_plan"),
    path("returns/<int:pk>/", sending.expectation, name="data_return"),
    path("returns/<int:pk>/remind", calendar.remind, name="data_remind"),
    path("returns/<int:pk>/drop/", calendar.drop, name="data_drop"),
    path("versions/<int:pk>/", sending.version, name="data_version"),
    path("versions/<int:pk>/findings.csv", sending.findings, name="data_findings"),
    path("versions/<int:pk>/rows/<slug:table>/", sending.rows, name="data_rows"),
    path("versions/<int:pk>/send", sending.send, name="data_send"),
    path("versions/<int:pk>/forget", sending.forget, name="data_forget"),
    path("versions/<int:pk>/accept", sending.accept, name="data_accept"),
    path("versions/<int:pk>/undo", sending.undo, name="data_undo"),
    path("versions/<int:pk>/withdraw/", sending.withdraw, name="data_withdraw"),
    path("quality/", quality.board, name="data_quality"),
    path("quality/<int:pk>/<slug:table>/<path:column>/", quality.rows, name="data_quality_rows"),
    path("specifications/", defining.specifications, name="data_specifications"),
    path("specifications/define/", defining.define, name="data_define"),
    path("specifications/<slug:key>/", defining.one, name="data_specification"),
    path("specifications/<slug:key>/end", defining.end, name="data_end_specification"),
    path("specifications/<slug:key>/<slug:table>.csv", defining.template, name="data_template"),
]
