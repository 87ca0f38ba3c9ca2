"""Categories of breakdowns as people say them."""
from __future__ import annotations

from goldthread.rules.codes import UnknownCode, label

LISTS = {"sex": ("sex",), "ethnicity": ("ethnicities",), "source": ("contact-sources", "agency-kinds")}


def category_words(by: str, category: str) -> str:
    """A category of a breakdown in words; as it is where no code list has it."""
    for codes in LISTS.get(by, ()):
        try:
            return label(codes, category)
        except UnknownCode:
            continue
    return category
