"""What the borough tells beyond the front door: row for row what recording it through the actions makes, and joined up."""
from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from importlib.resources import files

import pytest
from django.db.models import F

from goldthread.access.actor import acting, system, writing
from goldthread.borough.stories.telling import texts_of, words
from goldthread.borough.stories.told import STORIES
from goldthread.flows import every_offer
from goldthread.process.models import Case, ClockRow, Event
from goldthread.process.registry import get
from tests.borough.again import differences
from tests.borough.loading import loaded_once

pytestmark = pytest.mark.django_db
SCALE = 0.02


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), loaded_once(SCALE, tmp_path_factory.mktemp("home")) as made:
        yield made


@pytest.fixture
def everywhere(made):
    with acting(system()), writing():
        yield made


def fullest(process: str) -> list[Case]:
    """The closed and the open case of a process on which the most different things were recorded."""
    kinds: dict[int, set[str]] = {}
    for case, step in Event.objects.filter(case__process_key=process).values_list("case", "step"):
        kinds.setdefault(case, set()).add(step)
    cases = sorted(Case.objects.filter(process_key=process), key=lambda case: (-len(kinds[case.pk]), case.pk))
    return [case for case in cases if case.closed_at][:1] + [case for case in cases if not case.closed_at][:1]


@pytest.mark.parametrize("process", STORIES)
def test_a_story_is_row_for_row_what_recording_it_makes(everywhere, process):
    cases = fullest(process)
    assert cases, f"No {process} was told"
    for case in cases:
        assert differences(case, everywhere.borough.plan.now) == [], case.reference


def test_the_comparison_notices_a_row_that_differs(everywhere):
    case = fullest("assessment")[0]
    ClockRow.objects.filter(case=case).update(due=F("due") + timedelta(days=1))
    assert [each for each in differences(case, everywhere.borough.plan.now) if each.startswith("ClockRow")]


def test_what_follows_from_something_names_it_and_was_offered_there(everywhere):
    offers = every_offer()
    followed = Case.objects.exclude(came_from=None).select_related("came_from")
    assert Counter(case.process_key for case in followed).keys() >= {"assessment", "section-47", "child-protection",
                                                                     "child-in-need"}
    for case in followed:
        begun, origin = case.events.order_by("pk").first(), case.came_from
        assert any(event.recorded_at <= begun.recorded_at and (not offer.outcomes or event.outcome in offer.outcomes)
                   for offer in offers if (offer.after, offer.starts) == (origin.process_key, case.process_key)
                   for event in origin.recorded(offer.step)), case.reference


def test_what_is_said_of_a_meeting_agrees_with_who_is_told_to_have_come(everywhere):
    enough = Counter()
    for process in ("section-47", "child-protection"):
        for step in get(process).own_steps:
            if "quorate" in step.record.own_fields():
                for record in step.record.objects.all():
                    lines = [line for model in step.lines for line in model.objects.filter(event=record.event_id)]
                    record.clean_lines(lines)
                    enough[record.quorate] += 1
    assert enough[True] > enough[False] > 0


def test_what_is_rare_is_told_too(everywhere):
    steps = Counter(Event.objects.filter(case__process_key__in=STORIES).values_list("step", flat=True))
    for rare in ("birth", "plan-after-birth", "nrm-referral", "nrm-decision", "transition"):
        assert steps[rare], rare


def test_nothing_is_told_of_what_has_not_happened_yet_and_some_of_it_was_late(everywhere):
    now = everywhere.borough.plan.now
    told = Event.objects.filter(case__process_key__in=STORIES)
    assert told.count() > 900 and not told.filter(recorded_at__gt=now).exists()
    assert not told.filter(happened_at__gt=F("recorded_at")).exists()
    stopped = ClockRow.objects.filter(case__process_key__in=STORIES).exclude(stopped=None)
    late = stopped.filter(stopped__gt=F("due")).count() / stopped.count()
    assert 0.03 < late < 0.3
    for process in STORIES:
        states = Counter(closed is not None for closed in Case.objects.filter(process_key=process).values_list(
            "closed_at", flat=True))
        assert states, process


def test_every_sentence_has_a_field_and_every_field_a_sentence():
    texts = set()
    for process in STORIES:
        for step in get(process).own_steps:
            for model in (step.record, *step.lines):
                texts |= {heading for _, heading in texts_of(model)}
    used = set(re.findall(r"say\(f?\"([^\"{]+)\"", _source()))
    begun = tuple(re.findall(r"say\(f\"([^\"{]+)\{", _source()))
    unknown = {heading for heading in words() if heading not in texts | used and not heading.startswith(begun)}
    assert not unknown, f"Nothing is filled in by {sorted(unknown)}"
    assert used <= words().keys()


def _source() -> str:
    return "".join(each.read_text(encoding="utf-8") for each in files("goldthread.borough.stories").iterdir()
                   if each.name.endswith(".py"))
