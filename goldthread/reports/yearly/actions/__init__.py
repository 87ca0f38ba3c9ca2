"""The only writes on a report."""
from goldthread.reports.yearly.actions.beginning import begin, freeze, freeze_document
from goldthread.reports.yearly.actions.courses import load_courses
from goldthread.reports.yearly.actions.publishing import (
           ask,
           insist_safe,
           keep,
           lay_out,
           publish,
           publish_document,
)
from goldthread.reports.yearly.actions.withholding import withhold
from goldthread.reports.yearly.actions.writing import Conflict, answer, save_section

__all__ = ["Conflict", "answer", "ask", "begin", "freeze", "freeze_document", "insist_safe", "keep", "lay_out",
           "load_courses", "publish", "publish_document", "save_section", "withhold"]
