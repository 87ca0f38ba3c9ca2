"""What a yearly report is given from rooms that reports may not know: what was learnt and done, and the meetings.

Reports stand below meetings and beside the thread, so each source is offered from here when the service starts.
"""
from __future__ import annotations

from datetime import datetime

from goldthread.exchange.facts import scorecard
from goldthread.reports.yearly import figures


def offer() -> None:
    """Put the sources of this folder before reports, and have the scorecard brought up to date before a freeze."""
    from goldthread.exchange.yearly.learning import LEARNING
    from goldthread.exchange.yearly.meetings import MEETINGS
    for source in (LEARNING, MEETINGS):
        figures.add(source)
    figures.before_counting.append(_up_to_date)


def _up_to_date(partnership: int, now: datetime) -> None:
    scorecard.update(partnership, now)
