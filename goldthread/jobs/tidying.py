"""Throw away what has served: drafts nobody came back to, mails long sent, sessions over, files never kept, words of names
that nobody bears any more."""
from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from goldthread.access.actor import acting, system, writing
from goldthread.files.storing import sweep
from goldthread.notify.models import MailState, OutboxMail
from goldthread.people.search import forget_words
from goldthread.process.drafts import VISITOR, VISITORS_KEPT
from goldthread.process.models import Draft

DRAFTS_KEPT = timedelta(days=30)
MAILS_KEPT = timedelta(days=90)


def tidy(now: datetime) -> str:
    """Returns in words what was thrown away."""
    with transaction.atomic(), acting(system()), writing():
        old = Q(saved_at__lt=now - DRAFTS_KEPT) | Q(owner__startswith=VISITOR, saved_at__lt=now - VISITORS_KEPT)
        drafts, _ = Draft.objects.filter(old).delete()
        over = OutboxMail.objects.filter(state__in=(MailState.SENT, MailState.NOT_NEEDED))
        mails, _ = over.filter(settled_at__lt=now - MAILS_KEPT).delete()
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
        words = forget_words()
    return f"{drafts} drafts, {mails} mails, {words} words of names, {sweep(now)} files"
