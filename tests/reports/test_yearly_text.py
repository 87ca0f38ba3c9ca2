"""The text of a section: what stands in it, what may not, and what is said of a token that is not there."""
from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from goldthread.measure.protecting import HIDDEN
from goldthread.reports.writing.blocks import Run, Text, words
from goldthread.reports.yearly import checklist, outline
from goldthread.reports.yearly.charts import chart
from goldthread.reports.yearly.composing import Composed, Frame, compose
from goldthread.reports.yearly.counting import Counted
from goldthread.reports.yearly.figures import Contribution, Figure, counted
from goldthread.reports.yearly.markdown import Reader
from goldthread.reports.yearly.models import Kind, Section
from tests.reports.samples import NOW


def read(text: str) -> tuple[list, list[str]]:
    reader = Reader("Voice", lambda key: Run("12", figure=key) if key == "calls" else "there is no figure of this name",
                    lambda kind, key: [Text(f"{kind} {key}")] if key == "calls" else "there is no table of this name")
    blocks = reader.read(text)
    return blocks, [str(each) for each in reader.problems]


def test_figures_stand_in_sentences_in_the_style_around_them() -> None:
    (block,), problems = read("There were **{{figure:calls}} calls**, and *more* by night.")
    assert words(block.runs) == "There were 12 calls, and more by night." and not problems
    assert block.runs[1] == Run("12", bold=True, figure="calls")


def test_tables_charts_and_contributions_stand_on_a_line_of_their_own() -> None:
    blocks, problems = read("{{table:calls}}\n\n{{ chart:calls }}\n\n{{contribution:calls}}")
    assert [each.text for each in blocks] == ["table calls", "chart calls", "contribution calls"] and not problems
    assert "put it on a line of its own" in read("See {{table:calls}} here.")[1][0]


@pytest.mark.parametrize(("text", "why"), [
    ("{{figure:nothing}}", "Section “Voice”, {{figure:nothing}}: there is no figure of this name"),
    ("{{table:nothing}}", "Section “Voice”, {{table:nothing}}: there is no table of this name"),
    ("{{number:calls}}", "there is nothing called “number”"), ("{{figure:calls}", "it is not finished"),
    ("Some figure:calls}} more", "it is not finished"), ("> said {{figure:nothing}}", "there is no figure of this name"),
    ("- {{figure:nothing}}", "there is no figure of this name"), ("|a|\n|-|\n|{{figure:nothing}}|", "no figure"),
    ("## {{figure:nothing}}", "there is no figure of this name")])
def test_what_is_not_there_is_named_with_its_section(text: str, why: str) -> None:
    _, problems = read(text)
    assert len(problems) == 1 and why in problems[0] and "Section “Voice”" in problems[0]


def test_somebodys_own_words_and_who_said_them() -> None:
    (block,), _ = read("> They asked **me**.\n> — a young person, in a survey")
    assert [words(each).strip() for each in block.paragraphs] == ["They asked me."]
    assert block.by == "a young person, in a survey"
    (plain,), _ = read("> Nobody came.")
    assert words(plain.paragraphs[0]) == "Nobody came." and not plain.by


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "![x](https://a.example/x.png)", "`code` and <b>bold</b>",
                                  "[x](javascript:alert(1))", "    indented", "[x](data:text/html,x)"])
def test_no_html_picture_code_or_script_comes_through(text: str) -> None:
    blocks, _ = read(text)
    assert all(each.kind == "rich" and not any(
        run.link and not run.link.startswith("https://") for run in each.runs) for each in blocks)


def figures() -> dict[str, Figure]:
    made = [counted(f"calls.{at}", f"Calls {at}", many, people=True, how="Counted.", query=f"calls {at}", source="casework",
                    unit="calls", placed=("calls", f"Line {at}", "2025-26")) for at, many in enumerate((0, 1, 7, 8, 13))]
    return {each.key: each for each in made}


def composed(*texts: str) -> Composed:
    sections = [Section(key=f"s{at}", heading=f"Section {at}", text=text) for at, text in enumerate(texts)]
    return compose(Frame("Marlpit: yearly report 2025-26", "Marlpit", NOW), sections,
                   Counted(figures(), {"calls": "Calls"}, frozenset({"calls"})),
                   [Contribution("school", "Marlpit School", (("What?", "We listened."),))])


def test_small_numbers_are_not_told_and_others_are_rounded() -> None:
    assert [each.text for each in figures().values()] == ["0", HIDDEN, HIDDEN, "10", "15"]
    assert words(composed("It was {{figure:calls.1}}.").written[0].blocks[0].runs) == "It was between 1 and 7."


def test_a_report_lists_every_figure_in_it_and_says_the_rule() -> None:
    made = composed("It was {{figure:calls.3}}.", "{{chart:calls}}")
    last = next(each for each in made.sections if each.id == "figures-of-this-report")
    assert "Counts of 1 to 7 are not shown" in last.blocks[0].text and len(last.blocks[1].rows) == 5
    assert [each.kind for each in made.written[1].blocks] == ["chart", "table"], "a chart comes with its table"
    assert [each.kind for each in composed("{{chart:calls}}\n\n{{table:calls}}").written[0].blocks] == ["chart", "table"]
    assert "once is enough" in str(composed("{{table:calls}}\n\n{{table:calls}}").problems[0])


def test_a_chart_draws_what_is_told_and_never_what_is_hidden() -> None:
    drawn = str(chart("calls", "Calls", list(figures().values())).spec)
    assert "'value': 15.0" in drawn and "'value': 13" not in drawn and "'value': 7" not in drawn


def test_contributions_stand_where_they_are_put_and_at_the_end() -> None:
    made = composed("{{contribution:school}}")
    assert made.written[0].blocks[0].by == "Marlpit School"
    assert any(each.id == "contributions" for each in made.sections)
    assert "has sent no contribution. Did you mean school?" in str(composed("{{contribution:schol}}").problems[0])


@pytest.mark.parametrize(("kind", "day", "edition", "many"), [
    (Kind.YEARLY, date(2020, 1, 1), "July 2018", None), (Kind.YEARLY, date(2026, 11, 1), "March 2026", None),
    (Kind.ARRANGEMENTS, date(2020, 1, 1), "July 2018", 15), (Kind.ARRANGEMENTS, date(2025, 11, 1), "December 2023", 16),
    (Kind.ARRANGEMENTS, date(2026, 11, 1), "March 2026", 16)])
def test_the_list_of_the_day_is_asked_and_every_point_has_a_section(
        kind: str, day: date, edition: str, many: int | None) -> None:
    asked = checklist.asked(kind, day, outline.parts(kind, day))
    assert edition in asked.edition and (many is None or len(asked.points) == many)
    assert all(each.sections for each in asked.points), "a report is begun with a place for each point"


def test_a_point_is_missing_until_somebody_writes() -> None:
    def state(text: str) -> str:
        asked = checklist.asked(Kind.YEARLY, date(2026, 11, 1), [Section(key="v", heading="Voice", text=text, items=["Y9"])])
        return next(each.state for each in asked.points if each.id == "Y9")
    assert state("") == checklist.MISSING and state("{{table:calls}}") == checklist.FIGURES_ONLY
    assert state("We asked every child who left care what had helped and what had not.") == checklist.WRITTEN
    assert state("Too short.") == checklist.MISSING
    assert Decimal(0) == figures()["calls.0"].said
