"""What a person was told and may still open: a notice of a record since shut to them is not in sight any more."""
from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from goldthread.access.actor import Actor
from goldthread.notify.inbox import notices
from goldthread.process.models import Ask, Case


def told(actor: Actor, *, unread: bool = False) -> Any:
    """The acting person's notices, newest first."""
    case = Exists(Case.objects.filter(reference=OuterRef("reference")))
    ask = Exists(Ask.objects.filter(pk=OuterRef("ask")))
    return notices(actor, unread=unread).filter(Q(reference="") | case, Q(ask=None) | ask)
