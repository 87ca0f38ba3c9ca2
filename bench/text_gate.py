"""How many planted identifiers the text gate stops, and how often it stops what identifies nobody.

A hundred texts with one identifier each and a hundred without, for each of two sets of seeds: tuned on 1 to 50, measured on
51 to 100, which have wordings of their own (bench/planted/held_out.py), and on a second hand's (bench/planted/other_hands).
`python -m bench.text_gate --certainty` writes
goldthread/reports/gate/certainty.toml.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bench.planted import other_hands
from bench.planted.identifiers import text
from bench.planted.telling import certainties, command
from bench.result import Result
from goldthread.reports.document import read_document
from goldthread.reports.document.sentences import sentences
from goldthread.reports.gate import details, found, identifiers, names, narrated, rare
from goldthread.reports.gate.found import Ground
from goldthread.reports.gate.gate import Identifier

name = "The text gate on invented texts"
TUNED, MEASURED = range(1, 51), range(51, 101)
EACH = 4
MOST_FALSE, MOST_MISSED = 5.0, 5.0


@dataclass
class Tally:
    """What came of looking through some texts."""

    planted: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    false: Counter[tuple[str, str]] = field(default_factory=Counter)
    sentences: int = 0
    clean_false: int = 0
    examples: list[str] = field(default_factory=list)


def run(scale: float) -> list[Result]:
    """Both sets of seeds; the scale changes nothing."""
    results = []
    for which, told in (("tuned, seeds 1-50", tally(TUNED)), ("measured, seeds 51-100", tally(MEASURED)),
                        ("a second hand's sentences", by_second_hand())):
        missed = 100 * (1 - sum(told.met.values()) / sum(told.planted.values()))
        by_kind = {kind: f"{told.met[kind]} of {count}" for kind, count in sorted(told.planted.items())}
        results += [Result(f"identifiers missed ({which})", scale, "%", round(missed, 2), None, MOST_MISSED,
                           {"planted": sum(told.planted.values()), "stopped by kind": by_kind}),
                    Result(f"false alarms in 1,000 clean sentences ({which})", scale, "",
                           round(1000 * told.clean_false / told.sentences, 2), None, MOST_FALSE,
                           {"sentences": told.sentences, "false, by ground": {" ".join(k): n for k,
                                                                              n in told.false.items()}})]
    return results


def tally(seeds: Iterable[int]) -> Tally:
    """Look through the texts of these seeds, `EACH` of each with an identifier and without."""
    told = Tally()
    for seed in seeds:
        for at in range(EACH):
            for planted in (True, False):
                _count(told, seed * EACH + at, planted, seed in MEASURED)
    return told


def by_second_hand() -> Tally:
    """Look through the second hand's sentences, each below a heading in a report of its own."""
    told = Tally()
    for each in other_hands.sentences():
        document = read_document("text.md", f"# Annual report 2024-25\n\n## 1 What we heard\n\n{each.text}\n".encode())
        stopped = identifiers(document)
        if each.kind == other_hands.INNOCENT:
            told.sentences += 1
            told.clean_false += len(stopped)
            told.false.update((one.kind, _key(one)) for one in stopped)
            told.examples += [f"FALSE {one.kind}: {one.words} | {each.text}" for one in stopped]
            continue
        told.planted[each.kind] += 1
        told.met[each.kind] += bool(stopped)
        told.right.update((one.kind, _key(one)) for one in stopped)
        told.examples += [] if stopped else [f"missed {each.kind}: {each.text}"]
    return told


def _count(told: Tally, seed: int, planted: bool, held: bool) -> None:
    made = text(seed, planted, held)
    document = read_document("text.txt", made.text.encode())
    stopped = identifiers(document)
    hit = [each for each in stopped if planted and _meets(each, made.planted)]
    if planted:
        told.planted[made.kind] += 1
        told.met[made.kind] += bool(hit)
        if not hit:
            told.examples.append(f"missed {made.kind}: {made.planted} | "
                                 f"{next(x for x in made.text.split(chr(10)) if made.planted in x)}")
    else:
        told.sentences += sum(1 for _ in sentences(document))
    for each in stopped:
        right = each in hit or planted and made.planted and made.planted in each.quote
        (told.right if right else told.false)[each.kind, _key(each)] += 1
        if not right:
            told.clean_false += not planted
            told.examples.append(f"FALSE {each.kind}: {each.words} | {each.why} | {each.quote}")


def _meets(stopped: Identifier, words: str) -> bool:
    return words in stopped.words or stopped.words in words


def grounds() -> list[Ground]:
    """Every ground that the finders declare."""
    own = [each for module in (names, narrated, details, rare) for each in vars(module).values() if isinstance(each, Ground)]
    return own + list(details.CONTACTS.values())


def _key(stopped: Identifier) -> str:
    return next(each.key for each in grounds() if each.kind == stopped.kind and each.why == stopped.why)


def certainty(told: Tally) -> str:
    """The data file of certainties."""
    head = ("How often the gate was right on this ground: invented texts, seeds 1 to 50, and a second hand's"
            " sentences, (right + 1) / (all + 2).\n"
            "Made by `python -m bench.text_gate --certainty`.")
    ordered = sorted(grounds(), key=lambda each: each.kind)
    return certainties(head, [(each.kind, each.key) for each in ordered], (told.right, told.false))


def _with_second_hand(seeds: Iterable[int]) -> Tally:
    """The seeds' tally with what the second hand's sentences add to it."""
    found, second = tally(seeds), by_second_hand()
    found.right.update(second.right)
    found.false.update(second.false)
    found.examples += second.examples
    return found


if __name__ == "__main__":
    command(__doc__, _with_second_hand, (TUNED, MEASURED), Path(found.__file__).with_name("certainty.toml"), certainty)
