"""Draw the floors of the house from the import contract: `python tools/draw_floors.py` writes docs/images/architecture.svg.

A test holds the picture to the contract.
"""
from __future__ import annotations

import re
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "architecture.svg"
LEFT, WIDTH, TOP, STEP, HEIGHT, GAP = 160, 560, 15, 46, 38, 8
ROW = re.compile(r"^\| (?P<floor>[a-z ]+) \| (?P<rooms>`.+?) \|", re.M)


def floors() -> list[tuple[str, list[str]]]:
    """(name of the floor, its rooms) from top to bottom. Raises KeyError where the page names no floor for a room."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = {room.split("/")[0]: row["floor"] for row in ROW.finditer(page)
             for room in re.findall(r"`([\w/]+)`", row["rooms"])}
    found = [re.findall(r"\w+", layer) for layer in contract["layers"]]
    return [(named[rooms[0]], rooms) for rooms in found]


def drawn() -> str:
    """The picture as SVG."""
    house = floors()
    told = ", ".join(f"{floor} ({', '.join(rooms)})" for floor, rooms in house)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {TOP * 2 + STEP * len(house)}" role="img" '
        'aria-labelledby="t d" font-family="Arial, sans-serif" font-size="15"><title id="t">The floors of Goldthread</title>'
        f'<desc id="d">From top to bottom: {escape(told)}. Each floor imports only from those below.</desc>'
        '<rect width="100%" height="100%" fill="#fff"/>']
    for place, (floor, rooms) in enumerate(house):
        top = TOP + STEP * place
        parts.append(f'<text x="12" y="{top + 25}" fill="#4f5b66">{escape(floor)}</text>')
        wide = (WIDTH - GAP * (len(rooms) - 1)) / len(rooms)
        for at, room in enumerate(rooms):
            left = LEFT + (wide + GAP) * at
            parts.append(f'<rect x="{left:.0f}" y="{top}" width="{wide:.0f}" height="{HEIGHT}" rx="4" fill="#eef3f8" '
                         f'stroke="#1d4f6e"/><text x="{left + wide / 2:.0f}" y="{top + 25}" text-anchor="middle" '
                         f'fill="#14202b">{escape(room)}</text>')
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
