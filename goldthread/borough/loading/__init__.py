"""Put an invented borough into the database: organisations, people, and a year of casework from the front door on."""
from goldthread.borough.loading.loader import Loaded, load

__all__ = ["Loaded", "load"]
