from typing import Any

from django.apps import AppConfig
from django.core import checks


def sound_indicators(**_: Any) -> list[checks.CheckMessage]:
    """No indicator may be served that counts what no process or return has."""
    from goldthread.exchange.facts import told_declared
    from goldthread.exchange.facts.declared import known
    from goldthread.measure.indicators import faults
    words = known()
    return [checks.Error(fault, id="measure.E001") for fault in (*faults(words), *told_declared.faults(words))]


class ExchangeConfig(AppConfig):
    name = "goldthread.exchange"

    def ready(self) -> None:
        checks.register(sound_indicators)
        from goldthread.exchange.yearly import offer
        offer()
