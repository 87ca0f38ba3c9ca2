"""The only writes of the dataset room. Each asks first, writes all or nothing, and is kept in the history."""
from goldthread.dataset.actions.deciding import accept, undo, withdraw
from goldthread.dataset.actions.expecting import drop, expect, plan, remind
from goldthread.dataset.actions.specifying import define, end
from goldthread.dataset.actions.submitting import NotReady, check, forget, look_at, send, take

__all__ = ["NotReady", "accept", "check", "define", "drop", "end", "expect", "forget", "look_at", "plan", "remind", "send",
           "take", "undo", "withdraw"]
