"""Long forms in pages: nothing typed is lost, and the task list tells the truth."""
from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.forms.lines import Lines
from goldthread.web.forms.paged import Page, Paged, Status
from goldthread.web.forms.summary import problems

TODAY = date(2026, 11, 23)


class Kept:
    """A draft in memory that counts how often it was written."""

    def __init__(self):
        self.data, self.saved = {}, 0

    def load(self):
        return self.data

    def save(self, data):
        self.data, self.saved = data, self.saved + 1


class Child(Form):
    name = fields.PersonName(label="Name")
    born = fields.RoughDate(label="Date of birth", required=False)


class Whole(Form):
    reveals = {"safe": {"no": ("danger",)}}
    required_when_shown = ("danger",)
    name = fields.PersonName(label="Child’s name")
    born = fields.Date(label="Date of birth", limit="past")
    safe = fields.YesNo(label="Is the child safe?")
    danger = fields.Text(label="What is the danger?")
    why = fields.Text(label="Why now")


def long(storage=None, *, least=0, most=3):
    pages = (
        Page("child", "The child", ("name", "born")),
        Page("others", "Other children", lines=Lines("child", Child, "child", "No other children", least, most)),
        Page("safety", "Safety", ("safe", "danger")),
        Page("why", "Why now", ("why",), when=lambda typed: typed.get("safe") == ["no"], after=("safety",)),
    )
    return Paged(pages, Whole, storage or Kept(), {"today": TODAY})


def send(paged, key, **values):
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data[name.replace("__", "-")] = value
    return paged.keep(key, data)


def test_what_is_wrong_is_kept_and_shown_again_without_its_mistakes_until_asked():
    paged = long()
    form = send(paged, "child", name="", born_day="31", born_month="feb", born_year="2020", csrfmiddlewaretoken="t")
    assert form.errors["name"] == ["Enter child’s name"] and "born" in form.errors
    again = paged.visit("child")
    assert 'value="feb"' in str(again) and not again.errors
    assert paged.visit("child", check=True).errors.keys() == {"name", "born"}
    assert "csrfmiddlewaretoken" not in paged.typed()


def test_pages_do_not_touch_each_others_answers():
    paged = long()
    send(paged, "child", name="Amira", born_day="3", born_month="3", born_year="2017", why="smuggled in")
    send(paged, "safety", safe="yes", name="Not here")
    assert paged.typed()["name"] == ["Amira"] and "why" not in paged.typed()
    assert paged.status(paged.page("child")) is Status.DONE


def test_an_emptied_page_is_emptied_in_the_draft():
    paged = long()
    send(paged, "safety", safe="no", danger="Fire")
    send(paged, "safety")
    assert paged.typed() == {} and paged.status(paged.page("safety")) is Status.STARTED


def test_the_task_list_tells_how_far_each_page_has_got():
    paged = long()
    assert [(task.title, task.status) for task in paged.tasks(str)] == [
        ("The child", Status.NOT_STARTED), ("Other children", Status.NOT_STARTED), ("Safety", Status.NOT_STARTED)]
    send(paged, "safety", safe="no")
    tasks = paged.tasks(lambda key: f"/{key}/")
    assert [task.status for task in tasks] == [Status.NOT_STARTED, Status.NOT_STARTED, Status.STARTED, Status.NOT_YET]
    assert tasks[3].url is None and tasks[2].url == "/safety/"
    send(paged, "safety", safe="no", danger="Fire")
    assert [task.status for task in paged.tasks(str)][2:] == [Status.DONE, Status.NOT_STARTED]


def test_the_way_through_follows_the_answers():
    paged = long()
    assert paged.next_after("safety") is None and paged.before("child") is None
    send(paged, "safety", safe="no", danger="Fire")
    assert paged.next_after("safety").key == "why" and paged.before("why").key == "safety"


def test_answers_are_said_in_words_with_their_links_and_gaps():
    paged = long()
    send(paged, "child", name="Amira", born_day="3", born_month="mar", born_year="")
    send(paged, "safety", safe="yes")
    rows = {row.question: row for row in paged.answers(lambda key: f"/{key}/")}
    assert rows["Child’s name"].answer == "Amira" and rows["Child’s name"].url == "/child/"
    assert rows["Date of birth"].answer == "3 mar" and rows["Date of birth"].missing
    assert rows["Is the child safe?"].answer == "Yes" and rows["Is the child safe?"].what == "is the child safe?"
    assert rows["Other children"].answer == "No other children"
    assert "What is the danger?" not in rows and "Why now" not in rows


