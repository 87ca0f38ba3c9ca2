"""The front door as it is this very day: open work of every kind, so that each persona of the demo has something to do."""
from goldthread.borough.loading.today.scene import play

__all__ = ["play"]
