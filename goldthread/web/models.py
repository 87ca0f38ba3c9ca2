"""What the pages themselves keep for one person: how far they got with their first tasks."""
from django.conf import settings
from django.db import models


class FirstTask(models.Model):
    """One of a newcomer's first tasks that this person has been shown, or the whole list put away."""

    has_history = False
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="first_tasks")
    key = models.CharField(max_length=40)
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="shown_once")]
