"""Every piece of the interface in a real browser: accessible, at two widths, with and without scripts."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_accessible, settled, violations
from tests.browser.conftest import expecting, screenshot

ADDRESSES = {"pieces": "/gallery/", "form": "/gallery/form/", "done": "/gallery/done/", "public": "/gallery/public/",
             "tasks": "/gallery/tasks/", "question": "/gallery/tasks/name/", "several": "/gallery/tasks/more/",
             "lines": "/gallery/tasks/brothers/", "answers": "/gallery/tasks/answers/"}


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_page_of_the_gallery_is_accessible_on_a_desk_and_on_a_telephone(page, phone_page, name):
    for each in (page, phone_page):
        assert each.goto(ADDRESSES[name]).status == 200
        settled(each, scripts=True)
        assert_accessible(each)
        screenshot(each, f"gallery-{name}")


def test_the_check_finds_planted_faults(page):
    page.goto("/gallery/form/")
    page.evaluate("""() => {
        document.querySelector('label[for=id_name]').remove()
        document.querySelector('h1').insertAdjacentHTML('afterend', '<h1>Two</h1><table><tr><th>x</th></tr></table>')
        document.querySelector('main').insertAdjacentHTML('afterbegin',
          '<div class="govuk-error-summary"><ul class="govuk-error-summary__list"><li><a href="#gone">x</a></ul></div>')
        document.querySelector('main').style.minWidth = '3000px'
    }""")
    with pytest.raises(AssertionError) as found:
        assert_accessible(page)
    said = str(found.value)
    for fault in ("2 level-1 headings", "#gone, which is not there", "table without caption", "heading without scope",
                  "title lacks Error:", "inline style on MAIN", "is wider than the page", "label:"):
        assert fault in said, fault


def test_a_blocked_script_fails_its_test(page):
    with expecting(page, "Content Security Policy"):
        page.goto("/gallery/")
        page.evaluate("""() => { const bad = document.createElement('script'); bad.textContent = 'window.bad = 1'
                                 document.body.append(bad) }""")
    assert page.evaluate("window.bad") is None


@pytest.mark.parametrize("scripts", [True, False])
def test_an_empty_form_says_what_to_do_and_leads_there(new_page, scripts):
    page = new_page(java_script_enabled=scripts)
    page.goto("/gallery/form/")
    page.click("button:has-text('Send')")
    assert page.title().startswith("Error: Every kind of question")
    links = page.locator(".govuk-error-summary__list a").all()
    assert [link.inner_text() for link in links][:3] == ["Enter child’s name", "Enter date of birth",
                                                        "Enter when you last saw the child"]
    assert "This field is required" not in page.content()
    if scripts:
        assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
        assert_accessible(page)
        for link in links:
            wanted = link.get_attribute("href")
            link.click()
            assert page.evaluate("'#' + document.activeElement.id") == wanted


def fill(page):
    page.fill("#id_name", "Amira Testwell")
    for box, value in zip(("day", "month", "year"), ("3", "mar", "2017"), strict=True):
        page.fill(f"[name=born_{box}]", value)
    for box, value in zip(("day", "month", "year", "time"), ("2", "January", "2026", "3.40 pm"), strict=True):
        page.fill(f"[name=seen_{box}]", value)
    page.check("[name=harm][value=neglect]")
    page.check("[name=safe][value=not_known]")
    page.check("[name=known_to][value=gp]")
    page.select_option("[name=source]", "child")
    page.fill("[name=story]", "Seen alone at night.")
    page.fill("[name=phone]", "020 7946 0001")
    page.fill("[name=email]", "sam@example.org")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_filled_form_goes_through(new_page, scripts):
    page = new_page(java_script_enabled=scripts)
    page.goto("/gallery/form/")
    fill(page)
    page.click("button:has-text('Send')")
    assert page.url.endswith("/gallery/done/") and page.locator("h1").inner_text() == "Referral received"
    assert page.locator(".govuk-notification-banner").inner_text().endswith("Everything was in order")


def test_what_was_typed_stays_when_something_is_wrong(page):
    page.goto("/gallery/form/")
    fill(page)
    page.fill("[name=born_day]", "31")
    page.fill("[name=born_month]", "feb")
    page.check("[name=harm][value=other]")
    token = page.input_value("[name=submission]")
    page.click("button:has-text('Send')")
    assert [link.inner_text() for link in page.locator(".govuk-error-summary__list a").all()] == [
        "Date of birth must be a real date", "Enter what it is"]
    assert page.input_value("[name=born_month]") == "feb" and page.input_value("[name=story]") == "Seen alone at night."
    assert page.is_checked("[name=harm][value=other]") and page.is_visible("[name=harm_words]")
    assert page.input_value("[name=submission]") == token
    assert_accessible(page)
    screenshot(page, "gallery-form-errors")


def test_a_choice_opens_its_questions_and_without_scripts_they_are_always_there(page, no_js_page):
    page.goto("/gallery/form/")
    assert not page.is_visible("[name=harm_words]")
    page.check("[name=harm][value=other]")
    assert page.is_visible("[name=harm_words]")
    no_js_page.goto("/gallery/form/")
    assert no_js_page.is_visible("[name=harm_words]")


def test_none_of_these_takes_back_the_others(page):
    page.goto("/gallery/form/")
    page.check("[name=known_to][value=gp]")
    page.check("[name=known_to][value=none]")
    assert not page.is_checked("[name=known_to][value=gp]")


@pytest.mark.parametrize("scripts", [True, False])
def test_lines_are_added_and_removed_without_loss(new_page, scripts):
    page = new_page(java_script_enabled=scripts)
    page.goto("/gallery/tasks/brothers/")
    page.click("button:has-text('Add child')")
    page.fill("[name=child-0-name]", "Bilal Testwell")
    page.click("button:has-text('Add another child')")
    page.fill("[name=child-1-born_year]", "20")
    page.click("button:has-text('Add another child')")
    page.reload()
    assert page.input_value("[name=child-0-name]") == "Bilal Testwell"
    assert page.input_value("[name=child-1-born_year]") == "20"
    page.click("button:has-text('Continue')")
    assert [link.inner_text() for link in page.locator(".govuk-error-summary__list a").all()] == [
        "Child 2: Enter name", "Child 2: Date of birth must have a year of 4 numbers, like 2016"]
    page.click("button[value^='remove:'][value$=':1']")
    assert page.locator(".gt-line").count() == 2 and page.input_value("[name=child-0-name]") == "Bilal Testwell"
    page.click("button:has-text('Continue')")
    assert page.url.endswith("/safety/")


def test_the_task_list_follows_what_was_answered_and_answers_can_be_changed(no_js_page):
    page = no_js_page
    page.goto("/gallery/tasks/")

    def statuses():
        return page.locator(".govuk-task-list__status").all_inner_texts()

    assert statuses() == ["Not started"] * 4 + ["Cannot start yet"]
    page.click("a:has-text('Safety')")
    page.check("[name=safe][value=no]")
    page.click("button:has-text('Continue')")
    page.goto("/gallery/tasks/")
    assert statuses()[3] == "In progress"
    page.click("a:has-text('Safety')")
    page.fill("[name=danger]", "Left alone with an open fire")
    page.click("button:has-text('Continue')")
    page.goto("/gallery/tasks/answers/")
    row = page.locator(".govuk-summary-list__row", has_text="What is the danger?")
    assert "Left alone with an open fire" in row.inner_text()
    row.locator("a").click()
    page.check("[name=safe][value=yes]")
    page.click("button:has-text('Continue')")
    page.goto("/gallery/tasks/answers/")
    assert "What is the danger?" not in page.content()


def test_the_frame_works_by_keyboard(page):
    page.goto("/gallery/tasks/")
    page.locator(".govuk-skip-link[data-govuk-skip-link-init]").wait_for(state="attached")  # the script has taken it up
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    menu = page.locator(".gt-account")
    page.focus(".gt-account summary")
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None and page.is_visible("text=Work in another seat")
    assert not violations(page)
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_on_a_telephone_rows_become_cards_that_name_their_values(phone_page):
    phone_page.goto("/gallery/")
    cell = phone_page.locator(".gt-cards td").first
    assert cell.evaluate("each => getComputedStyle(each, '::before').content") == '"Worry"'
    assert phone_page.locator(".gt-filter").get_attribute("open") is None
    phone_page.click(".gt-account summary")
    assert_accessible(phone_page)
    screenshot(phone_page, "gallery-menu")


@pytest.mark.parametrize("settings", [
    {"forced_colors": "active"}, {"reduced_motion": "reduce"}, {"color_scheme": "dark"}])
def test_pages_hold_with_a_readers_own_settings(new_page, settings):
    page = new_page(**settings)
    page.goto("/gallery/")
    assert page.is_visible("h1") and page.is_visible(".gt-chart")
    screenshot(page, "gallery-" + "-".join(settings))


def test_paper_leaves_out_what_only_a_screen_needs(page):
    page.goto("/gallery/")
    page.emulate_media(media="print")
    for part in (".govuk-service-navigation", ".gt-search", ".gt-filter", ".moj-sub-navigation", "[data-print]"):
        assert not page.is_visible(part), part
    assert page.is_visible(".gt-identity") and page.is_visible(".gt-timeline")


def test_exit_this_page_stands_on_pages_on_abuse(page):
    page.goto("/gallery/public/")
    assert page.locator(".govuk-exit-this-page__button").get_attribute("href").startswith("https://")
    first = page.locator("main").inner_text()
    assert re.search(r"call 999", first) and first.index("999") < first.index("Tell us online")
