"""Migrating without working every model out anew: the same command, undone afterwards, and nothing stale for RunPython."""
from __future__ import annotations

import pytest
from django.core.management import call_command, get_commands
from django.db import models
from django.db.migrations.operations import AddField, CreateModel
from django.db.migrations.state import ProjectState

from goldthread.access.management.commands.migrate import each_model_by_itself


def _state() -> ProjectState:
    """Two models, the second pointing at the first, worked out."""
    state = ProjectState()
    CreateModel("One", [("id", models.AutoField(primary_key=True))]).state_forwards("toy", state)
    CreateModel("Two", [("id", models.AutoField(primary_key=True)),
                        ("one", models.ForeignKey("toy.One", models.CASCADE))]).state_forwards("toy", state)
    assert len(list(state.apps.get_models())) == 2
    return state


def _add(state: ProjectState) -> None:
    AddField("one", "name", models.TextField(default="")).state_forwards("toy", state)


def test_it_is_the_command_that_everybody_calls() -> None:
    assert get_commands()["migrate"] == "goldthread.access"


def test_only_the_changed_model_is_worked_out_and_the_rest_when_rows_are_worked_with() -> None:
    state = _state()
    before = state.apps.get_model("toy", "Two")
    with each_model_by_itself():
        _add(state)
        assert state.apps.get_model("toy", "Two") is before
        assert "name" in {f.name for f in state.apps.get_model("toy", "One")._meta.get_fields()}
        state.clear_delayed_apps_cache()  # as RunPython does before it is given the models
        two = state.apps.get_model("toy", "Two")
        assert two is not before and two._meta.get_field("one").related_model is state.apps.get_model("toy", "One")


def test_afterwards_django_does_it_its_own_way() -> None:
    with each_model_by_itself():
        pass
    state = _state()
    before = state.apps.get_model("toy", "Two")
    _add(state)
    assert state.apps.get_model("toy", "Two") is not before


@pytest.mark.django_db
def test_every_model_is_as_its_migrations_say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what a list of choices elsewhere changed without anybody thinking of it."""
    call_command("makemigrations", "--check", "--dry-run")
    from goldthread.meeting.models import Body
    monkeypatch.setattr(Body._meta.get_field("name"), "max_length", 121)
    with pytest.raises(SystemExit):
        call_command("makemigrations", "--check", "--dry-run")
    assert "name" in capsys.readouterr().out, "the negative control"
