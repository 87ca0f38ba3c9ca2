"""Categories of breakdowns as people say them."""
from __future__ import annotations

from goldthread.measure.facts import BESIDE, CROSSED, columns_of
from goldthread.rules.codes import UnknownCode, label

LISTS = {"sex": ("sex",), "ethnicity": ("ethnicities",), "source": ("contact-sources", "agency-kinds")}


def category_words(by: str, category: str) -> str:
    """A category of a breakdown in words, both of two at once; as it is where no code list has it."""
    if CROSSED in by:
        return ", ".join(category_words(*each) for each in zip(columns_of(by), category.split(BESIDE), strict=True))
    for codes in LISTS.get(by, ()):
        try:
            return label(codes, category)
        except UnknownCode:
            continue
    return category
