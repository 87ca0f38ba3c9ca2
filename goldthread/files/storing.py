"""Take a file in, and hand it out to those who may read it."""
from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.db import transaction

from goldthread.access import audit
from goldthread.access.actor import Actor, acting, system, system_for, writing
from goldthread.files import checking, scanning
from goldthread.files.models import Document, Scan, folder

CHUNK = 1 << 20


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


@dataclass(frozen=True)
class Put:
    """Bytes that lie in the files folder, not yet anybody's: `sweep` takes them away after a day unless they are kept."""

    place: str
    size: int
    sha256: str


def put(data: bytes | Path, now: datetime) -> Put:
    """Lay bytes, or a copy of a file, into the files folder. They were checked, or made by us."""
    place = f"{now:%Y/%m}/{uuid4().hex}"
    with BytesIO(data) if isinstance(data, bytes) else data.open("rb") as source:
        size, sha256 = _write(folder() / place, source)
    return Put(place, size, sha256)


@transaction.atomic
def keep(*, actor: Actor, put: Put, name: str, content_type: str, readers: Iterable[str], now: datetime,
         denied: Iterable[str] = (), within: Iterable[str] | None = None, ours: bool = False) -> Document:
    """Keep what was put for `readers`, and among them for those who hold one of `within`.

    Called by an action that has asked whether the actor may add a file there. ours: made by this service, not sent.
    A file whose transaction is rolled back stays on the disk unread until `sweep` takes it away.
    """
    with acting(system_for(actor)), writing():
        return Document.objects.create(
            partnership=actor.partnership, readers=sorted(set(readers)), denied=sorted(set(denied)),
            within=None if within is None else sorted(set(within)), name=name, extension=name.rpartition(".")[2][:8],
            content_type=content_type, size=put.size, sha256=put.sha256, place=put.place, stored_by=actor.user,
            stored_at=now, scan=Scan.WAITING if scanning.address() and not ours else Scan.NOT_SCANNED)


@transaction.atomic
def store(*, actor: Actor, upload: Any, readers: Iterable[str], now: datetime, denied: Iterable[str] = (),
          within: Iterable[str] | None = None) -> Document:
    """Check an upload and keep it, as `keep` does. Raises BadFile; then nothing is kept."""
    checked = checking.check(upload)
    return keep(actor=actor, put=put(checked.data, now), name=checked.name, content_type=checked.content_type,
                readers=readers, denied=denied, within=within, now=now)


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


def _write(path: Path, source: BinaryIO) -> tuple[int, str]:
    """On disk before the row is, so that a row never names a file that was lost with the power. Size and SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    size, digest = 0, hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while chunk := source.read(CHUNK):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        out.flush()
        os.fsync(out.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return size, digest.hexdigest()


def sound(place: str, sha256: str) -> Path:
    """Where bytes lie, when they are still those that were put there. Raises Damaged."""
    path = folder() / place
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise Damaged(f"File {place} is missing from the files folder") from error
    if found != sha256:
        raise Damaged(f"File {place} is not what was uploaded")
    return path


def _read(document: Document) -> bytes:
    return sound(document.place, document.sha256).read_bytes()
