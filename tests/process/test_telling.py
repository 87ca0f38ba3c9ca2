"""A notice goes by who may read the event once the case is settled, not by who could when it was written."""
from __future__ import annotations

import pytest

from goldthread.access.policy import user_token
from goldthread.process import telling
from goldthread.process.definition import Standing
from goldthread.process.models import Case, Event
from goldthread.process.registry import get
from tests.jobs.test_reminders import make_case
from tests.notify.helping import as_system, told
from tests.support import NOW, make_actor, make_partnership

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("let_in", [True, False])
def test_a_worker_let_in_by_this_very_step_is_told(let_in: bool) -> None:
    here = make_partnership()
    manager, worker = make_actor("mash-manager", partnership=here), make_actor("social-worker", partnership=here)
    case = make_case(here, allocated_to=worker.user)
    with as_system():
        event = Event.objects.create(
            partnership=here, case=case, readers=[f"desk:{here.pk}:front-door"], step="allocation", record_id=1,
            happened_at=NOW, recorded_at=NOW, recorded_by=manager.user, agency=manager.agency)
        if let_in:
            Event.objects.filter(pk=event.pk).update(readers=[*event.readers, user_token(worker.user.pk)])
        step = get("front-door").step("allocation")
        assert Standing.ALLOCATED in step.tells
        telling.tell(Case.objects.get(pk=case.pk), step, event, manager)
    assert [row.user_id for row in told()] == ([worker.user.pk] if let_in else [])
