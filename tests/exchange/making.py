"""Files of contacts for tests: sound ones by default, spoilt on purpose by those who ask."""
from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from goldthread.files.tables.sheets import Upload

HEADINGS = ["Contact number", "Date of contact", "Time of contact", "Agency", "Source", "Kind of help", "Main worry",
            "What happened", "Consent", "Referrer name", "Referrer telephone", "Who is this", "First name", "Last name",
            "Date of birth", "Sex", "Postcode"]
SOUND: dict[str, Any] = {
    "Contact number": "A1", "Date of contact": "02/11/2026", "Time of contact": "09:40", "Agency": "", "Source": "2A",
    "Kind of help": "safeguarding", "Main worry": "neglect", "What happened": "Came to school hungry.",
    "Consent": "given", "Referrer name": "Testa Referrer", "Referrer telephone": "01632 960 001", "Who is this": "child",
    "First name": "Testa", "Last name": "Exampleton", "Date of birth": "14/05/2018", "Sex": "F", "Postcode": "ZZ99 1AA"}
SSD_CONTACT = {"cont_contact_id": "C1", "cont_person_id": "P1", "cont_contact_date": "2025-03-04",
               "cont_contact_source_code": "2A", "cont_contact_outcome_json": '{"NFA_FLAG": "Y"}'}
SSD_PERSON = {"pers_person_id": "P1", "pers_forename": "Testa", "pers_surname": "Exampleton", "pers_sex": "F",
              "pers_dob": "2018-05-14", "pers_common_child_id": "999 000 0018"}


def rows(*changes: dict[str, Any], headings: Sequence[str] = HEADINGS) -> list[list[Any]]:
    """Headings and one row for each set of changes to the sound row."""
    return [list(headings), *([{**SOUND, **each}.get(name, "") for name in headings] for each in changes)]


def many(count: int, **changes: Any) -> list[list[Any]]:
    """So many sound contacts of one child each."""
    return rows(*({"Contact number": f"B{n}", "First name": f"Child{n}", **changes} for n in range(count)))


def csv_bytes(table: Sequence[Sequence[Any]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(table)
    return out.getvalue().encode(encoding)


def csv_upload(table: Sequence[Sequence[Any]], name: str = "contacts.csv", **how: Any) -> Upload:
    return Upload(name, csv_bytes(table, **how))


def book(table: Sequence[Sequence[Any]], title: str = "Contacts") -> Workbook:
    made = Workbook()
    made.active.title = title
    for row in table:
        made.active.append(list(row))
    return made


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def xlsx_upload(table: Sequence[Sequence[Any]], name: str = "contacts.xlsx") -> Upload:
    return Upload(name, saved(book(table)))


def table_of(*rows_: dict[str, Any]) -> list[list[Any]]:
    """Rows of dictionaries as a table, headings first."""
    headings = list(dict.fromkeys(name for row in rows_ for name in row))
    return [headings, *([row.get(name, "") for name in headings] for row in rows_)]


def ssd_uploads(contacts: Sequence[dict[str, Any]], people: Sequence[dict[str, Any]] = ()) -> list[Upload]:
    found = [csv_upload(table_of(*contacts), "ssd_contacts.csv")]
    return [*found, csv_upload(table_of(*people), "ssd_person.csv")] if people else found


def flags(**set_: str) -> str:
    return json.dumps({f"{name.upper()}_FLAG": value for name, value in set_.items()})
