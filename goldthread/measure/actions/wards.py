"""Which postcode lies in which ward, loaded from a CSV file: dated, so that old figures stay in old wards."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.policy import May, figures_token
from goldthread.measure.actions.lines import lines_of
from goldthread.measure.models import WardPostcode

HEADINGS = ("postcode", "ward")
CODE = "code"  # a column that may be left out
MOST_LINES = 200_000


@dataclass(frozen=True)
class Loaded:
    """How many postcodes were new, how many are in another ward from that day on, and how many stayed as they were."""

    new: int
    moved: int
    same: int


@transaction.atomic
def load_wards(*, actor: Actor, data: bytes, since: date, now: datetime) -> Loaded:
    """All lines of a file, in force from a day on, or none. Postcodes that it does not name stay where they are.

    Raises Refused; ValidationError naming each line that is wrong and how to mend it.
    """
    actor.require(May.KEEP_SCORECARD)
    rows = _read(data)
    with acting(system_for(actor)), writing():
        open_ = {row.postcode: row for row in WardPostcode.objects.select_for_update(of=("self",)).filter(
            valid_to=None, postcode__in=rows)}
        if late := sorted(row.postcode for row in open_.values() if row.valid_from > since):
            raise ValidationError({"since": f"{late[0]} is in the list from a later day already. Choose a later day"})
        moved = [row for row in open_.values() if (row.ward, row.code) != rows[row.postcode]]
        again = [row for row in moved if row.valid_from == since]  # loaded twice for one day: the last word holds
        for row in moved:
            if row in again:
                row.ward, row.code = rows[row.postcode]
                row.by, row.at = actor.user, now
            else:
                row.valid_to, row.at = since - timedelta(days=1), now
        WardPostcode.objects.bulk_update(moved, ["ward", "code", "valid_to", "by", "at"], batch_size=2_000)
        wanted = [postcode for postcode in rows if postcode not in open_]
        wanted += [row.postcode for row in moved if row not in again]
        WardPostcode.objects.bulk_create([WardPostcode(
            partnership=actor.partnership, readers=[figures_token(actor.partnership.pk)], postcode=postcode,
            ward=rows[postcode][0], code=rows[postcode][1], valid_from=since, by=actor.user, at=now)
            for postcode in wanted], batch_size=2_000)
    return Loaded(len(rows) - len(open_), len(moved), len(open_) - len(moved))


def _read(data: bytes) -> dict[str, tuple[str, str]]:
    """Ward and its code by postcode."""
    lines = lines_of(data, HEADINGS, MOST_LINES)
    found: dict[str, tuple[str, str]] = {}
    faults = []
    for at, line in enumerate(lines, start=2):
        postcode, ward, code = (" ".join((line.get(name) or "").split()) for name in (*HEADINGS, CODE))
        postcode = spaced(postcode)
        if not 5 <= len(postcode) <= 8 or not postcode.replace(" ", "").isalnum():
            faults.append(f"Line {at}: “{postcode[:12]}” is no postcode. Write it as ZZ1 1AA")
        elif not 1 <= len(ward) <= 60 or len(code) > 12:
            faults.append(f"Line {at}: say the ward in at most 60 letters, and its code in at most 12")
        elif found.setdefault(postcode, (ward, code)) != (ward, code):
            faults.append(f"Line {at}: {postcode} is there twice, in two wards")
    if faults:
        raise ValidationError({"upload": faults[:20]})
    return found


def spaced(postcode: str) -> str:
    """A postcode as addresses have it: capitals, and one space before the last three signs."""
    whole = postcode.replace(" ", "").upper()
    return f"{whole[:-3]} {whole[-3:]}"
