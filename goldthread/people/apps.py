from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "goldthread.people"
    verbose_name = "Children, families and other people"

    def ready(self) -> None:
        post_migrate.connect(install_search, sender=self, dispatch_uid="install_search")


def install_search(using: str = "default", **_: Any) -> None:
    """Put the functions by which people are found into the database, after every migration; safe to run at any time."""
    from importlib.resources import files

    from django.conf import settings
    from django.db import connections
    with connections[using].cursor() as cursor:
        if "people_searchkey" in connections[using].introspection.table_names(cursor):
            cursor.execute(files("goldthread.people").joinpath("search.sql").read_text().replace(
                "{role}", settings.APP_ROLE))
