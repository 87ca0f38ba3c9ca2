"""Kinder words for phrases that blame a child, offered as one types."""
from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from goldthread.base.text import find_blaming
from goldthread.web.middleware import public

LONGEST = 50_000  # characters looked through, more than any answer has


@public
@require_POST
def check(request: HttpRequest) -> JsonResponse:
    """The phrases found in `text`, each with better words. Nothing of the text is kept or logged."""
    found = find_blaming(request.POST.get("text", "")[:LONGEST])
    return JsonResponse({"found": [{"phrase": each.phrase, "suggestion": each.suggestion} for each in found]})
