"""Help for tests that end processes."""

import time
from pathlib import Path


def gone(process: int, within: float = 5) -> bool:
    """Whether the process ends within so many seconds; one that only waits to be reaped has ended."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False
