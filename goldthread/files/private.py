"""Folders of derived files that nobody downloads: beside the documents, and open to the service's own account alone."""
from __future__ import annotations

from pathlib import Path

from django.conf import settings


def private_folder(*parts: str) -> Path:
    """A folder of this name, made when it is not there. Only the service may enter it."""
    path = Path(settings.MEDIA_ROOT)
    for part in ("private", *parts):
        path = path / part
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
