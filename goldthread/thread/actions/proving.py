"""Evidence that something was done, somebody else's word that it is enough, the end of an action, and its impact."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor, Refused, acting
from goldthread.files.storing import store
from goldthread.thread.actions.common import (
    add,
    insist_leads,
    insist_may_do,
    insist_open,
    locked,
    required,
    tell_giver,
    tell_owner,
    turn,
    writing_as,
)
from goldthread.thread.models import Action, Evidence, Impact, Verdict
from goldthread.thread.standing import is_owner, may_do, with_evidence


def give_evidence(*, actor: Actor, action: Action, what: str, now: datetime, upload: Any = None) -> Evidence:
    """What was done, by those who were to do it. Raises Refused, ValidationError, Action.DoesNotExist; BadFile."""
    with writing_as(actor):
        found = locked(actor, action)
        insist_may_do(actor, found)
        insist_open(found)
        what = required(what, "what", "Say what was done")
        document = store(actor=actor, upload=upload, readers=found.readers, denied=found.denied, now=now) if upload else None
        made: Evidence = add(Evidence, found, actor, now, what=what, document=document, agency=actor.agency)
        tell_giver(found, "There is evidence of an action to look at", actor, now)
        return made


def judge(*, actor: Actor, evidence: Evidence, enough: bool, now: datetime, comment: str = "") -> Verdict:
    """Say whether evidence is enough: by somebody who gives actions, and neither gave the evidence nor is to act.

    Raises Refused; ValidationError when it was judged already, or says no without saying why; Evidence.DoesNotExist.
    """
    insist_leads(actor)
    with acting(actor):
        Evidence.objects.only("pk").get(pk=evidence.pk)
    with writing_as(actor):
        found = Evidence.objects.get(pk=evidence.pk)
        action = locked(actor, Action(pk=found.action_id))
        if actor.user.pk == found.by_id or is_owner(actor, action):
            raise Refused("Somebody else than those who did it must say whether it is enough")
        insist_open(action)
        if Verdict.objects.filter(evidence=found).exists():
            raise ValidationError("Somebody has looked at this already")
        if not enough:
            comment = required(comment, "comment", "Say what is still needed")
        made: Verdict = add(Verdict, action, actor, now, evidence=found, enough=enough, comment=comment.strip())
        tell_owner(action, "Evidence was accepted" if enough else "More evidence is asked for", actor, now)
        return made


def close(*, actor: Actor, action: Action, reason: str, now: datetime) -> Action:
    """An action is done: some of its evidence was found to be enough. Raises Refused, ValidationError."""
    insist_leads(actor)
    with writing_as(actor):
        found = locked(actor, action)
        insist_open(found)
        if not with_evidence(Action.objects.filter(pk=found.pk)).get().accepted:
            raise ValidationError("Accept evidence first, or say that this is not needed any more")
        return _end(found, "closed", "done_at", reason or "The evidence is enough", actor, now)


def drop(*, actor: Actor, action: Action, reason: str, now: datetime) -> Action:
    """An action is not needed any more. Raises Refused; ValidationError without a reason."""
    insist_leads(actor)
    with writing_as(actor):
        found = locked(actor, action)
        insist_open(found)
        return _end(found, "dropped", "dropped_at", required(reason, "reason", "Say why it is not needed"), actor, now)


def _end(action: Action, kind: str, field: str, reason: str, actor: Actor, now: datetime) -> Action:
    setattr(action, field, now)
    action.save(update_fields=[field])
    turn(action, actor, kind, reason, now)
    tell_owner(action, "An action of yours was closed", actor, now)
    return action


def reopen(*, actor: Actor, action: Action, reason: str, now: datetime) -> Action:
    """Take an action up again; evidence accepted before no longer counts. Raises Refused, ValidationError."""
    insist_leads(actor)
    with writing_as(actor):
        found = locked(actor, action)
        if found.open:
            raise ValidationError("This is open")
        reason = required(reason, "reason", "Say why it is taken up again")
        found.done_at = found.dropped_at = None
        found.save(update_fields=["done_at", "dropped_at"])
        turn(found, actor, "reopened", reason, now)
        tell_owner(found, "An action of yours was taken up again", actor, now)
        return found


def note_impact(*, actor: Actor, action: Action, difference: str, known_by: str, now: datetime) -> Impact:
    """What difference an action made: by those who did it or those who give actions. Raises Refused, ValidationError."""
    with writing_as(actor):
        found = locked(actor, action)
        if not may_do(actor, found):
            insist_leads(actor)
        made: Impact = add(Impact, found, actor, now, difference=required(difference, "difference", "Say what changed"),
                           known_by=required(known_by, "known_by", "Say how you know"))
        return made
