"""What scripts add: saving as one types, a warning before signing out, kinder words, lists that follow filters."""
from __future__ import annotations

import re
import time

from playwright.sync_api import expect

from tests.browser.checks import assert_accessible
from tests.browser.conftest import expecting, screenshot

STORY = "/gallery/tasks/story/"


def saved(page):
    return page.locator("[data-saved]")


def test_what_is_typed_is_saved_within_seconds_and_said_so(page):
    page.goto(STORY)
    page.locator("[name=story]").press_sequentially("Seen alone")
    expect(saved(page)).to_have_text(re.compile(r"^Saved at \d{1,2}:\d\d [ap]m$"), timeout=5000)
    assert saved(page).get_attribute("role") == "status"
    page.reload()
    assert page.input_value("[name=story]") == "Seen alone"
    assert not page.locator(".govuk-error-summary").count()


def test_steady_typing_is_saved_every_ten_seconds_at_the_latest(page):
    asked = []
    page.on("request", lambda request: asked.append(request.post_data) if request.url.endswith("/save/") else None)
    page.clock.install()
    page.goto(STORY)
    for at in range(12):
        page.type("[name=story]", str(at % 10))
        page.clock.run_for(1000)
    assert len(asked) == 1 and "story=0123456789" in asked[0]


def test_nothing_is_sent_while_nothing_changes(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/save/") else None)
    page.clock.install()
    page.goto(STORY)
    page.clock.run_for(60_000)
    page.type("[name=story]", "x")
    page.press("[name=story]", "Backspace")
    page.clock.run_for(60_000)
    assert asked == []


def test_leaving_the_page_saves_what_was_just_typed(page):
    page.goto(STORY)
    page.fill("[name=story]", "Typed just before leaving")
    page.goto("/gallery/done/")
    time.sleep(0.5)
    page.goto(STORY)
    assert page.input_value("[name=story]") == "Typed just before leaving"


def test_a_lost_connection_is_said_and_made_good(page):
    page.route("**/save/", lambda route: route.abort())
    page.goto(STORY)
    with expecting(page, "ERR_FAILED"):
        page.fill("[name=story]", "Typed in a tunnel")
        expect(saved(page)).to_contain_text("Not saved yet. Your text is still here", timeout=5000)
    assert page.input_value("[name=story]") == "Typed in a tunnel"
    page.unroute("**/save/")
    expect(saved(page)).to_have_text(re.compile("^Saved at"), timeout=15000)
    page.reload()
    assert page.input_value("[name=story]") == "Typed in a tunnel"


def test_a_warning_comes_before_the_session_ends_and_can_be_put_off(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/account/stay") else None)
    page.clock.install()
    page.goto(STORY)
    page.fill("[name=story]", "Half a thought")
    dialog = page.locator("#idle-warning")
    after, grace = (int(dialog.get_attribute(f"data-idle-{name}")) for name in ("after", "grace"))
    assert grace >= 20 and after > 600
    page.clock.fast_forward((after - 5) * 1000)
    page.clock.run_for(2000)
    assert not dialog.is_visible()
    page.clock.run_for(5000)
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text(re.compile(r"signed out at \d{1,2}:\d\d [ap]m"))
    assert page.evaluate("document.activeElement.textContent") == "Stay signed in"
    assert_accessible(page)
    screenshot(page, "gallery-idle-warning")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert asked and page.input_value("[name=story]") == "Half a thought"


def test_kinder_words_are_offered_and_taken_back_as_one_types(page):
    page.goto(STORY)
    hint = page.locator(".gt-words")
    assert hint.get_attribute("aria-live") == "polite"
    page.fill("[name=story]", "She put herself at risk.")
    expect(hint).to_contain_text("put herself at risk", timeout=4000)
    assert_accessible(page)
    screenshot(page, "gallery-kinder-words")
    page.fill("[name=story]", "She was hurt by an adult.")
    expect(hint).to_be_empty(timeout=4000)


def test_a_list_follows_its_filter_and_the_address_follows_both(page):
    page.goto("/gallery/?sort=-due")
    page.fill("#id_q", "amira")
    expect(page.locator("#filtered tbody tr")).to_have_count(1, timeout=4000)
    assert "q=amira" in page.url and "sort=-due" in page.url
    expect(page.locator("#announcements")).to_have_text("1 contacts shown")
    page.reload()
    assert page.locator("#filtered tbody tr").count() == 1 and page.input_value("#id_q") == "amira"


def test_filters_and_sorting_work_without_scripts(no_js_page):
    no_js_page.goto("/gallery/?sort=-due")
    no_js_page.fill("#id_q", "amira")
    no_js_page.click("button:has-text('Apply filters')")
    assert no_js_page.locator("#filtered tbody tr").count() == 1 and "sort=-due" in no_js_page.url
    head = no_js_page.locator("th[aria-sort=descending]")
    head.locator("a").click()
    assert "sort=due" in no_js_page.url and "q=amira" in no_js_page.url
    assert no_js_page.locator("th[aria-sort=ascending]").inner_text().startswith("Answer due")


def test_print_is_offered_only_where_it_works(page, no_js_page):
    for each, shown in ((page, True), (no_js_page, False)):
        each.goto("/gallery/")
        assert each.is_visible("[data-print]") is shown


def test_a_form_is_sent_once_however_often_the_button_is_pressed(page):
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto("/gallery/form/")
    page.dblclick("button:has-text('Send')")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert len([url for url in sent if url.endswith("/form/")]) == 1
