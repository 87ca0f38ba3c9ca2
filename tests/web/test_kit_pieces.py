"""Components, dates in words and charts as they come out in HTML."""
from __future__ import annotations

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString

from goldthread.base.dates import Precision, UncertainDate
from goldthread.web import charts, components
from goldthread.web.charts import Chart, Series
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.navigation import Item
from goldthread.web.templatetags import _pieces
from tests import support

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
NASTY = "<script>alert('x')</script>"


def draw(source, **context):
    return engines["django"].from_string(source).render({"now": NOW, **context}, context.get("request"))


def test_due_times_are_in_words_with_the_exact_time_at_hand():
    html = draw("{% when at %}", at=NOW.replace(hour=17, minute=0))
    assert html == '<time datetime="2026-11-23T17:00+00:00" title="Monday 23 November 2026, 5 pm">today at 5 pm</time>'
    assert ">2 hours late<" in draw("{% when at %}", at=NOW.replace(hour=13))
    assert ">yesterday<" in draw("{% ago at %}", at=date(2026, 11, 22))
    assert ">3 March 2016<" in draw("{% on at %}", at=date(2016, 3, 3))


def test_a_time_is_said_in_english_time_in_summer():
    assert ">today at 4:40 pm<" in draw("{% ago at %}", at=NOW.replace(month=7), now=NOW.replace(month=7, hour=16))


def test_dates_that_are_not_known_say_so():
    assert draw("{% when at %}", at=None) == "Not known"
    assert draw("{% when at 'No limit' %}", at=None) == "No limit"
    assert draw("{% ago at %}", at=UncertainDate(date(2016, 5, 1), Precision.MONTH, True)) == "about May 2016"


@pytest.mark.parametrize("source", [
    "{% tag x %}", "{% inset x %}", "{% warning x %}", "{% details x x %}", "{% confirmation x x %}", "{{ x|shown }}",
    "{% notification_banner x %}", "{% timeline events %}", "{% summary_list rows %}", "{% table table %}",
    "{% identity_bar identity %}", "{% tiles tiles %}", "{% sub_navigation items %}", "{% chart_with_table chart %}",
    "{% kinder_words blame %}", "{{ x|phone_link }}", "{% task_list tasks %}", "{% breadcrumbs x x %}"])
def test_no_piece_lets_markup_through(source):
    rows = [components.Row(NASTY, NASTY, NASTY, NASTY)]
    html = draw(
        source, x=NASTY, rows=rows, events=[components.Event(NASTY, NOW, NASTY, NASTY, NASTY, NASTY, components.Tag(NASTY))],
        table=components.Table(NASTY, [components.Column(NASTY)], [[components.Link(NASTY, NASTY, NASTY)]]),
        identity=components.Identity(NASTY, [NASTY], [components.Tag(NASTY)], [components.Link(NASTY, NASTY)]),
        tiles=[components.Tile(NASTY, NASTY, NASTY, NASTY)], items=[Item(NASTY, NASTY)], blame=f"She is promiscuous {NASTY}",
        chart=Chart(NASTY, "bars", [NASTY], [Series(NASTY, [1])], NASTY, NASTY, NASTY),
        tasks=[SimpleNamespace(title=NASTY, url=NASTY, hint=NASTY, status=NASTY, group=NASTY)])
    assert "<script" not in html
    assert escape(NASTY)[:8] in html or source == "{% kinder_words blame %}" or "tel:" in html


@pytest.mark.parametrize("text", ["One's own\r\nline & <b>more</b>\n\n\nAnd later\r\rthe end", SafeString("A <b>b</b>\nc")])
def test_what_a_timeline_tells_is_in_paragraphs_as_the_framework_makes_them(text):
    html = draw("{% timeline events %}", events=[components.Event("Seen", NOW, text=text)])
    assert f'text">{linebreaks(text, autoescape=not isinstance(text, SafeString))}</div>' in html


@pytest.mark.django_db
def test_a_crumb_of_a_page_that_is_closed_to_the_reader_leads_nowhere(monkeypatch):
    def crumbs(role: str) -> str:
        request = RequestFactory().get("/front-door/police/")
        request.actor = support.make_actor(role)
        return draw("{% breadcrumbs 'Front door' '/front-door/' %}", request=request)
    assert 'href="/front-door/"' in crumbs("mash-worker")
    assert "Front door" in crumbs("police-partner") and "href" not in crumbs("police-partner")
    monkeypatch.setattr(_pieces, "lets_in", lambda url, actor: True)
    assert 'href="/front-door/"' in crumbs("police-partner"), "negative control"


def test_a_colour_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="No tag is pink"):
        components.Tag("x", "pink")


