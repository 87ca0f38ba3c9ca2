"""Police notifications as files: a text layout and a CSV layout, read into contacts for a person to confirm.

Both layouts are described in docs/formats/police-notification.md. Reading saves nothing.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from goldthread.base.dates import LONDON, Precision, UncertainDate
from goldthread.base.identifiers import BadIdentifier, nhs_number
from goldthread.base.text import normalise_postcode
from goldthread.orgs import sheets
from goldthread.orgs.sheets import BadSheet, Column, Fault
from goldthread.rules.codes import every

MOST = 200            # notifications in one file
MOST_BYTES = 2_000_000
OPENING = re.compile(r"^POLICE NOTIFICATION\b(?:\s+(?P<version>\d+))?\s*$", re.IGNORECASE)
VERSION = "1"
CLOSING = "END"
LABEL = re.compile(r"^(?P<label>[A-Za-z][A-Za-z ]{1,30}):(?P<value>.*)$")
CAPACITIES = {"child": "child", "brother or sister": "sibling", "sibling": "sibling", "mother": "mother",
              "father": "father", "adult": "adult", "other adult": "adult"}
SEXES = {"": "U", "f": "F", "girl": "F", "female": "F", "woman": "F", "m": "M", "boy": "M", "male": "M", "man": "M",
         "u": "U", "not known": "U"}
YES, NO = ("yes", "y"), ("", "no", "n")
# (name in the text layout, column in the CSV layout, field of the contact, needed)
FIELDS = (
    ("Reference", "reference", "outside_reference", True), ("Attended", "attended", "happened_at", True),
    ("Officer", "officer", "referrer_name", True), ("Unit", "unit", "referrer_agency", False),
    ("Telephone", "telephone", "referrer_phone", False), ("E-mail", "email", "referrer_email", False),
    ("Address", "address", "line1", False), ("Postcode", "postcode", "postcode", False),
    ("Keep address", "keep_address", "address_safe", False), ("Danger now", "danger_now", "immediate_danger", False),
    ("Domestic abuse", "domestic_abuse", "domestic_abuse", False), ("Main worry", "main_worry", "concern", True),
    ("What happened", "what_happened", "worry", True), ("Child said", "child_said", "child_voice", False),
    ("Others at home", "others_at_home", "others_at_home", False), ("Consent", "consent", "consent", False),
    ("Consent reason", "consent_reason", "consent_reason", False),
)
PERSON = ("who", "given", "family", "born", "sex", "relationship", "school", "nhs")
LABELS = {name.lower(): name for name, *_ in FIELDS} | {"person": "Person"}
COLUMNS = (*(Column(column, name == "Reference", longest=20_000) for name, column, _, _ in FIELDS),
           *(Column(name, False, longest=200) for name in PERSON))


@dataclass
class Notification:
    """One notification: the contact's fields and its people as plain values, where it began and what is wrong."""

    at: int
    now: datetime
    values: dict[str, Any] = field(default_factory=dict)
    people: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def reference(self) -> str:
        return str(self.values.get("outside_reference", ""))


def read(content: bytes, *, now: datetime) -> list[Notification]:
    """All notifications of a file, each with its faults; a fault's row is the line (or the CSV's row).

    Raises BadSheet when it is neither layout, too large, or holds too many.
    """
    if len(content) > MOST_BYTES:
        raise BadSheet([Fault(0, "", f"it is larger than {MOST_BYTES // 1_000_000} MB. Split it.")])
    if b"\x00" in content:
        raise BadSheet([Fault(0, "", "it is not a text file. Save it as plain text or CSV and try again.")])
    text = decoded(content)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    found = _read_text(text, now) if OPENING.match(first) else _read_csv(content, first, now)
    if len(found) > MOST:
        raise BadSheet([Fault(0, "", f"it holds {len(found)} notifications. Send at most {MOST} at once.")])
    _check_repeats(found)
    return found


