"""Lists as files: nothing runs, nothing is hidden, and nobody gets a row they may not see."""
from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from goldthread.access.actor import acting, system
from goldthread.domains.front_door.process import FRONT_DOOR
from goldthread.exchange import exporting
from goldthread.exchange.exporting import CSV, XLSX, TooMany, export_cases, export_table
from goldthread.files.tables.safe_cells import safe
from goldthread.process.models import Case
from tests.exchange.loading import importer, loaded
from tests.exchange.making import csv_upload, many, rows
from tests.support import make_actor

HOSTILE = ["=1+1", "+44", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "=HYPERLINK(\"http://x\",\"y\")",
           "=cmd|' /C calc'!A0", "\u200b=1", "\u202e=1", "\x00=1", "\ufeff=1", "-", "+", "=", "@"]
HARMLESS = ["Testa Exampleton", "O'Neill", "1 = 1", "a@example.org", "", "محمد", "x\ny"]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_starts_nothing(text: str) -> None:
    assert str(safe(text)).startswith("'")
    [[cell]] = csv.reader(io.StringIO(export_table([text], [], CSV).decode("utf-8-sig"), newline=""))
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    book = openpyxl.load_workbook(io.BytesIO(export_table(["Title"], [[text]], XLSX)))
    assert book.active["A2"].data_type == "s" and book.active["A2"].value.startswith("'")


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_other_values_stay_what_they_are() -> None:
    assert safe(-5) == -5 and safe(None) is None and safe("x" * 40_000) == "x" * 32_767


def test_without_the_escape_a_formula_would_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "safe", lambda value: value)
    assert b"=1+1" in export_table(["=1+1"], [], CSV)
    assert not export_table(["x"], [["=1+1"]], CSV).count(b"'=1+1")


def test_a_workbook_holds_one_visible_sheet_and_nothing_else() -> None:
    data = export_table(["A"], [["b"]], XLSX)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [page.sheet_state for page in book.worksheets] == ["visible"] and not book.defined_names
    assert book.properties.creator == "Goldthread"
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = parts.namelist()
    assert not [name for name in names if any(word in name for word in ("vba", "comment", "external", "custom", "pivot"))]
    with pytest.raises(KeyError):
        export_table(["A"], [], "ods")


def listed(actor: Any) -> Any:
    return Case.objects.select_related("allocated_to", "started_by").order_by("pk")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_the_list_comes_out_as_it_is_on_the_page(kind: str) -> None:
    actor = importer()
    loaded(actor, csv_upload(rows({"First name": "=Testa"}, {"Contact number": "A2", "First name": "Ben"})))
    with acting(actor):
        data = export_cases(actor, FRONT_DOOR, listed(actor), kind)
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) if kind == CSV else [
        ["" if value is None else value for value in row]
        for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)]
    assert lines[0][:3] == ["Reference", "Child", "Kind"] and len(lines) == 3
    assert [line[1] for line in lines[1:]] == ["'=Testa Exampleton", "Ben Exampleton"]
    assert str(lines[1][5]).startswith("02/11/2026 09:40" if kind == CSV else "2026-11-02 09:40")


@pytest.mark.django_db
def test_rows_the_actor_may_not_see_are_left_out_whoever_hands_them_in() -> None:
    actor = importer()
    loaded(actor, csv_upload(rows({}, {"Contact number": "A2", "Agency": "Example Primary School"})))
    with acting(system(actor.partnership.pk)):
        every = list(listed(actor))
    school = make_actor("school-lead", every[1].started_by, actor.partnership)
    seen = export_cases(school, FRONT_DOOR, every, CSV).decode()
    assert every[1].reference in seen and every[0].reference not in seen
    every[1].denied = [f"user:{school.user.pk}"]
    assert every[1].reference not in export_cases(school, FRONT_DOOR, every, CSV).decode()
    assert export_cases(importer(), FRONT_DOOR, every, CSV).count(b"\n") == 1


@pytest.mark.django_db
def test_too_many_rows_are_not_handed_out_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    actor = importer()
    loaded(actor, csv_upload(many(3)))
    with acting(actor), pytest.raises(TooMany):
        export_cases(actor, FRONT_DOOR, listed(actor))
