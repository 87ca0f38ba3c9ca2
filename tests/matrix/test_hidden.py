"""What is hidden cannot be told from what does not exist: the same status, page, headers and number of statements."""
from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.base.identifiers import new_reference
from tests.matrix import oracle
from tests.matrix.asking import Asking, content, headers, plain, what
from tests.matrix.cells import url_of
from tests.matrix.oracle import Expected
from tests.matrix.world import Placed, Viewer, World

pytestmark = pytest.mark.django_db
# made as references are, so that it is looked for as they are
NOBODY = {"case": new_reference("FD", 987_654), "person": new_reference("PE", 987_654)}
KINDS = ("restricted school", "kept person school", "family school", "next door", "nothing")


def seen(asking: Asking, viewer: Viewer, method: str, url: str) -> tuple[Any, ...]:
    """All that can be told of an answer."""
    with CaptureQueriesContext(connection) as captured:
        response = asking.answer(viewer, method, url)
    return response.status_code, plain(content(response)), headers(response), len(captured)


def _addresses(page: str, of: str, placed: Placed | None) -> str:
    """Where a page of this record would be; of None, of one that does not exist."""
    known: dict[str, Any] = {"reference": placed.reference if placed else NOBODY["person" if of == "person" else "case"]}
    if of in ("event", "identification"):
        known["event"] = placed.events["identification"] if placed else 999_999_999
    if of == "step":
        known["step"] = "message"
    if page == "start_sent":
        known["process"] = "front-door"
    return url_of(page, **known)


@pytest.mark.parametrize("role", ["mash-worker", "mash-manager", "school-lead", "analyst"])
def test_a_hidden_record_is_as_one_that_is_not_there_on_every_page(world: World, role: str) -> None:
    asking, viewer, told, asked = Asking(world), world.viewers[role], [], 0
    for page, line in oracle.pages().items():
        of = "" if page == "step" else line.get("of")
        if of not in ("case", "event", "identification", "step", "person"):
            continue
        records = world.people if of == "person" else world.cases
        keys = ("kept", "family", "next door", "nothing") if of == "person" else KINDS
        method = line.get("only", "GET")
        answers = {key: seen(asking, viewer, method, _addresses(page, of, records.get(key))) for key in keys}
        asked += len(answers)
        assert answers["nothing"][0] == 404, page
        told += [f"{page} of {key}: {_differs(got, answers['nothing'])}" for key, got in answers.items()
                 if got != answers["nothing"]]
    assert asked > 100 and told == []


def _differs(one: tuple[Any, ...], other: tuple[Any, ...]) -> str:
    names = ("status", "page", "headers", "statements")
    return ", ".join(f"{name} {a if name != 'page' else ''} not {b if name != 'page' else ''}"
                     for name, a, b in zip(names, one, other, strict=True) if a != b)


def test_a_hidden_part_of_an_open_record_is_as_one_that_is_not_there(world: World) -> None:
    asking, lead = Asking(world), world.viewers["school-lead"]
    case, asked = world.cases["open school"], world.cases["asked"]
    for page in ("event", "correct", "withdraw"):
        urls = [url_of(page, reference=case.reference, event=pk) for pk in (case.events["identification"], 999_999_999)]
        here, nothing = (seen(asking, lead, "GET", url) for url in urls)
        assert nothing[0] == 404 and here == nothing, page
    others = next(pk for agency, pk in asked.asks.items() if agency != lead.agency)
    assert seen(asking, lead, "GET", f"/asked/{others}/") == seen(asking, lead, "GET", "/asked/999999999/")


def test_negative_control_one_statement_more_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from goldthread.process import opening
    usual, asking, viewer = opening._ONE, Asking(world), world.viewers["school-lead"]

    class Curious:
        """Looks once more when there is something to see, as nothing should."""

        def rows(self, reference: str) -> Any:
            with world.system():
                if opening.Case.objects.filter(reference=reference).exists():
                    opening.Case.objects.count()
            return usual.rows(reference=reference)
    monkeypatch.setattr(opening, "_ONE", Curious())
    hidden, nothing = (seen(asking, viewer, "GET", f"/case/{reference}/")
                       for reference in (world.cases["next door"].reference, NOBODY["case"]))
    assert hidden[:3] == nothing[:3] and hidden[3] == nothing[3] + 1


def test_nobody_signed_in_is_sent_to_sign_in_whatever_the_reference(world: World) -> None:
    asking, nobody = Asking(world), world.viewers["anonymous"]
    for reference in (world.cases["glass"].reference, NOBODY["case"]):
        assert what(asking.answer(nobody, "GET", f"/case/{reference}/")) is Expected.SIGN_IN
