"""Long forms in pages: one question (or a few) at a time, kept as typed, in any order, checked at the end.

A draft holds what was typed, right or wrong, as plain JSON: nothing is lost to a mistake, a closed browser or an
expired session. It is nobody's evidence until the whole is checked and recorded.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from django import forms
from django.http import QueryDict

from goldthread.web.forms.lines import ADD, REMOVE, Lines, LinesForm
from goldthread.web.forms.wording import in_sentence

SERVICE_FIELDS = frozenset({"csrfmiddlewaretoken", "submission", "do"})


class Storage(Protocol):
    """Where a draft is kept. `load` gives {} for a new one; `save` replaces all of it at once."""

    def load(self) -> dict[str, Any]: ...

    def save(self, data: dict[str, Any]) -> None: ...


class Status(StrEnum):
    """How far a page has got, in the words of the task list."""

    DONE = "Completed"
    STARTED = "In progress"
    NOT_STARTED = "Not started"
    NOT_YET = "Cannot start yet"


@dataclass(frozen=True)
class Page:
    """One page of a long form.

    fields: names of the form's fields asked here, in order. lines: an "add another" list asked here instead.
    when: whether the page is asked at all, from what is typed so far ({name: [values]}). after: keys of pages that
    must be completed before this one may be started. group: heading it stands under in the task list.
    """

    key: str
    title: str
    fields: tuple[str, ...] = ()
    hint: str = ""
    lines: Lines | None = None
    when: Callable[[Mapping[str, list[str]]], bool] | None = None
    after: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Task:
    """A page as the task list shows it; no `url` when it cannot be started yet."""

    title: str
    status: Status
    url: str | None
    hint: str = ""
    group: str = ""


@dataclass(frozen=True)
class Answer:
    """A row of the "check your answers" page."""

    question: str
    answer: str
    url: str
    what: str
    missing: bool = False


@dataclass(frozen=True)
class Paged:
    """A long form over declared pages and a draft.

    form: the whole form's class, taking `data` first and the keyword `today` (see `base.Kit`).
    kwargs: further arguments every such form is made with. Raises ValueError when a page names a field the form has
    not, or two pages ask the same.
    """

    pages: Sequence[Page]
    form: type[Any]
    storage: Storage
    kwargs: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        asked = [name for page in self.pages for name in page.fields]
        twice = {name for name in asked if asked.count(name) > 1}
        strange = set(asked) - set(self.form.base_fields)
        if twice or strange:
            raise ValueError(f"Asked twice: {sorted(twice)}. Not in the form: {sorted(strange)}.")

    def page(self, key: str) -> Page:
        """Raises KeyError for a page that is not there."""
        return {page.key: page for page in self.pages}[key]

    def typed(self) -> dict[str, list[str]]:
        """Everything typed so far, by name of input."""
        return dict(self.storage.load().get("typed", {}))

    def asked(self) -> list[Page]:
        """The pages that what was typed so far calls for."""
        typed = self.typed()
        return [page for page in self.pages if page.when is None or page.when(typed)]

    def visit(self, key: str, *, check: bool = False) -> Any:
        """The page's form with what was typed; with its mistakes when `check`."""
        page = self.page(key)
        typed = self._data()
        if page.lines:
            return LinesForm(page.lines, typed, check=check, **self.kwargs)
        whole = self.form(typed if check or self._touched(page) else None, **self.kwargs)
        return self._narrow(whole, page, silent=not check)

    def keep(self, key: str, sent: QueryDict) -> Any:
        """Keep what was sent for a page, right or wrong, and give the page's form with its mistakes."""
        page, draft = self.page(key), self.storage.load()
        typed = {name: values for name, values in draft.get("typed", {}).items() if not self._belongs(page, name)}
        typed |= {name: list(values) for name, values in sent.lists()
                  if name not in SERVICE_FIELDS and self._belongs(page, name)}
        if page.lines:
            typed = page.lines.after(typed, sent.get("do", ""))
        visited = list(dict.fromkeys([*draft.get("visited", []), key]))
        self.storage.save({**draft, "typed": typed, "visited": visited})
        return self.visit(key, check=True)

    @staticmethod
    def stays(sent: QueryDict) -> bool:
        """Whether the button pressed only adds or removes a line, so that the same page comes again."""
        return sent.get("do", "").startswith((ADD, REMOVE))

    def status(self, page: Page) -> Status:
        """How far a page has got: completed only when what was typed holds without a mistake."""
        if any(self.status(self.page(key)) is not Status.DONE for key in page.after):
            return Status.NOT_YET
        if page.key not in self.storage.load().get("visited", []):
            return Status.NOT_STARTED
        return Status.DONE if self.visit(page.key, check=True).is_valid() else Status.STARTED

    def tasks(self, url_for: Callable[[str], str]) -> list[Task]:
        found = [(page, self.status(page)) for page in self.asked()]
        return [Task(page.title, status, None if status is Status.NOT_YET else url_for(page.key), page.hint, page.group)
                for page, status in found]

    def next_after(self, key: str) -> Page | None:
        """The page to go to next; None when the next thing is to check the answers."""
        keys = [page.key for page in self.asked()]
        later = self.asked()[keys.index(key) + 1:] if key in keys else self.asked()
        return later[0] if later else None

    def before(self, key: str) -> Page | None:
        keys = [page.key for page in self.asked()]
        return self.asked()[keys.index(key) - 1] if key in keys[1:] else None

    def complete(self) -> Any:
        """The whole form with everything typed, checked: for the last step before recording."""
        return self.form(self._data(), **self.kwargs)

    def lines_of(self, key: str) -> LinesForm:
        """A page's lines, checked."""
        return self.visit(key, check=True)

    def finished(self) -> bool:
        """Whether every page that is asked holds without a mistake."""
        return all(self.visit(page.key, check=True).is_valid() for page in self.asked())

    def answers(self, url_for: Callable[[str], str]) -> list[Answer]:
        """Every question asked, its answer in words, and where to change it."""
        return [answer for page in self.asked() for answer in self._answers(page, url_for(page.key))]

    def _answers(self, page: Page, url: str) -> Iterable[Answer]:
        form = self.visit(page.key, check=True)
        if page.lines:
            said = "; ".join(form.summaries()) or page.lines.none
            yield Answer(page.title, said, url, in_sentence(page.title), not form.is_valid())
            return
        for bound in form:
            if bound.name in self._hidden(form):
                continue
            yield Answer(str(bound.label), bound.said or "Not answered", url, in_sentence(str(bound.label)),
                         bool(bound.errors))

    def _hidden(self, form: Any) -> set[str]:
        """Fields that no choice has opened."""
        every, opened = set(), set()
        for source, opens in getattr(form, "reveals", {}).items():
            if source in form.fields:
                every |= {name for names in opens.values() for name in names}
                opened |= {name for value, names in opens.items() if value in form._chosen(source) for name in names}
        return every - opened

    def _data(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, values in self.typed().items():
            data.setlist(name, values)
        return data

    def _touched(self, page: Page) -> bool:
        return any(self._belongs(page, name) for name in self.typed())

    def _belongs(self, page: Page, name: str) -> bool:
        if page.lines:
            return name.startswith(f"{page.lines.key}-")
        return self._field_of(name) in page.fields

    def _field_of(self, name: str) -> str:
        """The field an input belongs to: the longest name it starts with ("born_day" is `born`'s)."""
        fitting = [each for each in self.form.base_fields if name == each or name.startswith(f"{each}_")]
        return max(fitting, key=len, default="")

    def _narrow(self, form: Any, page: Page, *, silent: bool) -> Any:
        form.fields = {name: form.fields[name] for name in page.fields}
        if len(page.fields) == 1:
            form.heading_field = page.fields[0]
            form.fields[page.fields[0]].help_text = form.fields[page.fields[0]].help_text or page.hint
        if silent:
            form._errors = forms.utils.ErrorDict()
        return form
