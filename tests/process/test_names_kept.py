"""A record's field cannot have a name that every form sends for itself: what is typed would never reach it."""
from __future__ import annotations

import pytest

from goldthread.domains.section_47.models import EnquiryVisit
from goldthread.domains.section_47.process import SECTION_47
from goldthread.process.checks import RESERVED, faults
from goldthread.rules.limits import _by_key
from goldthread.web.casework.start import NOT_TYPED


def test_the_names_are_those_the_pages_keep() -> None:
    assert NOT_TYPED - {"csrfmiddlewaretoken"} == RESERVED


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_field_of_such_a_name_is_a_fault(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rules, own = frozenset(_by_key()), EnquiryVisit.own_fields()
    assert faults(SECTION_47, rules) == []
    monkeypatch.setattr(EnquiryVisit, "own_fields", classmethod(lambda cls: [*own, name]))
    assert faults(SECTION_47, rules) == [
        f"enquiry-visit: a field of EnquiryVisit cannot be called {name!r}, which every form sends for itself"]
