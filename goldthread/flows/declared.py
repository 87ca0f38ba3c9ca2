"""Every offer: after which outcome of which step of one process another may be started."""
from __future__ import annotations

from goldthread.flows.offers import Offer

OFFERS: tuple[Offer, ...] = ()
