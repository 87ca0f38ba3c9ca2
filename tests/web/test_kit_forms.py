"""Questions, their answers and the words of their mistakes."""
from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django import forms as plain
from django.http import QueryDict

from goldthread.base.dates import LONDON, Precision, UncertainDate
from goldthread.orgs.models import Participation, Partnership
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form, Kit
from goldthread.web.forms.model_forms import form_for
from goldthread.web.forms.summary import problems
from goldthread.web.forms.wording import in_sentence

TODAY = date(2026, 11, 23)


def ask(field, **sent):
    """A form of one question `q`, sent; today is 23 November 2026."""
    made = type("Asked", (Form,), {"q": field})
    return made({f"q{key and '_' + key}": value for key, value in sent.items()} if sent else {}, today=TODAY)


def boxes(**pieces):
    return {f"q_{key}": value for key, value in pieces.items()}


def cleaned(field, data):
    form = type("Asked", (Form,), {"q": field})(data, today=TODAY)
    assert form.is_valid(), form.errors
    return form.cleaned_data["q"]


def said(field, data):
    """The one message a wrong answer gives."""
    form = type("Asked", (Form,), {"q": field})(data, today=TODAY)
    (words,) = form.errors["q"]
    return words


@pytest.mark.parametrize(("field", "words"), [
    (fields.Text(label="Full name"), "Enter full name"),
    (fields.NHSNumber(label="NHS number"), "Enter NHS number"),
    (fields.Text(label="How do you know?"), "Answer “How do you know?”"),
    (fields.Choice(label="Kind of harm", choices=[("a", "A")]), "Select kind of harm"),
    (fields.YesNo(label="the child is safe"), "Select yes if the child is safe"),
    (fields.YesNo(label="Is the child safe?"), "Answer “Is the child safe?”"),
    (fields.Choices(label="Risks", choices=[("a", "A")]), "Select risks"),
    (fields.Date(label="Date of birth"), "Enter date of birth"),
    (fields.RoughDate(label="When it began"), "Enter when it began"),
    (fields.File(label="The report"), "Choose a file: the report"),
    (plain.BooleanField(label="I have told the parent"), "Tick the box: I have told the parent"),
    (plain.CharField(label="Worry"), "Enter worry")])
def test_a_missing_answer_is_asked_for_in_its_own_words(field, words):
    assert said(field, {}) == words


def test_no_kind_of_field_keeps_the_frameworks_words():
    class Bare(plain.Form):
        q = plain.CharField()

    assert Bare({}).errors["q"] == ["This field is required."]

    class Ours(Kit, Bare):
        pass

    assert Ours({}).errors["q"] == ["Enter q"]


def test_words_somebody_wrote_are_kept():
    field = plain.CharField(error_messages={"required": "Tell us what happened"})
    assert said(field, {}) == "Tell us what happened"


@pytest.mark.parametrize(("label", "inside"), [
    ("Date of birth", "date of birth"), ("NHS number", "NHS number"), ("GP", "GP"), ("I agree", "I agree"), ("A", "a")])
def test_labels_inside_sentences(label, inside):
    assert in_sentence(label) == inside


@pytest.mark.parametrize("month", ["2", "02", "feb", "Feb.", "february", "FEBRUARY"])
def test_a_month_may_be_a_number_or_a_name(month):
    assert cleaned(fields.Date(label="Born"), boxes(day="29", month=month, year="2024")) == date(2024, 2, 29)


@pytest.mark.parametrize(("pieces", "words", "wrong"), [
    ({"day": "3"}, "Born must include a month and year", {"month", "year"}),
    ({"day": "3", "month": "4"}, "Born must include a year", {"year"}),
    ({"day": "31", "month": "2", "year": "2024"}, "Born must be a real date", {"day", "month", "year"}),
    ({"day": "45", "month": "2", "year": "2024"}, "Born must be a real date", {"day"}),
    ({"day": "x", "month": "2", "year": "2024"}, "Born must be a real date", {"day"}),
    ({"day": "3", "month": "2", "year": "24"}, "Born must have a year of 4 numbers, like 2016", {"year"}),
    ({"day": "3", "month": "ma", "year": "2024"},
     "Born must have a month that is real: a number from 1 to 12, or a name like June", {"month"}),
    ({"day": "3", "month": "13", "year": "2024"},
     "Born must have a month that is real: a number from 1 to 12, or a name like June", {"month"}),
    ({"day": "24", "month": "11", "year": "2026"}, "Born must be today or in the past", {"day", "month", "year"})])
def test_a_date_that_is_wrong_says_how_and_marks_its_boxes(pieces, words, wrong):
    form = type("Asked", (Form,), {"q": fields.Date(label="Born", limit="past")})(boxes(**pieces), today=TODAY)
    assert form.errors["q"] == [words]
    assert {box["key"] for box in form["q"].boxes() if box["wrong"]} == wrong
    first = next(box["id"] for box in form["q"].boxes() if box["key"] in wrong)
    assert problems(form)[0].target == first and f'id="{first}"' in str(form)


