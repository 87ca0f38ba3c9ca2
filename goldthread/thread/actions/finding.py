"""Writing down what was found, and what it calls for."""
from __future__ import annotations

from datetime import datetime

from goldthread.access.actor import Actor, acting
from goldthread.process.models import Case
from goldthread.thread import readers
from goldthread.thread.actions.common import insist_leads, required, see_case, writing_as
from goldthread.thread.models import Finding, Recommendation


def add_finding(*, actor: Actor, source: str, theme: str, what: str, now: datetime, case: Case | None = None) -> Finding:
    """Something that was found out. Raises Refused; Case.DoesNotExist for a case not theirs; ValidationError."""
    insist_leads(actor)
    see_case(actor, case)
    with writing_as(actor):
        made = Finding(partnership=actor.partnership, case=case, by=actor.user, at=now,
                       source=required(source, "source", "Say where it was found"),
                       theme=required(theme, "theme", "Enter a theme"),
                       what=required(what, "what", "Say what was found"))
        made.readers, made.denied = readers.of_finding(made)
        made.save()
        return made


def recommend(*, actor: Actor, finding: Finding, what: str, now: datetime) -> Recommendation:
    """What a finding calls for. Raises Refused; Finding.DoesNotExist for one not theirs; ValidationError."""
    insist_leads(actor)
    with acting(actor):
        Finding.objects.only("pk").get(pk=finding.pk)
    with writing_as(actor):
        finding = Finding.objects.get(pk=finding.pk)
        made: Recommendation = Recommendation.objects.create(
            partnership_id=finding.partnership_id, readers=finding.readers, denied=finding.denied, finding=finding,
            what=required(what, "what", "Say what is recommended"), by=actor.user, at=now)
        return made
