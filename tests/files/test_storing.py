"""Files are kept under random names, stay shut until scanned, and reach their readers only, as something to save."""
from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from goldthread.access import audit
from goldthread.access.actor import Actor, acting, system, writing
from goldthread.access.models import without_application_filter
from goldthread.files import scanning
from goldthread.files.eicar import EICAR
from goldthread.files.faults import BadFile
from goldthread.files.models import Document, Scan, folder
from goldthread.files.storing import Damaged, NotYet, open_for, store, sweep
from tests.files.fake_clamd import Scanner, running_scanner
from tests.files.making import Upload, exif, jpeg, pdf
from tests.support import NOW, client_for, make_actor, make_partnership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path, "none"
    return tmp_path


@pytest.fixture
def scanner(settings: Any) -> Iterator[Scanner]:
    with running_scanner() as found:
        settings.CLAMD = found.address
        yield found


def keep(actor: Actor, *, name: str = "plan.pdf", data: bytes | None = None, **more: Any) -> Document:
    readers = more.pop("readers", [actor.agency_token])
    return store(actor=actor, upload=Upload(name, data or pdf()), readers=readers, now=NOW, **more)


def state(document: Document) -> str:
    with transaction.atomic(), acting(system()):
        return str(Document.objects.get(pk=document.pk).scan)


def on_disk() -> list[Path]:
    return [path for path in folder().rglob("*") if path.is_file()]


def test_kept_under_a_name_that_tells_nothing_and_readable_by_the_service_only() -> None:
    actor = make_actor("mash-worker")
    kept = keep(actor, name="Example Child plan.pdf")
    [path] = on_disk()
    assert path == kept.path and "Example" not in str(path) and path.suffix == ""
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert (kept.name, kept.extension, kept.scan) == ("Example Child plan.pdf", "pdf", Scan.NOT_SCANNED)
    opened = open_for(actor=actor, document_id=kept.pk)
    assert opened.file.read() == pdf_of(kept) and opened.content_type == "application/pdf"


def pdf_of(document: Document) -> bytes:
    return document.path.read_bytes()


def test_a_refused_file_leaves_nothing() -> None:
    with pytest.raises(BadFile):
        keep(make_actor("mash-worker"), data=b"MZ")
    assert on_disk() == []
    with acting(system()):
        assert Document.objects.count() == 0


def test_only_readers_open_it_and_others_learn_nothing() -> None:
    here = make_partnership()
    one = make_actor("mash-worker", partnership=here)
    colleague, stranger = make_actor("partner", one.agency, here), make_actor("mash-worker", partnership=here)
    kept = keep(one)
    assert open_for(actor=colleague, document_id=kept.pk).file.read()
    for actor, number in ((stranger, kept.pk), (make_actor("mash-worker"), kept.pk), (one, kept.pk + 999)):
        with pytest.raises(Document.DoesNotExist):
            open_for(actor=actor, document_id=number)
        with acting(actor), without_application_filter():
            assert not Document.objects.filter(pk=number).exists()
    barred = keep(one, denied=[f"user:{colleague.user.pk}"])
    with pytest.raises(Document.DoesNotExist):
        open_for(actor=colleague, document_id=barred.pk)


def test_opening_is_logged_and_not_opening_is_not() -> None:
    one, other = make_actor("mash-worker"), make_actor("mash-worker")
    kept = keep(one)
    open_for(actor=one, document_id=kept.pk)
    with pytest.raises(Document.DoesNotExist):
        open_for(actor=other, document_id=kept.pk)
    with transaction.atomic(), acting(one):
        found = audit.readings("document", kept.pk)
    assert [(row["user_id"], row["why"]) for row in found] == [(one.user.pk, "opened the file")]


def test_what_was_changed_or_lost_on_the_disk_is_not_handed_out() -> None:
    one = make_actor("mash-worker")
    kept = keep(one)
    kept.path.write_bytes(pdf_of(kept) + b" ")
    with pytest.raises(Damaged, match="not what was uploaded"):
        open_for(actor=one, document_id=kept.pk)
    kept.path.unlink()
    with pytest.raises(Damaged, match="missing"):
        open_for(actor=one, document_id=kept.pk)


