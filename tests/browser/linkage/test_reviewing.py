"""An analyst goes through twenty uncertain pairs, reads why each is not sure, and takes one answer back."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible
from tests.browser.conftest import screenshot
from tests.browser.linkage.conftest import CHILDREN

ANSWERS = ("The same person", "Different people", "Cannot tell")


def test_an_analyst_reviews_twenty_uncertain_pairs_and_reads_why(analyst: Page) -> None:
    analyst.goto("/data/")
    analyst.get_by_role("link", name="Linkage: who is one person").click()
    expect(analyst.get_by_role("heading", level=1, name="Linkage")).to_be_visible()
    assert_accessible(analyst)
    screenshot(analyst, "linkage-home")
    analyst.get_by_role("button", name="Look at the next pair").click()
    for at in range(CHILDREN):
        left = CHILDREN - at
        expect(analyst.get_by_text(f"{left} pair{'s' if left > 1 else ''} to look at.")).to_be_visible()
        if at == 0:
            reads_why(analyst)
        analyst.get_by_label(ANSWERS[at % 3], exact=True).check()
        analyst.get_by_role("button", name="Keep and go on").click()
    expect(analyst.get_by_text("Nothing more is to be looked at")).to_be_visible()
    analyst.goto("/data/linkage/answers/")
    expect(analyst.get_by_role("heading", level=1, name="What was decided")).to_be_visible()
    assert_accessible(analyst)
    analyst.get_by_role("link", name="Testington").first.click()
    analyst.get_by_role("button", name="Take this answer back").click()
    expect(analyst.get_by_text("1 pair to look at.")).to_be_visible()


def reads_why(page: Page) -> None:
    """Both descriptions, the weights as a chart and in a table, and the model behind them."""
    expect(page.get_by_role("columnheader", name="Example Police")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Example Primary School")).to_be_visible()
    expect(page.get_by_role("img", name="What speaks for one person, and what against")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "linkage-question")
    page.get_by_role("link", name="How it is decided").click()
    expect(page.get_by_role("heading", level=1, name="How it is decided who is one person")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "linkage-model")
    page.go_back()
    expect(page.get_by_text(f"{CHILDREN} pairs to look at.")).to_be_visible()
