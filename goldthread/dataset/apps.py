from typing import Any

from django.apps import AppConfig
from django.core import checks


def sound_specifications(**_: Any) -> list[checks.CheckMessage]:
    """No specification that does not hold may be served."""
    from goldthread.dataset.specification.checks import faults_of_all
    from goldthread.dataset.specification.declared import every
    from goldthread.rules import codes
    from goldthread.rules.data_files import BadData
    try:
        found = faults_of_all(every(), codes.lists())
    except BadData as wrong:
        found = [str(wrong)]
    return [checks.Error(fault, id="dataset.E001") for fault in found]


class DatasetConfig(AppConfig):
    name = "goldthread.dataset"

    def ready(self) -> None:
        checks.register(sound_specifications)
