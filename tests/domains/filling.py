"""Fill in a page's own form as a person would, and send it."""
from __future__ import annotations

from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from goldthread.process.models import Case
from goldthread.web.forms.widgets import DateTimeBoxes

BOXES = ("_day", "_month", "_year", "_time")


class Form(HTMLParser):
    """The main form of a page: what its boxes hold, and the choices of its radios and lists."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.names: list[str] = []
        self._inside, self._text, self._select = False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {k: v or "" for k, v in attrs}
        name, value = found.get("name", ""), found.get("value", "")
        if tag == "form":
            self._inside = "novalidate" in found
        if not self._inside:
            return
        if tag == "textarea":
            self._text = name
            self._note(name, "")
        elif tag == "select":
            self._select = name
            self.choices.setdefault(name, [])
        elif tag == "option" and self._select and value:
            self.choices[self._select].append(value)
            if "selected" in found:
                self._note(self._select, value)
        elif tag == "input" and found.get("type") == "radio":
            self.choices.setdefault(name, []).append(value)
            if "checked" in found:
                self._note(name, value)
        elif tag == "input" and found.get("type") != "checkbox" and name:
            self._note(name, value)

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text] += data.lstrip("\r\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._inside = False

    def _note(self, name: str, value: str) -> None:
        self.values[name] = value

    def filled(self, given: dict[str, str]) -> dict[str, str]:
        """What is sent: what stands there, what is given, and something for every question of text or choice left open."""
        sent = dict(self.values) | given
        for name, choices in self.choices.items():
            if choices and "-" not in name:
                sent.setdefault(name, choices[0])
        for name, value in sent.items():
            if value == "" and not name.endswith(BOXES) and name not in ("seen", "submission") and name not in given:
                sent[name] = "Invented words"
        return sent


def moment(name: str, when: datetime) -> dict[str, str]:
    """A date and time as its four boxes."""
    widget = DateTimeBoxes()
    return {f"{name}_{key}": str(part) for key, part in zip(widget.keys, widget.decompress(when), strict=True)}


def send(client: Client, url: str, given: dict[str, Any]) -> str:
    """Open a page, fill its form in, send it, and give the address it led to; a mistake fails with its words."""
    page = client.get(url)
    assert page.status_code == 200, f"{url}: {page.status_code}"
    answer = client.post(url, Form(page.content.decode()).filled({k: str(v) for k, v in given.items()}))
    assert answer.status_code == 302, f"{url}: {mistakes(answer.content.decode())}"
    return str(answer["Location"])


def mistakes(page: str) -> str:
    start = page.find("govuk-error-summary")
    return page[start:start + 1500] if start >= 0 else page[:500]


def record(client: Client, case: Case, step: str, **given: Any) -> None:
    send(client, reverse("record", args=[case.reference, step]), given)
