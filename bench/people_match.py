"""Finding one person among a million: the service call against the bare blocked query, and how often it is right.

`python -m bench.people_match --people 1000000` loads that many people of the synthetic borough into a database of its
own (kept, and used again for the same size) and prints a table, and JSON with --json. --estimate prints how often each
part agrees, for `people/weights.py`.
"""
from __future__ import annotations

import argparse
import json
import os
import resource
import time
from collections import Counter
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from bench.people_data import TODAY, Case, database, from_contacts, load, one_error_each
from bench.result import Result, quick

name = "Finding one person among many"
TARGET_RATIO, TARGET_FIRST, TARGET_ERROR_IN_FIVE = 20.0, 98.5, 100.0


def main(argv: list[str] | None = None) -> int:
    args = _arguments(argv)
    with database(args.people):
        borough, known = load(args.people)
        result = _measure(args, borough, known)
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    for key, value in result.items():
        print(f"{key:46} {value}")
    return 0 if result["within targets"] else 1


def run(scale: float) -> list[Result]:
    """For `python -m bench`: 100,000 people at scale 1, a million at scale 10."""
    people = round(100_000 * scale)
    with database(people):
        borough, known = load(people)
        found = _measure(_arguments([]), borough, known)
    return [
        Result("p95 of a service call beside the bare query", scale, "ms", found["service ms p95"],
               found["bare query ms p95"], TARGET_RATIO, found),
        Result("not first, though enough was said", scale, "%", round(100 - found["first, of those %"], 2), None,
               round(100 - TARGET_FIRST, 2)),
        Result("one error: not in the first five", scale, "%", round(100 - found["one error: first five %"], 2), None,
               round(100 - TARGET_ERROR_IN_FIVE, 2)),
    ]


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--described", type=int, default=50 if quick() else 2000,
                        help="descriptions from contacts to look up")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--estimate", action="store_true")
    parser.add_argument("--misses", type=int, default=0, help="show so many that were not first")
    return parser.parse_args(argv)


# -- measuring ----------------------------------------------------------------------------------------


