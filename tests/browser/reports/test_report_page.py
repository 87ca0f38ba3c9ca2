"""The page in a real browser, wide and on a phone: no accessibility fault, nothing wider than the screen."""
from decimal import Decimal

import pytest
from playwright.sync_api import Browser

from goldthread.reports import make_report, read_inputs, render_html
from goldthread.reports.yearly.composing import Composed, Frame, compose
from goldthread.reports.yearly.counting import Counted
from goldthread.reports.yearly.figures import Contribution, Figure
from goldthread.reports.yearly.models import Section
from tests.browser.checks import AXE_SCRIPT, OPTIONS, SCRIPT
from tests.reports.samples import NOW, PUBLISHED, inputs


@pytest.fixture(scope="module")
def pages():
    """The published report, and one with gaps and with figures that could not be checked."""
    sparse = inputs(courses=[], claims=[("Visits to homes", "12", "text"), ("Total income", "£1", "budget")])
    return [render_html(each) for each in (*(make_report(each, now=NOW) for each in (read_inputs(PUBLISHED), sparse)),
                                           composed())]


def composed() -> Composed:
    """A report from records with everything a section can hold."""
    figures = [Figure(f"visits.{row}{end}", f"Visits by {row}", Decimal(many), Decimal(many), text, "visits", "Counted.",
                      "visits", "meetings", table="visits", row=f"By {row}", column=column)
               for row in ("day", "night") for end, column, many, text in (
                   ("", "2025-26", 40, "40"), (".before", "2024-25", 3, "c"))]
    text = ("There were **{{figure:visits.day}}**, *fewer* than {{figure:visits.night.before}} with "
            "[a link](https://example.org/).\n\n## What was said\n\n> It helped.\n> — a young person\n\n- one\n- two\n\n"
            "1. first\n\n{{chart:visits}}\n\n|What|Many|\n|-|-:|\n|Doors|7|\n")
    return compose(Frame("Marlpit: yearly report 2025-26", "Marlpit", NOW),
                   [Section(key="visits", heading="Visits", text=text)],
                   Counted({each.key: each for each in figures}, {"visits": "Visits of the year"}, frozenset({"visits"})),
                   [Contribution("school", "Marlpit School", (("What did you do?", "We listened.\n\nThen we acted."),))])


def test_accessible_at_both_widths(pages: list[str], browser: Browser) -> None:
    for width in (1280, 320):
        for at, content in enumerate(pages):
            page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
            page.set_content(content)
            page.add_script_tag(content=AXE_SCRIPT)
            assert page.evaluate(SCRIPT, OPTIONS) == [], (width, at)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.close()
    broken = browser.new_page(bypass_csp=True)
    broken.set_content(pages[0].replace('<html lang="en-GB">', "<html>"))
    broken.add_script_tag(content=AXE_SCRIPT)
    assert [each["rule"] for each in broken.evaluate(SCRIPT, OPTIONS)] == ["html-has-lang"]
    broken.close()
