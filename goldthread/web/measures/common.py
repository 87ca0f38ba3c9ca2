"""What the pages of the scorecard share: which indicators, which periods, and who may open the rows behind a number."""
from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.http import Http404

from goldthread.access.actor import Actor, acting, system
from goldthread.access.policy import May, desk_token
from goldthread.dataset.rights import ROWS_DESK
from goldthread.measure import periods
from goldthread.measure.indicators import Indicator, indicator
from goldthread.measure.periods import LENGTHS, Period
from goldthread.measure.reading import Sight, told_only
from goldthread.process import registry
from goldthread.process.models import Case
from goldthread.process.rights import works_on
from goldthread.rules.codes import label
from goldthread.web.components import View
from goldthread.web.meetings.common import today_of
from goldthread.web.middleware import needs

SEES, KEEPS = needs(May.SEE_FIGURES), needs(May.KEEP_SCORECARD)
KINDS = {"month": "By month", "quarter": "By quarter", "year": "By year"}


def opens_returns(actor: Actor) -> bool:
    """Whether somebody may open the rows of all agencies' returns."""
    return actor.holds(desk_token(ROWS_DESK, actor.partnership.pk))


def opens_rows(actor: Actor, each: Indicator) -> bool:
    """Whether somebody may open every row that an indicator counts: who reads all its desk does, or all returns' rows."""
    place = actor.partnership.pk
    if any(count.table == "returned" for count in each.counts):
        return opens_returns(actor)
    found = [registry.get(key) for key in each.processes]
    return bool(found) and all(works_on(actor, process) and actor.holds(desk_token(process.desk, place))
                               for process in found)


def sight_of(actor: Actor, shown: Iterable[Indicator]) -> Sight:
    """How somebody sees some indicators. The one place where it is said of which records their own numbers are: of those
    the guard of rows lets them read (decision 12). What returns alone tell of is theirs who open the rows of returns.
    """
    theirs, returned = [each for each in shown if opens_rows(actor, each)], opens_returns(actor)
    opened = frozenset(each.key for each in theirs) - (frozenset() if returned else told_only(actor.partnership.pk, theirs))
    kept = kept_from(actor, {key for each in theirs if each.key in opened for key in each.processes})
    return Sight(lambda each: each.key in opened, kept, returned)


def kept_from(actor: Actor, processes: Collection[str]) -> frozenset[int]:
    """The cases of some processes that somebody may not read."""
    with transaction.atomic(), acting(system(actor.partnership.pk)):
        every = set(Case.objects.filter(process_key__in=processes).values_list("pk", flat=True))
    with transaction.atomic(), acting(actor):
        return frozenset(every - set(Case.objects.filter(process_key__in=processes).values_list("pk", flat=True)))


def seen(actor: Actor, each: Indicator) -> bool:
    """Whether somebody may see an indicator at all. Of a process kept from children's workers, not even a number that is
    made safe is shown to who finds children.
    """
    if opens_rows(actor, each) or not actor.may(May.FIND_PEOPLE):
        return True
    return not any(registry.get(key).sender_only for key in each.processes)


def indicator_of(actor: Actor, key: str) -> Indicator:
    """One that is there and to be seen; else the page of an address that does not exist."""
    try:
        found = indicator(key)
    except KeyError:
        raise Http404 from None
    if not seen(actor, found):
        raise Http404
    return found


def period_in(request: Any, default: str = "quarter") -> Period:
    """The period the address asks for; the last whole one of the default kind."""
    try:
        found = periods.read(request.GET.get("period", ""))
    except ValueError:
        kind = request.GET.get("by", default)
        found = periods.last_whole(kind if kind in LENGTHS else default, today_of(request))
    return found


def kind_views(picked: str) -> list[View]:
    return [View(words, f"?by={kind}", kind == picked) for kind, words in KINDS.items()]


def owner_words(each: Indicator) -> str:
    return label("agency-kinds", each.owner)
