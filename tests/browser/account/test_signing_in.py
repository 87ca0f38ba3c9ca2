"""Passkey and codes in a real browser under the real content security policy; every page checked by axe, two widths."""
from __future__ import annotations

import re

import pytest

from tests.account.conftest import code_now
from tests.browser.account.conftest import PASSWORD, ROBIN
from tests.browser.checks import assert_accessible
from tests.browser.conftest import PHONE, screenshot
from tests.files.making import png

AUTHENTICATOR = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                 "isUserVerified": True, "automaticPresenceSimulation": True}
HOME = re.compile(r"^http://[^/]+/$")
SET_UP = ["/set-up/", "/set-up/name/", "/set-up/logo/", "/set-up/words/", "/set-up/words/add/", "/set-up/words/1/",
          "/set-up/words/1/end/",
          "/glossary/", "/set-up/contacts/", "/set-up/threshold/", "/set-up/limits/",
          "/set-up/closed-days/add/", "/set-up/backup/", "/set-up/agencies/", "/set-up/agencies/add/",
          "/set-up/agencies/file/", "/set-up/agencies/2/teams/", "/set-up/agencies/2/teams/add/",
          "/set-up/agencies/2/teams/1/", "/set-up/agencies/2/teams/1/end/", "/set-up/agencies/2/teams/people/3/",
          "/set-up/people/", "/set-up/people/invite/", "/set-up/people/file/",
          "/set-up/people/3/end/", "/set-up/people/3/cover/", "/set-up/people/3/close",
          "/set-up/agencies/shared/", "/set-up/partnerships/", "/set-up/partnerships/add/",
          "/set-up/partnerships/people/add/", "/directory/", "/directory/1/", "/account/", "/account/seats/",
          "/account/sessions/"]


def with_password(page) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(ROBIN)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_set_up_and_then_signs_in_by_itself(page):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    with_password(page)
    assert page.url.endswith("/second-step/"), page.url
    assert_accessible(page)
    screenshot(page, "account-second-step")
    page.get_by_role("button", name="Use a passkey").click()
    assert_accessible(page)
    page.get_by_role("button", name="Add this passkey").click()
    page.wait_for_url("**/second-step/recovery/")
    assert_accessible(page)
    screenshot(page, "account-recovery-codes")
    assert page.locator("#recovery_codes li").count() == 10
    page.get_by_role("button", name="I have kept them safe").click()
    page.wait_for_url(HOME)
    page.context.clear_cookies()
    page.goto("/account/login/")
    screenshot(page, "account-login")
    assert_accessible(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(HOME)
    page.context.clear_cookies()
    with_password(page)
    assert_accessible(page)
    screenshot(page, "account-code")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(HOME)


def test_an_app_is_set_up_without_scripts(no_js_page):
    page = no_js_page
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill("other@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use an app").click()
    screenshot(page, "account-app")
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    assert "enter the one shown now" in page.locator(".govuk-error-summary").inner_text()
    assert page.title().startswith("Error: ")
    page.get_by_label("Code").fill(code_now(secret))
    page.get_by_role("button", name="Go on").click()
    assert page.locator("#recovery_codes li").count() == 10


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_before_signing_in(new_page, width):
    page = new_page(viewport={**PHONE, "width": width})
    for path in ("/account/login/", "/account/password/reset/", "/account/password/reset/sent/", "/account/by-invitation/",
                 "/demo/"):
        page.goto(path)
        assert_accessible(page)
        screenshot(page, "account" + path.replace("/", "-").rstrip("-"))


@pytest.mark.parametrize("width", [1280, 320])
def test_set_up_directory_and_account(new_page, width):
    page = new_page(viewport={**PHONE, "width": width})
    page.goto("/demo/")
    page.get_by_role("button", name="Sign in as Administrator").click()
    page.wait_for_url(HOME)
    for path in SET_UP:
        answer = page.goto(path)
        assert answer.status == 200, path
        assert_accessible(page)
        screenshot(page, "setup" + path.replace("/", "-").rstrip("-"))


def test_a_logo_is_shown_in_the_header(page):
    page.goto("/demo/")
    page.get_by_role("button", name="Sign in as Administrator").click()
    page.goto("/set-up/logo/")
    page.set_input_files("[type=file]", {"name": "logo.png", "mimeType": "image/png", "buffer": png(120, 40)})
    page.get_by_role("button", name="Use this picture").click()
    shown = page.locator("img.gt-brand__logo")
    shown.wait_for()
    assert shown.evaluate("each => [each.complete, each.naturalWidth]") == [True, 120]
    assert_accessible(page)
    screenshot(page, "setup-logo-worn")
    page.get_by_role("button", name="Take the logo away").click()
    page.locator("svg.gt-brand__mark").wait_for()


def test_mistakes_are_said_at_the_top_and_at_the_field(page):
    page.goto("/demo/")
    page.get_by_role("button", name="Sign in as Administrator").click()
    page.goto("/set-up/name/")
    page.get_by_label("Main colour").fill("#ffff00")
    page.get_by_role("button", name="Save").click()
    assert "its contrast is 1.1 to 1" in page.locator(".govuk-error-summary").inner_text()
    assert_accessible(page)
    page.goto("/set-up/agencies/file/")
    page.set_input_files("[type=file]", {"name": "a.csv", "mimeType": "text/csv",
                                         "buffer": b"name,kind\nA,castle\n,school\n"})
    page.get_by_role("button", name="Check only").click()
    page.wait_for_selector("#faults")
    assert_accessible(page)
    screenshot(page, "setup-faults")
    assert page.locator("#faults tbody tr").count() == 2
