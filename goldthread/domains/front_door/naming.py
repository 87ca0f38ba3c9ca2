"""The school or practice meant by a name as a referrer wrote it."""
from __future__ import annotations

import re
from collections.abc import Iterable

from goldthread.base.text import normalise_name
from goldthread.orgs.models import Agency

PLAIN_SCHOOL = re.compile(r"\b(the|school|primary|secondary|academy|infant|junior|nursery|college|of|c ?of ?e|rc)\b")
PLAIN_PRACTICE = re.compile(r"\b(the|gp|doctors?|surgery|practice|health|medical|centre|group|family|dr)\b")


def school_named(stated: str, schools: Iterable[Agency]) -> Agency | None:
    """The school meant by a name as a referrer wrote it; None when it is none, or could be several."""
    return _named(stated, schools, PLAIN_SCHOOL)


def practice_named(stated: str, practices: Iterable[Agency]) -> Agency | None:
    """The GP practice meant by a name as a referrer wrote it; None when it is none, or could be several."""
    return _named(stated, practices, PLAIN_PRACTICE)


def _named(stated: str, agencies: Iterable[Agency], plain: re.Pattern[str]) -> Agency | None:
    said = normalise_name(stated)
    if not said:
        return None
    named = [(normalise_name(each.name), each) for each in agencies]
    exact = [each for name, each in named if name == said]
    core = _core(said, plain)
    alike = exact or [each for name, each in named if core and _core(name, plain) == core]
    return alike[0] if len(alike) == 1 else None


def _core(name: str, plain: re.Pattern[str]) -> str:
    return " ".join(plain.sub(" ", name).split())
