"""The yearly report on pages: upload, findings, the report, its forms; and whose it is."""
from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db
BUDGET = b"side,line,amount (GBP)\nincome,Council,100\nincome,Police,50\nexpenditure,Staff,120\n"
PRINTED = 'what,printed,section\nTotal income,"£150",budget\nTotal outgoings,"£130",budget\n'.encode()


def file(name: str, content: bytes) -> Any:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def sent(client: Any, **files: Any) -> Any:
    return client.post(reverse("report_upload"), {"title": "Testbury yearly report", **files})


def test_upload_find_what_does_not_hold_and_take_it_away() -> None:
    client = client_for(make_actor("business-manager"))
    answer = sent(client, budget=file("our budget.csv", BUDGET), printed=file("printed.csv", PRINTED))
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "£130" in page and "£120" in page, "the wrong total and the right one"
    assert "Testbury yearly report" in client.get(f"{answer.url}read/").content.decode()
    found = json.loads(client.get(f"{answer.url}consistency.json").content)
    assert [f["stated"] for f in found] == ["£130"]
    for name in ("report.html", "report.docx", "figures.json"):
        got = client.get(f"{answer.url}{name}")
        assert got.status_code == 200 and "attachment" in got["Content-Disposition"]
    somebody_else = client_for(make_actor("business-manager"))
    assert somebody_else.get(answer.url).status_code == 404


def test_mistakes_are_named_and_nothing_is_kept() -> None:
    client = client_for(make_actor("analyst"))
    page = sent(client, budget=file("b.csv", b"side,line,amount\nincome,Council,lots\n")).content.decode()
    assert "What to mend" in page and "lots" in page and ">2<" in page.replace("<span>2</span>", ">2<")
    assert "Choose at least one file" in sent(client).content.decode()
    refused = sent(client, budget=file("b.exe", b"MZ")).content.decode()
    assert "spreadsheet as .csv or .xlsx" in refused


def test_who_may_not_build_reports_finds_no_page() -> None:
    assert client_for(make_actor("school-lead")).get(reverse("report_upload")).status_code == 404
