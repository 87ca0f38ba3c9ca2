"""`goldthread check`: what it prints, and its exit code."""
import json
from pathlib import Path
from typing import Any

from goldthread.commands.main import main
from goldthread.reports.checking import finding

WRONG = "Testbury Annual Report 2023-24\n\nIn 42 of 50 cases (99%) there was a plan.\n"


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_what_is_found_is_told_with_its_arithmetic(tmp_path: Path, capsys: Any) -> None:
    assert main(["check", written(tmp_path, "report.txt", WRONG)]) == 1
    told = capsys.readouterr().out
    assert "42 ÷ 50 × 100 = 84%" in told and "1 thing was found" in told and "line 3" in told


def test_json_for_other_programs_and_a_limit_of_certainty(tmp_path: Path, capsys: Any) -> None:
    path = written(tmp_path, "report.md", WRONG)
    assert main(["check", path, "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["year"] == "2023-24" and [each["kind"] for each in answer["findings"]] == ["share"]
    assert main(["check", path, "--json", "--sure", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_what_is_not_sure_is_told_last_as_worth_a_look(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    text = WRONG + "\nThere are 27 actions: 19 are done and 11 remain.\n"
    path = written(tmp_path, "report.txt", text)
    assert main(["check", path]) == 1
    told = capsys.readouterr().out
    assert told.index("84%") < told.index("Worth a look") < told.index("19 + 11") and "1 thing was found in 4" not in told
    assert "1 thing was found" in told and ", 1 worth a look." in told
    main(["check", path, "--json"])
    assert [each["sure"] for each in json.loads(capsys.readouterr().out)["findings"]] == [True, False]
    monkeypatch.setattr(finding, "SURE", 0.0)
    main(["check", path])
    assert "2 things were found" in capsys.readouterr().out


def test_a_sound_report_ends_with_nought(tmp_path: Path, capsys: Any) -> None:
    assert main(["check", written(tmp_path, "report.txt", WRONG.replace("99%", "84%"))]) == 0
    assert "Nothing was found in 2 numbers read." in capsys.readouterr().out


def test_the_report_of_the_year_before(tmp_path: Path, capsys: Any) -> None:
    table = "Testbury Annual Report {}\n\nMeasure\t2022-23\nReferrals to early help\t{}\nMissing episodes\t9\n"
    now, then = (written(tmp_path, f"{year}.txt", table.format(year, n)) for year, n in (("2023-24", 412), ("2022-23", 421)))
    assert main(["check", now]) == 0
    assert main(["check", now, "--before", then]) == 1
    assert "421" in capsys.readouterr().out


def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, capsys: Any) -> None:
    assert main(["check", str(tmp_path / "gone.pdf")]) == 2
    assert main(["check", written(tmp_path, "report.doc", "x")]) == 2
    told = capsys.readouterr().err
    assert "No such file" in told and "none of these: .txt, .md, .markdown, .docx, .pdf" in told
