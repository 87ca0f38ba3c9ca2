"""docs/add-a-specification.md followed to the letter: its file, its example files, and what the command then says."""
from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from goldthread.commands.main import parser_for
from goldthread.dataset.specification import checks, declared
from goldthread.dataset.specification.definition import KINDS
from goldthread.dataset.specification.rules import KINDS as RULES
from goldthread.rules import codes
from tests.dataset.place import Place

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).parents[2] / "docs" / "add-a-specification.md").read_text()
command = importlib.import_module("goldthread.commands.import")


def block(language: str, place: int = 0) -> str:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[place]


def test_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    made = declared.read(tomllib.loads(block("toml")), "short-breaks.toml")
    assert checks.faults_of_all(made, codes.lists()) == []
    monkeypatch.setattr(declared, "every", lambda: made)
    for place, name in enumerate(("children.csv", "breaks.csv")):
        (tmp_path / name).write_text(block("csv", place))
    there = Place()
    words = re.search(r"`goldthread import (.*?) --partnership", PAGE)[1].split()  # type: ignore[index]
    words = [str(tmp_path / word) if word.endswith(".csv") else word for word in words]
    asked = parser_for("import", command).parse_args(
        [*words, "--agency", there.police.name, "--partnership", there.partnership.slug, "--as", there.analyst.user.email])
    assert command.run(asked) == 2
    assert capsys.readouterr().out == block("text")


def test_every_kind_of_column_and_rule_is_named() -> None:
    for name in (*KINDS, *RULES):
        assert re.search(rf"\b{name}\b", PAGE), name