def test_a_table_names_itself_its_columns_and_its_rows():
    made = components.Table("Contacts", [components.Column("Child"), components.Column("Age", "number"),
                                         components.Column("Due", "when")], [["Amira", 1234, NOW], ["Casey", None, None]])
    html = draw("{% table table %}", table=made)
    assert re.search(r"<caption[^>]*>Contacts</caption>", html)
    assert html.count('scope="col"') == 3 and html.count('scope="row"') == 2
    assert 'govuk-table__cell--numeric" data-label="Age"><span>1,234</span>' in html
    assert "today at 3:40 pm" in html and '<span class="govuk-visually-hidden">none</span>' in html
    assert "aria-sort" not in html


def test_columns_sort_by_links_that_keep_the_rest_of_the_address():
    made = components.Table("x", [components.Column("Name", sort="name"), components.Column("Due", sort="due")],
                            [["a", "b"]], sorted_by="-due")
    request = RequestFactory().get("/list?q=amira&sort=-due&after=77")
    html = draw("{% table table %}", table=made, request=request)
    assert 'href="?q=amira&amp;sort=name"' in html and 'href="?q=amira&amp;sort=due"' in html
    assert html.count('aria-sort="descending"') == 1 and html.count('aria-sort="none"') == 1


def test_an_empty_list_teaches_instead():
    made = components.Table("x", [components.Column("Name")], [], nothing="New contacts appear here.")
    html = draw("{% table table %}", table=made)
    assert "New contacts appear here." in html and "<table" not in html


def test_a_row_of_another_length_than_the_columns_is_refused():
    with pytest.raises(ValueError):
        draw("{% table table %}", table=components.Table("x", [components.Column("Name")], [["a", "b"]]))


def test_filters_keep_the_sorting_and_drop_the_place_in_the_list():
    class Wanted(Form):
        q = fields.Text(required=False)
        since = fields.Date(required=False)

    request = RequestFactory().get("/list?q=a&since_day=3&sort=-due&after=9&view=mine")
    html = draw("{% filter_panel filter %}", request=request, filter=components.Filter(
        Wanted(request.GET), [components.Chip("Name: a", "?sort=-due")], "?"))
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    assert hidden == [("sort", "-due"), ("view", "mine")]
    assert "Remove filter: </span>Name: a" in html


def test_pages_are_offered_only_where_there_are_any():
    assert draw("{% pagination pages %}", pages=components.Pages()).strip() == ""
    html = draw("{% pagination pages %}", pages=components.Pages(older="?after=3"))
    assert 'rel="next"' in html and 'rel="prev"' not in html


def test_the_identity_goes_into_the_title():
    who = components.Identity("Amira Testwell", ["9 years old"], [components.Tag("Restricted record", "purple")])
    assert who.title == "Amira Testwell, 9 years old, Restricted record"


def test_the_submission_token_stays_while_a_form_is_shown_again():
    fresh = [draw("{% submission_token %}", request=RequestFactory().get("/")) for _ in range(2)]
    assert fresh[0] != fresh[1] and re.search(r'value="[0-9a-f-]{36}"', fresh[0])
    sent = RequestFactory().post("/", {"submission": "kept-one"})
    assert 'value="kept-one"' in draw("{% submission_token %}", request=sent)


@pytest.mark.parametrize(("count", "shown"), [(0, ""), (None, ""), (3, "(3 to read)"), (150, "(99 or more to read)")])
def test_a_badge_is_heard_as_words(count, shown):
    html = draw("{% badge count 'to read' %}", count=count)
    assert (shown in html) if shown else html == ""


CHART = Chart("Contacts", "columns", ["Apr", "May"], [Series("This year", [3, None]), Series("Last year", [1, 2])])


@pytest.mark.parametrize("kind", ["bars", "columns", "line", "shares"])
def test_every_chart_is_sound_svg_with_a_name_a_description_and_no_inline_style(kind):
    drawn = Chart("Contacts <b>", kind, ["Apr", "May & June"], CHART.series).svg()
    tree = ElementTree.fromstring(drawn)
    assert tree.get("role") == "img" and tree.find("title").text == "Contacts <b>" and "Apr" in tree.find("desc").text
    assert tree.get("aria-labelledby") == tree.find("title").get("id")
    assert "style=" not in drawn and "nan" not in drawn and "May &amp; June" in drawn


def test_a_chart_never_tells_series_apart_by_colour_alone():
    bars, line = Chart("c", "bars", ["x"], CHART_OF_TWO).svg(), Chart("c", "line", ["x"], CHART_OF_TWO).svg()
    assert 'fill="url(#chart-c-p1)"' in bars and 'id="chart-c-p1"' in bars
    assert 'stroke-dasharray="8 5"' in line


