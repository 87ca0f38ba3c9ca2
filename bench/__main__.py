"""`python -m bench [NAME …] [--scale 1 10] [--fresh] [--quick]`: measure, print a table, keep JSON under bench/results/.

A bench is a module of this package named in BENCHES with `name` and `run(scale) -> list[Result]`. Each runs in a
process of its own for each scale, so that memory is its own. Exit code 1 when something measured misses its mark.
"""
from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.result import QUICK, Result, growth, table

BENCHES: tuple[str, ...] = ("pages", "chronology", "contact_import", "people_match", "due_dates", "consistency",
                            "text_gate", "submissions", "indicators", "linkage", "yearly_report")
FOLDER = Path(__file__).resolve().parent / "results"


def main(argv: list[str] | None = None) -> int:
    args = _arguments(argv)
    if args.only:
        found = importlib.import_module(f"bench.{args.only}").run(args.scale[0])
        args.to.write_text(json.dumps([each.as_json() for each in found]), encoding="utf-8")
        return 0
    if args.quick:
        os.environ[QUICK] = "1"
    if args.fresh:
        importlib.import_module("bench.pages_data").forget()
    holds = True
    for name in args.names or BENCHES:
        results = []
        for scale in args.scale:
            print(f"{name} at scale {scale:g} …", file=sys.stderr, flush=True)
            results += _apart(name, scale)
            if not args.quick:
                _keep(name, [*results, *growth(results)])
        results += growth(results)
        title = importlib.import_module(f"bench.{name}").name
        print(f"\n{title}\n{table(results)}", flush=True)
        holds = holds and all(each.holds for each in results)
    return 0 if holds or args.quick else 1


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure how fast things are.")
    parser.add_argument("names", nargs="*", help=f"which (default all): {', '.join(BENCHES)}")
    parser.add_argument("--scale", nargs="+", type=float, default=[1.0, 10.0])
    parser.add_argument("--fresh", action="store_true", help="make the boroughs kept from earlier runs anew")
    parser.add_argument("--quick", action="store_true",
                        help="a few requests each, to see that all of it runs; nothing is kept or judged")
    parser.add_argument("--only", choices=BENCHES, help=argparse.SUPPRESS)
    parser.add_argument("--to", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if unknown := sorted({*args.names} - {*BENCHES}):
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    return args


def _apart(name: str, scale: float) -> list[Result]:
    """Run one bench at one scale in a process of its own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    out = FOLDER / f"{name}-{os.getpid()}.tmp"
    try:
        words = [sys.executable, "-m", "bench", "--only", name, "--scale", str(scale), "--to", str(out)]
        subprocess.run(words, check=True)
        rows = json.loads(out.read_text(encoding="utf-8"))
    finally:
        out.unlink(missing_ok=True)
    return [Result(**{k: v for k, v in row.items() if k not in ("times", "holds")}) for row in rows]


def _keep(name: str, results: list[Result]) -> None:
    kept: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "python": platform.python_version(),
                            "cores": os.cpu_count(), "load over 15 minutes": round(os.getloadavg()[2], 1),
                            "results": [each.as_json() for each in results]}
    (FOLDER / f"{name}.json").write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
