from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "goldthread.access"
    verbose_name = "Access, audit and alerts"

    def ready(self) -> None:
        from goldthread.access.rows import protect_tables
        post_migrate.connect(protect_tables, dispatch_uid="protect_tables")
