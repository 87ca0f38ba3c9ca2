"""Any report as a document: sections, paragraphs and tables, each with where it stands. `read_document(name, data)`."""
from goldthread.reports.document.model import Document, Heading, Paragraph, Table, Where
from goldthread.reports.document.reading import KINDS, UnreadableDocument, read_document

__all__ = ["KINDS", "Document", "Heading", "Paragraph", "Table", "UnreadableDocument", "Where", "read_document"]
