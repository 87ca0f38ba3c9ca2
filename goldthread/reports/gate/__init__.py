"""The text gate: does a report give anybody away? `identifiers(document)` finds names and details, in quotes above all."""
from goldthread.reports.gate.gate import Identifier, identifiers

__all__ = ["Identifier", "identifiers"]
