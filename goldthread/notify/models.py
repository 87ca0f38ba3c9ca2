"""A person's notices, the e-mails queued because of them, and what each person chose to be mailed about."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldthread.access.models import Guarded
from goldthread.orgs.models import Agency


class InboxNotice(Guarded):
    """One thing one person is told. Read by that person (and whoever covers for them) only.

    The page it leads to is worked out from `kind`, `reference` and `ask`; `text` names nobody.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=16, blank=True)
    ask = models.BigIntegerField("number of the request it is about", null=True)
    due = models.DateTimeField(null=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["user", "-created_at"], name="notices_newest"),
                   models.Index(fields=["user"], condition=Q(read_at=None), name="notices_unread")]

    def __str__(self) -> str:
        return self.text


class MailState(models.TextChoices):
    """Where a queued e-mail stands. `UNCERTAIN` may or may not have arrived and is not tried again."""

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    NOT_NEEDED = "not-needed", "Not needed any more"
    FAILED = "failed", "Could not be sent"
    UNCERTAIN = "uncertain", "May have been sent"


class OutboxMail(Guarded):
    """An e-mail to be sent to a person or, where an agency has nobody signed up, to the agency's own mailbox.

    No reader but the system. The address is looked up in the directory when it is sent and never kept here; the words
    are the same for everybody. Mails of one person that are due together leave as one message.
    """

    has_history = False
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey(InboxNotice, on_delete=models.CASCADE, null=True, related_name="mails")
    urgent = models.BooleanField(default=False)
    any_hour = models.BooleanField("may leave at night", default=False)
    state = models.CharField(max_length=12, choices=MailState, default=MailState.WAITING)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField("times it is unknown whether it left", default=0)
    message_id = models.CharField(max_length=120, blank=True)
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="waiting"), name="mails_waiting"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="mails_being_sent"),
            models.Index(fields=["settled_at"], condition=Q(state__in=["failed", "uncertain"]), name="mails_lost"),
            models.Index(fields=["message_id"], name="mails_by_message"),
        ]
        constraints = [models.CheckConstraint(name="mail_to_one", condition=(
            Q(user=None, agency__isnull=False) | Q(user__isnull=False, agency=None)))]


class MailChoice(models.Model):
    """How one person wants to be mailed about one group of notices; without a row the group's default holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices")
    group = models.CharField(max_length=20)
    how = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="one_choice_a_group")]

    @classmethod
    def of(cls, users: list[int]) -> dict[tuple[int, str], str]:
        """The choices made by some people, by (user, group)."""
        rows: Any = cls.objects.filter(user__in=users).values_list("user_id", "group", "how")
        return {(user, group): how for user, group, how in rows}
