"""Invented content for the gallery; nothing here is anybody's."""
from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from goldthread.base.dates import Precision, UncertainDate
from goldthread.web.charts import Chart, Series
from goldthread.web.components import Column, Event, Identity, Link, Row, Table, Tag, Tile
from goldthread.web.forms.paged import Status, Task
from goldthread.web.navigation import Item

PARTNERSHIP = SimpleNamespace(
    name="Northbridge Safeguarding Children Partnership", colour="#1d4f6e", accent="#7a3e65", logo="",
    front_door_phone="020 7946 0100", out_of_hours_phone="020 7946 0199", opens="09:00", closes="17:00")
SECTIONS = [Item("My work", "#main-content"), Item("Front door", "/gallery/", "true")] + [
    Item(title, "#main-content") for title in ("Children and families", "Panels and meetings", "Assurance", "Training",
                                               "Data", "Reports", "Directory")]
IDENTITY = Identity(
    "Amira Testwell", ("9 years old", "born 3 March 2017", "reference NB-C-10042-7", "lives with her mother"),
    (Tag("Restricted record", "purple"), Tag("Child protection plan", "red")), (Link("Share", "#main-content"),))
TABS = [Item(title, "#main-content", "page" if title == "Timeline" else "")
        for title in ("Summary", "To do", "Timeline", "People", "Meetings", "Documents", "Sharing", "Who has looked")]


def persona() -> SimpleNamespace:
    """Somebody to show the signed-in frame for; may do nothing, because no page asks the database about them."""
    agency = "Northbridge Council"
    seat = SimpleNamespace(pk=1, title="MASH manager", role="mash-manager", agency=agency)
    other = SimpleNamespace(pk=2, title="", role="social-worker", agency=agency)
    return SimpleNamespace(user="Sam Sampleton", agency=agency, role=seat.role, appointment=seat, seats=[seat, other])


def work_list(now: datetime, sorted_by: str, wanted: str = "") -> Table:
    """A desk's list: the name first, dates in words, status as text; `wanted` is part of a name."""
    def row(name: str, second: str, worry: str, source: str, hours: float, status: Tag) -> list[Any]:
        return [Link(name, "#main-content", second), worry, source, now + timedelta(hours=hours), status]

    rows = [
        row("Amira Testwell", "9, two brothers", "Neglect", "Hill Primary (invented)", -2.2, Tag("Late", "red")),
        row("Baby Exampleson", "4 months", "Injury, unexplained", "Dr Sample’s practice", 1.4,
            Tag("Asking partners", "blue")),
        row("Casey Demo-Nstration", "14", "Missing overnight", "Police", 5, Tag("With a manager", "yellow")),
        row("Dilan Placeholder", "6, one sister", "Domestic abuse in the home", "Police", 20, Tag("New", "teal")),
        row("Ellis Invented", "16", "Exploitation", "Youth service", 70, Tag("Waiting", "grey")),
    ]
    heads = [Column("Child", sort="name"), Column("Worry"), Column("From"), Column("Answer due", "when", sort="due"),
             Column("Status")]
    return Table("Contacts on the desk", heads, [row for row in rows if wanted.lower() in row[0].words.lower()],
                 sorted_by=sorted_by or "due", nothing="No contact waits. New ones appear here as they come in.")


FACTS = [
    Row("Name", "Amira Testwell", "#main-content", "name"),
    Row("Date of birth", date(2017, 3, 3), "#main-content", "date of birth"),
    Row("School", "Hill Primary (invented)", "#main-content", "school"),
    Row("Language at home", None, "#main-content", "language at home", "Add"),
    Row("Reference", "NB-C-10042-7"),
]


STORY = ("Police, health and children’s social care agreed that the threshold for enquiries is met.\n\n"
         "Amira was seen at school and told her teacher that she feels safe there.")
MOVED = UncertainDate(date(2024, 5, 1), Precision.MONTH, about=True)


def events(now: datetime) -> list[Event]:
    return [
        Event("Strategy discussion: enquiries to start", now - timedelta(hours=3), "Northbridge Council",
              "Sam Sampleton",
              STORY, "#main-content", Tag("Decision", "blue"), True),
        Event("Information received", now - timedelta(days=1, hours=2), "Dr Sample’s practice",
              text="Two missed appointments since the summer.", url="#main-content"),
        Event("Family moved to Northbridge", MOVED, "Hill Primary (invented)",
              text="The family said that they came to be near Amira’s grandmother."),
    ]


TILES = [
    Tile("Contacts this week", 64, "9 more than last week", "#main-content"),
    Tile("Answered in time", "91%", "58 of 64; the target is 95%", "#main-content"),
    Tile("Waiting for a partner", 7, "the oldest since Tuesday", "#main-content"),
    Tile("Late", 2, "both with a manager", "#main-content", "See both"),
]
TASKS = [
    Task("The child", Status.DONE, "#main-content", group="Who"),
    Task("The household", Status.STARTED, "#main-content", "Everyone who lives there", "Who"),
    Task("What you saw or heard", Status.NOT_STARTED, "#main-content", group="What"),
    Task("Check your answers", Status.NOT_YET, None, group="What"),
]
MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
CHARTS = [
    Chart("Contacts by source", "bars", ["Police", "Schools", "Health", "Council", "Family or public"],
          [Series("Contacts", [412, 298, 187, 133, 41])], "contacts, April to June", first="Source",
          note="Every contact the front door received, by the kind of agency that sent it."),
    Chart("Contacts by month", "columns", MONTHS,
          [Series("This year", [82, 91, 88, 97, 61, 102, 110, 99, 84, 105, 98, 107])], "contacts"),
    Chart("Answered in time", "line", MONTHS,
          [Series("Northbridge", [88, 90, 87, 92, 94, 91, None, 93, 95, 94, 96, 95]),
           Series("Region", [84, 85, 85, 86, 84, 87, 88, 87, 86, 88, 89, 88])], "per cent"),
    Chart("What came of contacts", "shares", ["Police", "Schools", "Health"],
          [Series("Assessment", [90, 110, 60]), Series("Early help", [60, 95, 62]), Series("Advice", [262, 93, 65])],
          "share of contacts", first="Source"),
]
