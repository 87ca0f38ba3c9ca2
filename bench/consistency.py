"""How much of what is planted the consistency check finds, and how often it is wrong: 100 reports with faults, 100 without.

Tuned on the seeds 1 to 50; measured on 51 to 100, whose sentences have wordings of their own (bench/planted/held_out.py);
and on the chapters of other hands (bench/planted/other_hands), learnt from since they were first met.
`python -m bench.consistency --certainty` writes goldthread/reports/checking/certainty.toml: how often each ground was right
when hands were first met, leaning on the tuning seeds where that was seldom.
"""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from bench.planted import Made, Planted, make, other_hands
from bench.planted.telling import certainties, command
from bench.result import Result, spent
from goldthread.reports.checking import finding as finding_module
from goldthread.reports.checking.document_check import Checked, check_document
from goldthread.reports.checking.finding import SURE, Finding
from goldthread.reports.checking.rules import RULES
from goldthread.reports.document import read_document

name = "The consistency check on invented reports"
TUNED, MEASURED = range(1, 51), range(51, 101)
MOST_FALSE = 2.0
MOST_MISSED = 10.0  # of wordings never seen before
MOST_MISSED_OTHERS = 75.0  # of other hands' faults
MOST_SECONDS = 5.0


@dataclass
class Tally:
    """What came of checking some reports."""

    planted: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    false: Counter[tuple[str, str]] = field(default_factory=Counter)
    numbers: int = 0
    clean_numbers: int = 0
    clean_false: int = 0
    examples: list[str] = field(default_factory=list)
    bands: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


def run(scale: float) -> list[Result]:
    """At scale 1 the measured seeds, with the tuned ones beside them."""
    tuned, measured, others = tally(TUNED), tally(MEASURED), by_hands(other_hands.HANDS)
    text = _long_report(scale)
    pdf = _drawn(text)
    return [_false(tuned, "tuned, seeds 1-50", scale), _false(measured, "measured, seeds 51-100", scale),
            _missed(tuned, "tuned, seeds 1-50", scale), _missed(measured, "measured, seeds 51-100", scale),
            _false(others, "other hands' chapters, learnt from", scale),
            _missed(others, "other hands' chapters, learnt from", scale, MOST_MISSED_OTHERS),
            _time("text", "long.txt", text, scale), _time("PDF", "long.pdf", pdf, scale)]


