from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


def sound_definitions(**_: Any) -> list[checks.CheckMessage]:
    """No process with a fault in its definition may be served."""
    from datetime import date

    from goldthread.process.checks import faults
    from goldthread.process.models import StepLine, StepRecord
    from goldthread.process.registry import all_processes
    from goldthread.rules.limits import all_limits
    rules = frozenset(limit.key for limit in all_limits(date.today()) if limit.span)  # a duty without a number runs no clock
    found = [checks.Error(f"{p.key}: {fault}", id="process.E001") for p in all_processes() for fault in faults(p, rules)]
    used = {model for p in all_processes() for s in p.steps for model in (s.record, *s.lines)}
    return found + [checks.Error(f"{m.__name__} belongs to no process", id="process.E002")
                    for m in apps.get_models() if issubclass(m, StepRecord | StepLine) and m not in used]


class ProcessConfig(AppConfig):
    name = "goldthread.process"
    verbose_name = "Casework kernel"

    def ready(self) -> None:
        autodiscover_modules("process")
        post_migrate.connect(install_facts, sender=self, dispatch_uid="install_facts")
        checks.register(sound_definitions)
        from goldthread.people.actions import after_access_change, after_move
        from goldthread.process.moves import follow_move
        from goldthread.process.readers import follow_people
        after_access_change.append(follow_people)
        after_move.append(follow_move)


def install_facts(using: str = "default", **_: Any) -> None:
    """Put the function that reads a case's facts into the database, after every migration; safe to run at any time."""
    from importlib.resources import files

    from django.conf import settings
    from django.db import connections
    with connections[using].cursor() as cursor:
        if "process_ask" in connections[using].introspection.table_names(cursor):
            cursor.execute(files("goldthread.process").joinpath("facts.sql").read_text().replace(
                "{role}", settings.APP_ROLE))
