"""Rows made quickly are the rows their models make."""
from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from goldthread.domains.front_door.models import ContactPerson, IdentifiedPerson
from goldthread.process.models import Ask, Case, CasePerson, Event
from goldthread.process.rows import made

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
GIVEN: list[tuple[Any, dict[str, Any]]] = [
    (Case, {"id": 7, "partnership_id": 1, "reference": "FD-1", "opened_at": AT}), (Case, {}),
    (Event, {"case_id": 7, "step": "contact", "record_id": 3, "happened_at": AT, "readers": ["user:1"]}),
    (Ask, {"case_id": 7, "agency_id": 2}), (CasePerson, {"person_id": 4, "capacity": "child"}),
    (ContactPerson, {"given": "Amira", "capacity": "child", "pk": 9}),
]


@pytest.mark.parametrize(("model", "values"), GIVEN)
def test_every_column_is_as_the_model_itself_fills_it(model: Any, values: dict[str, Any]) -> None:
    quick, plain = made(model, **values), model(**values)
    columns = [f.attname for f in model._meta.concrete_fields]
    assert {name: getattr(quick, name) for name in columns} == {name: getattr(plain, name) for name in columns}
    assert quick.__dict__.keys() == plain.__dict__.keys()
    assert quick._state.adding and quick._state.db is None and quick._state.fields_cache == {}


def test_no_two_rows_share_a_list() -> None:
    one, other = made(Case), made(Case)
    one.readers.append("user:1")
    assert (other.readers, one.denied is other.denied) == ([], False)


def test_a_row_may_name_another_that_has_no_number_yet() -> None:
    line = made(ContactPerson, given="Amira")
    found = made(IdentifiedPerson, stated=line)
    line.pk = 12
    found._prepare_related_fields_for_save("load")
    assert found.stated is line and found.stated_id == 12


def test_a_name_the_model_has_not_is_refused() -> None:
    with pytest.raises(TypeError, match="Case has no colour"):
        made(Case, colour="red")
