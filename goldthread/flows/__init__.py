"""Which outcome of one process offers the start of another, and which facts it carries along, so that nothing is typed
twice. An offer starts nothing: a person confirms."""
from goldthread.flows.offer import Carried, Offer
from goldthread.flows.offers import carried, every_offer, offers_on

__all__ = ["Carried", "Offer", "carried", "every_offer", "offers_on"]
