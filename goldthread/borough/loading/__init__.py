"""Put an invented borough into the database: organisations, people, and a year of contacts as front-door cases."""
from goldthread.borough.loading.loader import Loaded, load

__all__ = ["Loaded", "load"]
