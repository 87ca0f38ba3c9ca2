"""What every page is given."""
from __future__ import annotations

from typing import Any

from django.conf import settings


def page(request: Any) -> dict[str, Any]:
    """The actor, the partnership whose name and colours the page wears, and whether this is the demo."""
    actor = getattr(request, "actor", None)
    return {"actor": actor, "partnership": actor.partnership if actor else None, "demo": settings.DEMO,
            "now": getattr(request, "now", None), "seats": getattr(request, "seats", [])}
