"""What both measures of planted things share: the data file of certainties, and the command that prints examples."""
from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Counted = Counter[tuple[str, str]]
NONE: tuple[Counted, Counted] = (Counter(), Counter())
WEIGHT = 2


def certainties(head: str, grounds: Iterable[tuple[str, str]], met: tuple[Counted, Counted],
                lean: tuple[Counted, Counted] = NONE) -> str:
    """A data file: for each kind and ground the share that was right of what was `met`, right and false.

    It leans, as much as two more findings would, on the share of `lean`, or on a half.
    """
    lines, last = [f"# {line}" for line in head.splitlines()], ""
    for kind, ground in grounds:
        if kind != last:
            lines, last = [*lines, "", f'["{kind}"]'], kind
        good, bad = (each[kind, ground] for each in met)
        before = (lean[0][kind, ground] + 1) / (lean[0][kind, ground] + lean[1][kind, ground] + 2)
        lines.append(f'"{ground}" = {(good + WEIGHT * before) / (good + bad + WEIGHT):.2f}  # {good} right, {bad} false')
    return "\n".join(lines) + "\n"


def command(about: str | None, tally: Callable[[Iterable[int]], Any], seeds: tuple[range, range], data: Path,
            told: Callable[[Any], str]) -> None:
    """Print what was missed and what was false on the tuned seeds, or the measured ones; write the data file if asked."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--certainty", action="store_true", help=f"write {data.name} from the tuned seeds")
    parser.add_argument("--measured", action="store_true", help="the measured seeds, not the tuned ones")
    args = parser.parse_args()
    found = tally(seeds[1 if args.measured else 0])
    planted, met = sum(found.planted.values()), sum(found.met.values())
    print("\n".join([*found.examples, f"{met} of {planted} met; by kind: " + ", ".join(
        f"{kind} {found.met[kind]} of {count}" for kind, count in sorted(found.planted.items())),
        f"false in clean texts: {found.clean_false}"]))
    if args.certainty and not args.measured:
        data.write_text(told(found), encoding="utf-8")
