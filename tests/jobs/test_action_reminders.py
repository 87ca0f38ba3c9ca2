"""Whoever owns an action is reminded once in the week before it is due and once when it is overdue."""
from __future__ import annotations

from datetime import timedelta

import pytest

from goldthread.jobs import action_reminders
from goldthread.thread import actions
from tests.notify.helping import told
from tests.support import NOW
from tests.thread.test_actions import Thread

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_once_before_and_once_after() -> None:
    thread = Thread()
    thread.give(due=NOW.date() + 10 * DAY)
    sent = [action_reminders.remind(NOW + days * DAY) for days in (0, 2, 3, 3, 9, 10, 11, 11, 30)]
    assert sent == [0, 0, 1, 0, 0, 0, 1, 0, 0]
    heard = [(row.user_id, row.text) for row in told() if row.kind in ("due-soon", "overdue")]
    people = sorted([thread.police.user.pk, thread.colleague.user.pk])
    assert heard == [(p, t) for t in ("An action is due soon", "An action is overdue") for p in people]


def test_another_owner_and_another_day_are_new_reasons_and_a_closed_one_is_none() -> None:
    thread = Thread()
    action = thread.give(due=NOW.date() + 3 * DAY, owner=thread.police.user)
    assert [action_reminders.remind(NOW) for _ in range(2)] == [1, 0]
    actions.reassign(actor=thread.manager, action=action, agency=thread.scene.police, owner=thread.colleague.user,
                     reason="Leave", now=NOW)
    assert [action_reminders.remind(NOW) for _ in range(2)] == [1, 0]
    actions.extend(actor=thread.manager, action=action, due=NOW.date() + 5 * DAY, reason="Leave", now=NOW)
    assert [action_reminders.remind(NOW) for _ in range(2)] == [1, 0]
    actions.drop(actor=thread.manager, action=action, reason="No need", now=NOW)
    assert action_reminders.remind(NOW + 6 * DAY) == 0
