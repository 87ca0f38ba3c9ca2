"""Goldthread: the system a local safeguarding children partnership runs on."""

__version__ = "0.1.0"
