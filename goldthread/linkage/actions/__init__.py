"""The only writes of the linkage room. Each asks first, writes all or nothing, and is kept in the history."""
from goldthread.linkage.actions.answering import answer, end_link, take_back
from goldthread.linkage.actions.common import NotReady
from goldthread.linkage.actions.running import ask_for_run, carry_out, fail

__all__ = ["NotReady", "answer", "ask_for_run", "carry_out", "end_link", "fail", "take_back"]
