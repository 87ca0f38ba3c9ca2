"""The frame of every page: names, colours, navigation and what it says when things go wrong."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client, RequestFactory

from goldthread.orgs.contrast import TEXT, ratio
from goldthread.web import context, errors, navigation, theme
from tests import support

STATIC = Path(settings.PACKAGE) / "web" / "static"
BRAND = re.compile(r"crown|crest|gds transport|light-[\w-]*\.woff2|\.woff|opengraph|logotype", re.IGNORECASE)


def served_files() -> list[Path]:
    return [path for path in STATIC.rglob("*") if path.is_file() and path.name != "LICENCE.txt"]


def test_nothing_served_carries_the_brand_of_another_site():
    assert len(served_files()) > 8
    for path in served_files():
        assert not BRAND.search(path.name), path
        assert not BRAND.search(path.read_text(errors="ignore")), path


def test_the_brand_check_would_notice():
    assert BRAND.search("@font-face{font-family:GDS Transport}") and BRAND.search("images/govuk-crest.svg")
    assert BRAND.search("fonts/light-94a07e06a1-v2.woff2") and BRAND.search("GOVUK-OpenGraph-image.png")


def test_style_sheets_fetch_only_files_that_are_there():
    for path in STATIC.rglob("*.css"):
        for address in re.findall(r"url\(([^)]+)\)", path.read_text()):
            assert (path.parent / address).is_file(), (path, address)
    for script in STATIC.rglob("*.js"):
        assert "sourceMappingURL" not in script.read_text()


WORN = re.compile(r"\bgt-[a-z0-9_-]+")
BARE = {"gt-page", "gt-width-"}  # a hook without a look, and the beginning of a name


def test_every_class_a_page_wears_has_a_look():
    looks = {name for sheet in STATIC.glob("*.css") for name in re.findall(r"\.(gt-[a-z0-9_-]+)", sheet.read_text())}
    for page in (Path(settings.PACKAGE) / "web" / "templates").rglob("*.html"):
        worn = {name for names in re.findall(r'class="([^"]*)"', page.read_text()) for name in WORN.findall(names)}
        assert not worn - looks - BARE, f"{page} wears what no style sheet describes"


def test_vendored_packages_keep_their_licences():
    for folder in (STATIC / "vendor").iterdir():
        assert "Permission is hereby granted" in (folder / "LICENCE.txt").read_text()


@pytest.mark.parametrize("main", ["#1d4f6e", "#ffdd00", "#ffffff", "#000000", "#ff7f50", "#7fffd4"])
def test_any_two_colours_give_text_that_can_be_read(main):
    found = theme.properties(main, main)
    assert ratio(found["--gt-on-main"], main) >= TEXT
    for ink in ("--gt-main-ink", "--gt-accent", "--govuk-brand-colour"):
        assert ratio(found[ink], "#ffffff") >= TEXT
    assert ratio("#0b0c0c", found["--gt-tint-strong"]) >= TEXT


@pytest.mark.django_db
def test_the_theme_is_a_style_sheet_cached_for_ever_and_nothing_else_gets_in():
    answer = Client().get("/theme/1d4f6e-7a3e65.css")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/css")
    assert "immutable" in answer["Cache-Control"] and b"--gt-main:#1d4f6e" in answer.content
    assert Client().get("/theme/1d4f6e-red;}body{.css").status_code == 404


@pytest.mark.django_db
def test_navigation_shows_what_a_person_may_use_and_marks_where_they_are():
    school, mash = support.make_actor("school-lead"), support.make_actor("mash-worker")
    sections = (navigation.Section("My work", "home"), navigation.Section("Health", "health"),
                navigation.Section("Not built", "no-such-address"),
                navigation.Section("Desk", "health", frozenset({navigation.May.WORK_FRONT_DOOR})))
    titles = [item.title for item in navigation.items(school, "/", sections)]
    assert titles == ["My work", "Health"]
    assert "Desk" in [item.title for item in navigation.items(mash, "/", sections)]
    assert navigation.items(None, "/", sections) == []
    marks = {item.title: item.current for item in navigation.items(school, "/health/of/something", sections)}
    assert marks == {"My work": "", "Health": "true"}
    assert next(item.current for item in navigation.items(school, "/", sections) if item.title == "My work") == "page"


@pytest.mark.django_db
def test_a_page_not_found_wears_the_partnerships_name_and_gives_its_numbers():
    partnership = support.make_partnership("Northbridge Children’s Partnership")
    partnership.front_door_phone = "020 7946 0100"
    partnership.save()
    answer = Client().get("/nowhere")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "<title>Page not found – Northbridge Children’s Partnership</title>" in page
    assert 'href="tel:02079460100"' in page and "call 999" in page and page.count("<h1") == 1


@pytest.mark.django_db
def test_with_several_partnerships_a_stranger_is_told_of_none():
    one, _ = support.make_partnership("Northbridge"), support.make_partnership("Southbridge")
    page = Client().get("/nowhere").content.decode()
    assert one.name not in page and "– Goldthread</title>" in page


@pytest.mark.django_db
def test_the_page_for_a_fault_needs_no_database_and_still_gives_numbers(django_assert_num_queries):
    partnership = support.make_partnership("Northbridge")
    partnership.out_of_hours_phone = "01632 960 999"
    partnership.save()
    Client().get("/nowhere")
    with django_assert_num_queries(0):
        answer = errors.broken(RequestFactory().get("/"))
    assert answer.status_code == 500 and "01632 960 999" in answer.content.decode()


@pytest.mark.django_db
def test_no_page_carries_inline_script_or_style():
    page = Client().get("/nowhere").content.decode()
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", page)
    assert re.search(r"<script(?![^>]*src=)", "<script>alert(1)</script>")


def test_titles_say_when_there_is_a_mistake():
    from django import forms

    class Question(forms.Form):
        answer = forms.CharField()

    template = engines["django"].from_string("{% error_prefix %}x")
    assert template.render({"form": Question({})}) == "Error: x"
    assert template.render({"form": Question()}) == "x" and template.render({"form": Question({"answer": "y"})}) == "x"
    assert template.render({"forms": [Question({"answer": "y"}), Question({})]}) == "Error: x"
    assert template.render({"has_errors": True}) == "Error: x"


def test_the_fault_page_works_before_any_page_was_shown(monkeypatch):
    monkeypatch.setattr(context._Remembered, "partnership", None)
    assert "call 999" in errors.broken(RequestFactory().get("/")).content.decode()
