"""The only writes on the thread."""
from goldthread.thread.actions.finding import add_finding, recommend
from goldthread.thread.actions.giving import extend, give, reassign
from goldthread.thread.actions.proving import close, drop, give_evidence, judge, note_impact, reopen

__all__ = ["add_finding", "close", "drop", "extend", "give", "give_evidence", "judge", "note_impact", "reassign",
           "recommend", "reopen"]
