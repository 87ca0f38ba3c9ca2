"""The Standard Safeguarding Dataset's contacts (ssd_contacts), with its people (ssd_person) for names and births.

Source: Data to Insight, Standard Safeguarding Dataset, items CONT001A to CONT006A and PERS001A to PERS014A. The dataset
has no narrative, referrer or kind of help; records say so in words. A contact with an outcome was finished in the
council's own system and is loaded as finished; one without is work that is still to be done.
"""
from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from goldthread.domains.front_door.models import Contact, ContactPerson
from goldthread.exchange.columns import Column
from goldthread.exchange.layouts.matching import Places, match, read, too_wide
from goldthread.exchange.layouts.own_columns import SEX
from goldthread.exchange.layouts.planned import Plan, PlannedContact, Setting
from goldthread.files.tables import cells as c
from goldthread.files.tables.findings import Findings, Wrong
from goldthread.files.tables.sheets import Table, blank, plain
from goldthread.people.bulk import NewPerson
from goldthread.rules.codes import every, label

KEY, NAME = "ssd", "Standard Safeguarding Dataset"
NOT_HELD = "Not held in the file this was loaded from."
NOT_KNOWN = "10"  # of contact-sources
NOT_RECORDED = "not-recorded"  # of presenting-concerns: of records loaded from systems that do not hold it
FLAGS = {each.note: each.code for each in every("contact-outcomes")}


def outcome(cell: Any) -> list[str]:
    """The codes of the outcomes whose flag is set. Raises Wrong."""
    text = c.said(cell)
    mend = 'Write it as the dataset does, such as {"NFA_FLAG": "Y"}.'
    try:
        flags = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise Wrong("this is not the JSON the dataset asks for", mend) from wrong
    if not isinstance(flags, dict):
        raise Wrong("this is not a list of named flags", mend)
    if unknown := sorted(set(flags) - set(FLAGS)):
        raise Wrong(f"there is no outcome {unknown[0][:60]}", f"The flags are {', '.join(FLAGS)}.")
    return [FLAGS[name] for name, value in flags.items() if _is_set(name, value)]


def _is_set(name: str, value: Any) -> bool:
    word = str("" if value is None else value).strip().casefold()
    if word in ("", "n", "no", "0", "false"):
        return False
    if word in ("y", "yes", "1", "true"):
        return True
    raise Wrong(f"{name} is neither Y nor N", "Write Y, N or nothing.")


CONTACT_ID = Column("cont_contact_id", "number", "The contact's own number, once only", c.text(60), True, example="C1001")
CONTACTS = (
    CONTACT_ID,
    Column("cont_person_id", "person", "The council's number of the child, as in ssd_person", c.text(40), True,
           example="P2001"),
    Column("cont_contact_date", "at", "The day the contact was received", c.moment, True,
           format="A date: year-month-day", example="2026-11-02"),
    Column("cont_contact_source_code", "source", "Who got in touch, as counted nationally. Empty: not known",
           c.code("contact-sources"), codes="contact-sources", format="A code of the list", example="2A",
           also=("cont_contact_source",)),
    Column("cont_contact_source_desc", "source_words", "Who got in touch, in words", c.text(200), example="School"),
    Column("cont_contact_outcome_json", "outcome", "How it came out: flags. Empty: still to be decided", outcome,
           format="JSON with Y or N for each flag", example='{"NFA_FLAG": "Y"}'),
)
PERSON_ID = Column("pers_person_id", "person", "The council's number of the child, once only", c.text(40), True,
                   example="P2001")
PEOPLE = (
    PERSON_ID,
    Column("pers_forename", "given", "First names", c.text(100), example="Testa", also=("pers_first_name",)),
    Column("pers_surname", "family", "Last name", c.text(100), example="Exampleton", also=("pers_last_name",)),
    Column("pers_sex", "sex", "Sex. Empty: not known", SEX, format="F, M or U", example="F"),
    Column("pers_ethnicity", "ethnicity", "Ethnicity", c.code("ethnicities"), codes="ethnicities",
           format="A code of the list", example="NOBT"),
    Column("pers_dob", "born_on", "Date of birth", c.day, format="A date: year-month-day", example="2018-05-14"),
    Column("pers_expected_dob", "due_on", "For an unborn child: the day the baby is due", c.day,
           format="A date: year-month-day"),
    Column("pers_common_child_id", "nhs", "NHS number", c.nhs, format="Ten digits", example="999 000 0018"),
)
UNREAD = frozenset(map(plain, (
    "pers_gender", "pers_legacy_id", "pers_upn_unknown", "pers_send_flag", "pers_death_date", "pers_is_mother",
    "pers_nationality", "pers_single_unique_id", "pers_upn")))
