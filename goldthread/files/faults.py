"""What is said of a file that is not taken, in words for the person who tried."""
from __future__ import annotations


class BadFile(ValueError):
    """A file that is not taken. The message says what is wrong with it and what to do. Nothing of it was kept."""


def need(sound: object, words: str) -> None:
    """Raises BadFile with these words unless `sound`."""
    if not sound:
        raise BadFile(words)
