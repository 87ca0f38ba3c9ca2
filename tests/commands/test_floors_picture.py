"""The picture of the house shows the floors that the import contract keeps."""
from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_picture_is_the_contract() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "draw_floors.py"))
    rooms = {room for _, floor in tool["floors"]() for room in floor}
    assert rooms == {each.parent.name for each in (ROOT / "goldthread").glob("*/__init__.py")}
    assert tool["PICTURE"].read_text(encoding="utf-8") == tool["drawn"](), "Run python tools/draw_floors.py"
