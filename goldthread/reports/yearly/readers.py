"""Who reads a report: those who write reports and whoever reads its process; once published, all who see figures."""
from __future__ import annotations

from typing import Any

from goldthread.access.policy import desk_token, figures_token
from goldthread.process.models import Case
from goldthread.reports.yearly.models import (
    Answer,
    Course,
    Document,
    Freeze,
    Published,
    PublishedFile,
    Publishing,
    Section,
)

DESKS = ("assurance", "data")
Readers = tuple[list[str], list[str]]
SHOWN: tuple[Any, ...] = (Section, Freeze, Published)
WRITERS: tuple[Any, ...] = (Answer, Course, Publishing)  # how it came about


def of_draft(document: Document) -> Readers:
    """Readers and denied while it is written, and afterwards of how it came about. On the system's authority."""
    here = document.partnership_id
    tokens, denied = {desk_token(desk, here) for desk in DESKS}, []
    if document.case_id:
        case = Case.with_void.get(pk=document.case_id)
        tokens |= set(case.readers)
        denied = sorted(case.denied)
    return sorted(tokens), denied


def rewrite(document: Document) -> None:
    """Write a document's readers onto it and all that hangs off it. On the system's authority, within `writing()`."""
    drafting, denied = of_draft(document)
    readers = drafting
    if document.publisheds.exists():
        readers, denied = sorted({*drafting, figures_token(document.partnership_id)}), []
    document.readers, document.denied = readers, denied
    values = {"readers": readers, "denied": denied}
    Document.objects.filter(pk=document.pk).update(**values)
    for model in SHOWN:
        model.objects.filter(document=document).update(**values)
    PublishedFile.objects.filter(published__document=document).update(**values)
    for model in WRITERS:
        model.objects.filter(document=document).update(readers=drafting)


def follow_case(case: Case) -> None:
    """The readers of a case changed, and with them those of the report it leads to."""
    for document in Document.objects.filter(case=case):
        rewrite(document)