def decoded(content: bytes) -> str:
    """A file's text, in UTF-8 or as older Windows programs save it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


# -- text layout ------------------------------------------------------------------------------------------------------

def _read_text(text: str, now: datetime) -> list[Notification]:
    found: list[Notification] = []
    said: dict[str, tuple[int, str]] = {}
    people: list[tuple[int, str]] = []
    current, label = None, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if opening := OPENING.match(line.strip()):
            _close(current, said, people, number, ended=current is None)
            current, said, people, label = Notification(number, now), {}, [], ""
            found.append(current)
            if (opening["version"] or VERSION) != VERSION:
                current.faults.append(Fault(number, "", f"this is version {opening['version']} of the layout, and we "
                                                        f"read version {VERSION}."))
        elif current is None:
            if line.strip():
                raise BadSheet([Fault(number, "", "a notification begins with “POLICE NOTIFICATION 1”.")])
        elif line.strip().upper() == CLOSING:
            _close(current, said, people, number, ended=True)
            current = None
        elif line[:1].isspace() and label and line.strip():
            at, before = said[label] if label != "Person" else people[-1]
            joined = (at, f"{before}\n{line.strip()}".strip())
            if label == "Person":
                people[-1] = joined
            else:
                said[label] = joined
        elif line.strip():
            label = _take(current, line, number, said, people)
        elif label and label != "Person":
            at, before = said[label]
            said[label] = (at, f"{before}\n")
    _close(current, said, people, len(text.splitlines()), ended=current is None)
    return found


def _take(current: Notification, line: str, number: int, said: dict[str, tuple[int, str]],
          people: list[tuple[int, str]]) -> str:
    """Keep one labelled line; returns its label, "" when it has none we know."""
    match = LABEL.match(line.replace("E-mail", "E mail") if line.startswith("E-mail") else line)
    label = LABELS.get(match["label"].strip().lower().replace("e mail", "e-mail"), "") if match else ""
    if not match or not label:
        what = f"“{match['label']}” is not a label we know" if match else "this line has no label"
        current.faults.append(Fault(number, "", f"{what}. Indent a line that goes on from the one before."))
        return ""
    if label == "Person":
        people.append((number, match["value"].strip()))
    elif label in said:
        current.faults.append(Fault(number, label, "this is there twice."))
    else:
        said[label] = (number, match["value"].strip())
    return label


def _close(current: Notification | None, said: dict[str, tuple[int, str]], people: list[tuple[int, str]], number: int,
           *, ended: bool) -> None:
    if current is None:
        return
    if not ended:
        current.faults.append(Fault(number, "", f"the notification that begins on line {current.at} has no “END”."))
    for name, _, target, needed in FIELDS:
        at, value = said.get(name, (current.at, ""))
        _keep(current, at, name, target, value.strip(), needed=needed)
    for at, value in people:
        parts = [part.strip() for part in value.split(";")]
        if len(parts) > len(PERSON):
            current.faults.append(Fault(at, "Person", f"it has {len(parts)} parts, and we read {len(PERSON)}: "
                                                      f"{'; '.join(PERSON)}."))
            continue
        _keep_person(current, at, dict(zip(PERSON, parts + [""] * len(PERSON), strict=False)))
    _need_child(current)


# -- CSV layout -------------------------------------------------------------------------------------------------------

def _read_csv(content: bytes, first: str, now: datetime) -> list[Notification]:
    if "reference" not in first.lower():
        raise BadSheet([Fault(1, "", "it is neither layout: begin with “POLICE NOTIFICATION 1”, or with the headings "
                                     "of the CSV layout.")])
    sheet = sheets.read(content, COLUMNS)
    by_reference: dict[str, Notification] = {}
    for number, row in sheet.rows:
        known = by_reference.get(row["reference"])
        if known is None:
            known = by_reference[row["reference"]] = Notification(number, now)
            for _, column, target, needed in FIELDS:
                _keep(known, number, column, target, row[column], needed=needed)
        if any(row[name] for name in PERSON):
            _keep_person(known, number, row)
    for fault in sheet.faults:
        row_of = [n for n in by_reference.values() if n.at <= fault.row]
        if row_of:
            row_of[-1].faults.append(fault)
    for each in by_reference.values():
        _need_child(each)
    return list(by_reference.values())


# -- values -----------------------------------------------------------------------------------------------------------

def _keep(found: Notification, at: int, name: str, target: str, value: str, *, needed: bool) -> None:
    """Read one value into the contact's field, or note what is wrong with it."""
    if needed and not value:
        found.faults.append(Fault(at, name, "this is missing."))
        return
    readers = {"happened_at": partial(_moment, now=found.now), "consent": _consent, "concern": _concern,
               "postcode": _postcode, **dict.fromkeys(("address_safe", "immediate_danger", "domestic_abuse"), _yes)}
    try:
        found.values[target] = readers.get(target, str)(value)
    except ValueError as wrong:
        found.faults.append(Fault(at, name, str(wrong)))


