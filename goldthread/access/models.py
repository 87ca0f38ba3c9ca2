"""The closed base of every table that hangs off a case or a person, and the emergency door with its alert."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from goldthread.access.actor import SYSTEM_TOKEN, check_writing, current
from goldthread.orgs.models import Partnership

_filter_off: ContextVar[bool] = ContextVar("filter_off", default=False)


@contextmanager
def without_application_filter() -> Iterator[None]:
    """Only for the test that proves the database's own net: reads as if the manager had forgotten to filter."""
    token = _filter_off.set(True)
    try:
        yield
    finally:
        _filter_off.reset(token)


def filter_is_off() -> bool:
    """Whether that test is running."""
    return _filter_off.get()


class GuardedQuerySet(models.QuerySet[Any]):
    """Reads what the actor may see; writes only inside an action."""

    def update(self, **values: Any) -> int:
        check_writing()
        return super().update(**values)

    def delete(self) -> Any:
        check_writing()
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        check_writing()
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        check_writing()
        return super().bulk_update(*args, **kwargs)


class GuardedManager(models.Manager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """Closed by default: raises when nobody is acting, else shows only rows whose readers the actor is among."""

    def get_queryset(self) -> GuardedQuerySet:
        who, rows = current(), super().get_queryset()
        if _filter_off.get():
            return rows
        if SYSTEM_TOKEN in who.tokens:
            return rows if who.partnership is None else rows.filter(partnership_id=who.partnership)
        held = sorted(who.tokens)
        rows = rows.filter(Q(partnership_id=who.partnership, readers__overlap=held) & ~Q(denied__overlap=held))
        return rows.filter(Q(within=None) | Q(within__overlap=held)) if issubclass(self.model, Confined) else rows


class Guarded(models.Model):
    """A row seen only by those who hold one of its `readers` tokens and none of its `denied` ones.

    PostgreSQL applies the same rule to the role the service runs as (`access.rows`). `append_only` rows never change
    but for the columns in `mutable`.
    """

    append_only = False
    mutable: tuple[str, ...] = ()

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    readers = ArrayField(models.TextField(), default=list)
    denied = ArrayField(models.TextField(), default=list)

    objects = GuardedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        check_writing()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        check_writing()
        return super().delete(*args, **kwargs)


class Confined(Guarded):
    """A row that may ask for a second token: read by those who hold one of `readers` and one of `within` as well.

    Such as what a meeting says of a case: for those who may read the case and also sit at the meeting. `within` None
    asks for nothing more. PostgreSQL holds the same rule as a restrictive policy.
    """

    within = ArrayField(models.TextField(), null=True, default=None)

    class Meta(Guarded.Meta):
        abstract = True


class BreakGlass(models.Model):
    """A record opened in an emergency: who, why, for an hour; and the alert a privacy officer must close.

    The pattern is the NHS Summary Care Record's: never refused for want of a relationship, always answered for.
    """

    LASTS = timedelta(hours=1)

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    about = models.CharField("record asked for", max_length=200)
    found = models.BooleanField(default=False)
    reason = models.TextField("why you need to see this now")
    at = models.DateTimeField()
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    finding = models.CharField(max_length=20, blank=True, choices=[("proper", "Proper use"), ("improper", "Not proper")])
    comment = models.TextField("what was found", blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "until"]),
                   models.Index(fields=["partnership", "at"], condition=Q(closed_at=None), name="alerts_open")]
