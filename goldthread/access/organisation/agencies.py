"""Agencies of a partnership: one by one, or many from a CSV file."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from goldthread.access.actor import Actor
from goldthread.access.organisation.common import begin_part, own_agency, running, save_checked
from goldthread.orgs import sheets
from goldthread.orgs.models import Agency, Participation
from goldthread.orgs.sheets import Column, Fault, Sheet
from goldthread.rules.codes import codes

COLUMNS = (
    Column("name", True, "Example Primary School"),
    Column("kind", True, "school", "a code of the agency-kinds list", 40),
    Column("code", False, "000001", "national code such as URN or ODS", 20),
    Column("phone", False, "01632 960001", "", 40),
    Column("email", False, "office@example.org", "for notices", 254),
    Column("postcode", False, "ZZ99 3CZ", "", 10),
    Column("statutory_partner", False, "", "yes for the three safeguarding partners"),
    Column("lead_name", False, "A. Person", "safeguarding lead", 120),
    Column("lead_phone", False, "01632 960002", "", 40),
)
OF_AGENCY = ("name", "kind", "code", "phone", "email", "postcode")
OF_PART = ("statutory_partner", "lead_name", "lead_phone")
YES, NO = ("yes", "y", "true", "1"), ("", "no", "n", "false", "0")


@dataclass(frozen=True)
class Outcome:
    """What an import did, or in a dry run would do."""

    added: int
    changed: int
    same: int


def add_agency(*, actor: Actor, name: str, kind: str, today: date, statutory_partner: bool = False,
               lead_name: str = "", lead_phone: str = "", **fields: str) -> Agency:
    """An agency that takes part from today. Raises ValidationError, also when there is one of that name already."""
    with running(actor):
        row = {**dict.fromkeys(OF_AGENCY, ""), **fields, "name": name.strip(), "kind": kind,
               "statutory_partner": statutory_partner, "lead_name": lead_name, "lead_phone": lead_phone}
        if kind not in _kinds(today):
            raise ValidationError({"kind": "Choose a kind from the list"})
        agency, part = _find(actor, row)
        if part.pk and (part.until is None or part.until >= today):
            raise ValidationError({"name": "An agency of that name or code takes part already"})
        if part.pk:
            part = begin_part(actor.partnership, agency, today)
        _save(actor, agency, part, row, today)
        return agency


def set_lead(*, actor: Actor, agency: Agency, lead_name: str, lead_phone: str, statutory_partner: bool) -> None:
    """The agency's safeguarding lead in this partnership, and whether it is one of the three partners."""
    with running(actor):
        save_checked(own_agency(actor, agency), {"lead_name": lead_name, "lead_phone": lead_phone,
                                                 "statutory_partner": statutory_partner})


def end_participation(*, actor: Actor, agency: Agency, last_day: date) -> None:
    """The agency no longer takes part after a last day; its people's seats end with it."""
    with running(actor):
        part = own_agency(actor, agency)
        if last_day < part.since:
            raise ValidationError({"until": "The last day must not be before the first day"})
        save_checked(part, {"until": last_day})


def import_agencies(*, actor: Actor, content: bytes, today: date, dry_run: bool = False) -> Outcome:
    """Add the agencies of a CSV file, and update those known by national code or name; all of them or none.

    Raises BadSheet with every fault by row and column.
    """
    with running(actor):
        sheet = sheets.read(content, COLUMNS)
        rows = [(number, _read(sheet, number, row, today)) for number, row in sheet.rows]
        _check_repeats(sheet, rows)
        sheet.raise_faults()
        states = [_take_in(actor, row, today, dry_run=dry_run) for _, row in rows]
        return Outcome(states.count("added"), states.count("changed"), states.count("same"))


def _kinds(today: date) -> set[str]:
    return {each.code for each in codes("agency-kinds", today)}


def _read(sheet: Sheet, number: int, row: dict[str, str], today: date) -> dict[str, Any]:
    kinds = _kinds(today)
    if row["kind"] and row["kind"] not in kinds:
        sheet.faults.append(Fault(number, "kind", f"“{row['kind']}” is not one of: {', '.join(sorted(kinds))}."))
    if row["email"]:
        sheet.check(number, "email", _email, row["email"])
    partner = sheet.check(number, "statutory_partner", _yes, row["statutory_partner"])
    return {**row, "statutory_partner": partner}


def _check_repeats(sheet: Sheet, rows: list[tuple[int, dict[str, Any]]]) -> None:
    first: dict[tuple[str, str], int] = {}
    for number, row in rows:
        for column in ("name", "code"):
            key = (column, row[column].lower())
            if row[column] and first.setdefault(key, number) != number:
                sheet.faults.append(Fault(number, column, f"this is in row {first[key]} already."))


def _take_in(actor: Actor, row: dict[str, Any], today: date, *, dry_run: bool) -> str:
    agency, part = _find(actor, row)
    if not part.pk:
        state = "added"
    else:
        same = all(getattr(agency, name) == row[name] for name in OF_AGENCY if _may_change(actor, agency))
        same = same and all(getattr(part, name) == row[name] for name in OF_PART)
        state = "same" if same else "changed"
    if state != "same" and not dry_run:
        _save(actor, agency, part, row, today)
    return state


def _find(actor: Actor, row: dict[str, Any]) -> tuple[Agency, Participation]:
    """The agency of a row: by code or name in this partnership, else by code and kind anywhere, else a new one."""
    mine = Agency.objects.filter(participations__partnership=actor.partnership).order_by("pk")
    found = mine.filter(code__iexact=row["code"]).first() if row["code"] else None
    found = found or mine.filter(name__iexact=row["name"]).first()
    if found is None and row["code"]:
        found = Agency.objects.filter(code__iexact=row["code"], kind=row["kind"]).order_by("pk").first()
    agency = found or Agency()
    part = Participation.objects.filter(partnership=actor.partnership, agency=agency).first() if agency.pk else None
    return agency, part or Participation()


def _may_change(actor: Actor, agency: Agency) -> bool:
    """An agency that several partnerships share keeps its name and numbers: no one of them rewrites the others' entry."""
    return not agency.participations.exclude(partnership=actor.partnership).exists() if agency.pk else True


def _save(actor: Actor, agency: Agency, part: Participation, row: dict[str, Any], today: date) -> None:
    if _may_change(actor, agency):
        save_checked(agency, {name: row[name] for name in OF_AGENCY})
    since = {} if part.pk else {"partnership": actor.partnership, "agency": agency, "since": today}
    save_checked(part, {**since, **{name: row[name] for name in OF_PART}})


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as wrong:
        raise ValueError("this is not an e-mail address.") from wrong
    return text


def _yes(text: str) -> bool:
    if text.lower() not in YES + NO:
        raise ValueError("write yes, or leave it empty.")
    return text.lower() in YES
