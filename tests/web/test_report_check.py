"""Checking any report on a page: findings in their sentences, by kind; what is kept and what is not; and for whom."""
from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goldthread.access.actor import acting, system_for
from goldthread.process.models import Draft
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db
WRONG = """Testbury Annual Report 2023-24

1.0 First <b>

In 42 of 50 cases (99%) there was a plan.

Course\tAttendees\tPlaces\t%
Neglect\t12\t20\t60%
Online\t18\t20\t90%
Babies\t30\t40\t75%
Total\t61\t80\t76%

“You helped my son KJ when nobody else did, <script>alert(1)</script> thank you.”
"""


def sent(client: Any, keep: str, text: str = WRONG, name: str = "our report.txt", **more: Any) -> Any:
    return client.post(reverse("report_check"), {"report": SimpleUploadedFile(name, text.encode()), "keep": keep, **more})


def drafts(actor: Any) -> int:
    with acting(system_for(actor)):
        return Draft.objects.count()


def test_findings_are_shown_in_their_sentences_and_nothing_is_kept() -> None:
    actor = make_actor("business-manager")
    before = drafts(actor)
    answer = sent(client_for(actor), "no", WRONG.replace("<script>alert(1)</script>", "a < b"))
    page = answer.content.decode()
    assert answer.status_code == 200 and drafts(actor) == before
    assert "In 42 of 50 cases (<mark>99%</mark>) there was a plan." in page and "42 ÷ 50 × 100 = 84%" in page
    assert 'href="#total"' in page and "my son <mark>KJ</mark>" in page and "a &lt; b" in page
    assert "What was found, by kind" in page and "<svg" in page and "Nothing was kept" in page


def test_kept_only_when_they_say_so_and_for_themselves_only() -> None:
    actor = make_actor("analyst")
    client = client_for(actor)
    answer = sent(client, "yes", WRONG.replace("<script>alert(1)</script>", ""))
    assert answer.status_code == 302 and drafts(actor) == 1
    every, totals = client.get(answer.url).content.decode(), client.get(f"{answer.url}?kind=total").content.decode()
    assert "<mark>99%</mark>" in every and "<mark>99%</mark>" not in totals and "60" in totals and "All kinds" in totals
    assert "Nothing was found of this kind" in client.get(f"{answer.url}?kind=nonsense").content.decode()
    assert client_for(make_actor("analyst")).get(answer.url).status_code == 404


def test_the_year_before_is_compared() -> None:
    table = "Testbury Annual Report {}\n\nMeasure\t2022-23\nReferrals to early help\t{}\nMissing episodes\t9\n"
    page = sent(client_for(make_actor("analyst")), "no", table.format("2023-24", 412),
                earlier=SimpleUploadedFile("then.md", table.format("2022-23", 421).encode())).content.decode()
    assert "421" in page and "is not what that year&#x27;s report said" in page


@pytest.mark.parametrize(("name", "text", "words"), [
    ("report.exe", "MZ", "Upload a report as .docx, .pdf, .txt or .md."),
    ("report.pdf", "text", "This is not a PDF although its name ends in .pdf."),
    ("report.txt", WRONG, "not plain text although its name says so"),
    ("report.txt", "   ", "This file is empty"),
])
def test_what_cannot_be_read_is_said_at_its_field(name: str, text: str, words: str) -> None:
    assert words in sent(client_for(make_actor("analyst")), "no", text, name).content.decode()


def test_who_may_not_build_reports_finds_no_page() -> None:
    assert client_for(make_actor("school-lead")).get(reverse("report_check")).status_code == 404


def test_a_number_told_twice_is_shown_with_both_places() -> None:
    text = ("Testbury Annual Report 2023-24\n\n1.0 First\n\nIn the year 120 children were reported missing.\n\n"
            "2.0 Second\n\nOver the year 140 children were reported missing.\n")
    page = sent(client_for(make_actor("business-manager")), "no", text).content.decode()
    assert '2.0 Second, line 9 <span class="gt-second">beside 1.0 First, line 5</span>' in page
