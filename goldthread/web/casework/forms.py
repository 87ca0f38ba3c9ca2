"""The form of any step of any process, worked out from its typed record and lines."""
from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db import models

from goldthread.access.actor import Actor
from goldthread.people.models import Person
from goldthread.process.actions import Writing
from goldthread.process.definition import Step
from goldthread.process.fields import CodeField
from goldthread.process.models import NearPerson, PersonLine
from goldthread.web.forms import fields as kit
from goldthread.web.forms.lines import Lines
from goldthread.web.forms.model_forms import form_for

WIDE = 7  # more choices than this become a list to select from


def record_form(model: Any, actor: Actor, today: date, names: tuple[str, ...] | None = None,
                near: frozenset[int] | None = None) -> type[Any]:
    """A form over a record's or line's own fields; choices of codes and of people are those of today.

    near: the ids of the people to choose among where the model leaves that open.
    """
    wanted = list(names if names is not None else model.own_fields())
    made = form_for(
        model, wanted, overrides=_overrides(model, wanted, actor, today, near),
        reveals=model.reveals, required_when_shown=model.required_when_shown)
    for field in made.base_fields.values():
        if isinstance(field, kit.LongText):
            field.watch_words = True
            field.widget.attrs["data-watch-words"] = ""
    return made


def _overrides(model: Any, wanted: list[str], actor: Actor, today: date,
               near: frozenset[int] | None) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for name in wanted:
        field = model._meta.get_field(name)
        words = {"label": large_first(str(field.verbose_name)),
                 "help_text": field.help_text, "required": not field.blank}
        if isinstance(field, CodeField):
            initial = field.default if field.has_default() else None
            found[name] = kit.Choice(choices=field.choices_on(today), radios_up_to=WIDE, initial=initial, **words)
        elif isinstance(field, models.ForeignKey):
            rows = _rows(model, name, field, actor, today, near)
            found[name] = forms.ModelChoiceField(rows, empty_label="Select one", **words)
    return found


def _rows(model: Any, name: str, field: Any, actor: Actor, today: date, near: frozenset[int] | None) -> Any:
    """Whom a field may name: people near the case where the model says no more than that it is one of them."""
    if near is not None and field.related_model is Person and issubclass(model, PersonLine | NearPerson):
        return Person.objects.filter(pk__in=near).order_by("family", "given")
    return model.choices_for(name, actor, today)


def lines_of(model: Any, actor: Actor, today: date, *, least: int = 0, near: frozenset[int] | None = None) -> Lines:
    """The "add another" list of a step's lines."""
    one, several = line_words(model)
    return Lines(key=model.__name__.lower(), form=record_form(model, actor, today, near=near), one=one, least=least,
                 none=f"No {several} named")


def line_words(model: Any) -> tuple[str, str]:
    """What one of a step's lines is called, and several."""
    return getattr(model, "spoken", (str(model._meta.verbose_name), str(model._meta.verbose_name_plural)))


def large_first(words: str) -> str:
    """Words as a heading or a label."""
    return words[:1].upper() + words[1:]


def writing_of(step: Step, form: Any, line_forms: list[tuple[Any, Any]], sent: Any) -> Writing:
    """What an action is given: the checked record, its checked lines, and what the form knew of the case.

    line_forms: (line model, cleaned LinesForm) pairs. sent: the POST.
    """
    lines = [model(**values) for model, filled in line_forms for values in filled.cleaned()]
    return Writing(form.instance, lines, seen=seen_of(sent), submission=submission_of(sent),
                   restarts=bool(getattr(form.instance, "restart", False)))


def seen_of(sent: Any) -> int | None:
    """The last event the writer had seen when the form was opened."""
    seen = sent.get("seen", "")
    return int(seen) if seen.isdigit() else None


def submission_of(sent: Any) -> UUID | None:
    """The form's own number; None when nothing like one was sent."""
    try:
        return UUID(sent.get("submission", ""))
    except ValueError:
        return None
