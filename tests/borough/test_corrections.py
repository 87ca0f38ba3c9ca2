"""A correction sent as it was begun changes nothing: every line of every process stands in its form."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from lxml.html import fromstring

from goldthread.access.actor import acting, actor_for, system
from goldthread.orgs.models import Appointment, Partnership
from goldthread.process.carrying import own_columns
from goldthread.process.models import Event
from goldthread.process.registry import all_processes
from goldthread.web.casework import record
from tests.borough.loading import Made, loaded_once
from tests.support import client_for

pytestmark = pytest.mark.django_db
SCALE = 0.006
EACH, MOST = 1, 8  # records of a step that are tried, and looked at


@pytest.fixture(scope="module")
def made(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with django_db_blocker.unblock(), loaded_once(SCALE, tmp_path_factory.mktemp("corrections")) as made:
        yield made


def in_the_north() -> Any:
    return acting(system(Partnership.objects.get(slug="northbridge").pk))


def typed(page: Any) -> dict[str, list[str]]:
    """What the page's form holds, as a browser would send it."""
    [form] = [each for each in fromstring(page.content).forms if "seen" in each.fields]
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found


def lines(event: Event) -> list[tuple[Any, ...]]:
    step = event.case.process.step(event.step)
    def told(value: Any) -> Any:  # a page asks for no seconds
        return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value
    return [(model.__name__, *(told(getattr(line, name)) for name in own_columns(model)))
            for model in step.lines for line in model.objects.filter(event=event).order_by("pk")]


def corrected(made: Made, event: Event) -> tuple[Any, Any, Any] | None:
    """What a correction sent as it was begun changes of the lines, and what the page says; None where nobody may correct."""
    with in_the_north():
        before = lines(event)
        seat = Appointment.objects.filter(user=event.recorded_by_id, agency=event.agency_id).first()
    if not before or seat is None:
        return None
    url = reverse("correct", args=[event.case.reference, event.pk])
    client = client_for(actor_for(seat, now=made.borough.plan.now))
    page = client.get(url)
    if page.status_code != 200:
        return None
    sent = client.post(url, typed(page))
    with in_the_north():
        new = Event.objects.get(pk=event.pk).replaced_by
        after = lines(Event.objects.select_related("case").get(pk=new.pk)) if new else []
    said = [each.text_content().strip() for each in fromstring(sent.content).cssselect(".govuk-error-summary li")] if (
        sent.status_code == 200) else sent.status_code
    return (before, after, said)


def every_step() -> Iterator[tuple[str, list[Event]]]:
    for process in all_processes():
        for step in process.own_steps:
            if step.lines:
                with in_the_north():
                    yield f"{process.key} {step.key}", list(Event.objects.filter(
                        case__process_key=process.key, step=step.key, replaced_by=None, case__voided_at=None).select_related(
                            "case").order_by("-pk")[:MOST])


def test_every_list_begins_with_what_was_recorded(made: Made) -> None:
    tried, wrong = set(), []
    for step, events in list(every_step()):
        done = [found for event in events if (found := corrected(made, event))][:EACH]
        tried |= {step} if done else set()
        wrong += [(step, *found) for found in done if sorted(found[0], key=str) != sorted(found[1], key=str)]
    assert not wrong
    assert len(tried) >= 30, "steps of nearly every process"


def test_negative_control_lines_that_the_corrector_does_not_see_are_lost_unless_carried_over(
        made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    [events] = [events for step, events in every_step() if step == "front-door encompass-notice"]
    monkeypatch.setattr(record, "carried_lines", lambda *_: [])
    assert any(found[0] and not found[1] for event in events if (found := corrected(made, event)))
