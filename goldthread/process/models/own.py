"""What somebody keeps for themselves: a form half filled in, and a list narrowed as they like it."""
from __future__ import annotations

from django.conf import settings
from django.db import models

from goldthread.access.models import Guarded
from goldthread.orgs.models import Partnership


class Draft(Guarded):
    """A half-filled form, saved as it is typed: nobody's evidence yet, and seen only by whoever is typing it."""

    has_history = False
    key = models.CharField(max_length=200)
    owner = models.CharField(max_length=80)  # the one token that may read it
    data = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_draft_a_form")]


class SavedView(models.Model):
    """A list's filters kept under a name by one person, in one of the partnerships they work in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    process_key = models.CharField(max_length=50)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "partnership", "process_key", "name"],
                                               name="one_view_a_name")]
