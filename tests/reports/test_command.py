"""`goldthread report FOLDER --out DIR`."""
import json

import pytest

from goldthread.reports import build_report
from goldthread.reports.cli import run
from tests.reports.samples import NOW, files


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "fernshire-2024-25"
    made.mkdir()
    for name, content in files(claims=[("Total income", "£81,000", "budget"), ("Visits", "12", "text")]).items():
        (made / name).write_bytes(content)
    return made


def test_says_what_was_written_and_found(folder, tmp_path, capsys):
    (folder / "indicators.csv").unlink()
    assert run([str(folder), "--out", str(tmp_path / "out"), "--title", "Our year"], now=NOW) == 0
    said = capsys.readouterr()
    for name in ("report.html", "report.pdf", "report.docx", "figures.json", "consistency.json", "unchecked.json"):
        assert str(tmp_path / "out" / name) in said.out and (tmp_path / "out" / name).stat().st_size
    assert "4 printed figures worked out again: 1 do not hold, 2 hold, 1 could not be checked" in said.out
    assert "printed £81,000, worked out £80,000 (certain)" in said.out and "indicators.csv is missing" in said.out
    assert said.err == "" and "Our year" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / "unchecked.json").read_text(encoding="utf-8"))[0]["stated"] == "12"


def test_bad_input_writes_nothing_and_says_why(folder, tmp_path, capsys):
    (folder / "budget.csv").write_bytes(b"side,line,amount\nincome,Police,lots\nneither,NHS,5\n")
    assert run([str(folder), "--out", str(tmp_path / "out")], now=NOW) == 2
    said = capsys.readouterr()
    assert said.out == "" and not (tmp_path / "out").exists()
    assert "budget.csv, row 2, column “amount”" in said.err and "budget.csv, row 3, column “side”" in said.err


def test_a_place_that_cannot_be_written(folder, tmp_path, capsys):
    (tmp_path / "taken").write_text("a file")
    assert run([str(folder), "--out", str(tmp_path / "taken")], now=NOW) == 2
    assert "Cannot write the report" in capsys.readouterr().err


def test_help_reads_well(capsys):
    with pytest.raises(SystemExit) as left:
        run(["--help"])
    assert left.value.code == 0 and "printed-totals" in capsys.readouterr().out


def test_the_same_input_writes_the_same_data(folder, tmp_path):
    first, second = (build_report(folder, tmp_path / name, now=NOW) for name in ("one", "two"))
    for one, two in zip(first.files, second.files, strict=True):
        if one.suffix in (".json", ".html"):
            assert one.read_bytes() == two.read_bytes()
    assert not [each for each in (tmp_path / "one").iterdir() if each.name.startswith(".")]
