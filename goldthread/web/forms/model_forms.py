"""Forms over typed models: the questions, their words and their mistakes come from the model's own fields."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models

from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import ModelForm

RADIOS_UP_TO = 7


def form_for(model: type[models.Model], fields: Iterable[str], *, required: Iterable[str] | None = None,
             overrides: Mapping[str, forms.Field] | None = None, base: type[ModelForm] = ModelForm,
             **attributes: Any) -> type[ModelForm]:
    """A form over `fields` of `model`, in that order.

    required: names that must be answered; None takes the model's word, an empty list makes a form that may be saved
    unfinished. overrides: fields to use as they are in place of those worked out. attributes: what else the form's
    class carries, such as `reveals`, `required_when_shown` or `heading_field`. Raises ValueError for a name the model
    has not.
    """
    names, replaced = list(fields), dict(overrides or {})
    known = {field.name for field in model._meta.get_fields()}
    strange = [name for name in names if name not in known and name not in replaced]
    if strange:
        raise ValueError(f"{model.__name__} has no field {', '.join(strange)}")
    demanded = None if required is None else frozenset(required)

    def question(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
        return field_for(field, required=None if demanded is None else field.name in demanded)

    meta = type("Meta", (), {"model": model, "fields": [name for name in names if name in known],
                             "formfield_callback": staticmethod(question)})
    made = type(f"{model.__name__}Form", (base,), {**attributes, **replaced, "Meta": meta})
    made.base_fields = {name: made.base_fields[name] for name in names}
    return made


def field_for(field: models.Field[Any, Any], *, required: bool | None = None) -> forms.Field | None:
    """The question a model's field asks; None for one that nobody fills in."""
    if not getattr(field, "editable", True):
        return None
    words = {"label": _label(field), "help_text": field.help_text,
             "required": not field.blank if required is None else required}
    if field.has_default():
        words["initial"] = field.get_default()
    return _question(field, words)


def _label(field: models.Field[Any, Any]) -> str:
    """The verbose name as a label: first letter large, the rest as written."""
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _question(field: models.Field[Any, Any], words: dict[str, Any]) -> forms.Field | None:
    if isinstance(field, models.BooleanField):
        return _yes_no(field, words)
    if field.choices:
        return kit.Choice(choices=_choices(field), radios_up_to=RADIOS_UP_TO, **words)
    if isinstance(field, ArrayField):
        return _several(field, words)
    if isinstance(field, models.ForeignKey | models.ManyToManyField):
        return _related(field, words)
    made = next((make for kind, make in _KINDS if isinstance(field, kind)), None)
    if made:
        return made(field, words)
    return field.formfield(**words)


def _yes_no(field: models.Field[Any, Any], words: dict[str, Any]) -> forms.Field:
    """Radios; "not known" where the column may hold nothing. An unanswered question is never a no."""
    words.pop("initial", None)
    return kit.YesNo(or_not_known=field.null, **words)


def _choices(field: models.Field[Any, Any]) -> list[tuple[Any, str]]:
    return [(value, str(said)) for value, said in field.flatchoices if value not in ("", None)]


def _several(field: ArrayField[Any], words: dict[str, Any]) -> forms.Field:
    if field.base_field.choices:
        return kit.Choices(choices=_choices(field.base_field), **words)
    return kit.LongText(rows=4, **words)


def _related(field: Any, words: dict[str, Any]) -> forms.Field:
    rows = field.remote_field.model._default_manager.all()
    if isinstance(field, models.ManyToManyField):
        return forms.ModelMultipleChoiceField(rows, widget=forms.CheckboxSelectMultiple, **words)
    return forms.ModelChoiceField(rows, empty_label="Select one", **words)


def _text(field: Any, words: dict[str, Any]) -> forms.Field:
    longest = field.max_length or 999
    width = next((chars for chars in (5, 10, 20) if longest <= chars * 2), None)
    return kit.Text(max_length=field.max_length, width=width, **words)


_KINDS: tuple[tuple[Any, Any], ...] = (
    (models.TextField, lambda field, words: kit.LongText(max_length=field.max_length, **words)),
    (models.DateTimeField, lambda field, words: kit.DateTime(**words)),
    (models.DateField, lambda field, words: kit.Date(**words)),
    (models.TimeField, lambda field, words: kit.Time(**words)),
    (models.EmailField, lambda field, words: kit.Email(max_length=field.max_length, **words)),
    (models.URLField, lambda field, words: kit.WebAddress(max_length=field.max_length, **words)),
    (models.SlugField, lambda field, words: field.formfield(**words)),
    (models.FileField, lambda field, words: kit.File(max_length=field.max_length, **words)),
    (models.CharField, _text),
    (models.IntegerField, lambda field, words: forms.IntegerField(
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5", "autocomplete": "off"}),
        **words)),
)
