"""PDF: nothing in front or behind, no script, no action that starts something, no file inside."""
from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from goldthread.files.faults import BadFile, need

CHILD = Path(__file__).with_name("pdf_child.py")
WAIT_SECONDS = 40
WORDS = {
    "damaged": "This PDF is damaged or incomplete. Make it again and try once more.",
    "locked": "This PDF is protected by a password. Save it without one.",
    "active": "This PDF holds a script or starts something when opened. Print it to a new PDF and upload that.",
    "files": "This PDF has other files, sound or film inside. Upload those on their own.",
    "empty": "This PDF has no pages.",
    "huge": "This PDF is too complicated to check. Print it to a new PDF and upload that.",
}
MORE = "This file is a PDF and something else at once. Print it to a new PDF and upload that."


def check(data: bytes) -> bytes:
    """The same bytes. Raises BadFile."""
    need(data.startswith(b"%PDF-"), "This is not a PDF although its name ends in .pdf.")
    end = data.rfind(b"%%EOF")
    need(end > 0, WORDS["damaged"])
    need(not data[end + 5:].strip(b"\r\n\t \0"), MORE)
    head = data[:1024].lower()
    need(b"<html" not in head and b"<script" not in head and b"<?php" not in head, MORE)
    need(not zipfile.is_zipfile(BytesIO(data)), MORE)
    fault = _fault(data)
    if fault:
        raise BadFile(WORDS[fault])
    return data


def _fault(data: bytes) -> str:
    """Ask the child. Its dying of what it read is an answer too."""
    try:
        done = subprocess.run([sys.executable, "-I", str(CHILD)], input=data, capture_output=True,
                              timeout=WAIT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "huge"
    answer = done.stdout.decode().strip()
    if done.returncode:
        return "huge"
    return answer
