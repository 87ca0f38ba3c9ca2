"""The page in a real browser, wide and on a phone: no accessibility fault, nothing wider than the screen."""
import pytest
from playwright.sync_api import Browser

from goldthread.reports import make_report, read_inputs, render_html
from tests.browser.checks import AXE_SCRIPT, OPTIONS, SCRIPT
from tests.reports.samples import NOW, PUBLISHED, inputs


@pytest.fixture(scope="module")
def pages():
    """The published report, and one with gaps and with figures that could not be checked."""
    sparse = inputs(courses=[], claims=[("Visits to homes", "12", "text"), ("Total income", "£1", "budget")])
    return [render_html(make_report(each, now=NOW)) for each in (read_inputs(PUBLISHED), sparse)]


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
