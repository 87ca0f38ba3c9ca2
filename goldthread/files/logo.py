"""A partnership's logo: a small PNG or JPEG that was checked as every upload is, and is shown to everybody."""
from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor
from goldthread.access.organisation.common import running, save_checked
from goldthread.files import checking
from goldthread.files.faults import BadFile, need
from goldthread.files.kinds import images
from goldthread.files.models import Logo
from goldthread.orgs.models import Partnership

MOST_BYTES = 200 * 1024
LEAST, MOST = 32, 2000  # pixels each way
ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
SIZES = {"image/png": images.png_size, "image/jpeg": images.jpeg_size}


def set_logo(*, actor: Actor, upload: Any, now: datetime) -> Logo:
    """Show this picture in the header of every page of the partnership. Raises ValidationError; then nothing is kept."""
    with running(actor):
        try:
            checked = _checked(upload)
        except BadFile as wrong:
            raise ValidationError({"logo": str(wrong)}) from wrong
        name = f"{hashlib.sha256(checked.data).hexdigest()}.{ENDINGS[checked.content_type]}"
        logo, _ = Logo.objects.get_or_create(name=name, defaults={
            "data": checked.data, "content_type": checked.content_type, "stored_by": actor.user, "stored_at": now})
        _wear(actor, name)
        return logo


def remove_logo(*, actor: Actor) -> None:
    """The partnership wears Goldthread's own mark again."""
    with running(actor):
        _wear(actor, "")


def _wear(actor: Actor, name: str) -> None:
    """Change the partnership's logo, and forget the picture before unless another partnership wears it."""
    row = Partnership.objects.select_for_update().get(pk=actor.authority.partnership)
    before = row.logo
    save_checked(row, {"logo": name})
    actor.partnership.logo = name
    if before != name and not Partnership.objects.filter(logo=before).exists():
        Logo.objects.filter(name=before).delete()


def _checked(upload: Any) -> checking.Checked:
    checked = checking.check(upload)
    need(checked.content_type in ENDINGS, "A logo is a picture: upload it as .png or .jpg.")
    need(len(checked.data) <= MOST_BYTES, f"A logo may have {MOST_BYTES // 1024} kB at most. Save it smaller.")
    width, height = SIZES[checked.content_type](checked.data)
    need(LEAST <= min(width, height) and max(width, height) <= MOST,
         f"A logo has {LEAST} to {MOST:,} pixels each way. This one has {width:,} by {height:,}.")
    return checked
