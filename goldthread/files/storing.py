"""Take a file in, and hand it out to those who may read it."""
from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction

from goldthread.access import audit
from goldthread.access.actor import Actor, acting, system, system_for, writing
from goldthread.files import checking, scanning
from goldthread.files.models import Document, Scan, folder


class NotYet(Exception):
    """The file is still being checked for viruses, or was found to hold one; the message says which."""


class Damaged(Exception):
    """The stored bytes are missing or no longer those that were uploaded."""


@dataclass(frozen=True)
class Opened:
    """A file to hand out: its bytes, its name and its content type."""

    file: BytesIO
    name: str
    content_type: str


@transaction.atomic
def store(*, actor: Actor, upload: Any, readers: Iterable[str], now: datetime, denied: Iterable[str] = (),
          within: Iterable[str] | None = None) -> Document:
    """Check an upload and keep it for `readers`, and among them for those who hold one of `within`. Raises BadFile;
    then nothing is kept.

    Called by an action that has asked whether the actor may add a file there. A file whose transaction is rolled back
    stays on the disk unread until `sweep` takes it away.
    """
    checked = checking.check(upload)
    place = f"{now:%Y/%m}/{uuid4().hex}"
    _write(folder() / place, checked.data)
    with acting(system_for(actor)), writing():
        return Document.objects.create(
            partnership=actor.partnership, readers=sorted(set(readers)), denied=sorted(set(denied)),
            within=None if within is None else sorted(set(within)), name=checked.name,
            extension=checked.extension, content_type=checked.content_type, size=len(checked.data),
            sha256=hashlib.sha256(checked.data).hexdigest(), place=place, stored_by=actor.user, stored_at=now,
            scan=Scan.WAITING if scanning.address() else Scan.NOT_SCANNED)


@transaction.atomic
def open_for(*, actor: Actor, document_id: int) -> Opened:
    """The file, if the actor may read it; that they did is logged.

    Raises Document.DoesNotExist (also when it is somebody else's), NotYet, Damaged.
    """
    with acting(actor):
        document = Document.objects.get(pk=document_id)
        if not document.can_be_opened:
            raise NotYet(str(document.get_scan_display()))
        data = _read(document)
        audit.log_reading(kind="document", ref=document.pk, why="opened the file", agency=actor.agency.pk)
    return Opened(BytesIO(data), document.name, document.content_type)


def sweep(now: datetime) -> int:
    """Delete files of more than a day ago that no row names. Returns how many."""
    root, gone = folder(), 0
    with transaction.atomic(), acting(system()):
        for path in sorted(root.glob("*/*/*")):
            old = now.timestamp() - path.stat().st_mtime > 24 * 3600
            if old and not Document.objects.filter(place=str(path.relative_to(root))).exists():
                path.unlink()
                gone += 1
    return gone


def _write(path: Path, data: bytes) -> None:
    """On disk before the row is, so that a row never names a file that was lost with the power."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read(document: Document) -> bytes:
    try:
        data = document.path.read_bytes()
    except FileNotFoundError as error:
        raise Damaged(f"File {document.pk} is missing from the files folder") from error
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise Damaged(f"File {document.pk} is not what was uploaded")
    return data
