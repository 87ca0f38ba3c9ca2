"""What is wrong in a spreadsheet of a report, as a table."""
from __future__ import annotations

from goldthread.reports.reading.errors import ReportInputError
from goldthread.web.components import Column, Table


def faults_table(wrong: ReportInputError) -> Table:
    """Each fault by its row and column, with what to do about it."""
    return Table("What to mend before the file can be loaded", [
        Column("Row"), Column("Column"), Column("What is there"), Column("What is wrong"), Column("What to do")],
        [[str(each.row or ""), each.column, each.value, each.problem, each.mend] for each in wrong.faults])
