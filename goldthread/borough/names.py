"""What people are called: given names by community and sex, surnames, nicknames, other spellings."""
from functools import cache

from goldthread.borough.chance import Draw, Weighted, pick
from goldthread.borough.files import lines

#: Just over half of the English surnames are made from parts, so that few families share one.
MADE_SURNAMES = 0.55


def _commonest_first(words: tuple[str, ...], flatness: float = 6.0) -> Weighted:
    return Weighted((word, 1 / (rank + flatness)) for rank, word in enumerate(words))


@cache
def _given_lists() -> dict[tuple[str, str], tuple[str, ...]]:
    return {(row[0], row[1]): row[2:] for row in lines("given.txt")}


@cache
def _given(community: str, sex: str) -> Weighted:
    return _commonest_first(_given_lists()[community, sex])


@cache
def _surnames(community: str) -> Weighted:
    return _commonest_first(next(row[1:] for row in lines("surnames.txt") if row[0] == community), 10.0)


@cache
def _parts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = {row[0]: row[1:] for row in lines("surname-parts.txt")}
    return rows["stems"], rows["endings"]


@cache
def communities() -> tuple[str, ...]:
    """Every community that has names, in file order."""
    return tuple(dict.fromkeys(community for community, _ in _given_lists()))


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Formal given name to what people call themselves."""
    return {row[0]: row[1:] for row in lines("nicknames.txt")}


@cache
def variants() -> dict[str, tuple[str, ...]]:
    """Name to its other spellings."""
    found: dict[str, tuple[str, ...]] = {}
    for row in lines("variants.txt"):
        for word in row:
            others = tuple(other for other in row if other != word)
            found[word] = found.get(word, ()) + tuple(o for o in others if o not in found.get(word, ()))
    return found


def given_name(community: str, sex: str, draw: Draw) -> str:
    """A given name; ``sex`` is F or M."""
    return _given(community, sex).pick(draw)


def like_name(community: str, sex: str, name: str, draw: Draw) -> str:
    """Another given name that starts with the same letter, as some twins have; else any other."""
    names = [other for other in _given_lists()[community, sex] if other != name]
    return pick([other for other in names if other[0] == name[0]] or names, draw)


def family_name(community: str, draw: Draw) -> str:
    """A family's surname; a slash parts the form men use from the form women use."""
    if community == "english" and draw() < MADE_SURNAMES:
        stems, endings = _parts()
        return pick(stems, draw) + pick(endings, draw)
    return _surnames(community).pick(draw)


def surname(family: str, sex: str) -> str:
    """The form of a family's surname that a person of this sex uses."""
    if "/" not in family:
        return family
    men, _, women = family.partition("/")
    return women if sex == "F" else men
