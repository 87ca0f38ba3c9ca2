"""Specifications are checked before they serve; each that is declared holds, and a wrong word is refused in words."""
from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from django.core import checks as django_checks

from goldthread.dataset.apps import sound_specifications
from goldthread.dataset.specification import checks, declared
from goldthread.dataset.specification.declared import UnknownSpecification, every, find, read
from goldthread.dataset.specification.definition import KINDS
from goldthread.rules import codes
from goldthread.rules.data_files import BadData
from tests.dataset.looking import TOML


def test_every_declared_specification_holds() -> None:
    assert checks.faults_of_all(every(), codes.lists()) == []
    assert {each.key for each in every()} == {
        "allegations", "annex-a", "cin-census", "early-help", "education", "health-activity", "marac", "police-incidents",
        "scorecard-figures", "ssd", "ssda903", "training-compliance", "youth-justice"}


def test_editions_by_the_day() -> None:
    assert find("cin-census", date(2024, 3, 31)).table("children").has("GenderCurrent")
    assert not find("cin-census", date(2026, 3, 31)).table("children").has("GenderCurrent")
    assert find("cin-census", date(2026, 3, 31)).table("children").has("Sex")
    assert [each.edition for each in every() if each.key == "cin-census"] == ["2023", "2024", "2025", "2026"]
    for key, on in (("cin-census", date(2020, 1, 1)), ("none", date(2026, 1, 1))):
        with pytest.raises(UnknownSpecification):
            find(key, on)


FAULTS = [
    ('kind = "nhs"', 'kind = "nhsnumber"', "there is no kind “nhsnumber”"),
    ('codes = "sex"', 'codes = "sexes"', "there is no code list “sexes”"),
    ('kind = "code", codes = "sex"', 'kind = "text", codes = "sex"', "exactly when its kind is code"),
    ('kind = "date", past', 'kind = "text", past', "only a date can be past"),
    ("least = 0, most = 50", 'least = 0, most = 50, at = "x"', None),
    ('name = "visits"', 'name = "start"', "column start is there twice"),
    ('name = "visits"', 'name = "_row"', "may not be empty or begin with"),
    ('key = "spells"', 'key = "children"', "table children is there twice"),
    ('columns = ["number"]', 'columns = ["nummer"]', "there is no column “nummer” in children"),
    ('other = "children"\nto = "number"\n[', 'other = "childs"\nto = "number"\n[', "there is no table “childs”"),
    ('to = "number"\n[[', 'to = "nummer"\n[[', "there is no column “nummer” in children"),
    ('first = "start"', 'first = "reason"', "“reason” is no date"),
    ('date = "born"', 'date = "sex"', "“sex” is no date"),
    ('columns = ["nhs", "upn", "born"]', 'columns = ["nhs"]', "it names too few columns"),
    ('values = ["B"]', "values = []", "it says no values"),
    ('code = "B", label', 'code = "a", label', "code a is there twice"),
    ('source = "A test"', 'source = ""', "it names no source"),
    ("from = 2020-01-01", "from = 2020-01-01\nto = 2019-01-01", "it ends before it begins"),
    ('table = "spells"\ncolumn = "end"', 'table = "spell"\ncolumn = "end"', "there is no table “spell”")]


@pytest.mark.parametrize(("before", "after", "words"), FAULTS)
def test_a_wrong_word_is_told(before: str, after: str, words: str | None) -> None:
    assert before in TOML
    [spec] = read(tomllib.loads(TOML.replace(before, after, 1)), "everything.toml")
    found = checks.faults(spec, codes.lists())
    assert found == [] if words is None else any(words in each for each in found), found


@pytest.mark.parametrize(("before", "after", "words"), [
    ('kind = "unique"', 'kind = "uniqe"', "no kind of rule “uniqe”"),
    ("needed = true", "neded = true", "“neded” is not understood"),
    ('title = "UPN"', 'titel = "UPN"', "column upn: “titel”"),
    ('key = "everything"', 'keys = "x"', "“keys” is not understood"),
    ('title = "Everything"', "", "'title' is missing"), ('[[edition]]\nname = "1"\nfrom = 2020-01-01', "", "no [[edition]]"),
    ('title = "Reason"', 'title = "Reason", since = "2"', "no edition “2”")])
def test_what_cannot_be_read_is_told_with_file_and_place(before: str, after: str, words: str) -> None:
    with pytest.raises(BadData, match="everything.toml") as told:
        read(tomllib.loads(TOML.replace(before, after, 1)), "everything.toml")
    assert words in str(told.value)


def test_the_server_does_not_start_with_one_that_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sound_specifications() == []
    [spec] = read(tomllib.loads(TOML.replace('codes = "sex"', 'codes = "sexes"')), "everything.toml")
    monkeypatch.setattr(declared, "every", lambda: (spec,))
    [told] = sound_specifications()
    assert isinstance(told, django_checks.Error) and "sexes" in str(told.msg)

    def broken() -> Any:
        raise BadData("specifications/x.toml: “kez” is not understood")
    monkeypatch.setattr(declared, "every", broken)
    assert "kez" in str(sound_specifications()[0].msg)
    assert sound_specifications in django_checks.registry.registry.get_checks()


def test_editions_in_force_on_the_same_day_are_told() -> None:
    text = TOML.replace("from = 2020-01-01", 'from = 2020-01-01\n[[edition]]\nname = "2"\nfrom = 2021-01-01')
    found = checks.faults_of_all(read(tomllib.loads(text), "everything.toml"), codes.lists())
    assert found == ["everything: editions 1 and 2 are in force on the same days"] and set(KINDS)
