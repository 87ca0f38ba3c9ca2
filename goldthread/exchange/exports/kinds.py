"""The returns that are made of Goldthread's own records: what each is, whose seats it takes, and how it is written."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from goldthread.access.actor import Actor, acting
from goldthread.access.policy import May
from goldthread.dataset.checking.report import Report
from goldthread.exchange.annex_a import writing as lists
from goldthread.exchange.annex_a.span import months_before
from goldthread.exchange.care import writing as care
from goldthread.exchange.census import writing as census
from goldthread.exchange.checking import check_return, check_year
from goldthread.exchange.records import Progress, untold
from goldthread.exchange.seats import seat_with

DESKS = {May.MANAGE_SOCIAL_CARE: "social-care", May.MANAGE_EXPLOITATION: "exploitation",
         May.MANAGE_FRONT_DOOR: "front-door", May.LINK_RECORDS: "data-rows"}
NOT_YOURS = "{} left out: their records are not yours to see."
KEPT_SAFE = "Postcodes are left out: of {} an address is kept safe from you."


@dataclass(frozen=True)
class Asked:
    """What is asked for: the year whose 31 March it is told of, or the day of the lists; the council's number."""

    year: int | None = None
    day: date | None = None
    council: str = ""


@dataclass(frozen=True)
class Made:
    """What came of it: in words what is in it and what is left out; what our own checks found; and the children it tells
    of, by the seat (its number) they were read from."""

    lines: tuple[str, ...]
    report: Report
    people: Mapping[int, frozenset[int]]


Write = Callable[[Sequence[Actor], Asked, Path, datetime, Progress], Made]


@dataclass(frozen=True)
class Kind:
    """A return: rights of which each must be some seat's, the first its maker's; the years it is declared for (none: it is
    told of a day); whether it is written as a folder. also: rights of seats without which it is made, but with less in it.
    """

    key: str
    title: str
    meaning: str
    rights: tuple[May, ...]
    write: Write
    suffix: str
    years: Callable[[], Sequence[int]] | None = None
    council: bool = False
    folder: bool = False
    also: tuple[May, ...] = ()

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.key}.{'zip' if self.folder else self.suffix}"

    def made(self, seats: Sequence[Actor], asked: Asked, place: Path, now: datetime, tell: Progress = untold
             ) -> tuple[Path, Made]:
        """Write it below a folder, as one file. Raises Refused where a seat is wanting, ValueError for what was asked."""
        path = place / (self.key if self.folder else self.name)
        made = self.write(seats, asked, path, now, tell)
        return _packed(path, place / self.name) if self.folder else path, made


def _packed(folder: Path, path: Path) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as out:
        for each in sorted(folder.iterdir()):
            out.write(each, each.name)
    return path


def left(many: int, words: str, one: str = "1 child is", several: str = "{:,} children are") -> list[str]:
    """A line about what is not told, where there is any. words: with {} where the number of them belongs."""
    return [words.format(one if many == 1 else several.format(many))] if many else []


def _year(asked: Asked, years: Sequence[int]) -> int:
    if asked.year not in years:
        raise ValueError(f"The year {asked.year} is not known. Known: {', '.join(map(str, sorted(years)))}")
    return asked.year


def _census(seats: Sequence[Actor], asked: Asked, path: Path, now: datetime, tell: Progress) -> Made:
    year, actor = _year(asked, census_years()), seat_with(seats, May.MANAGE_SOCIAL_CARE)
    with acting(actor):
        made = census.write_census(actor=actor, year=year, council=asked.council, path=path, now=now, tell=tell)
    lines = [f"Children: {len(made.people):,}. Episodes of need: {made.episodes:,}.", *left(made.left_out, NOT_YOURS),
             *left(made.upns_left_out, "{} left out: there is no such area that gives any (rule 1530).",
                   "1 pupil number is", "{:,} pupil numbers are")]
    return Made(tuple(lines), check_year("cin-census", [path], year, now), {actor.appointment.pk: made.people})


def _looked_after(seats: Sequence[Actor], asked: Asked, path: Path, now: datetime, tell: Progress) -> Made:
    year, carer = _year(asked, care.years()), seat_with(seats, May.MANAGE_SOCIAL_CARE)
    made = care.write_return(seats=seats, year=year, folder=path, tell=tell)
    told = ", ".join(f"{table} {many:,}" for table, many in made.rows.items())
    lines = [f"Rows: {told or 'none'}.", *left(made.left_out, NOT_YOURS),
             *left(made.not_born, "{} left out: no date of birth is known."),
             *left(made.overlapping, "{} left out: another case of the child went on meanwhile.", "1 time in care is",
                   "{:,} times in care are"),
             *left(made.kept_safe, KEPT_SAFE, "1 child", "{:,} children")]
    return Made(tuple(lines), check_year(care.KEY, care.files(path), year, now),
                {carer.appointment.pk: frozenset(made.people)})


def _lists(seats: Sequence[Actor], asked: Asked, path: Path, now: datetime, tell: Progress) -> Made:
    if asked.day is None:
        raise ValueError("Say of which day the lists are told")
    carer, door = seat_with(seats, May.MANAGE_SOCIAL_CARE), seat_with(seats, May.MANAGE_FRONT_DOOR)
    made = lists.write_annex_a(seats=seats, day=asked.day, path=path, now=now, tell=tell)
    told = ", ".join(f"{key.removeprefix('list-')}: {many:,}" for key, many in made.rows.items())
    lines = [f"Rows by list: {told}.",
             *([f"Empty, each saying why: {', '.join(each.removeprefix('list-') for each in found)}."]
               if (found := lists.empty(made)) else []), *left(made.left_out, NOT_YOURS),
             *left(made.kept_safe, KEPT_SAFE, "1 child", "{:,} children")]
    people = {door.appointment.pk: frozenset(made.of_contacts)}
    people[carer.appointment.pk] = people.get(carer.appointment.pk, frozenset()) | made.people
    return Made(tuple(lines), check_return(lists.KEY, [path], months_before(asked.day, 12), asked.day, now), people)


def census_years() -> list[int]:
    return sorted(census.years())


KINDS = {each.key: each for each in (
    Kind("cin", "Children in need census", "Every child in need in the year to 31 March, child by child, as XML.",
         (May.MANAGE_SOCIAL_CARE,), _census, "xml", census_years, council=True),
    Kind("ssda903", "Looked-after children (SSDA903)",
         "Children looked after in the year to 31 March and care leavers, as a folder of CSV files in a zip.",
         (May.MANAGE_SOCIAL_CARE, May.MANAGE_EXPLOITATION), _looked_after, "csv", care.years, folder=True),
    Kind("annex-a", "Annex A lists for an inspection", "Ofsted's child-level lists as they stood on a day, as a workbook.",
         (May.MANAGE_SOCIAL_CARE, May.MANAGE_EXPLOITATION, May.MANAGE_FRONT_DOOR), _lists, "xlsx",
         also=(May.LINK_RECORDS,)))}
