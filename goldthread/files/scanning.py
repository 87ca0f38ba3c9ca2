"""Ask the virus scanner. A file stays shut until it has answered; without a scanner people are told so."""
from __future__ import annotations

from datetime import datetime
from pathlib import Path

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket, CommunicationError
from django.conf import settings
from django.db import transaction

from goldthread.access.actor import acting, system, writing
from goldthread.files.models import Document, Scan

TIMEOUT_SECONDS = 60
MOST_AT_ONCE = 50


class ScannerTrouble(Exception):
    """The scanner does not answer, or not sensibly: the file waits. `ends_run`: so will all others."""

    def __init__(self, why: str, *, ends_run: bool) -> None:
        super().__init__(why)
        self.ends_run = ends_run


def address() -> str:
    """Where clamd listens: a socket's path or host:port; empty when the installation has no scanner."""
    given = str(settings.CLAMD)
    return "" if given.lower() in ("", "none") else given.removeprefix("unix:")


def scan_waiting(now: datetime) -> int:
    """Scan files that wait, oldest first; one that is infected is deleted. Returns how many were scanned.

    Raises ScannerTrouble, so that the failed job shows, with whatever was scanned before it saved.
    """
    scanned, trouble = 0, None
    for document in _waiting():
        path = document.path
        try:
            finding = _ask(path) if address() else None
        except ScannerTrouble as error:
            trouble = error
            if error.ends_run:
                break
            continue
        _note(document, finding, now)
        if finding:
            path.unlink(missing_ok=True)
        scanned += 1
    if trouble:
        raise trouble
    return scanned


def _waiting() -> list[Document]:
    with transaction.atomic(), acting(system()):
        return list(Document.objects.filter(scan=Scan.WAITING).order_by("pk")[:MOST_AT_ONCE])


def _note(document: Document, finding: str | None, now: datetime) -> None:
    """finding: what was found, empty for nothing, None when there was nobody to ask."""
    state = Scan.NOT_SCANNED if finding is None else Scan.INFECTED if finding else Scan.CLEAN
    with transaction.atomic(), acting(system()), writing():
        Document.objects.filter(pk=document.pk, scan=Scan.WAITING).update(
            scan=state, scanned_at=now, finding=(finding or "")[:200])


def _ask(path: Path) -> str:
    """What the scanner found, or nothing. A file that is gone is left to `open_for` to report."""
    try:
        if not path.exists():
            return ""
        with path.open("rb") as file:
            state, details = _client().instream(file)["stream"]
    except (CommunicationError, OSError) as error:
        raise ScannerTrouble(f"The virus scanner does not answer: {type(error).__name__}", ends_run=True) from error
    except (ClamdError, KeyError, ValueError) as error:
        raise ScannerTrouble(f"The virus scanner cannot check file {path.name}: {type(error).__name__}",
                             ends_run=False) from error
    if state == "OK":
        return ""
    if state == "FOUND":
        return str(details or "a virus")
    raise ScannerTrouble(f"The virus scanner answered {state} for file {path.name}", ends_run=False)


def _client() -> ClamdUnixSocket | ClamdNetworkSocket:
    host, colon, port = address().rpartition(":")
    if colon and port.isdigit():
        return ClamdNetworkSocket(host=host, port=int(port), timeout=TIMEOUT_SECONDS)
    return ClamdUnixSocket(path=address(), timeout=TIMEOUT_SECONDS)
