"""Handing out a file: always to be saved, never to be shown inside a page of ours."""
from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.files.models import Document
from goldthread.files.storing import NotYet, open_for
from goldthread.web.middleware import needs

HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@needs()
@require_GET
def document(request: Any, number: int) -> HttpResponse:
    """The file itself. A file that may not be read is answered like one that does not exist."""
    try:
        opened = open_for(actor=request.actor, document_id=number)
    except Document.DoesNotExist as error:
        raise Http404 from error
    except NotYet as why:
        return render(request, "pages/refused.html", {"why": str(why)}, status=403)
    return FileResponse(opened.file, as_attachment=True, filename=opened.name, content_type=opened.content_type,
                        headers=HEADERS)
