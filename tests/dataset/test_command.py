"""`goldthread import` of a return: the same rules, from the command line."""
from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from goldthread.access.actor import acting
from goldthread.commands.main import parser_for
from goldthread.commands.refusal import Refusal
from goldthread.dataset.models import Expectation, Submission
from tests.dataset.place import Place, many, rows_csv

pytestmark = pytest.mark.django_db
command = importlib.import_module("goldthread.commands.import")


def call(actor: Any, *words: Any) -> int:
    fixed = ["--partnership", actor.partnership.slug, "--as", actor.user.email]
    return command.run(parser_for("import", command).parse_args(["police-incidents", *map(str, words), *fixed]))


def test_dry_run_then_send_and_accept_then_withdraw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = Place()
    path = tmp_path / "q2.csv"
    path.write_bytes(rows_csv(*many(3)))
    of_police = ["--agency", "example police", "--period", "2026-Q2"]
    assert call(place.analyst, path, *of_police, "--dry-run") == 0
    assert "nothing was sent" in capsys.readouterr().out
    with acting(place.analyst):
        assert not Submission.objects.exists() and not Expectation.objects.exists()
    assert call(place.analyst, path, *of_police, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["state"], said["errors"], said["findings"]) == ("accepted", 0, [])
    with pytest.raises(Refusal, match="why"):
        call(place.analyst, "--undo", said["version"])
    assert call(place.analyst, "--undo", said["version"], "--because", "Wrong quarter") == 0
    with acting(place.analyst):
        assert Submission.objects.get().state == "withdrawn"


def test_findings_are_told_and_nothing_is_sent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = Place()
    path = tmp_path / "q2.csv"
    path.write_bytes(rows_csv({"kind": "nonsense", "born_on": "", "postcode": ""}))
    assert call(place.analyst, path, "--agency", "Example Police", "--period", "2026-Q2") == 2
    told = capsys.readouterr().out
    assert "q2.csv, row 2, Kind of incident (“nonsense”): this is not in the list of codes" in told
    assert "1 to mend; nothing was sent." in told and "worth asking about" in told


@pytest.mark.parametrize(("words", "why"), [
    ([], "files to load"), (["q2.csv"], "which period"), (["q2.csv", "--period", "soon"], "is not a period"),
    (["q2.csv", "--period", "2026-Q2", "--agency", "Nobody"], "has the name"),
    (["missing.csv", "--period", "2026-Q2", "--agency", "Example Police"], "cannot be read"),
    (["--undo", "999999"], "no version")])
def test_refused_in_words(words: list[str], why: str, tmp_path: Path) -> None:
    place = Place()
    (tmp_path / "q2.csv").write_bytes(rows_csv(*many(1)))
    with pytest.raises(Refusal, match=why):
        call(place.analyst, *(tmp_path / word if word.endswith(".csv") else word for word in words))


def test_a_sender_sends_what_is_asked_of_their_agency_and_nothing_else(tmp_path: Path) -> None:
    place = Place()
    path = tmp_path / "q2.csv"
    path.write_bytes(rows_csv(*many(1)))
    with pytest.raises(Refusal, match="not asked"):
        call(place.officer, path, "--period", "2026-Q2")
    place.owed()
    assert call(place.officer, path, "--period", "2026-Q2") == 0
    with acting(place.officer):
        assert Submission.objects.get().state == "sent", "accepting is for those who collect"
