"""What every page must satisfy in a real browser."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, Locator, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
SCRIPT = """options => axe.run(document, options).then(found => found.violations.map(each => ({
    rule: each.id, help: each.help, where: each.nodes.map(node => node.html.slice(0, 400))})))"""

STRUCTURE = """() => {
  const wrong = []
  const headings = document.querySelectorAll('h1').length
  if (headings !== 1) wrong.push(`${headings} level-1 headings`)
  for (const link of document.querySelectorAll('.govuk-error-summary__list a')) {
    const target = document.querySelector(link.getAttribute('href'))
    const shown = target && (target.offsetParent !== null || target.getClientRects().length)
    if (!target) wrong.push(`error link to ${link.getAttribute('href')}, which is not there`)
    else if (!shown || !(target.matches('input,select,textarea,button,a[href],[tabindex]'))) {
      wrong.push(`error link to ${link.getAttribute('href')}, which cannot be focused`)
    }
  }
  const mistakes = document.querySelector('.govuk-error-summary')
  if (mistakes && !document.title.startsWith('Error: ')) wrong.push('title lacks Error:')
  for (const table of document.querySelectorAll('table')) {
    if (!table.caption || !table.caption.textContent.trim()) wrong.push('table without caption')
    if (table.querySelector('th:not([scope])')) wrong.push('heading without scope')
  }
  for (const form of document.querySelectorAll('form[method=post]')) {
    if (!form.elements.csrfmiddlewaretoken) wrong.push(`form without token: ${form.action}`)
  }
  const ids = [...document.querySelectorAll('[id]')].map(each => each.id)
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push(`id twice: ${id}`)
  for (const each of document.querySelectorAll('[aria-describedby],[aria-labelledby],[aria-controls]')) {
    for (const name of ['aria-describedby', 'aria-labelledby', 'aria-controls']) {
      for (const id of (each.getAttribute(name) || '').split(/\\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) wrong.push(`${name} names ${id}, which is not there`)
      }
    }
  }
  for (const each of document.querySelectorAll('[style]')) {
    if (each.getAttribute('style') && !each.closest('[data-module]')) wrong.push(`inline style on ${each.tagName}`)
  }
  for (const link of document.querySelectorAll('a[target=_blank]')) {
    if (!/new tab/.test(link.textContent)) wrong.push(`link opens a new tab without saying so: ${link.textContent}`)
  }
  return wrong
}"""

WIDE = """() => {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= room) return []
  const wide = [...document.querySelectorAll('body *')].filter(each => !each.closest('.gt-scroll')
    && (each.getBoundingClientRect().right > room + 1 || each.scrollWidth > room + 1))
  return wide.slice(-6).map(each => `${each.tagName}.${each.className} is wider than the page`)
    .concat(wide.length ? [] : ['something is wider than the page'])
}"""


# rule, part of the element, why it stands: nothing may be added without an issue that says so
KNOWN = (
    ("aria-allowed-attr", "govuk-radios__input", "the design system keeps aria-expanded on radios that open questions, "
     "because screen readers say it: alphagov/govuk-frontend issue 979"),
)


def violations(page: Any) -> list[str]:
    """Everything axe finds and KNOWN does not explain, one line each, with where."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found = []
    for each in page.evaluate(SCRIPT, OPTIONS):
        where = [html for html in each["where"] if not _explained(each["rule"], html)]
        found += [f"{each['rule']}: {each['help']} – {' | '.join(where)}"] if where else []
    return found


def _explained(rule: str, html: str) -> bool:
    return any(rule == known and part in html and "aria-expanded" in html for known, part, _ in KNOWN)


def settled(page: Any, *, scripts: bool = False) -> None:
    """Waits until the page is there whole; with scripts, until ours have run too. A page just changing has no body yet.

    Nothing is evaluated in the page while waiting: the service's own content security policy forbids it.
    """
    page.wait_for_load_state("load")
    if scripts:
        page.locator("body.js-enabled").wait_for(state="attached")


@contextmanager
def arriving() -> Iterator[None]:
    """Within, whatever is pressed is done only when the page it leads to is there whole.

    The driver returns when the new page has begun: what then asks without waiting (how many, what is in it) is answered
    by half a page.
    """
    with pytest.MonkeyPatch.context() as patch:
        for kind, method in ((Locator, "click"), (Page, "click"), (Locator, "press"), (Page, "go_back")):
            patch.setattr(kind, method, _then_settled(getattr(kind, method)))
        yield


def _then_settled(press: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(press)
    def pressed(self: Any, *given: Any, **named: Any) -> Any:
        result = press(self, *given, **named)
        settled(self if isinstance(self, Page) else self.page)
        return result

    return pressed


def assert_accessible(page: Any) -> None:
    """Fails on anything axe finds, an error link that leads nowhere, a table without caption or scope, a doubled id,
    an inline style, more or fewer than one level-1 heading, or a page that scrolls sideways."""
    settled(page)
    found = [*page.evaluate(STRUCTURE), *page.evaluate(WIDE), *violations(page)]
    assert not found, f"{page.url} at {page.viewport_size['width']} px:\n" + "\n".join(found)


def go_back(page: Any) -> None:
    """Press the browser's back button; asked again when the browser was just changing over to another page."""
    try:
        page.go_back()
    except Error as fault:
        if "Not attached to an active page" not in str(fault):
            raise
        page.wait_for_timeout(1_000)
        page.go_back()
