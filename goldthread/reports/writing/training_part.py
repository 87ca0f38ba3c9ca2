"""The training section: courses, subtotals by delivery, take-up."""
from decimal import Decimal

import altair as alt

from goldthread.reports.arithmetic import Worked, add, percent, plain, rows_text
from goldthread.reports.checking.outcome import Check, Outcome
from goldthread.reports.reading.records import Course, Inputs
from goldthread.reports.writing.blocks import Cell, Chart, Column, Section, Table, Text
from goldthread.reports.writing.drawing import (
    ACCENT,
    DARK,
    PALE,
    QUIET,
    WIDTH,
    largest,
    names_axis,
    styled,
    wrapped,
)
from goldthread.reports.writing.figures import Figure, Figures

MOST_DRAWN = 20
UNSAID = "Delivery not stated"
COLUMNS = (Column("Course"), Column("How delivered"), Column("Attendees", True), Column("Places offered", True),
           Column("Take-up", True), Column("Printed in the report", True))


def training_section(inputs: Inputs, figures: Figures, checks: list[Check]) -> tuple[Section, dict[str, Figure]]:
    """The section, and its headline figures by name (attendees, places, takeup)."""
    section = Section("training", "Training")
    file = inputs.file("training-courses")
    if not inputs.courses:
        section.blocks.append(Text("There are no training courses in the files, so there is nothing to show here."))
        return section, {}
    wrong = {each.row for each in checks if each.file == file and each.outcome == Outcome.WRONG}
    rows, strong = [], set()
    by_delivery: dict[str, list[Course]] = {}
    for each in inputs.courses:
        by_delivery.setdefault(each.delivery or UNSAID, []).append(each)
    head: dict[str, Figure] = {}
    for delivery, courses in by_delivery.items():
        rows += [_course_row(each, figures, file, wrong) for each in courses]
        if len(by_delivery) > 1:
            strong.add(len(rows))
            rows.append(_sum_row(f"All {delivery}", delivery, courses, figures, file)[0])
    strong.add(len(rows))
    total, head = _sum_row("All training", "", inputs.courses, figures, file)
    rows.append(total)
    section.lead = _lead(head, by_delivery, figures)
    section.blocks += [_chart(inputs.courses),
                       Table("training-table", "Training courses: attendees, places and take-up", COLUMNS,
                             tuple(rows), frozenset(strong))]
    return section, head


def _course_row(course: Course, figures: Figures, file: str, wrong: set[int]) -> tuple[Cell, ...]:
    key = f"training-r{course.row}"
    people = places = share = None
    if course.attendees is not None:
        people = figures.add(f"{key}-attendees", f"Attendees, {course.name}", course.attendees, "people", file,
                             [course.row])
    if course.places is not None:
        places = figures.add(f"{key}-places", f"Places offered, {course.name}", course.places, "places", file,
                             [course.row])
    worked = percent(course.attendees, course.places) if people and course.places else None
    if worked:
        share = figures.add(f"{key}-take-up", f"Take-up, {course.name}", worked, "percent", file, [course.row], True)
    flag = "does not hold" if course.row in wrong else ""
    return (Cell(course.name), Cell(course.delivery or UNSAID), _cell(people), _cell(places), _cell(share),
            Cell(course.printed or "–", flag=flag))


def _cell(figure: Figure | None) -> Cell:
    return Cell(figure.text, figure) if figure else Cell("–")


def _sum_row(label: str, delivery: str, courses: list[Course], figures: Figures, file: str):
    """A total row. Take-up counts only courses that have both figures, and says so."""
    key = f"training-{delivery or 'all'}"
    head: dict[str, Figure] = {}
    for field, unit, words in (("attendees", "people", "Attendees"), ("places", "places", "Places offered")):
        known = [each for each in courses if getattr(each, field) is not None]
        if known:
            rows = [each.row for each in known]
            worked = add(getattr(each, field) for each in known)
            head[field] = figures.add(f"{key}-{field}", f"{words}, {label[0].lower()}{label[1:]}",
                                      Worked(worked.value, f"{worked.how} ({rows_text(rows)})"), unit, file, rows)
    full = [each for each in courses if each.attendees is not None and each.places]
    if full:
        rows = [each.row for each in full]
        people, places = (sum((getattr(each, field) for each in full), Decimal(0)) for field in
                          ("attendees", "places"))
        worked = percent(people, places)
        part = ". Courses without a number of places are left out" if len(full) < len(courses) else ""
        head["takeup"] = figures.add(f"{key}-take-up", f"Take-up, {label[0].lower()}{label[1:]}",
                                     Worked(worked.value, f"{worked.how} ({rows_text(rows)}){part}"), "percent",
                                     file, rows, True)
    cells = (Cell(label), Cell(""), *(_cell(head.get(each)) for each in ("attendees", "places", "takeup")), Cell(""))
    return cells, head


def _lead(head: dict[str, Figure], by_delivery: dict[str, list[Course]], figures: Figures) -> str:
    if "attendees" not in head:
        return "The table gives no attendees."
    by_id = {each.id: each for each in figures.all}
    parts = []
    for delivery in by_delivery:
        known = [each.attendees for each in by_delivery[delivery] if each.attendees is not None]
        if known:
            parts.append(f"{plain(sum(known))} {delivery if delivery != UNSAID else 'with delivery not stated'}")
    text = f"{head['attendees'].text} training places were taken up"
    text += f": {' and '.join(parts)}." if len(parts) > 1 else "."
    if "takeup" in head and head["takeup"].id in by_id:
        text += f" Where places were counted, {head['takeup'].text} of them were filled."
    return text


def _short(share: Decimal) -> str:
    """Whole percent, but never 100% for a course with an empty place."""
    return f"{plain(share, 0 if share == 100 or share < Decimal('99.5') else 1)}%"


def _chart(courses: list[Course]) -> Chart:
    courses, part = largest(courses, lambda each: max(each.attendees or 0, each.places or 0), MOST_DRAWN)
    order = [wrapped(each.name) for each in courses]
    data = []
    for name, each in zip(order, courses, strict=True):
        said = plain(each.attendees) if each.attendees is not None else "not known"
        share = percent(each.attendees, each.places) if each.attendees is not None and each.places else None
        data.append({"name": name, "attendees": float(each.attendees or 0), "places": float(each.places or 0),
                     "label": f"{said} of {plain(each.places)} ({_short(share.value)})" if share else said,
                     "end": float(max(each.attendees or 0, each.places or 0)),
                     "kind": "Attendees" if each.places else "Attendees, no places counted"})
    base = alt.Chart(alt.Data(values=data)).encode(y=names_axis(order))
    places = base.mark_bar(color=PALE, height=22).encode(x=alt.X("places:Q", title="People and places"))
    people = base.mark_bar(height=12).encode(x="attendees:Q", color=alt.Color("kind:N", scale=alt.Scale(
        domain=["Attendees", "Attendees, no places counted", "Places offered"], range=[DARK, ACCENT, PALE])))
    words = base.mark_text(align="left", dx=6, fontSize=13, color=QUIET).encode(x="end:Q", text="label:N")
    spec = styled((places + people + words).properties(width=WIDTH, height={"step": 40}))
    return Chart("training-chart", "Attendees and places offered, by course",
                 "A bar for each course: the pale bar is the places offered, the dark bar inside it the people who "
                 f"came. {part}The table below gives every number.", spec, "training-table")
