"""An allegation that a children's worker cannot see exists, though she works with the very child it concerns."""
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import APIResponse, expect

from tests.browser.casework.clock import Clock
from tests.browser.casework.person import Person
from tests.browser.conftest import expecting

DAY = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
ADULT = "Madeupson"
WORDS = "Held her by the arm in the corridor"
BEFORE = ("/", "/notices/", "/people/", "/work/section-47/", "/work/missing/", "/work/exploitation/", "/exploitation/map/",
          "/missing/patterns/", "/meetings/", "/actions/", "/drafts/", "/directory/")
FIGURES = {"/figures/", "/work/allegations/figures/", "/work/section-47/figures/"}


def test_a_childrens_worker_cannot_see_that_there_is_an_allegation(
        sign_in: Callable[[str], Person], clock: Clock) -> None:
    clock.set(DAY)
    manager = sign_in("manager")
    enquiry = works_with_ada(manager)
    before = everywhere(sign_in("worker"), enquiry)
    assert len(before) > 15, f"Only {sorted(before)} were looked at"
    numbers = of_the_menu(manager)
    reference = report(sign_in("head"))
    threshold(sign_in("officer"), reference)
    worker = sign_in("worker")
    after = everywhere(worker, enquiry)
    for path, page in after.items():
        assert not any(word in page for word in (ADULT, WORDS, reference)), path
        assert page == before[path], f"{path} is not what it was before there was an allegation"
    assert of_the_menu(sign_in("manager")) == numbers, "nor is it in any number that her manager sees"
    searches_find_nothing(worker, reference)
    same_as_nothing(worker, reference)
    officer = sign_in("officer")  # the control: the same eyes find it for whom it is
    officer.page.goto(f"/case/{reference}/")
    assert all(word in officer.page.content() for word in (ADULT, WORDS))
    assert ADULT in everything(officer, ("/work/allegations/",))["/work/allegations/"]


def works_with_ada(manager: Person) -> str:
    manager.find("Ada Pretendson")
    manager.follow("Section 47")
    manager.save("Save and begin")
    manager.follow("Enquiry worker")
    manager.select("Who will work on this", "Wren Worker")
    manager.save()
    return manager.reference()


def report(head: Person) -> str:
    """By a school's lead, who names the child and the adult; nobody but the officer is told."""
    head.follow("Report an allegation")
    head.look("allegation-1-start")
    head.press("Report an allegation")
    head.fill("The adult's last name", ADULT)
    head.look("allegation-2-who")
    go_on(head, "What work do they do")
    go_on(head, "What is alleged")
    head.fill("What is alleged", WORDS)
    head.fill("Which children are concerned", "Ada Pretendson")
    head.look("allegation-2-what")
    go_on(head, "Is every child safe now")
    go_on(head, "When did a senior manager first know")
    head.when("When did a senior manager first know", DAY - timedelta(hours=1))
    go_on(head, "How can the officer reach you")
    go_on(head, "Check your answers")
    head.sees("Monday 11 May 2026, 9 am")
    head.look("allegation-3-check")
    head.press("Send")
    head.page.wait_for_url(re.compile("/sent/"))
    head.look("allegation-4-sent")
    found = re.search(r"AL-\w{4}-\w{2}", head.page.get_by_role("main").inner_text())
    assert found
    return found[0]


def go_on(head: Person, to: str) -> None:
    head.rest()
    head.press("Continue")
    head.page.get_by_role("heading", level=1, name=re.compile(to, re.I)).wait_for()


def threshold(officer: Person, reference: str) -> None:
    officer.look("allegation-5-officer")
    officer.page.get_by_role("row", name=reference).get_by_role("link").first.click()
    officer.look("allegation-6-case")
    officer.follow("Threshold decision")
    officer.choose("Is the threshold met", "Allegation: the threshold is met")
    officer.save()
    expect(officer.page.locator(".gt-clocks")).not_to_contain_text("Decide on the threshold")  # done, in the same minute
    officer.look("allegation-7-met")


def everywhere(worker: Person, enquiry: str) -> dict[str, str]:
    """Every page that she may open, of her work and of the child."""
    worker.find("Ada Pretendson")
    child = worker.page.url.split("/person/")[1].strip("/")
    of_child = tuple(f"/person/{child}/{tab}" for tab in ("", "family/", "timeline/", "contacts/"))
    of_case = tuple(f"/case/{enquiry}/{tab}" for tab in ("", "to-do/", "timeline/", "people/", "documents/", "letters/",
                                                        "sharing/"))
    return everything(worker, (*BEFORE, *of_child, *of_case))


def of_the_menu(person: Person) -> dict[str, str]:
    """Every page of the menu, figures among them, and what each process's own list and figures say."""
    person.page.goto("/")
    links = person.page.eval_on_selector_all("nav a[href], main a[href]", "all => all.map(each => each.pathname)")
    own = ("/start/", "/account/", "/first/")  # what changes by being looked at
    pages = {link for link in links if link != "/" and not link.startswith(own)} | FIGURES
    return everything(person, tuple(sorted(pages)))


def everything(person: Person, paths: tuple[str, ...]) -> dict[str, str]:
    """The words and links of each page there is for this person, but for those that say what time it is."""
    found = {}
    for path in paths:
        answer = person.page.request.get(path)
        if answer.ok:
            person.page.goto(path)
            links = person.page.eval_on_selector_all("main a[href]", "all => all.map(each => each.getAttribute('href'))")
            found[path] = person.page.get_by_role("main").inner_text() + "\n" + "\n".join(links)
    return found


def searches_find_nothing(worker: Person, reference: str) -> None:
    for text in (f"Quentin {ADULT}", reference):
        worker.menu("Children and families")
        worker.fill("Name, date of birth", text)
        worker.page.get_by_role("main").get_by_role("button", name="Search").click()
        worker.sees("Nobody you may see fits")
    worker.look("allegation-8-search")


def same_as_nothing(worker: Person, reference: str) -> None:
    """Each address of it answers as that of a reference that does not exist: to the byte."""
    nothing = "AL-0000-00" if reference != "AL-0000-00" else "AL-2222-22"
    for tab in ("", "to-do/", "timeline/", "people/", "documents/", "letters/", "sharing/", "looked/", "record/threshold/"):
        there, not_there = (worker.page.request.get(f"/case/{each}/{tab}") for each in (reference, nothing))
        assert there.status == not_there.status == 404, tab
        assert bytes_of(there, reference) == bytes_of(not_there, nothing), tab
    with expecting(worker.page, "404"):
        worker.page.goto(f"/case/{reference}/")
    worker.look("allegation-9-not-there")
    expect(worker.page.locator("h1")).to_have_text("Page not found")


def bytes_of(answer: APIResponse, reference: str) -> bytes:
    """A page's bytes, but for the address asked for and what is drawn by lot for each page."""
    return re.sub(rb'(nonce|value)="[\w+/=-]{20,}"', b"", answer.body().replace(reference.encode(), b""))
