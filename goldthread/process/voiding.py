"""How cases are taken back: every standing record withdrawn, nothing left to do, find or count. See mending.void."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from goldthread.access.actor import Actor
from goldthread.access.policy import desk_token
from goldthread.process.models import Ask, Case, CasePerson, ClockRow, Event, Withdrawal
from goldthread.process.settling import VOID

AT_ONCE = 2_000


@dataclass
class Voiding:
    """Cases to be taken back and the events that stand on them. Written within an action that has checked all."""

    cases: list[Case]
    standing: list[Event]
    actor: Actor
    reason: str
    now: datetime

    def write(self) -> None:
        self._withdraw()
        pks = [case.pk for case in self.cases]
        Ask.objects.filter(case__in=pks, answered_at=None, withdrawn_at=None).update(withdrawn_at=self.now)
        CasePerson.objects.filter(case__in=pks).delete()
        ClockRow.objects.filter(case__in=pks).delete()
        Case.objects.filter(pk__in=pks).update(
            stage=VOID, mark="", kind="", next_due=None, next_clock="", closed_at=self.now, voided_at=self.now)
        with connection.cursor() as cursor:
            cursor.execute("update process_case c set last_event = e.last from (select case_id, max(id) as last from"
                           " process_event where case_id = any(%s) group by case_id) e where c.id = e.case_id", [pks])

    def _withdraw(self) -> None:
        """One withdrawal for each event that stands, read by those of the desk who read the event."""
        cases = {case.pk: case for case in self.cases}
        events, records = [], []
        for old in self.standing:
            case = cases[old.case_id]
            desk = desk_token(case.process.desk, case.partnership_id)
            access = {"partnership_id": case.partnership_id, "denied": old.denied, "case": case,
                      "readers": [desk] if desk in old.readers else old.readers}
            events.append(Event(**access, step=Withdrawal.step_key(), record_id=0, happened_at=self.now,
                                recorded_at=self.now, recorded_by=self.actor.user, agency=self.actor.agency,
                                about=str(old.pk)))
            records.append(Withdrawal(**access, what=case.process.step(old.step).name, reason=self.reason,
                                      happened_at=self.now))
        for event, record, number in zip(events, records, self._numbers(len(records)), strict=True):
            event.record_id = record.pk = number
        Event.objects.bulk_create(events, AT_ONCE)
        for event, record in zip(events, records, strict=True):
            record.event = event
        Withdrawal.objects.bulk_create(records, AT_ONCE)
        with connection.cursor() as cursor:
            cursor.execute("update process_event old set replaced_by_id = new.id from unnest(%s::bigint[], %s::bigint[])"
                           " as new (old, id) where old.id = new.old",
                           [[old.pk for old in self.standing], [event.pk for event in events]])

    def _numbers(self, many: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
                           [Withdrawal._meta.db_table, many])
            return [row[0] for row in cursor.fetchall()]
