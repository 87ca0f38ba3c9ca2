"""Addresses of the scorecard."""
from django.urls import path

from goldthread.web.measures import behind, board, one, published, releases, wards

urlpatterns = [
    path("scorecard/", board.board, name="scorecard"),
    path("scorecard/update", board.update, name="scorecard_update"),
    path("scorecard/board.<str:form>", board.download, name="scorecard_file"),
    path("scorecard/indicators/<slug:key>/", one.indicator_page, name="indicator"),
    path("scorecard/indicators/<slug:key>/rows/<str:period>/", behind.rows, name="indicator_rows"),
    path("scorecard/indicators/<slug:key>/said/<int:pk>/", one.answer, name="indicator_answer"),
    path("scorecard/published/", published.published, name="published"),
    path("scorecard/wards/", wards.wards, name="wards"),
    path("scorecard/releases/", releases.releases, name="releases"),
    path("scorecard/releases/prepare/", releases.prepare, name="release_prepare"),
    path("scorecard/releases/<int:pk>/", releases.release, name="release"),
    path("scorecard/releases/<int:pk>/mend", releases.mend, name="release_mend"),
    path("scorecard/releases/<int:pk>/sign", releases.sign, name="release_sign"),
    path("scorecard/releases/<int:pk>/drop", releases.drop, name="release_drop"),
    path("scorecard/releases/<int:pk>/<str:form>", releases.download, name="release_file"),
    path("open-data/", releases.open_data, name="open_data"),
    path("open-data/<int:pk>.<str:form>", releases.open_data_file, name="open_data_file"),
]