def test_the_whole_is_checked_before_it_is_recorded():
    paged = long()
    assert not paged.finished()
    send(paged, "child", name="Amira", born_day="3", born_month="3", born_year="2017")
    send(paged, "others")
    send(paged, "safety", safe="no", danger="Fire")
    send(paged, "why", why="Tonight")
    whole = paged.complete()
    assert paged.finished() and whole.is_valid()
    assert whole.cleaned_data == {
        "name": "Amira", "born": date(2017, 3, 3), "safe": False, "danger": "Fire", "why": "Tonight"}


def test_lines_are_added_filled_and_removed():
    paged = long()
    send(paged, "others", do="add")
    send(paged, "others", child__0__there="1", child__0__name="Bilal", do="add")
    assert [form.number for form in paged.visit("others")] == [0, 1]
    assert 'value="Bilal"' in str(paged.visit("others").forms[0])
    send(paged, "others", child__0__name="Bilal", child__1__there="1", child__1__born_year="20", do="continue")
    lines = paged.lines_of("others")
    assert [problem.words for problem in problems(lines)] == [
        "Child 2: Enter name", "Child 2: Date of birth must have a year of 4 numbers, like 2016"]
    assert problems(lines)[1].target == "id_child-1-born_2"
    with pytest.raises(ValueError, match="still has a mistake"):
        lines.cleaned()
    send(paged, "others", child__0__name="Bilal", child__1__born_year="20", do="remove:1")
    assert [line["name"] for line in paged.lines_of("others").cleaned()] == ["Bilal"]
    assert paged.lines_of("others").summaries() == ["Bilal"]


def test_an_empty_line_beyond_the_least_is_no_mistake_and_no_child():
    paged = long()
    send(paged, "others", child__0__name="Bilal", child__1__there="1")
    assert paged.lines_of("others").is_valid() and len(paged.lines_of("others").cleaned()) == 1


def test_lines_that_must_be_there_are_asked_for_and_no_more_than_the_most_added():
    asked = long(least=1)
    assert len(asked.visit("others").forms) == 1
    assert [problem.words for problem in problems(send(asked, "others"))] == ["Enter name"]
    full = long(most=2)
    for _ in range(4):
        data = {f"child__{at}__name": "x" for at in full.page("others").lines.numbers(full.typed())}
        form = send(full, "others", **data, do="add")
    assert len(form.forms) == 2 and form.full


def test_a_button_for_lines_stays_on_the_page():
    assert Paged.stays(QueryDict("do=add")) and Paged.stays(QueryDict("do=remove:3"))
    assert not Paged.stays(QueryDict("do=continue")) and not Paged.stays(QueryDict(""))


def test_removing_one_line_leaves_those_whose_number_starts_alike():
    lines = Lines("child", Child, "child")
    typed = {"child-1-name": ["A"], "child-11-name": ["B"]}
    assert lines.after(typed, "remove:1") == {"child-11-name": ["B"]}


def test_of_two_lists_on_a_page_a_button_changes_only_its_own():
    child, other = Lines("child", Child, "child"), Lines("childdecision", Child, "decision")
    typed = {"child-0-name": ["A"], "childdecision-0-name": ["B"]}
    assert child.after(typed, "remove:child:0") == {"childdecision-0-name": ["B"]}
    assert other.after(typed, "remove:child:0") == typed and child.after(typed, "remove:childdecision:0") == typed
    assert child.after(typed, "add:child") == typed | {"child-1-there": ["1"]}
    assert other.after(typed, "add:child") == typed and child.after(typed, "add:childdecision") == typed


@pytest.mark.parametrize("pages", [
    (Page("a", "A", ("name",)), Page("b", "B", ("name",))), (Page("a", "A", ("nmae",)),)])
def test_a_declaration_with_a_slip_is_refused(pages):
    with pytest.raises(ValueError, match="name|nmae"):
        Paged(pages, Whole, Kept())


def test_one_question_makes_its_label_the_heading():
    paged = long()
    assert "<h1" in str(paged.visit("why")) and "<h1" not in str(paged.visit("child"))
