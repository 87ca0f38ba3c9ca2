"""Django's own migrate, without working out every model anew for each table, column or index it makes.

Django works anew all models that hang together with the one a migration changes, which here is all there are: with two
hundred tables that took most of a minute. Here only the changed one is, and whatever asks for models to work with rows
(RunPython) gets all of them fresh, as Django itself arranges for changes that it delays.
"""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.state import ProjectState


class Command(migrate.Command):
    """The same command with the same options."""

    def handle(self, *args: Any, **options: Any) -> None:
        with each_model_by_itself():
            super().handle(*args, **options)


@contextmanager
def each_model_by_itself() -> Iterator[None]:
    """Within the block, a change of one model works out that model only."""
    usual = ProjectState._find_reload_model
    ProjectState._find_reload_model = _only_this_one  # type: ignore[method-assign]
    try:
        yield
    finally:
        ProjectState._find_reload_model = usual  # type: ignore[method-assign]


def _only_this_one(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
    self.is_delayed = True  # what needs them all works them out anew
    return {(app_label, model_name.lower())}
