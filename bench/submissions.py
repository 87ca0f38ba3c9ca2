"""Data returns looked through, beside a bare read of the same files.

Rows: a CSV file of a police force's return through `dataset.checking`, from bytes on the disk to a report and Parquet,
beside `polars.read_csv` of the same file. Census: an XML file of the children in need census beside `lxml.iterparse` of it
that keeps nothing. What was read is compared, value by value, with what the files say before any time is told. CPU
seconds, the middle of three turns. Scale 1: 100,000 rows and 5,000 children.
"""
from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.result import Result, Spent, middle, spent

name = "Looking data returns through against a bare read of the same files"
ROWS, CHILDREN = 100_000, 5_000
MOST_ROWS, MOST_CENSUS, MOST_MB, GROWS = 6.0, 8.0, 1_000, 10.5
TURNS = 3
TODAY, UNTIL = date(2026, 11, 20), date(2026, 9, 30)
HEADINGS = ("incident_number", "person_number", "first_name", "last_name", "born_on", "sex", "ethnicity", "postcode",
            "happened_at", "kind", "part", "domestic_abuse", "risk", "ended_at", "protection_used")


def run(scale: float) -> list[Result]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    import django
    django.setup()
    with TemporaryDirectory() as folder:
        return [*_census(Path(folder), scale), *_rows(Path(folder), scale)]  # whose memory is the smaller comes first


def _rows(folder: Path, scale: float) -> list[Result]:
    import polars as pl
    many = round(ROWS * scale)
    path = folder / "incidents.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write(",".join(HEADINGS) + "\n")
        out.writelines(",".join(row) + "\n" for row in incidents(many))
    ours, bare = [], []
    for turn in range(TURNS + 1):  # the first warms up
        taken = spent(lambda: _look(path, "police-incidents", date(2026, 7, 1), UNTIL))
        read = spent(lambda: pl.read_csv(path))
        if turn:
            ours.append(taken)
            bare.append(read)
    _look(path, "police-incidents", date(2026, 7, 1), UNTIL, _compare)
    return _results("rows", scale, many, path, ours, bare, MOST_ROWS, GROWS)


def _census(folder: Path, scale: float) -> list[Result]:
    from lxml import etree
    many = round(CHILDREN * scale)
    path = folder / "census.xml"
    with path.open("w", encoding="utf-8") as out:
        out.writelines(census(many))

    def read() -> None:
        for _, element in etree.iterparse(path):
            element.clear()
    ours, bare = [], []
    for turn in range(TURNS + 1):
        taken = spent(lambda: _look(path, "cin-census", date(2025, 4, 1), date(2026, 3, 31)))
        held = spent(read)
        if turn:
            ours.append(taken)
            bare.append(held)
    _look(path, "cin-census", date(2025, 4, 1), date(2026, 3, 31), _compare_census)
    return _results("census", scale, many, path, ours, bare, MOST_CENSUS)


def _results(what: str, scale: float, many: int, path: Path, ours: list[Spent], bare: list[Spent], most: float,
             grows: float | None = None) -> list[Result]:
    mine, theirs = middle(ours), middle(bare)
    more = {"records": many, "file MB": round(path.stat().st_size / 1e6, 1), "wall s": round(mine.wall, 3),
            "bare wall s": round(theirs.wall, 3), "records a CPU second": round(many / mine.cpu)}
    return [Result(f"{what}, CPU", scale, "s", round(mine.cpu, 4), round(theirs.cpu, 4), most, more, grows=grows),
            Result(f"{what}, peak memory", scale, "MB", mine.peak_mb, most=MOST_MB)]


def _look(path: Path, key: str, since: date, until: date, compare: Any = None) -> None:
    """Look a file through, its rows written as they are kept; raises when anything is found in it."""
    from goldthread.dataset.checking.checking import looked
    from goldthread.dataset.checking.columns import Setting
    from goldthread.dataset.reading.batches import Source
    from goldthread.dataset.specification.declared import find
    with looked([Source(path.name, path)], find(key, until), Setting(TODAY, since, until)) as found:
        if found.report.groups:
            raise AssertionError([str(each.first[:1]) for each in found.report.groups.values()])
        for table in found.parts:
            found.write(table, found.folder / f"{table}.parquet")
        if compare is not None:
            compare(found, path)