CHART_OF_TWO = [Series("a", [1]), Series("b", [2])]


def test_a_gap_in_a_line_stays_a_gap():
    drawn = Chart("c", "line", list("abcd"), [Series("s", [1, None, 2, 3])]).svg()
    path = re.search(r'class="line[^>]* d="([^"]+)"', drawn)[1]
    assert path.count("M") == 2 and path.count("L") == 1 and drawn.count("<circle") == 3


def test_shares_add_up_and_nothing_at_all_is_said():
    drawn = Chart("c", "shares", ["x", "y"], [Series("a", [3, 0]), Series("b", [1, 0])]).svg()
    assert ">75%<" in drawn and ">25%<" in drawn and ">none<" in drawn


def test_a_charts_table_holds_every_number():
    table = CHART.table()
    assert table.rows == [["Apr", "3", "1"], ["May", "not known", "2"]] and [c.title for c in table.columns] == [
        "Period", "This year", "Last year"]
    assert "This year: from 3 (Apr) to 3 (Apr)" in CHART.describe()


def test_a_number_that_is_kept_from_the_reader_is_not_called_unknown():
    kept = Series("s", [None, 12, None], ["1 to 7", "12", "Too few to say"])
    chart = Chart("c", "bars", list("xyz"), [kept])
    assert chart.table().rows == [["x", "1 to 7"], ["y", "12"], ["z", "Too few to say"]]
    assert ">1 to 7<" in chart.svg() and ">Too few to say<" in chart.svg() and "not known" not in chart.svg()
    with pytest.raises(ValueError, match="3 labels"):
        Chart("c", "bars", list("xyz"), [Series("s", [None, 1, 2], ["1 to 7"])])


@pytest.mark.parametrize(("most", "top"), [(0, 4), (3, 4), (5, 8), (11, 12), (13, 16), (61, 80), (110, 120), (412, 480)])
def test_axes_end_on_round_numbers_whose_quarters_are_round(most, top):
    assert charts.top_of(most) == top and (top / 4).is_integer()


@pytest.mark.parametrize(("made", "words"), [
    (lambda: Chart("c", "pie", [], []), "No chart is called pie"),
    (lambda: Chart("c", "bars", ["x"], [Series("s", [1, 2])]), "s has 2 values for 1 labels"),
    (lambda: Chart("c", "bars", ["x"], [Series("s", [-1])]), "negative")])
def test_a_chart_that_cannot_be_drawn_is_refused(made, words):
    with pytest.raises(ValueError, match=words):
        made()


@pytest.mark.django_db
def test_kinder_words_come_from_the_server_and_say_nothing_of_plain_text():
    found = Client().post("/words/check", {"text": "She put herself at risk."}).json()["found"]
    assert [each["phrase"] for each in found] == ["put herself at risk"] and found[0]["suggestion"]
    assert Client().post("/words/check", {"text": "She was hurt by an adult."}).json() == {"found": []}
    assert Client().get("/words/check").status_code == 405


@pytest.mark.django_db
def test_the_gallery_is_there_only_where_it_is_on_show(settings):
    assert Client().get("/gallery/").status_code == 200
    settings.TESTING = settings.DEMO = False
    assert Client().get("/gallery/").status_code == 404
    settings.DEMO = True
    assert Client().get("/gallery/").status_code == 200


@pytest.mark.django_db
def test_pages_of_signed_in_people_stay_out_of_caches():
    from django.http import HttpResponse

    from goldthread.web.middleware import ActorMiddleware
    seat = support.make_appointment("mash-worker")
    request = RequestFactory().get("/")
    request.user, request.session = seat.user, {}
    for given, kept in ((HttpResponse(), "no-store"), (HttpResponse(headers={"Cache-Control": "immutable"}), "immutable")):
        assert ActorMiddleware(lambda _, answer=given: answer)(request)["Cache-Control"] == kept
    request.user = SimpleNamespace(is_authenticated=False)
    assert "Cache-Control" not in ActorMiddleware(lambda _: HttpResponse())(request)


@pytest.mark.parametrize("kind", ["bars", "shares"])
def test_a_label_too_long_for_its_room_is_cut_in_the_drawing_and_whole_in_the_table(kind):
    long = "A child on a plan has moved here for good and stays"
    html = draw("{% chart_with_table chart %}", chart=Chart("Why", kind, [long, "Short"], [Series("Cases", [1, 2])]))
    drawn, table = html[: html.index("</svg>")], html[html.index("</svg>"):]
    assert long not in drawn.split("<desc")[0].split("</title>")[-1] and "…</text>" in drawn and ">Short</text>" in drawn
    assert long in table
