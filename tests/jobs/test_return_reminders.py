"""Who sends an agency's returns is reminded once in the week before one is due and once when it is late."""
from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from goldthread.dataset import actions
from goldthread.jobs import return_reminders
from tests.dataset.place import Place, rows_csv, sent
from tests.notify.helping import told
from tests.support import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_once_before_and_once_after_and_not_of_what_came(tmp_path: Path) -> None:
    place = Place()
    due = NOW.date() + 10 * DAY
    owed = actions.expect(actor=place.analyst, agency=place.police, key="police-incidents", since=due - 100 * DAY,
                          until=due - 21 * DAY, due=due, now=NOW)
    reminded = [return_reminders.remind(NOW + days * DAY) for days in (0, 2, 3, 3, 9, 10, 11, 11, 30)]
    assert reminded == [0, 0, 1, 0, 0, 0, 1, 0, 0]
    heard = [(row.user_id, row.text) for row in told() if row.kind == "return-due"]
    assert heard == [(place.officer.user.pk, "A data return of your agency is due soon"),
                     (place.officer.user.pk, "A data return of your agency is late")]
    came = place.owed("training-compliance")
    sent(place.officer, came, tmp_path, ("t.csv", b"group,level,eligible,in_date,as_of\nAll,1,5,4,01/09/2026\n"))
    dropped = place.owed("police-incidents")
    actions.drop(actor=place.analyst, expectation=dropped, reason="Sent by post", now=NOW)
    assert return_reminders.remind(NOW) == 0 and owed.pk and rows_csv()
