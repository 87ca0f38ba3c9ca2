from typing import Any

from django.apps import AppConfig
from django.core import checks


def sound_offers(**_: Any) -> list[checks.CheckMessage]:
    """No offer that names what is not there may be served."""
    from goldthread.flows import every_offer
    try:
        every_offer()
    except ValueError as wrong:
        return [checks.Error(str(wrong), id="flows.E001")]
    return []


class WebConfig(AppConfig):
    name = "goldthread.web"

    def ready(self) -> None:
        checks.register(sound_offers)
