"""Families: who lives together, who is whose, where, since when, and at which school."""