def _compare(found: Any, path: Path) -> None:
    """Every cell is what the file says."""
    import polars as pl
    mine = pl.read_parquet(found.folder / "incidents.parquet")
    said = pl.read_csv(path, infer_schema=False)
    as_written = mine.select(
        *(pl.col(name) for name in HEADINGS if mine.schema[name] == pl.String),
        pl.col("born_on").dt.strftime("%d/%m/%Y"), pl.col("happened_at").dt.strftime("%d/%m/%Y %H:%M"),
        pl.col("ended_at").dt.strftime("%d/%m/%Y %H:%M"),
        *(pl.when(name).then(pl.lit("yes")).when(~pl.col(name)).then(pl.lit("no")).alias(name)
          for name in ("domestic_abuse", "protection_used"))).select(HEADINGS)
    if not as_written.equals(said):
        raise AssertionError("what was read is not what the file says")


def _compare_census(found: Any, path: Path) -> None:
    import polars as pl
    from lxml import etree
    said = [(child.findtext("ChildIdentifiers/LAchildID"), each.text) for _, child in etree.iterparse(path, tag="Child")
            for each in child.iter("AssessmentFactors", "CPPreviewDate")]
    factors = pl.read_parquet(found.folder / "factors.parquet").select("LAchildID", "AssessmentFactors").rows()
    reviews = pl.read_parquet(found.folder / "reviews.parquet").select(
        "LAchildID", pl.col("CPPreviewDate").cast(pl.String)).rows()
    if sorted(said) != sorted(factors + reviews):
        raise AssertionError("what was read is not what the census says")


def incidents(many: int) -> Iterator[list[str]]:
    """Sound rows of invented incidents."""
    chance = random.Random(7)
    kinds = ("domestic", "violence", "other", "missing")
    for n in range(many):
        kind = kinds[n % 4]
        yield [f"EX{n}", f"P{n % max(many // 3, 1)}", f"Testa{n % 100}", f"Exampleton{n % 1000}",
               f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(2009, 2025)}", "MFU"[n % 3], "WBRI",
               f"ZZ{n % 9 + 1} {n % 9}AA",
               f"{chance.randint(1, 28):02}/{chance.randint(7, 9):02}/2026 "
               f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}",
               kind, "witness", "yes" if n % 2 else "no", "medium" if kind == "missing" else "", "", "no"]


def census(many: int) -> Iterator[str]:
    """A sound census of invented children."""
    yield ("<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31"
           "</ReferenceDate></CollectionDetails><Source><LEA>998</LEA></Source></Header><Children>\n")
    for n in range(many):
        yield CHILD.replace("@day", f"{n % 27 + 1:02}").replace("@sex", "MF"[n % 2]).replace("@n", str(n))
    yield "</Children></Message>\n"


CHILD = """<Child><ChildIdentifiers><LAchildID>EX@n</LAchildID><UPNunknown>UN3</UPNunknown>
<PersonBirthDate>2015-03-@day</PersonBirthDate><Sex>@sex</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
<Disabilities><Disability>HAND</Disability><Disability>HEAR</Disability></Disabilities></ChildCharacteristics>
<CINdetails><CINreferralDate>2025-06-@day</CINreferralDate><ReferralSource>1A</ReferralSource>
<PrimaryNeedCode>N4</PrimaryNeedCode><CINclosureDate>2026-02-27</CINclosureDate><ReasonForClosure>RC1</ReasonForClosure>
<Assessments><AssessmentActualStartDate>2025-06-@day</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2025-08-01</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment>
<AssessmentFactors>1C</AssessmentFactors><AssessmentFactors>6B</AssessmentFactors>
</FactorsIdentifiedAtAssessment></Assessments>
<CINPlanDates><CINPlanStartDate>2025-09-24</CINPlanStartDate><CINPlanEndDate>2025-09-26</CINPlanEndDate></CINPlanDates>
<Section47><S47ActualStartDate>2025-07-02</S47ActualStartDate><InitialCPCtarget>2025-07-23</InitialCPCtarget>
<DateOfInitialCPC>2025-08-06</DateOfInitialCPC><ICPCnotRequired>0</ICPCnotRequired></Section47>
<ReferralNFA>0</ReferralNFA><ChildProtectionPlans><CPPstartDate>2025-10-17</CPPstartDate>
<CPPendDate>2026-02-13</CPPendDate><InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>PHY</LatestCategoryOfAbuse><NumberOfPreviousCPP>1</NumberOfPreviousCPP>
<Reviews><CPPreviewDate>2026-01-15</CPPreviewDate></Reviews></ChildProtectionPlans></CINdetails></Child>
"""