def test_today_is_neither_too_late_nor_too_early():
    data = boxes(day="23", month="11", year="2026")
    assert cleaned(fields.Date(limit="past"), data) == cleaned(fields.Date(limit="future"), data) == TODAY
    assert said(fields.Date(label="Visit", limit="future"), boxes(day="22", month="11", year="2026")) == (
        "Visit must be today or in the future")


@pytest.mark.parametrize(("written", "at"), [
    ("3:40pm", time(15, 40)), ("3.40 PM", time(15, 40)), ("15:40", time(15, 40)), ("9am", time(9)), ("12am", time(0)),
    ("12 pm", time(12)), ("midday", time(12)), ("midnight", time(0)), ("0:05", time(0, 5)),
    ("3:40 p.m.", time(15, 40))])
def test_times_are_read_as_people_write_them(written, at):
    assert cleaned(fields.Time(), {"q": written}) == at


@pytest.mark.parametrize("written", ["25:00", "3:60", "13pm", "0am", "now", "3", "-1:00"])
def test_a_time_that_is_none_is_refused(written):
    assert said(fields.Time(label="Start"), {"q": written}) == "Start must be a real time, like 3:40pm or 15:40"


def test_a_date_with_a_time_is_meant_in_england():
    summer = cleaned(fields.DateTime(), boxes(day="1", month="jul", year="2026", time="3pm"))
    assert summer == datetime(2026, 7, 1, 14, tzinfo=UTC) and summer.tzinfo is LONDON
    assert said(fields.DateTime(label="Call"), boxes(day="29", month="3", year="2026", time="1:30am")) == (
        "Call falls in the hour that the clocks skip in spring")
    assert said(fields.DateTime(label="Call"), boxes(day="29", month="3", year="2026")) == (
        "Call must include a time, like 3:40pm")


@pytest.mark.parametrize(("pieces", "expected"), [
    ({"year": "2016"}, UncertainDate(date(2016, 1, 1), Precision.YEAR)),
    ({"month": "may", "year": "2016"}, UncertainDate(date(2016, 5, 1), Precision.MONTH)),
    ({"month": "may", "year": "2016", "about": "on"}, UncertainDate(date(2016, 5, 1), Precision.MONTH, True)),
    ({"month": "Summer", "year": "2016"}, UncertainDate(date(2016, 6, 1), Precision.SEASON)),
    ({"day": "3", "month": "5", "year": "2016"}, UncertainDate(date(2016, 5, 3))),
    ({"unknown": "on"}, UncertainDate.unknown())])
def test_a_date_can_be_known_only_roughly_and_comes_back_as_typed(pieces, expected):
    field = fields.RoughDate(label="Began")
    assert cleaned(field, boxes(**pieces)) == expected
    shown = type("Asked", (Form,), {"q": fields.RoughDate()})(initial={"q": expected})
    again = {box["key"]: box["value"] for box in shown["q"].boxes() if box["value"] not in ("", None)}
    assert str(again.get("year", "")) == pieces.get("year", "")
    assert {box["key"] for box in shown["q"].boxes() if box["checked"]} == {
        key for key in ("about", "unknown") if key in pieces}


@pytest.mark.parametrize(("pieces", "words"), [
    ({"year": "2016", "unknown": "on"}, "Began must be either a date or not known, not both"),
    ({"day": "3", "year": "2016"}, "Began must include a month when you give a day"),
    ({"day": "3", "month": "spring", "year": "2016"}, "Began must have a month, not a season, when you give a day"),
    ({"month": "5"}, "Began must include a year, or tick “Not known”"),
    ({"year": "2031"}, "Began must not be after today, 23 November 2026")])
def test_a_rough_date_that_contradicts_itself_is_refused(pieces, words):
    assert said(fields.RoughDate(label="Began"), boxes(**pieces)) == words


@pytest.mark.parametrize(("field", "written", "kept"), [
    (fields.PersonName(), "  Núria   O’Sample-Test ", "Núria O’Sample-Test"),
    (fields.Phone(), "01632 960 001", "01632 960 001"),
    (fields.Phone(), "+44 20 7946 0001 ext 12", "+44 20 7946 0001 ext 12"),
    (fields.Postcode(), "ab12de", "AB1 2DE"), (fields.NHSNumber(), "999 000 0026", "9990000026")])
def test_what_people_write_is_tidied_not_refused(field, written, kept):
    assert cleaned(field, {"q": written}) == kept


@pytest.mark.parametrize(("field", "written", "part"), [
    (fields.Phone(), "ring me", "Enter a telephone number"), (fields.Phone(), "123", "Enter a telephone number"),
    (fields.Postcode(), "nowhere", "not a full UK postcode"), (fields.Email(), "x@", "like name@example.org"),
    (fields.LongText(label="Story", counted=5), "123456", "Story must be 5 characters or fewer")])
def test_what_cannot_be_read_says_how_to_write_it(field, written, part):
    assert part in said(field, {"q": written})


