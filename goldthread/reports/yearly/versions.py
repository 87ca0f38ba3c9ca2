"""A document as it reads now: live before its freeze, as frozen from then on; what its checks find; its forms as files."""
from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from goldthread.base.dates import LONDON
from goldthread.measure import periods
from goldthread.reports.yearly import counting, figures, findings
from goldthread.reports.yearly import voice as telling
from goldthread.reports.yearly.composing import Composed, Frame, compose
from goldthread.reports.yearly.counting import Counted
from goldthread.reports.yearly.figures import Asked, Contribution
from goldthread.reports.yearly.findings import Stop
from goldthread.reports.yearly.models import Document, Freeze
from goldthread.reports.yearly.naming import names_in

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Form = tuple[str, bytes]  # content type and bytes
Telling = Callable[[int], None]  # told how many forms are laid out


def frozen(document: Document) -> Freeze | None:
    """The freeze in force."""
    found: Freeze | None = document.freezes.order_by("-number").first()
    return found


def counted(document: Document, now: datetime) -> Counted:
    """Its figures. On the system's authority."""
    asked = Asked(document.partnership, periods.read(document.period), now)
    freeze = frozen(document)
    return counting.of_freeze(freeze, asked) if freeze else counting.live(asked)


def composed(document: Document, now: datetime, sections: Sequence[Any] | None = None) -> Composed:
    """The report as it reads now, or with other sections in place of those kept. On the system's authority."""
    freeze = frozen(document)
    frame = Frame(document.title, document.partnership.name, now.astimezone(LONDON),
                  freeze.at.astimezone(LONDON) if freeze else None)
    parts = list(document.sections.all()) if sections is None else sections
    return compose(frame, parts, counted(document, now), contributions(document))


def contributions(document: Document) -> list[Contribution]:
    """What agencies sent in for it."""
    return [each for give in figures.contributions for each in give(document)]


def voice(document: Document, made: Composed, now: datetime) -> list[dict[str, Any]]:
    """What children said in it, for the page that everybody reads. On the system's authority."""
    names = names_in(findings.document_of(made), document.partnership, now.astimezone(LONDON).date())
    return telling.voice(made, names)


def found(document: Document, made: Composed, now: datetime) -> list[Stop]:
    """What the checks find in a document as it reads. On the system's authority."""
    names = names_in(findings.document_of(made), document.partnership, now.astimezone(LONDON).date())
    return findings.found(made, names)


def unanswered(document: Document, made: Composed, now: datetime) -> list[Stop]:
    """What must not go out as it is and has no answer yet. On the system's authority."""
    answered = set(document.answers.values_list("finding", flat=True))
    return [each for each in found(document, made, now) if each.stops and each.finding not in answered]


def state(document: Document) -> str:
    """A digest of all that a document is made from: its freeze, its sections, what agencies sent in."""
    freeze = frozen(document)
    parts = list(document.sections.values_list("key", "order", "revision"))
    withheld = freeze.withhelds.count() if freeze else 0
    made_from = (document.title, freeze.pk if freeze else 0, withheld, parts, contributions(document))
    return sha256(repr(made_from).encode()).hexdigest()


def forms(made: Composed, freeze: Freeze | None, tell: Telling = lambda done: None) -> dict[str, Form]:
    """Every form by file name, with its content type. tell: how many are made."""
    found: dict[str, Form] = {}
    for name, (content_type, make) in FORMS.items():
        found[name] = (content_type, make(made, freeze))
        tell(len(found))
    return found


def _html(made: Composed, freeze: Freeze | None) -> bytes:
    from goldthread.reports.writing.html import render_html
    return render_html(made).encode()


def _pdf(made: Composed, freeze: Freeze | None) -> bytes:
    from goldthread.reports.writing.pdf import render_pdf
    return render_pdf(made)


def _docx(made: Composed, freeze: Freeze | None) -> bytes:
    from goldthread.reports.writing.word import render_docx
    return render_docx(made)


def figures_json(made: Composed, freeze: Freeze | None) -> bytes:
    """The figures that are in a report, as they are told, with what counted them."""
    rows = [{"key": each.key, "label": each.label, "told": each.text, "unit": each.unit, "how": each.how,
             "query": each.query, "version": each.digest} for each in made.used]
    when = {"frozen_at": freeze.at.isoformat(), "rule": freeze.rule} if freeze else {"frozen_at": None}
    return (json.dumps({"title": made.title, **when, "figures": rows}, ensure_ascii=False, indent=2) + "\n").encode()


#: Every form a document comes out in, by file name: its content type, and what lays it out.
FORMS: dict[str, tuple[str, Callable[[Composed, Freeze | None], bytes]]] = {
    "report.html": ("text/html; charset=utf-8", _html), "report.pdf": ("application/pdf", _pdf),
    "report.docx": (DOCX, _docx), "figures.json": ("application/json", figures_json)}
