"""Looks into one PDF, read from standard input, in a process of its own that may use little memory and time.

Run as a script, so that it loads nothing but what it needs. Prints nothing when the PDF is sound, else one of the keys
of `pdf.WORDS`. A PDF made to exhaust memory or crash the reader ends this process only.
"""
import io
import resource
import sys

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 20
MOST_OBJECTS = 500_000
DEEPEST = 60
SCRIPT_KEYS = {"/JS", "/JavaScript", "/XFA"}
FILE_KEYS = {"/EmbeddedFiles", "/EF", "/RichMediaContent"}
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute"}
FILE_TYPES = {"/RichMedia", "/Movie", "/Sound", "/3D", "/Screen"}


def fault_in(data: bytes) -> str:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            if len(pdf.pages) == 0:
                return "empty"
            for seen, item in enumerate(pdf.objects):
                if seen > MOST_OBJECTS:
                    return "huge"
                if fault := _walk(item, pikepdf, 0):
                    return fault
            return _walk(pdf.trailer, pikepdf, 0)
    except pikepdf.PasswordError:
        return "locked"
    except (pikepdf.PdfError, ValueError):
        return "damaged"


def _walk(item, pikepdf, depth: int) -> str:
    """Indirect objects come round by themselves, so only what is written inside `item` is followed."""
    if depth > DEEPEST:
        return "huge"
    if isinstance(item, pikepdf.Array):
        return next((f for each in item if not _indirect(each) and (f := _walk(each, pikepdf, depth + 1))), "")
    if not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        return ""
    keys = set(item.keys())
    if keys & SCRIPT_KEYS or str(item.get("/S", "")) in ACTIONS:
        return "active"
    if keys & FILE_KEYS or str(item.get("/Subtype", "")) in FILE_TYPES:
        return "files"
    inside = (item[key] for key in keys)
    return next((f for each in inside if not _indirect(each) and (f := _walk(each, pikepdf, depth + 1))), "")


def _indirect(item) -> bool:
    return bool(getattr(item, "is_indirect", False))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(fault_in(sys.stdin.buffer.read()))
