"""docs/permissions.md shows the roles as they are."""
from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.access import describing, policy
from goldthread.access.policy import ROLES, May, Reads, Role

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
BEGIN, END = "<!-- roles -->\n", "<!-- end of roles -->"


def shown() -> str:
    return PAGE.read_text().split(BEGIN)[1].split(END)[0]


def test_the_page_is_current() -> None:
    assert shown() == describing.table(), f"Put this between the marks of {PAGE.name}:\n{describing.table()}"


def test_every_right_and_every_kind_of_reading_is_in_it() -> None:
    for role in ROLES.values():
        assert f"(`{role.key}`)" in shown()
    assert {kind for role in ROLES.values() for kind in role.reads} <= set(describing.READS)
    assert all(right.value in shown() for right in May)


def test_negative_control_a_role_changed_makes_the_page_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    more = Role("gp", "GP", ROLES["gp"].may | {May.RESTRICT}, frozenset({Reads.OWN}))
    monkeypatch.setitem(policy.ROLES, "gp", more)
    assert shown() != describing.table()


@pytest.mark.parametrize("path", [
    "goldthread/access/policy.py", "goldthread/access/rows.py", "goldthread/process/readers.py",
    "goldthread/people/actions/readers.py", "tests/matrix/oracle.toml"])
def test_what_the_page_points_at_is_there(path: str) -> None:
    assert (PAGE.parents[1] / path).exists() and path.split("/", 1)[1].split("/")[-1] in PAGE.read_text()
