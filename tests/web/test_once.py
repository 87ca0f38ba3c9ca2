"""A part drawn once is drawn again for other values, and for nothing else."""
from __future__ import annotations

from typing import Any

import pytest
from django.template import TemplateSyntaxError, engines
from django.utils.functional import SimpleLazyObject

from goldthread.web.templatetags import _once


class Drawn:
    """Says how often it was drawn."""

    def __init__(self) -> None:
        self.times = 0

    def __str__(self) -> str:
        self.times += 1
        return f"drawn {self.times}"


def made(source: str) -> Any:
    return engines["django"].from_string(source)


def test_a_part_is_drawn_once_for_the_same_values_and_again_for_others() -> None:
    page, drawn = made("{% once name links %}{{ name }} {{ drawn }}{% endonce %}"), Drawn()
    said = [page.render({"name": name, "links": links, "drawn": drawn})
            for name, links in (("a", [1]), ("a", [1]), ("b", [1]), ("a", [2]), ("a", [1]))]
    assert said == ["a drawn 1", "a drawn 1", "b drawn 2", "a drawn 3", "a drawn 1"]


def test_negative_control_without_it_every_page_draws_anew() -> None:
    page, drawn = made("{{ name }} {{ drawn }}"), Drawn()
    assert [page.render({"name": "a", "drawn": drawn}) for _ in range(2)] == ["a drawn 1", "a drawn 2"]


def test_only_so_many_versions_are_kept_and_the_least_used_goes_first(monkeypatch: Any) -> None:
    monkeypatch.setattr(_once, "KEPT", 2)
    page, drawn = made("{% once name %}{{ drawn }}{% endonce %}"), Drawn()
    said = [page.render({"name": name, "drawn": drawn}) for name in "abacb"]
    assert said == ["drawn 1", "drawn 2", "drawn 1", "drawn 3", "drawn 4"]


def test_what_it_keeps_is_escaped_as_ever() -> None:
    page = made("{% once name %}{{ name }}{% endonce %}")
    assert [page.render({"name": "<b>"}) for _ in range(2)] == ["&lt;b&gt;"] * 2


def test_a_form_in_it_carries_the_token_of_the_page_it_is_shown_on() -> None:
    page, drawn = made("{% once name %}{% csrf_token %}{{ drawn }}{% endonce %}"), Drawn()
    said = [page.render({"name": "a", "drawn": drawn, "csrf_token": token}) for token in ("first", "second")]
    assert said == [f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">drawn 1'
                    for token in ("first", "second")]
    assert page.render({"name": "a", "drawn": drawn}) == "drawn 2", "no token, no field, and not the other's either"


def test_a_part_that_names_nothing_it_depends_on_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="name what the part depends on"):
        made("{% once %}x{% endonce %}")


def test_a_part_without_a_form_does_not_ask_for_the_token_the_first_time_either() -> None:
    """Asking sets a cookie, by which a page first shown could be told from one shown before."""
    page, asked = made("{% once name %}{{ drawn }}{% endonce %}"), []
    token = SimpleLazyObject(lambda: asked.append("asked") or "first")
    assert page.render({"name": "a", "drawn": Drawn(), "csrf_token": token}) == "drawn 1" and asked == []
    with_form = made("{% once name %}{% csrf_token %}{% endonce %}")
    with_form.render({"name": "a", "csrf_token": token})
    assert asked == ["asked"]
