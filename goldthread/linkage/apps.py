from typing import Any

from django.apps import AppConfig
from django.core import checks


def sound_models(**_: Any) -> list[checks.CheckMessage]:
    """No linkage model that does not hold may be served."""
    from goldthread.linkage.model import every
    from goldthread.rules.data_files import BadData
    try:
        every()
    except BadData as wrong:
        return [checks.Error(f"{wrong}", id="linkage.E001")]
    return []


class LinkageConfig(AppConfig):
    name = "goldthread.linkage"

    def ready(self) -> None:
        from goldthread.linkage.rights import follow_people
        from goldthread.people.actions import after_access_change
        checks.register(sound_models)
        after_access_change.append(follow_people)
