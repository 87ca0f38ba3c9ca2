"""Whether a place is within a partnership's area, by the postcode districts that it has recorded as its own."""
from __future__ import annotations

import re

from goldthread.base.text import is_postcode, normalise_postcode
from goldthread.orgs.models import Partnership

DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")


def districts(text: str) -> list[str]:
    """The postcode districts (outcodes) written in a text, such as "N1, EC1A", each once in its order.

    Raises ValueError naming what is none.
    """
    found = [each for each in re.split(r"[\s,;]+", text.upper()) if each]
    wrong = [each for each in found if not DISTRICT.fullmatch(each)]
    if wrong:
        raise ValueError(f"“{wrong[0]}” is not the first half of a postcode. Write it like N1 or EC1A")
    return list(dict.fromkeys(found))


def inside(partnership: Partnership, postcode: str) -> bool | None:
    """Whether a postcode lies in the partnership's area; None where either is not known.

    "EC1" stands for EC1A and EC1V too, as those parts of it are written.
    """
    own = districts(partnership.districts)
    if not own or not is_postcode(postcode):
        return None
    outward = normalise_postcode(postcode).split()[0]
    return any(outward == each or (outward[:-1] == each and outward[-1].isalpha()) for each in own)
