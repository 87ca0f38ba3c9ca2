"""The pages of a PDF as lines of text, each word about where it stands on the page: what stands apart stays apart.

PDFium reads the words; where they stand is put into characters here, since lines are read alike whatever they come from.
"""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

APART, GAP = 2.0, 0.25  # in characters: cells of a table, and words with a space between
BLANK = 2.0  # in heights of a line, from one to the next: a blank line
LEAST, THIN = 10, 0.5  # letters of a run that tells how wide a letter is, in points at least
ONE_AT_A_TIME = Lock()  # PDFium does not bear two threads


class NoPages(ValueError):
    """The file is no PDF, or is protected. `protected`: by a password."""

    def __init__(self, why: str, protected: bool) -> None:
        super().__init__(why)
        self.protected = protected


@dataclass(frozen=True)
class _Run:
    """Words that stand on one line without a break, with where: points from the left, and from the bottom."""

    words: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def pages_in(data: bytes, most: int) -> tuple[list[list[str]], list[str]]:
    """The lines of each page, and the titles of the PDF's outline.

    Raises NoPages for what is no PDF or is protected by a password, ValueError for one of more than `most` pages.
    """
    with ONE_AT_A_TIME:
        return _read(data, most)


def _read(data: bytes, most: int) -> tuple[list[list[str]], list[str]]:
    import pypdfium2  # slow to load
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise NoPages(str(error), getattr(error, "err_code", None) == FPDF_ERR_PASSWORD) from error
    try:
        if len(pdf) > most:
            raise ValueError(f"more than {most} pages")
        return [_lines(list(_runs(page))) for page in pdf], [each.get_title() for each in pdf.get_toc()]
    except pypdfium2.PdfiumError as error:
        raise NoPages(str(error), False) from error
    finally:
        pdf.close()


def _runs(page: Any) -> Iterator[_Run]:
    text = page.get_textpage()
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = " ".join(text.get_text_bounded(left, bottom, right, top).split())
        if words:
            yield _Run(words, left, right, bottom, top)


def _lines(runs: Sequence[_Run]) -> list[str]:
    """The page's lines from the top, a blank one where more space is left."""
    wide = [(each.right - each.left) / len(each.words) for each in runs if len(each.words) >= LEAST]
    letter = max(min(wide or [(each.right - each.left) / len(each.words) for each in runs], default=1.0), THIN)
    edge = min((each.left for each in runs), default=0.0)
    found: list[str] = []
    last: _Run | None = None
    for line in _on_one_line(runs):
        if last and (last.bottom - line[0].bottom) >= BLANK * max(last.height, line[0].height):
            found.append("")
        found.append(_set(line, edge, letter))
        last = max(line, key=lambda each: each.height)
    return found


def _on_one_line(runs: Sequence[_Run]) -> list[list[_Run]]:
    """Runs that overlap in height by more than half of the lower one, from left to right."""
    lines: list[list[_Run]] = []
    for run in sorted(runs, key=lambda each: -(each.top + each.bottom)):
        beside = lines[-1][0] if lines else None
        shared = min(beside.top, run.top) - max(beside.bottom, run.bottom) if beside else 0.0
        if beside and shared > min(beside.height, run.height) / 2:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(each, key=lambda run: run.left) for each in lines]


def _set(line: Sequence[_Run], edge: float, wide: float) -> str:
    """One line: each run as many characters from the left as it stands there, and a table's cells three spaces apart."""
    text, right = "", edge
    for run in line:
        gap = (run.left - right) / wide
        least = 0 if not text else 3 if gap >= APART else 1 if gap >= GAP else 0
        text += " " * max(round((run.left - edge) / wide) - len(text) if gap >= APART or not text else 0, least) + run.words
        right = run.right
    return text
