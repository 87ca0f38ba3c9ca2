"""Every page. Each view declares who may open it; the permission matrix walks this list."""
from django.urls import include, path

from goldthread.web import health, theme, words
from goldthread.web.bespoke import board

urlpatterns = [
    # what is opened most comes first: addresses are tried in this order
    path("", include("goldthread.web.work.urls")),
    path("", include("goldthread.web.people.urls")),
    path("front-door/board/", board.board, name="board"),
    path("front-door/files/", include("goldthread.web.importing.urls")),
    path("", include("goldthread.web.casework.urls")),
    path("", include("goldthread.web.front_door.urls")),
    path("health", health.health, name="health"),
    path("favicon.ico", health.icon, name="icon"),
    path("theme/<str:main>-<str:accent>.css", theme.theme_css, name="theme"),
    path("theme/logo/<str:name>", theme.logo, name="logo"),
    path("words/check", words.check, name="words"),
    path("gallery/", include("goldthread.web.gallery.urls")),
    path("account/", include("goldthread.web.account.urls")),
    path("set-up/", include("goldthread.web.setup.urls")),
    path("data/linkage/", include("goldthread.web.linkage.urls")),
    path("data/", include("goldthread.web.dataset.urls")),
    path("exports/", include("goldthread.web.exporting.urls")),
    path("directory/", include("goldthread.web.directory.urls")),
    path("reports/budget/", include("goldthread.web.budget.urls")),
    path("reports/", include("goldthread.web.yearly_report.urls")),
    path("reports/", include("goldthread.web.reporting.urls")),
    path("public/reports/", include("goldthread.web.publications.urls")),
    path("", include("goldthread.web.measures.urls")),
    path("", include("goldthread.web.about.urls")),
    path("", include("goldthread.web.allegations.urls")),
    path("", include("goldthread.web.assurance.urls")),
    path("documents/", include("goldthread.web.files.urls")),
    path("meetings/", include("goldthread.web.meetings.urls")),
    path("", include("goldthread.web.thread.urls")),
    path("", include("goldthread.web.exploitation.urls")),
    path("worried/", include("goldthread.web.public.urls")),
    path("", include("goldthread.web.demo")),
]
