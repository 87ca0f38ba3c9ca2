"""Relations told in one sentence, without a table: fractions, multiples, averages, sources, what is left, rates."""
from __future__ import annotations

from bench.planted.maker import Maker

_FRACTIONS = ((1, 2, "half"), (1, 3, "a third"), (2, 3, "two thirds"), (1, 4, "a quarter"), (3, 4, "three quarters"),
              (1, 5, "a fifth"))
_SEVERAL = 4
_THINGS = ("Advocacy visits", "Mediation sessions", "Parenting courses started", "Housing applications supported")


def relations(maker: Maker) -> None:
    """A chapter of them, a choice for each report."""
    maker.head(maker.one("More about our work", "Further activity"))
    told = (_fraction, _ratio, _monthly, _each, _sources, _remainder, _direction, _rate)
    for each in maker.rng.sample(told, 6):
        each(maker)


def _say(maker: Maker, key: str, wrong: bool, **values: object) -> None:
    text = maker.told(key, year=maker.year, last_year=maker.last_year, **values)
    if wrong:
        maker.plant(key, text)
    maker.say(text)


def _fraction(maker: Maker) -> None:
    top, bottom, words = maker.rng.choice(_FRACTIONS)
    whole = maker.near(40, 300)
    part = round(whole * top / bottom) + maker.near(-4, 4) * whole // 200
    lead = "about " if part * bottom == whole * top else "just over " if part * bottom > whole * top else "nearly "
    if wrong := maker.wrong("fraction"):
        part = round(part * maker.one_of(60, 75, 130) / 100)
    _say(maker, "fraction", wrong, part=part, whole=whole, frac=f"{lead}{words}")


def _ratio(maker: Maker) -> None:
    before = maker.near(20, 90)
    name, low, high, bad = maker.rng.choice((
        ("doubled", 196, 204, (150, 270)), ("more than doubled", 206, 260, (150, 170)),
        ("almost doubled", 188, 198, (130, 155)), ("trebled", 296, 304, (180, 220)), ("halved", 49, 51, (70, 80)),
        ("more than halved", 30, 48, (60, 75))))
    now = round(before * maker.near(low, high) / 100)
    if name == "doubled":
        now = before * 2
    elif name == "more than doubled":
        now = max(now, before * 2 + 2)
    elif name == "almost doubled":
        now = min(now, before * 2 - 1)
    elif name == "trebled":
        now = before * 3
    elif name == "more than halved":
        now = min(now, (before - 1) // 2)
    elif name == "halved":
        before, now = 2 * (before // 2), before // 2
    if wrong := maker.wrong("ratio"):
        now = round(before * maker.near(*bad) / 100)
    _say(maker, "ratio", wrong, before=before, now=now, mult=name)


def _monthly(maker: Maker) -> None:
    average = maker.near(12, 90)
    total = average * 12
    if wrong := maker.wrong("monthly"):
        average += maker.one_of(-4, 3, 7)
    _say(maker, "monthly", wrong, total=maker.number_plain(total), avg=average)


def _each(maker: Maker) -> None:
    count, average = maker.near(4, 14), maker.near(12, 40)
    total = count * average
    if wrong := maker.wrong("each"):
        average += maker.one_of(-3, 4, 8)
    _say(maker, "each", wrong, n=count, total=maker.number_plain(total), avg=average)


def _sources(maker: Maker) -> None:
    parts = [maker.near(11, 90) for _ in range(_SEVERAL)]
    whole = sum(parts)
    if wrong := maker.wrong("sources"):
        whole = maker.off(whole)
    _say(maker, "sources", wrong, whole=whole, **dict(zip("abcd", parts, strict=True)))


def _remainder(maker: Maker) -> None:
    done, left = maker.near(11, 40), maker.near(11, 30)
    whole = done + left
    if wrong := maker.wrong("remainder"):
        left = maker.off(left)
    _say(maker, "remainder", wrong, whole=whole, done=done, left=left)


def _direction(maker: Maker) -> None:
    before = maker.near(30, 200)
    now = round(before * maker.one_of(70, 80, 120, 140) / 100)
    up = now > before
    if wrong := maker.wrong("direction"):
        up = not up
    _say(maker, "direction", wrong, before=before, now=now, name=maker.one(*_THINGS),
         noun="rise" if up else "fall", verb="increased" if up else maker.one("decreased", "reduced"))


def _rate(maker: Maker) -> None:
    population = maker.near(30, 90) * 1000
    number = maker.near(60, 700)
    rate = number / population * 10_000
    if wrong := maker.wrong("rate"):
        rate *= maker.one_of(70, 80, 125, 150) / 100
    _say(maker, "rate", wrong, n=number, pop=f"{population:,}", rate=f"{rate:.1f}")
