"""`goldthread import contacts`: the same rules, from the command line."""
from __future__ import annotations

import importlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from goldthread.access.actor import acting, system
from goldthread.commands.main import parser_for
from goldthread.commands.refusal import Refusal
from goldthread.exchange.models import ImportFile, ImportRun
from goldthread.exchange.tasks import forget_files
from tests.exchange.loading import cases, importer, looked
from tests.exchange.making import csv_bytes, csv_upload, many, rows
from tests.support import NOW, make_actor

pytestmark = pytest.mark.django_db
command = importlib.import_module("goldthread.commands.import")


def call(actor: Any, *words: Any, email: str = "") -> int:
    fixed = ["--partnership", actor.partnership.slug, "--as", email or actor.user.email]
    return command.run(parser_for("import", command).parse_args(["contacts", *map(str, words), *fixed]))


def file_of(folder: Path, table: list[list[Any]], name: str = "contacts.csv") -> Path:
    place = table[0].index("Date of contact")
    path = folder / name
    path.write_bytes(csv_bytes([table[0], *([*row[:place], "02/11/2025", *row[place + 1:]] for row in table[1:])]))
    return path


def test_dry_run_then_load_then_again_then_undo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    actor, path = importer(), file_of(tmp_path, many(3))
    assert call(actor, path, "--dry-run") == 0 and not cases(actor)
    assert "nothing was saved" in capsys.readouterr().out
    assert call(actor, path, "--json") == 0 and len(cases(actor)) == 3
    said = json.loads(capsys.readouterr().out)
    assert (said["state"], said["counts"]["contacts"], said["findings"]) == ("done", 3, [])
    assert call(actor, path) == 0 and len(cases(actor)) == 3
    assert "already" in capsys.readouterr().out
    with pytest.raises(Refusal, match="because"):
        call(actor, "--undo", said["import"])
    assert call(actor, "--undo", said["import"], "--because", "Wrong month") == 0 and not cases(actor)


def test_findings_are_listed_and_the_exit_code_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    actor, path = importer(), file_of(tmp_path, many(60, Source="2Z"))
    assert call(actor, path) == 2 and not cases(actor)
    out = capsys.readouterr().out
    assert out.count("contacts.csv, row") == 50 and "and 10 more" in out and "60 to mend; nothing was saved" in out
    assert call(actor, path, "--json") == 2
    found = json.loads(capsys.readouterr().out)["findings"]
    assert len(found) == 60 and found[0]["column"] == "Source" and found[0]["row"] == 2


def test_refused(tmp_path: Path) -> None:
    actor, path = importer(), file_of(tmp_path, rows({}))
    with pytest.raises(Refusal, match="no seat"):
        call(actor, path, email="nobody@example.org")
    lead = make_actor("school-lead", partnership=actor.partnership)
    with pytest.raises(Refusal, match="cannot import contacts"):
        call(lead, path)
    with pytest.raises(Refusal, match="cannot be read"):
        call(actor, tmp_path / "none.csv")
    with pytest.raises(Refusal, match="no import 99"):
        call(actor, "--undo", "99999999", "--because", "x")
    with pytest.raises(Refusal, match="give files"):
        call(actor)


def test_files_left_lying_are_thrown_away() -> None:
    actor = importer()
    run, faulty = looked(actor, csv_upload(many(1))), looked(actor, csv_upload(many(1, Source="2Z")))
    assert forget_files(NOW + timedelta(hours=20)) == 0
    assert forget_files(NOW + timedelta(hours=25)) == 2
    with acting(system(actor.partnership.pk)):
        assert not ImportFile.objects.exists()
        assert list(ImportRun.objects.all()) == [faulty] != [run]