def test_yes_no_and_not_known_are_three_answers_and_none_is_a_mistake():
    def field():
        return fields.YesNo(label="Safe", or_not_known=True)

    assert [cleaned(field(), {"q": each}) for each in ("yes", "no", "not_known")] == [True, False, None]
    assert said(field(), {}) == "Select yes if safe"
    assert said(fields.YesNo(label="Safe"), {"q": "not_known"}) == "Select safe from the list"
    form = type("Asked", (Form,), {"q": field()})(initial={"q": False})
    assert [option.checked for option in form["q"].options()] == [False, True, False]


def test_none_of_these_cannot_stand_with_another():
    field = fields.Choices(label="Risks", choices=[("a", "A"), ("none", "None of these")], exclusive="none")
    data = QueryDict("q=a&q=none")
    assert type("Asked", (Form,), {"q": field})(data).errors["q"] == ["Select risks, or select “None of these”"]


class Opening(Form):
    reveals = {"harm": {"other": ("words", "since")}}
    required_when_shown = ("words",)
    harm = fields.Choice(label="Harm", choices=[("neglect", "Neglect"), ("other", "Other")])
    words = fields.Text(label="What it is")
    since = fields.Date(label="Since")


def test_questions_a_choice_opens_are_asked_only_then():
    assert Opening({"harm": "neglect", "words": "left over", "since_day": "99"}).is_valid()
    shut = Opening({"harm": "neglect", "words": "left over"})
    assert shut.is_valid() and shut.cleaned_data["words"] == "" and shut.cleaned_data["since"] is None
    assert Opening({"harm": "other"}).errors == {"words": ["Enter what it is"]}
    assert Opening({"harm": "other", "words": "x", "since_day": "99"}).errors.keys() == {"since"}
    assert Opening({"harm": "other", "words": "x"}).is_valid()


def test_an_opened_question_stands_inside_its_choice_once():
    page = str(Opening())
    assert page.count('name="words"') == 1
    assert page.index('id="conditional-id_harm-2"') < page.index('name="words"')
    assert 'data-aria-controls="conditional-id_harm-2"' in page and "govuk-radios__conditional--hidden" in page
    assert "(optional)" not in page.split('name="words"')[0].rsplit("<label", 1)[1]


def test_hints_and_mistakes_are_tied_to_their_fields():
    class One(Form):
        name = fields.Text(label="Name", help_text="As written")
        kind = fields.Choice(label="Kind", choices=[("a", "A")], hints={"a": "First"}, help_text="Pick")

    page = str(One({}))
    assert 'aria-describedby="id_name-hint id_name-error"' in page and 'id="id_name-error"' in page
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_kind-hint id_kind-error">' in page
    assert 'aria-describedby="id_kind-hint"' in page.split("<input")[2]
    assert " required" not in page


def test_long_lists_become_a_select_and_short_ones_radios():
    many = [(str(at), f"Choice {at}") for at in range(11)]
    assert 'type="radio"' in str(ask(fields.Choice(label="x", choices=many[:10])))
    assert "<select" in str(ask(fields.Choice(label="x", choices=many)))


def test_a_models_form_speaks_the_models_words():
    made = form_for(Partnership, ["name", "colour", "opens", "front_door_email", "threshold_document", "live_since"])
    form = made({"colour": "red", "front_door_email": "x", "threshold_document": "y", "live_since_day": "3"})
    assert dict(form.errors) == {
        "name": ["Enter name"], "opens": ["Enter front door opens"],
        "colour": ["Enter a colour as # and six figures, such as #1d4f6e"],
        "front_door_email": ["Enter an e-mail address in the right form, like name@example.org"],
        "threshold_document": ["Enter a web address in full, like https://example.org/page"],
        "live_since": ["Live since must include a month and year"]}
    assert list(form.fields) == ["name", "colour", "opens", "front_door_email", "threshold_document", "live_since"]


def test_a_models_form_can_be_left_unfinished_and_its_fields_replaced():
    made = form_for(Participation, ["statutory_partner", "lead_phone", "extra"], required=[],
                    overrides={"lead_phone": fields.Phone(required=False), "extra": fields.Text(required=False)})
    form = made({"lead_phone": "01632 960 001"})
    assert form.is_valid()
    assert form.cleaned_data == {"statutory_partner": None, "lead_phone": "01632 960 001", "extra": ""}
    assert form["statutory_partner"].kind == "options"


def test_a_models_form_names_what_the_model_lacks():
    with pytest.raises(ValueError, match="Partnership has no field nmae"):
        form_for(Partnership, ["nmae"])


def test_a_whole_forms_mistake_leads_to_the_first_question():
    class Pair(Form):
        one = fields.Text(required=False)
        two = fields.Text(required=False)

        def clean(self):
            raise plain.ValidationError("Answer one of the two")

    (problem,) = problems(Pair({}))
    assert problem.words == "Answer one of the two" and problem.target == "id_one"
    assert problems(Pair()) == [] and problems(None) == []
