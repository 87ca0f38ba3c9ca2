"""The scanner of Debian's clamav-daemon itself, with one signature of our own: where that package is installed."""
from __future__ import annotations

import hashlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goldthread.access.actor import acting, system
from goldthread.files import scanning
from goldthread.files.eicar import EICAR
from goldthread.files.models import Document, Scan
from goldthread.files.storing import store
from tests.files.making import Upload, pdf
from tests.support import NOW, make_actor

CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
pytestmark = [pytest.mark.django_db, pytest.mark.skipif(CLAMD is None, reason="clamav-daemon is not installed")]
STARTS_WITHIN = 30  # seconds


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A scanner that knows the test virus and nothing else."""
    signatures, socket = tmp_path / "signatures", tmp_path / "clamd.sock"
    signatures.mkdir()
    (signatures / "ours.hdb").write_text(f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Invented-Test-Signature\n")
    (tmp_path / "clamd.conf").write_text(f"DatabaseDirectory {signatures}\nLocalSocket {socket}\nForeground yes\n"
                                         "StreamMaxLength 1M\n")
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path / "files", f"unix:{socket}"
    running = subprocess.Popen([str(CLAMD), "-c", str(tmp_path / "clamd.conf")], stdout=subprocess.DEVNULL,
                               stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not socket.exists() and running.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        yield socket
    finally:
        running.terminate()
        running.wait(timeout=10)


def kept(name: str, data: bytes) -> Document:
    one = make_actor("mash-worker")
    return store(actor=one, upload=Upload(name, data), readers=[one.agency_token], now=NOW)


def again(document: Document) -> Document:
    with acting(system()):
        return Document.objects.get(pk=document.pk)


def test_what_is_clean_opens_and_what_is_not_goes(clamd: Path) -> None:
    clean = kept("plan.pdf", pdf())
    bad = kept("notes.txt", b"plain words")
    bad.path.write_bytes(EICAR)  # put in its place: uploading it is refused before any scanner is asked
    assert scanning.scan_waiting(NOW) == 2
    clean, bad = again(clean), again(bad)
    assert clean.scan == Scan.CLEAN
    assert bad.scan == Scan.INFECTED and "Invented-Test-Signature" in bad.finding and not bad.path.exists()


def test_a_file_too_long_for_the_scanner_waits(clamd: Path) -> None:
    long = kept("long.txt", b"plain words")
    long.path.write_bytes(b"x" * 2_000_000)
    with pytest.raises(scanning.ScannerTrouble):
        scanning.scan_waiting(NOW)
    assert again(long).scan == Scan.WAITING
