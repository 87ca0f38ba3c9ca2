"""One process started for many agencies at once, all or none: a section 11 year, a round of audits."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.policy import desk_token
from goldthread.orgs.models import Agency
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.definition import Process
from goldthread.process.models import Campaign, Case
from goldthread.process.rights import may_start


@transaction.atomic
def launch(*, actor: Actor, process: Process, title: str, agencies: Sequence[Agency], due: datetime,
           first: Callable[[Agency, Campaign], Writing], now: datetime) -> Campaign:
    """Start the process once for each agency, with the first record that `first` makes for it.

    Raises Refused; ValidationError without a title, for a due time that is past, for no agencies, and for one that does
    not take part in the partnership.
    """
    may_start(actor, process).insist()
    if not title.strip():
        raise ValidationError({"title": "Enter what it is called"})
    if due <= now:
        raise ValidationError({"due": "Enter a day still to come"})
    chosen = {agency.pk: agency for agency in agencies}
    here = Agency.objects.filter(participations__partnership=actor.partnership, pk__in=chosen).values_list("pk", flat=True)
    if not chosen or set(here) != set(chosen):
        raise ValidationError({"agencies": "Choose agencies that take part in this partnership"})
    with acting(system_for(actor)), writing():
        campaign = Campaign.objects.create(
            partnership=actor.partnership, readers=[desk_token(process.desk, actor.partnership.pk)],
            process_key=process.key, title=title.strip(), began_at=now, due=due, began_by=actor.user)
    for agency in chosen.values():
        actions.start(actor=actor, process=process, writing_=first(agency, campaign), now=now, campaign=campaign)
    return campaign


def cases_of(campaign: Campaign) -> list[Case]:
    """Its cases that the acting person may see, by the agency they are about."""
    return list(Case.objects.filter(campaign=campaign).select_related("about_agency").order_by("about_agency__name"))