def _keep_person(found: Notification, at: int, row: dict[str, str]) -> None:
    person: dict[str, Any] = {"given": row["given"], "family": row["family"], "relationship": row["relationship"],
                              "setting": row["school"]}
    readers = (("who", "capacity", _capacity), ("sex", "sex", _sex), ("nhs", "nhs", _nhs),
               ("born", "born_on", partial(_born, now=found.now)))
    for name, target, reader in readers:
        try:
            person[target] = reader(row[name])
        except ValueError as wrong:
            found.faults.append(Fault(at, name, str(wrong)))
    if not row["given"] and not row["family"]:
        found.faults.append(Fault(at, "given", "give a first name or a last name."))
    found.people.append(person)


def _need_child(found: Notification) -> None:
    if not any(person.get("capacity") == "child" for person in found.people) and not found.faults:
        found.faults.append(Fault(found.at, "Person", "name at least one child."))


def _moment(text: str, now: datetime) -> datetime:
    for layout in ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"):
        try:
            at = datetime.strptime(text, layout).replace(tzinfo=LONDON)
        except ValueError:
            continue
        if at > now:
            raise ValueError(f"“{text}” is in the future.")
        return at
    raise ValueError(f"“{text}” is not a date and time. Write it as 21/11/2026 22:40.")


def _born(text: str, now: datetime) -> date | None:
    if not text:
        return None
    try:
        found = UncertainDate.parse(text)
    except ValueError as wrong:
        raise ValueError(f"“{text}” is not a date. Write it as 3/5/2016.") from wrong
    if found.precision is not Precision.DAY or found.date > now.astimezone(LONDON).date():
        raise ValueError(f"“{text}” is not a date of birth. Write day, month and year, such as 3/5/2016.")
    return found.date


def _yes(text: str) -> bool:
    if text.lower() not in YES + NO:
        raise ValueError(f"write yes or no, not “{text}”.")
    return text.lower() in YES


def _concern(text: str) -> str:
    for code in every("presenting-concerns"):
        if text.lower() in (code.code, code.label.lower()):
            return code.code
    raise ValueError(f"“{text}” is not one of the worries on the list.")


def _consent(text: str) -> str:
    for code in every("consent-statuses"):
        if text.lower() in ("", code.code, code.label.lower()):
            return code.code if text else ""
    raise ValueError(f"“{text}” is none of: {', '.join(code.label for code in every('consent-statuses'))}.")


def _postcode(text: str) -> str:
    return normalise_postcode(text) if text else ""


def _capacity(text: str) -> str:
    if text.lower() not in CAPACITIES:
        raise ValueError(f"“{text}” is none of: {', '.join(CAPACITIES)}.")
    return CAPACITIES[text.lower()]


def _sex(text: str) -> str:
    if text.lower() not in SEXES:
        raise ValueError(f"“{text}” is none of: F, M, not known.")
    return SEXES[text.lower()]


def _nhs(text: str) -> str:
    try:
        return nhs_number(text) if text else ""
    except BadIdentifier as wrong:
        raise ValueError(str(wrong)) from wrong


def _check_repeats(found: list[Notification]) -> None:
    first: dict[str, int] = {}
    for each in found:
        if each.reference and first.setdefault(each.reference, each.at) != each.at:
            each.faults.append(Fault(each.at, "Reference", f"{each.reference} is on line {first[each.reference]} already."))
