"""Which outcome of one process offers the start of another, and which facts it carries along, so that nothing is typed
twice. An offer starts nothing: a person confirms."""
from goldthread.flows.offers import Carried, Offer, carried, offers_on

__all__ = ["Carried", "Offer", "carried", "offers_on"]
