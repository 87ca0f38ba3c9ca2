"""What both kinds of import share: whose seat they are done from, and how findings are told."""

import argparse
from collections.abc import Sequence
from datetime import datetime

from goldthread.commands.refusal import Refusal

HELD, FOUND = 0, 2
SHOWN = 50


def actor_of(args: argparse.Namespace, right, now: datetime):
    """Whoever --as names, in a seat of theirs that has the right if there is one."""
    from goldthread.access.actor import actor_for
    from goldthread.orgs.models import Appointment

    seats = Appointment.objects.current(now.date()).filter(
        partnership__slug=args.partnership, user__email__iexact=args.email,
    ).select_related("user", "agency", "partnership", "team").order_by("pk")
    actors = [actor_for(seat, now=now) for seat in seats]
    if not actors:
        raise Refusal(f"{args.email} has no seat in a partnership called '{args.partnership}' today.")
    return next((actor for actor in actors if actor.may(right)), actors[0])


def tell(findings: Sequence[object]) -> None:
    """The first findings, a line each."""
    for each in findings[:SHOWN]:
        print(each)
    if len(findings) > SHOWN:
        print(f"… and {len(findings) - SHOWN} more: use --json for all.")
