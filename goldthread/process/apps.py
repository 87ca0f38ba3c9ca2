from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.utils.module_loading import autodiscover_modules


def sound_definitions(**_: Any) -> list[checks.CheckMessage]:
    """No process with a fault in its definition may be served."""
    from datetime import date

    from goldthread.process.checks import faults
    from goldthread.process.models import StepLine, StepRecord
    from goldthread.process.registry import all_processes
    from goldthread.rules.limits import all_limits
    rules = frozenset(limit.key for limit in all_limits(date.today()))
    found = [checks.Error(f"{p.key}: {fault}", id="process.E001") for p in all_processes() for fault in faults(p, rules)]
    used = {model for p in all_processes() for s in p.steps for model in (s.record, *s.lines)}
    return found + [checks.Error(f"{m.__name__} belongs to no process", id="process.E002")
                    for m in apps.get_models() if issubclass(m, StepRecord | StepLine) and m not in used]


class ProcessConfig(AppConfig):
    name = "goldthread.process"
    verbose_name = "Casework kernel"

    def ready(self) -> None:
        autodiscover_modules("process")
        checks.register(sound_definitions)
        from goldthread.people.actions import after_access_change
        from goldthread.process.readers import follow_people
        after_access_change.append(follow_people)
