"""The only writes on a report."""
from goldthread.reports.yearly.actions.beginning import begin, freeze, freeze_document
from goldthread.reports.yearly.actions.publishing import publish, publish_document
from goldthread.reports.yearly.actions.writing import Conflict, answer, save_section

__all__ = ["Conflict", "answer", "begin", "freeze", "freeze_document", "publish", "publish_document", "save_section"]
