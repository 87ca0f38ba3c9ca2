"""A borough is streamed: what has been read is let go."""
import os
import subprocess
import sys

READ = """
import sys
from datetime import date
from pathlib import Path
from goldthread.borough import Borough, Plan
kept = []
for contact in Borough(Plan(float(sys.argv[1]), 7, date(2026, 11, 20))).contacts():
    if sys.argv[2] == "keep":
        kept.append(contact)
status = Path("/proc/self/status").read_text().splitlines()
print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


def peak(scale: float, then: str) -> int:
    """KiB of memory a fresh process held at most while it read every contact."""
    done = subprocess.run([sys.executable, "-c", READ, str(scale), then], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    return int(done.stdout)


def test_ten_times_the_contacts_need_no_more_memory_unless_they_are_kept():
    few, many, kept = peak(0.02, "let go"), peak(0.2, "let go"), peak(0.2, "keep")
    assert many - few < 5_000
    assert kept - many > 10_000