def _measure(args: argparse.Namespace, borough: Any, known: dict[int, int]) -> dict[str, Any]:
    from django.db import connection

    from goldthread.access.actor import actor_for
    from goldthread.orgs.models import Appointment, Partnership
    from tests.support import NOW, make_appointment
    place = Partnership.objects.get(slug="northbridge")
    seat = Appointment.objects.filter(partnership=place).first() or make_appointment("mash-worker", partnership=place)
    actor = actor_for(seat, now=NOW)
    described, spoilt = from_contacts(borough, known, args.described), one_error_each(borough, known, args.described)
    if args.estimate:
        _estimate(described)
    os.environ["GOLDTHREAD_DATABASE_ROLE"] = "app"
    connection.close()
    ranks = [_rank(actor, case) for case in described]
    errors = [_rank(actor, case) for case in spoilt]
    service, bare, cpu = _times(actor, described[:1000], place.pk)
    missed = [case for case, rank in zip(described + spoilt, ranks + errors, strict=True) if rank != 1]
    for case in missed[:args.misses]:
        _show(actor, case)
    nameable = [rank for case, rank in zip(described, ranks, strict=True) if _can_be_known(case.stated)]
    ratio = _p95(service) / _p95(bare)
    first, in_five = _share(nameable, 1), _share(errors, 5)
    result: dict[str, Any] = {
        "people": len(known), "described in contacts": len(described), "first, all described %": _share(ranks, 1),
        "told apart by what was said": len(nameable), "first, of those %": first,
        "first five, of those %": _share(nameable, 5), "one error each": len(errors),
        "one error: first %": _share(errors, 1), "one error: first five %": in_five,
        "one error: not in five": dict(Counter(case.errors[0] for case, rank in zip(spoilt, errors, strict=True)
                                               if not 1 <= rank <= 5)),
        "service ms median": _ms(median(service)), "service ms p95": _ms(_p95(service)),
        "bare query ms median": _ms(median(bare)), "bare query ms p95": _ms(_p95(bare)),
        "p95 ratio": round(ratio, 2), "service CPU ms each (Python)": _ms(cpu),
        "peak memory MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    result["within targets"] = ratio <= TARGET_RATIO and first >= TARGET_FIRST and in_five >= TARGET_ERROR_IN_FIVE
    return result


def _can_be_known(stated: Any) -> bool:
    """Said enough to tell one person from all others: a number, or a name in full with birth or home."""
    if stated.number_keys:
        return True
    full = bool(stated.given and stated.family)
    exact = stated.born_on is not None and not stated.born_estimated
    return full and (exact or bool(stated.postcode)) or bool(stated.given or stated.family) and exact and bool(
        stated.postcode)


def _rank(actor: Any, case: Case) -> int:
    """The place of the right person, from 1; 0 when missing."""
    from goldthread.people.matching import find_matches
    from tests.support import NOW
    found = [each.person for each in find_matches(actor=actor, stated=case.stated, why="Benchmark", now=NOW)]
    return found.index(case.truth) + 1 if case.truth in found else 0


def _times(actor: Any, cases: list[Case], place: int) -> tuple[list[float], list[float], float]:
    """Seconds of each service call and of each bare query, in turns, and CPU seconds of a service call."""
    from django.db import connection, transaction

    from goldthread.access.actor import acting, system
    from goldthread.people.matching import query_values
    _rank(actor, cases[0])
    service, bare, cpu = [], [], 0.0
    for case in cases:
        begun, used = time.perf_counter(), time.process_time()
        _rank(actor, case)
        service.append(time.perf_counter() - begun)
        cpu += time.process_time() - used
        values = _bare_values(query_values(case.stated), place)
        with transaction.atomic(), acting(system(place)), connection.cursor() as cursor:
            cursor.execute("reset role")
            begun = time.perf_counter()
            cursor.execute(_BARE, values)
            cursor.fetchall()
            bare.append(time.perf_counter() - begun)
            cursor.execute("set role goldthread_app")
    return service, bare, cpu / len(cases)


_BARE = """
with hit as (
  select id from people_searchkey where numbers && %(numbers)s::text[] and partnership_id = %(place)s
  union select id from people_searchkey where partnership_id = %(place)s and born_on = any(%(alike)s::date[])
    and sounds && %(either)s::text[]
  union select id from people_searchkey where sounds && %(given)s::text[] and sounds && %(family)s::text[]
    and partnership_id = %(place)s
  union select id from people_searchkey where postcodes && %(postcodes)s::text[] and partnership_id = %(place)s
    and (sounds && %(either)s::text[] or born_on = any(%(alike)s::date[])))
select person_id, given, family, born_on, sex, postcodes, numbers from people_searchkey join hit using (id) limit 150
"""


def _bare_values(values: list[Any], place: int) -> dict[str, Any]:
    numbers, _, alike, _, _, given, family, postcodes, _ = values
    return {"numbers": numbers, "alike": alike, "given": given, "family": family, "either": given + family,
            "postcodes": postcodes, "place": place}


def _estimate(cases: list[Case]) -> None:
    """How often each part compares in each way, for the same person and for two at random."""
    from goldthread.access.actor import acting, system
    from goldthread.people.comparing import Found, parts
    from goldthread.people.models import SearchKey
    fields = ("person_id", "kept_id", "given", "family", "born_on", "born_estimated", "sex", "postcodes", "homes",
              "numbers")
    with acting(system()):
        keys = {row[0]: Found(*row) for row in SearchKey.objects.filter(
            person__in=[case.truth for case in cases]).values_list(*fields)}
        others = [Found(*row) for row in SearchKey.objects.order_by("text").values_list(*fields)[:200_000:97]]
    same, apart, chance = Counter(), Counter(), Random(3)
    for case in cases:
        same.update((part, level.key) for part, level, _, _ in parts(case.stated, keys[case.truth], today=TODAY))
        for other in chance.sample(others, 60):
            apart.update((part, level.key) for part, level, _, _ in parts(case.stated, other, today=TODAY))
    for part in sorted({part for part, _ in same | apart}):
        whole, rest = (sum(many for (each, _), many in count.items() if each == part) for count in (same, apart))
        for key in sorted(key for each, key in same | apart if each == part):
            print(f"  {part:8} {key:10} same {same[part, key] / max(whole, 1):8.4f}   "
                  f"others {apart[part, key] / max(rest, 1):.6f}")


def _show(actor: Any, case: Case) -> None:
    from goldthread.people.matching import find_matches
    from tests.support import NOW
    print("\n", case.errors, case.stated)
    for each in find_matches(actor=actor, stated=case.stated, why="Benchmark", now=NOW)[:4]:
        print("  ->" if each.person == case.truth else "    ", each.score, each.name, each.born_on, each.reasons,
              each.against)


def _share(ranks: list[int], within: int) -> float:
    return round(100 * sum(1 <= rank <= within for rank in ranks) / max(1, len(ranks)), 2)


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 2)


if __name__ == "__main__":
    raise SystemExit(main())
