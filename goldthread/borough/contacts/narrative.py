"""The words of a contact, put together from mild template sentences (``data/narrative.txt``)."""
from goldthread.borough.chance import Draw, pick
from goldthread.borough.contacts.concerns import COLUMNS, Concern
from goldthread.borough.files import sections
from goldthread.borough.records.people import Person

CHILD_SPOKEN_TO = {"school": 0.75, "police": 0.4, "health": 0.35, "other": 0.3, "public": 0.05}
PUBLIC_KINDS = ("public", "anonymous", "self")


def opening_group(kind: str) -> str:
    """Which opening sentences a kind of source uses."""
    return "public" if kind in PUBLIC_KINDS else COLUMNS.get(kind, "other")


def sentence(heading: str, draw: Draw, **words: str) -> str:
    """One sentence under a heading, filled in."""
    return pick(sections("narrative.txt")[heading], draw).format(**words)


def story(kind: str, place: str, worries: list[Concern], child: str, carer: str, draw: Draw) -> str:
    """What the source wrote: how it came up, the worry or worries, what was done."""
    words = {"child": child, "place": place or "our service", "carer": carer}
    parts = [sentence(f"opening.{opening_group(kind)}", draw, **words)]
    parts += [sentence(f"concern.{worry.key}", draw, **words) for worry in worries]
    if kind not in PUBLIC_KINDS:
        parts.append(sentence("action", draw, **words))
    return " ".join(parts)


def child_said(kind: str, child: Person, years: int, named: str, draw: Draw) -> str:
    """What the child said, empty when they were not spoken with or are too young."""
    if years < 4 or child.kind != "child" or draw() >= CHILD_SPOKEN_TO[opening_group(kind)]:
        return ""
    return sentence("voice", draw, child=named)