def _time(kind: str, file: str, data: bytes, scale: float) -> Result:
    """Reading and checking: judged by CPU, since others may be at work; the wall is told beside it."""
    took = spent(lambda: check_document(read_document(file, data)))
    return Result(f"a report of 45 pages as {kind}, read and checked, CPU", scale, "s", round(took.cpu, 3), None,
                  MOST_SECONDS * scale,
                  {"wall s": round(took.wall, 3), "kB": len(data) // 1000, "peak memory MB": took.peak_mb}, 1.5 * scale)


def _drawn(text: bytes) -> bytes:
    """The same as a PDF, drawn without tables: what costs is reading the words."""
    from weasyprint import HTML
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.decode().splitlines() if line.strip())
    return HTML(string=f"<style>body{{font-size:8pt;line-height:1.2}}</style>{paragraphs}").write_pdf()


def tally(seeds: Iterable[int]) -> Tally:
    """Check the reports of these seeds, with faults and without."""
    found = Tally()
    for seed in seeds:
        for faulty in (True, False):
            made = make(seed, faulty)
            checked = check(made)
            found.numbers += checked.numbers
            _count(found, made, checked, faulty)
    return found


def by_hands(hands: Iterable[str]) -> Tally:
    """Check other hands' chapters, clean and with each fault. Right is a new finding on a line of the fault."""
    found = Tally()
    for hand in hands:
        known = _clean(hand, found)
        for fault in other_hands.faults(hand):
            findings = check_document(read_document(f"{fault.chapter}.md", fault.text.encode())).findings
            new = [one for one in findings if (one.kind, one.stated, one.recomputed) not in known[fault.chapter]]
            right = [one for one in new if one.at.line in fault.lines]
            found.planted[fault.kind] += 1
            found.met[fault.kind] += bool(right)
            found.right.update((one.kind, _ground(one)) for one in right)
            if not right:
                line = fault.text.splitlines()[min(fault.lines) - 1]
                found.examples.append(f"missed {hand} {fault.chapter} {fault.kind}: {line[:160]}")
    return found


def _clean(hand: str, found: Tally) -> dict[str, set[tuple[str, str, str]]]:
    """Count what is found in a hand's clean chapters, and hand it back by chapter."""
    known = {}
    for name, text in other_hands.chapters(hand).items():
        checked = check_document(read_document(f"{name}.md", text.encode()))
        known[name] = {(each.kind, each.stated, each.recomputed) for each in checked.findings}
        found.clean_numbers += checked.numbers
        for one in checked.findings:
            found.clean_false += one.certainty >= SURE
            found.false[one.kind, _ground(one)] += 1
            found.examples.append(f"FALSE {hand} {name} {one.kind}: {one.stated} → {one.recomputed} | {one.quote}")
    return known


def check(made: Made) -> Checked:
    """The check of one invented report, beside its report of the year before."""
    earlier = [read_document("earlier.txt", made.earlier.encode())]
    return check_document(read_document(made.name, made.text.encode()), earlier)


def _count(found: Tally, made: Made, checked: Checked, faulty: bool) -> None:
    left = list(made.planted)
    for each in left:
        found.planted[each.kind] += 1
        if any(_touches(each, one) for one in checked.findings):
            found.met[each.kind] += 1
        else:
            found.examples.append(f"missed {made.name} {each.kind}: {each.snippets}")
    for one in checked.findings:
        right = any(_touches(each, one) for each in left)
        (found.right if right else found.false)[one.kind, _ground(one)] += 1
        band = found.bands[f"{int(one.certainty * 10) / 10:.1f}"]
        band[0 if right else 1] += 1
        if not right:
            found.examples.append(f"FALSE {made.name} {one.kind}: {one.stated} → {one.recomputed} {one.arithmetic} | "
                                  f"{one.quote}")
    if not faulty:
        found.clean_numbers += checked.numbers
        found.clean_false += sum(one.certainty >= SURE for one in checked.findings)


def _touches(planted: Planted, one: Finding) -> bool:
    return any(snippet in one.quote or one.quote in snippet or snippet in one.arithmetic for snippet in planted.snippets)


def _ground(one: Finding) -> str:
    rule = next(each for each in RULES if each.kind == one.kind)
    return next(key for key, words in rule.grounds.items() if words == one.ground)


def _false(found: Tally, which: str, scale: float) -> Result:
    rate = 1000 * found.clean_false / found.clean_numbers
    more: dict[str, Any] = {"numbers in clean reports": found.clean_numbers, "false": found.clean_false,
                            "false in all reports, by kind": _by_kind(found.false),
                            "of findings by certainty, right and false": dict(sorted(found.bands.items()))}
    return Result(f"false alarms in 1,000 numbers of clean reports ({which})", scale, "", round(rate, 3), None,
                  MOST_FALSE, more)


def _missed(found: Tally, which: str, scale: float, most: float = MOST_MISSED) -> Result:
    share = 100 * (1 - sum(found.met.values()) / sum(found.planted.values()))
    by_kind = {kind: f"{found.met[kind]} of {count}" for kind, count in sorted(found.planted.items())}
    return Result(f"planted faults missed ({which})", scale, "%", round(share, 2), None, most,
                  {"planted": sum(found.planted.values()), "found by kind": by_kind})


def _by_kind(counted: Counter[tuple[str, str]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for (kind, _), count in counted.items():
        total[kind] += count
    return dict(total)


def _long_report(scale: float) -> bytes:
    """About 45 pages of 400 words at scale 1: the measured reports one after the other."""
    text, seed = "", 100
    while len(text.split()) < 18_000 * scale:
        seed += 1
        text += make(seed, False).text
    return text.encode()


def certainty(found: Tally) -> str:
    """The data file of certainties."""
    head = ("How often a finding of this kind, on this ground, was right where hands were first met that nobody had learnt\n"
            "from, leaning on planted faults in invented reports where that was seldom: see docs/consistency.md.\n"
            "Made by `python -m bench.consistency --certainty`.")
    met = other_hands.first_met()["ground"]
    right, false = ({(kind, ground): counts[at] for kind, grounds in met.items() for ground, counts in grounds.items()}
                    for at in (0, 1))
    return certainties(head, [(rule.kind, ground) for rule in RULES for ground in rule.grounds],
                       (Counter(right), Counter(false)), (found.right, found.false))


if __name__ == "__main__":
    data = Path(finding_module.__file__).with_name("certainty.toml")
    command(__doc__, tally, (TUNED, MEASURED), data, certainty)