COLUMNS = (*CONTACTS, *PEOPLE)


def plan(tables: Sequence[Table], setting: Setting, findings: Findings) -> Plan:
    """What the tables would make; what is wrong with them goes into `findings`."""
    found = Plan(columns={column.to: column.name for column in COLUMNS})
    contacts = [table for table in tables if plain(CONTACT_ID.name) in table.plain()]
    for table in tables:
        if table not in contacts:
            _take_people(table, found, setting, findings)
    numbers: dict[str, str] = {}
    for table in contacts:
        places = match(table, CONTACTS, findings)
        for at, cells in table.rows if places else ():
            found.rows += 1
            values = _row(table, at, cells, places or [], findings)
            if values and _once(table, at, CONTACT_ID, values["number"], numbers, findings):
                _contact(table, at, values, found, setting, findings)
    if not contacts:
        findings.add("", 0, CONTACT_ID.name, "", "no sheet or file holds ssd_contacts", "Send it too.")
    unnamed = sum(1 for each in found.contacts if each.person not in found.people)
    if unnamed:
        found.notes = [f"{unnamed} contacts are about children who are not in ssd_person: they go by the council's number"]
    return found


def _row(table: Table, at: int, cells: Sequence[Any], places: Places, findings: Findings) -> dict[str, Any] | None:
    """The values of a row; None, with findings, when it does not hold."""
    before = findings.many
    if too_wide(table, at, cells, findings):
        return None
    values: dict[str, Any] = {}
    for place, column in places:
        cell = cells[place] if place < len(cells) else ""
        if not blank(cell) and c.said(cell).casefold() != "null":
            values[column.to] = read(table, at, column, cell, findings)
        elif column.required:
            findings.add(table.name, at, column.name, "", "this is empty", f"{column.meaning}.")
    return None if findings.many > before else values


def _once(table: Table, at: int, column: Column, value: str, seen: dict[str, str], findings: Findings) -> bool:
    here = f"{table.name}, row {at}"
    if value in seen:
        findings.add(table.name, at, column.name, value, f"this number stands in {seen[value]} already",
                     "Each row has a number of its own.")
        return False
    seen[value] = here
    return True


def _take_people(table: Table, found: Plan, setting: Setting, findings: Findings) -> None:
    places, numbers = match(table, PEOPLE, findings, UNREAD), {}
    for at, cells in table.rows if places else ():
        values = _row(table, at, cells, places or [], findings)
        if not values or not _once(table, at, PERSON_ID, values["person"], numbers, findings):
            continue
        if values.get("born_on") and values["born_on"] > setting.today:
            findings.add(table.name, at, "pers_dob", values["born_on"], "this is in the future",
                         "For an unborn child fill in pers_expected_dob instead.")
        number, nhs = values.pop("person"), values.pop("nhs", None)
        numbered = (("council", number, True), *((("nhs", nhs, False),) if nhs else ()))
        found.people[number] = NewPerson(**values, numbers=numbered)


def _contact(table: Table, at: int, values: dict[str, Any], found: Plan, setting: Setting, findings: Findings) -> None:
    number, person, when = values["number"], values["person"], values["at"]
    if when > setting.now:
        findings.add(table.name, at, "cont_contact_date", when.date(), "this is in the future", "Check the date.")
    known = found.people.get(person) or NewPerson(numbers=(("council", person, True),))
    if known.born_on and known.born_on > when.date():
        findings.add(table.name, at, "cont_contact_date", when.date(), "this is before the child was born",
                     "Check both dates; before the birth pers_expected_dob is filled in.")
    outcomes = [label("contact-outcomes", code) for code in values.get("outcome") or ()]
    words = "; ".join(outcomes)
    source = values.get("source") or NOT_KNOWN
    record = Contact(
        happened_at=when, outside_reference=number, stream="safeguarding", concern=NOT_RECORDED, channel="import",
        worry=f"{NOT_HELD}{f' It came out there as: {words}.' if words else ''}", source=source,
        referrer_name=values.get("source_words") or label("contact-sources", source), referrer_phone="Not held")
    named = known.given or known.family or known.due_on
    line = ContactPerson(capacity="child", given=known.given, family=known.family if named else f"Council number {person}",
                         born_on=known.born_on, due_on=known.due_on, sex=known.sex,
                         nhs=next((value for scheme, value, _ in known.numbers if scheme == "nhs"), ""))
    found.contacts.append(PlannedContact(number, table.name, at, setting.council.pk, record, [line], words, person))
