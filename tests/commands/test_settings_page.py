"""Every variable the code reads is on the settings page, and the page names none that nobody reads."""
from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\b(GOLDTHREAD_[A-Z_]+|DATABASE(?:_OWNER)?_URL|PG_BINDIR)\b")
READ = re.compile(r"""(?:env(?:\.\w+)?|environ(?:\.\w+)?)[(\[]\s*["'](\w+)""")


def variables() -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "goldthread").rglob("*.py"))
    return {name for name in READ.findall(text) if VARIABLE.fullmatch(name)}


def test_the_page_and_the_code_name_the_same() -> None:
    written = set(VARIABLE.findall((ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))
    assert len(written) > 15
    assert variables() == written
