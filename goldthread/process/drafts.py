"""Half-filled forms, kept as they are typed, for whoever types them and nobody else."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.process.models import Draft

VISITOR = "visitor:"                 # how the owner of a visitor's draft begins
VISITORS_KEPT = timedelta(days=7)    # as the public form says; the device may be shared


@dataclass(frozen=True)
class DraftStore:
    """One form's draft. `owner` is the one token that may read it: a person's, or a visitor's of the public form."""

    actor: Actor
    key: str
    owner: str
    now: datetime

    def load(self) -> dict[str, Any]:
        """What was typed; {} for a new form."""
        found = self._found()
        return dict(found.data) if found else {}

    def times(self) -> tuple[datetime, datetime] | None:
        """When the form was begun and when it was last kept; None for a new one."""
        found = self._found()
        return (found.started_at, found.saved_at) if found else None

    def _found(self) -> Draft | None:
        """The draft, read as its owner where that is who acts; a visitor has no token of their own."""
        with acting(self.actor if self.actor.holds(self.owner) else system_for(self.actor)):
            found: Draft | None = Draft.objects.filter(owner=self.owner, key=self.key).first()
        return found

    def save(self, data: dict[str, Any]) -> None:
        """Keep everything typed so far in place of what was kept before."""
        with acting(system_for(self.actor)), writing():
            Draft.objects.update_or_create(
                owner=self.owner, key=self.key, defaults={"data": data, "saved_at": self.now},
                create_defaults={"data": data, "saved_at": self.now, "started_at": self.now, "readers": [self.owner],
                                 "partnership": self.actor.partnership})

    def discard(self) -> None:
        """The form was sent, or given up."""
        with acting(system_for(self.actor)), writing():
            Draft.objects.filter(owner=self.owner, key=self.key).delete()


def begun(owner: str) -> Any:
    """Forms to start a case that somebody has answered something of; one that was opened and left again is none."""
    return Draft.objects.filter(owner=owner, key__startswith="start/").exclude(data__visited=[])
