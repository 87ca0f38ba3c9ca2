"""A version accepted, taken back by whoever sent it, and the last of these undone."""
from __future__ import annotations

from datetime import datetime

from goldthread.access.actor import Actor
from goldthread.dataset.actions.common import (
    NotReady,
    required,
    tell_agency,
    tell_desk,
    version_in_sight,
    writing_as,
)
from goldthread.dataset.models import HANDED_IN, State, Submission
from goldthread.dataset.rights import collects, insist_collects, insist_sends


def accept(*, actor: Actor, submission: Submission, now: datetime) -> Submission:
    """Take a version as what the agency says of the period, in place of the one before. Accepted stays accepted.

    Raises Refused, Submission.DoesNotExist, NotReady.
    """
    insist_collects(actor, submission.partnership_id)
    with writing_as(actor):
        found = version_in_sight(actor, submission)
        if found.state == State.ACCEPTED:
            return found
        if found.state != State.SENT:
            raise NotReady("Only a version that was sent, and not withdrawn, can be accepted")
        before = Submission.objects.filter(expectation=found.expectation, state=State.ACCEPTED).first()
        if before is not None:
            Submission.objects.filter(pk=before.pk).update(state=State.REPLACED)
        found.state, found.accepted_at, found.accepted_by, found.replaces = State.ACCEPTED, now, actor.user, before
        found.save(update_fields=["state", "accepted_at", "accepted_by", "replaces"])
        tell_agency(found.expectation, "A data return of your agency was accepted", now, but=actor.user.pk)
        return found


def withdraw(*, actor: Actor, submission: Submission, reason: str, now: datetime) -> Submission:
    """Take a version back: by those who send the agency's returns, or those who collect them. It stays to be read about.

    Raises Refused, Submission.DoesNotExist, NotReady; ValidationError without a reason.
    """
    with writing_as(actor):
        found = version_in_sight(actor, submission)
        if not collects(actor, found.partnership_id):
            insist_sends(actor, found.expectation)
        if found.state == State.WITHDRAWN:
            return found
        if found.state not in HANDED_IN:
            raise NotReady("Only a version that was sent can be withdrawn")
        found.withdrawn_because = required(reason, "reason", "Say why it is withdrawn")
        found.before, found.state, found.withdrawn_at, found.withdrawn_by = found.state, State.WITHDRAWN, now, actor.user
        found.save(update_fields=["before", "state", "withdrawn_at", "withdrawn_by", "withdrawn_because"])
        tell_desk(found.expectation, "A data return was withdrawn", now, but=actor.user.pk)
        return found


def undo(*, actor: Actor, submission: Submission, now: datetime) -> Submission:
    """Undo that a version was accepted, or withdrawn, while nothing came after: it is what it was before, and so is the
    version whose place it took. Raises Refused, Submission.DoesNotExist, NotReady.
    """
    insist_collects(actor, submission.partnership_id)
    with writing_as(actor):
        found = version_in_sight(actor, submission)
        others = Submission.objects.filter(expectation=found.expectation).exclude(pk=found.pk)
        if found.state == State.WITHDRAWN:
            if found.before == State.ACCEPTED and others.filter(state=State.ACCEPTED).exists():
                raise NotReady("Another version was accepted since")
            found.state, found.before = State(found.before), ""
            found.withdrawn_at = found.withdrawn_by = None
            found.save()
        elif found.state == State.ACCEPTED:
            before = found.replaces_id
            found.state, found.accepted_at, found.accepted_by, found.replaces = State.SENT, None, None, None
            found.save()
            others.filter(pk=before, state=State.REPLACED).update(state=State.ACCEPTED)
        else:
            raise NotReady("There is nothing to undo: it was neither accepted nor withdrawn")
        return found
