"""What every page is given."""
from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from goldthread.orgs.models import Partnership
from goldthread.web import navigation
from goldthread.web.work.told import unread_count

PUBLIC_LINKS = (("Worried about a child?", "worried"), ("Advice and procedures", "procedures"),
                ("Training", "public_training"), ("Reports and reviews", "publications"),
                ("About us", "about"), ("Contacts", "contacts"))
FOOTER_LINKS = (("Help", "help"), ("Accessibility statement", "accessibility"), ("Privacy", "privacy"),
                ("Cookies", "cookies"), ("What has changed", "changes"))
ACCOUNT_LINKS = (("Your account", "account"), ("Notices you get", "notice_settings"), ("Set up", "setup"))


class _Remembered:
    """The partnership last shown, kept for the page that must work when the database does not."""

    partnership: Partnership | None = None


def remembered_partnership() -> Partnership | None:
    """The partnership this process showed last; never asks the database."""
    return _Remembered.partnership


def _public_partnership() -> Partnership | None:
    """Whose name pages without sign-in wear: the only partnership there is, else none."""
    found = list(Partnership.objects.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def shown_partnership(actor: Any) -> Partnership | None:
    """Whose page this is: the partnership somebody works in; without sign-in the only one there is, else none."""
    return actor.partnership if actor else _public_partnership()


def _worn(actor: Any) -> Partnership | None:
    partnership = shown_partnership(actor)
    _Remembered.partnership = partnership or _Remembered.partnership
    return partnership


def page(request: Any) -> dict[str, Any]:
    """The actor, the partnership whose name and colours the page wears, its links, and whether this is the demo."""
    actor, path = getattr(request, "actor", None), request.path
    return {
        "actor": actor,
        "partnership": SimpleLazyObject(lambda: _worn(actor)),
        "demo": settings.DEMO,
        "now": getattr(request, "now", None),
        "seats": getattr(request, "seats", []),
        "sections": cache(lambda: navigation.items(actor, path)),
        "public_links": cache(lambda: navigation.links(path, PUBLIC_LINKS)),
        "footer_links": cache(lambda: navigation.links(path, FOOTER_LINKS)),
        "account_links": cache(lambda: navigation.ways(ACCOUNT_LINKS, actor, path)),
        "search_at": cache(lambda: navigation.way_to("search", actor)),
        "notices_at": cache(lambda: navigation.way_to("notices", actor)),
        "unread": cache(lambda: unread_count(actor, getattr(request, "newest", None)) if actor else 0),
        "wearer": lambda: _wearer(actor, getattr(request, "seats", [])),
    }


def _wearer(actor: Any, seats: list[Any]) -> tuple[Any, ...]:
    """All that the top of a page says of whose it is: the same for two pages, the same top."""
    partnership = shown_partnership(actor)
    place = (partnership.name, partnership.logo, partnership.short_name) if partnership else ()
    held = tuple((seat.pk, seat.title, seat.role, seat.agency.name, seat.partnership.short_name) for seat in seats)
    mine = (actor.appointment.pk, str(actor.user), actor.appointment.title, actor.role, actor.agency.name) if actor else ()
    return (*place, *mine, held)
