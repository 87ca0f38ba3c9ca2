"""Who may run a group's meetings, and who chairs them."""
from __future__ import annotations

from goldthread.access.actor import Actor, Refused
from goldthread.access.policy import May, desk_token, user_token
from goldthread.meeting.models import Body


def runs(actor: Actor, body: Body) -> bool:
    """Those who run meetings at the desk that looks after the group; and its chair and secretary, whatever their role."""
    if actor.authority.partnership != body.partnership_id:
        return False
    if actor.may(May.RUN_MEETINGS) and actor.holds(desk_token(body.desk, body.partnership_id)):
        return True
    named = [body.chair.user_id, *([body.secretary.user_id] if body.secretary else [])]
    able = actor.may(May.RUN_MEETINGS) or actor.may(May.ATTEND_MEETINGS)
    return able and any(actor.holds(user_token(user)) for user in named)


def chairs(actor: Actor, body: Body) -> bool:
    """The chair, or whoever covers for them."""
    able = actor.may(May.RUN_MEETINGS) or actor.may(May.ATTEND_MEETINGS)
    return able and actor.authority.partnership == body.partnership_id and actor.holds(user_token(body.chair.user_id))


def insist_runs(actor: Actor, body: Body) -> None:
    if not runs(actor, body):
        raise Refused("Only those who run this group's meetings can do this")
