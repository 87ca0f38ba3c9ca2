"""What an answer opens must be answered, by whichever way a record comes: a page, a load, a job, another program."""
from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import acting, system
from goldthread.process.definition import Process, Step
from goldthread.process.models import Event
from goldthread.process.models.shown import OpenedByAnswers
from goldthread.process.readers import casework_tables
from goldthread.process.registry import all_processes
from tests.process.walking import World, begin, do, walk

OPENED = [(model, field, value, name) for model in casework_tables()
          for field, opens in model.reveals.items() for value, names in opens.items()
          for name in names if name in model.required_when_shown]
every_opened = pytest.mark.parametrize("model,field,value,name", OPENED,
                                       ids=[f"{m.__name__}/{f}={v}/{n}" for m, f, v, n in OPENED])
STEPS = [(p, s) for p in all_processes() for s in p.own_steps if s.record.required_when_shown]


def _answer(model: Any, field: str, value: str) -> Any:
    return {"yes": True, "no": False}.get(value, value) if _yes_no(model, field) else value


def _yes_no(model: Any, field: str) -> bool:
    return bool(model._meta.get_field(field).get_internal_type() == "BooleanField")


def _row(model: Any, field: str, value: str, name: str, text: Any) -> Any:
    opened = [n for opens in model.reveals.values() for names in opens.values() for n in names]
    given = {n: "Words" for n in opened if model._meta.get_field(n).get_internal_type() in ("TextField", "CharField")}
    return model(**{**given, field: _answer(model, field, value), name: text})


@every_opened
def test_an_opened_question_must_be_answered(model: Any, field: str, value: str, name: str) -> None:
    for nothing in ("", "  \n"):
        with pytest.raises(ValidationError, match="Answer “") as refused:
            OpenedByAnswers.clean(_row(model, field, value, name, nothing))
        assert set(refused.value.error_dict) == {name}
    OpenedByAnswers.clean(_row(model, field, value, name, "Words"))
    OpenedByAnswers.clean(_row(model, field, "another answer", name, ""))


def test_a_declaration_that_opens_nothing_is_a_mistake() -> None:
    """What must be answered when shown is shown by something, or it would never be asked for."""
    for model in casework_tables():
        shown = {name for opens in model.reveals.values() for names in opens.values() for name in names}
        assert set(model.required_when_shown) <= shown, model.__name__
        assert shown | set(model.reveals) <= set(model.own_fields()), model.__name__


@pytest.mark.django_db
@pytest.mark.parametrize("process,step", STEPS, ids=[f"{p.key}/{s.key}" for p, s in STEPS])
def test_nothing_is_kept_of_a_record_sent_by_something_other_than_a_page(
        process: Process, step: Step, monkeypatch: pytest.MonkeyPatch) -> None:
    field, value, name = next((f, v, n) for m, f, v, n in OPENED if m is step.record)
    given = {field: _answer(step.record, field, value), name: None if step.record._meta.get_field(name).null else ""}
    world = World(process)
    case = None if step is process.first else walk(world, stop_before=step.key, optional=True)

    def send() -> Any:
        return do(world, case, step, **given) if case else begin(world, **given)

    with pytest.raises(ValidationError) as refused:
        send()
    assert name in refused.value.error_dict
    with acting(system(world.partnership.pk)):
        assert not Event.objects.filter(step=step.key, partnership=world.partnership).exists()
    monkeypatch.setattr(OpenedByAnswers, "clean", lambda self: None)  # with the rule off it is written down empty
    assert send().pk