def test_a_document_is_never_changed_not_even_by_the_system() -> None:
    kept = keep(make_actor("mash-worker"))
    with acting(system()), writing():
        Document.objects.filter(pk=kept.pk).update(finding="may change")
        for change in (lambda: Document.objects.filter(pk=kept.pk).update(name="other.pdf"),
                       lambda: Document.objects.filter(pk=kept.pk).delete()):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                change()


def test_a_photographs_place_is_not_kept() -> None:
    kept = keep(make_actor("mash-worker"), name="a.jpg", data=jpeg(exif(1)))
    assert b"CANARY" not in pdf_of(kept)


# --- the scanner

def test_shut_until_scanned_then_open(scanner: Scanner) -> None:
    one = make_actor("mash-worker")
    kept = keep(one)
    with pytest.raises(NotYet, match="Being checked"):
        open_for(actor=one, document_id=kept.pk)
    assert scanning.scan_waiting(NOW) == 1 and state(kept) == Scan.CLEAN
    assert scanning.scan_waiting(NOW) == 0 and scanner.seen == 1
    assert open_for(actor=one, document_id=kept.pk).file.read()


def test_what_the_scanner_finds_is_deleted_and_stays_shut(scanner: Scanner) -> None:
    one = make_actor("mash-worker")
    kept = keep(one)
    kept.path.write_bytes(b"put there behind our back: " + EICAR)
    assert scanning.scan_waiting(NOW) == 1
    assert state(kept) == Scan.INFECTED and on_disk() == [] and scanner.seen == 1
    with pytest.raises(NotYet, match="virus was found"):
        open_for(actor=one, document_id=kept.pk)


@pytest.mark.parametrize("answer", ["", "ERROR", "INSTREAM size limit exceeded. ERROR"])
def test_a_scanner_in_trouble_keeps_files_shut_and_says_so(scanner: Scanner, answer: str) -> None:
    kept = keep(make_actor("mash-worker"))
    scanner.answer = answer
    with pytest.raises(scanning.ScannerTrouble):
        scanning.scan_waiting(NOW)
    assert state(kept) == Scan.WAITING
    scanner.answer = None
    assert scanning.scan_waiting(NOW) == 1 and state(kept) == Scan.CLEAN


def test_no_scanner_to_be_reached(settings: Any) -> None:
    settings.CLAMD = "/nowhere/clamd.sock"
    kept = keep(make_actor("mash-worker"))
    with pytest.raises(scanning.ScannerTrouble, match="does not answer"):
        scanning.scan_waiting(NOW)
    assert state(kept) == Scan.WAITING
    settings.CLAMD = "none"  # the operator gives up on scanning: people are told
    assert scanning.scan_waiting(NOW) == 1 and state(kept) == Scan.NOT_SCANNED


# --- what is left over

def test_files_of_transactions_that_failed_are_swept_after_a_day() -> None:
    one = make_actor("mash-worker")
    kept = keep(one)
    with pytest.raises(RuntimeError), transaction.atomic():
        keep(one)
        raise RuntimeError("something failed afterwards")
    assert len(on_disk()) == 2 and sweep(NOW) == 0
    long_ago = NOW.timestamp() - 2 * 24 * 3600
    for path in on_disk():
        os.utime(path, (long_ago, long_ago))
    assert sweep(NOW) == 1 and on_disk() == [kept.path]


# --- the page

def page(actor: Actor, number: int) -> Any:
    return client_for(actor).get(f"/documents/{number}")


def test_handed_out_only_to_be_saved() -> None:
    one = make_actor("mash-worker")
    kept = keep(one, name="Zoë \"x\" plan.pdf")
    answer = page(one, kept.pk)
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == pdf_of(kept)
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert answer["Content-Type"] == "application/pdf"


def test_somebody_elses_file_answers_like_one_that_does_not_exist(scanner: Scanner) -> None:
    one = make_actor("mash-worker")
    kept = keep(one)
    foreign, missing = page(make_actor("mash-worker"), kept.pk), page(make_actor("mash-worker"), kept.pk + 999)
    assert foreign.status_code == missing.status_code == 404
    assert Client().get(f"/documents/{kept.pk}").status_code == 302
    waiting = page(one, kept.pk)
    assert waiting.status_code == 403 and b"Being checked for viruses" in waiting.content
