"""The lines of a CSV file that somebody loads, before each is looked at."""
from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from django.core.exceptions import ValidationError


def lines_of(data: bytes, headings: Sequence[str], most: int) -> list[dict[str, str]]:
    """The lines by heading. Raises ValidationError in words for a file that cannot be read, is empty or too long."""
    try:
        lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    except UnicodeDecodeError:
        raise ValidationError({"upload": "The file is not text in UTF-8. Save it as CSV UTF-8"}) from None
    if not lines or set(headings) - set(lines[0]):
        raise ValidationError({"upload": f"The first line must name the columns {', '.join(headings)}; lines must follow"})
    if len(lines) > most:
        raise ValidationError({"upload": f"The file has {len(lines):,} lines; at most {most:,} are taken at once"})
    return lines
