"""The only writes on meetings."""
from goldthread.meeting.actions.agenda import add_item, add_paper, change_item, move_item, remove_item
from goldthread.meeting.actions.bodies import (
           add_body,
           change_body,
           end_body,
           seat_member,
           set_quorum,
           unseat_member,
)
from goldthread.meeting.actions.holding import correct_minute, give_action, mark_attendance, minute
from goldthread.meeting.actions.keys import holder, renew_key
from goldthread.meeting.actions.minutes import approve, ask_approval
from goldthread.meeting.actions.planning import cancel_meeting, change_meeting, plan_meeting

__all__ = ["add_body", "add_item", "add_paper", "approve", "ask_approval", "cancel_meeting", "change_body", "change_item",
           "change_meeting", "correct_minute", "end_body", "give_action", "holder", "mark_attendance", "minute",
           "move_item", "plan_meeting", "remove_item", "renew_key", "seat_member", "set_quorum", "unseat_member"]
