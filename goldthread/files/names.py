"""File names as people send them, made harmless to show and to save."""
from __future__ import annotations

import re
import unicodedata

from goldthread.files.faults import BadFile, need

LONGEST = 120
RUNS = re.compile(r"\.(exe|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|jar|lnk|pif|cpl|html?|svg|xht(ml)?|php|sh)"
                  r"(?=\.|$)", re.IGNORECASE)
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def tidy(name: str) -> tuple[str, str]:
    """The bare name and its extension in small letters without the dot.

    Folders, control characters and marks that turn the writing round are taken out, a program's ending inside the name
    loses its dot, and a long name is cut. Raises BadFile for a name with nothing left, a zero byte or no ending.
    """
    need("\0" not in name, "The file's name holds a zero byte. Rename it and try again.")
    bare = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    bare = "".join(c for c in bare if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    bare = re.sub(r'[<>:"|?*]', "_", " ".join(bare.split())).strip(" .")
    stem, dot, extension = bare.rpartition(".")
    if not dot or not stem.strip(" ."):
        raise BadFile("The file's name has no ending such as .pdf. Rename it and try again.")
    stem = RUNS.sub(lambda found: "_" + found[1], stem)
    stem = f"{stem}_" if RESERVED.match(stem) else stem
    extension = extension.strip().lower()
    return f"{stem[:LONGEST - len(extension) - 1].rstrip(' .')}.{extension}", extension
