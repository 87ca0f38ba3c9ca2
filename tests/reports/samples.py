"""Small inputs for the report tests, all invented."""
import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from goldthread.reports import Inputs, check_consistency, read_inputs
from goldthread.reports.checking.document_check import check_document
from goldthread.reports.checking.outcome import Check
from goldthread.reports.document import read_document

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
HERE = Path(__file__).parent
PUBLISHED = HERE / "published" / "hillingdon-2017-18"

TRAINING_HEAD = ("course", "delivery", "attendees", "places offered", "percentage printed in the report")
BUDGET_HEAD = ("side", "line", "amount (GBP)")
INDICATOR_HEAD = ("indicator", "owner agency", "period", "value", "previous period value", "unit", "note")
CLAIM_HEAD = ("what", "printed", "section")

COURSES = [("Neglect", "face to face", 30, 40, "75%"), ("Online harms", "face to face", 50, 50, "100%"),
           ("Basics", "e-learning", 120, "", "")]
BUDGET = [("income", "Fernshire Council", 60000), ("income", "Police", 20000), ("expenditure", "Staffing", 70000),
          ("expenditure", "Reviews", 12500)]
INDICATORS = [("Children looked after", "Children's Services", "2024-25", 330, 300, "children", ""),
              ("Re-referrals", "Children's Services", "2024-25", 20, 25, "percent", "")]


def as_csv(head, rows) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode()


def files(courses=COURSES, budget=BUDGET, indicators=INDICATORS, claims=()) -> dict[str, bytes]:
    return {"training-courses.csv": as_csv(TRAINING_HEAD, courses), "budget.csv": as_csv(BUDGET_HEAD, budget),
            "indicators.csv": as_csv(INDICATOR_HEAD, indicators), "printed-totals.csv": as_csv(CLAIM_HEAD, claims)}


def inputs(**tables) -> Inputs:
    return read_inputs(files(**tables), name="fernshire-2024-25")


def check_claim(what: str, printed: str, section: str = "", **tables) -> Check:
    """The check of one printed figure beside the small tables."""
    checked = check_consistency(inputs(claims=[(what, printed, section)], **tables))
    return next(each for each in checked.checks if each.file == "printed-totals.csv")


def claim_checks(source: dict[str, bytes], name: str = "") -> list[Check]:
    return [each for each in check_consistency(read_inputs(source, name)).checks if each.file == "printed-totals.csv"]


def kinds_found(sentences: str) -> set[str]:
    """The kinds of fault that the check finds in a report with this text under its only heading."""
    text = f"Testbury Safeguarding Children Partnership Annual Report 2023-24\n\n1.0 First\n\n{sentences}"
    return {each.kind for each in check_document(read_document("report.txt", text.encode())).findings}
