"""Who reads a report: those who write reports and whoever reads its process; once published, all who see figures."""
from __future__ import annotations

from typing import Any

from goldthread.access.policy import desk_token, figures_token
from goldthread.process.models import Case
from goldthread.reports.yearly.models import Answer, Document, Freeze, Published, PublishedFile, Section

DESKS = ("assurance", "data")
Readers = tuple[list[str], list[str]]
OF_DOCUMENT: tuple[Any, ...] = (Section, Freeze, Answer)


def of_document(document: Document) -> Readers:
    """Readers and denied. On the system's authority."""
    here = document.partnership_id
    tokens, denied = {desk_token(desk, here) for desk in DESKS}, []
    if document.case_id:
        case = Case.with_void.get(pk=document.case_id)
        tokens |= set(case.readers)
        denied = sorted(case.denied)
    return sorted(tokens), denied


def of_published(document: Document) -> list[str]:
    return sorted({*document.readers, figures_token(document.partnership_id)})


def follow_case(case: Case) -> None:
    """The readers of a case changed, and with them those of the report it leads to."""
    for document in Document.objects.filter(case=case):
        readers, denied = of_document(document)
        if (document.readers, document.denied) == (readers, denied):
            continue
        document.readers, document.denied = readers, denied
        Document.objects.filter(pk=document.pk).update(readers=readers, denied=denied)
        for model in OF_DOCUMENT:
            model.objects.filter(document=document).update(readers=readers, denied=denied)
        out = {"readers": of_published(document), "denied": []}
        Published.objects.filter(document=document).update(**out)
        PublishedFile.objects.filter(published__document=document).update(**out)
