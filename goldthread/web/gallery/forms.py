"""A form with every kind of question, and a long form in pages."""
from __future__ import annotations

from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.forms.lines import Lines
from goldthread.web.forms.paged import Page

HARMS = [("physical", "Physical abuse"), ("neglect", "Neglect"), ("other", "Something else")]


class Everything(Form):
    """Each kind of field once."""

    reveals = {"harm": {"other": ("harm_words",)}}
    required_when_shown = ("harm_words",)

    name = fields.PersonName(label="Child’s name", help_text="As the child or family writes it")
    born = fields.Date(label="Date of birth", help_text="For example, 27 3 2017", limit="past")
    seen = fields.DateTime(label="When you last saw the child", help_text="For example, 27 March 2026 and 3:40pm")
    began = fields.RoughDate(label="When the worry began", help_text="As well as you know it", required=False)
    harm = fields.Choice(label="Kind of harm", choices=HARMS, hints={
        "physical": "Hurting a child’s body", "neglect": "Not giving a child what they need to grow up well"})
    harm_words = fields.Text(label="What it is")
    safe = fields.YesNo(label="Is the child safe now?", or_not_known=True)
    known_to = fields.Choices(label="Who knows the family", exclusive="none", choices=[
        ("school", "School"), ("gp", "GP"), ("police", "Police"), ("none", "None of these")],
        help_text="Select all that apply")
    source = fields.Choice(label="Where you heard of it", radios_up_to=3, choices=[
        ("child", "From the child"), ("parent", "From a parent"), ("school", "At school"), ("other", "Somewhere else")])
    story = fields.LongText(label="What happened", counted=400, watch_words=True,
                            help_text="What you saw or heard, in plain words. Say what is fact and what is opinion.")
    phone = fields.Phone(label="Your telephone number", own=True)
    email = fields.Email(label="Your e-mail address", own=True)
    postcode = fields.Postcode(label="Child’s postcode", required=False)
    paper = fields.File(label="A report or letter", required=False, help_text="PDF or Word", accept=".pdf,.docx")


class Child(Form):
    """A line of the household."""

    name = fields.PersonName(label="Name")
    born = fields.RoughDate(label="Date of birth", required=False)


class Long(Form):
    """The questions of the long form."""

    reveals = {"safe": {"no": ("danger",)}}
    required_when_shown = ("danger",)

    name = fields.PersonName(label="What is the child’s name?")
    born = fields.Date(label="Date of birth", limit="past")
    school = fields.Text(label="School or nursery", required=False)
    safe = fields.YesNo(label="Is the child safe now?")
    danger = fields.Text(label="What is the danger?")
    story = fields.LongText(label="What happened", watch_words=True)


CHILDREN = Lines("child", Child, "child", "No brothers or sisters")
PAGES = (
    Page("name", "The child’s name", ("name",), group="The child"),
    Page("more", "More about the child", ("born", "school"), group="The child"),
    Page("brothers", "Brothers and sisters", lines=CHILDREN, group="The child"),
    Page("safety", "Safety", ("safe", "danger"), group="The worry"),
    Page("story", "What happened", ("story",), "In plain words", group="The worry", after=("safety",)),
)
