"""A whole invented report."""
from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.planted import words
from bench.planted.bodies_part import bodies, explained
from bench.planted.decoys import decoys
from bench.planted.maker import Maker, Planted
from bench.planted.money_part import budget, training
from bench.planted.numbers_part import audits, deaths, exploitation, figures, performance
from bench.planted.relations_part import relations

CHANCE = 0.3
TUNED = 50


@dataclass(frozen=True)
class Made:
    """A report as a file, the report of the year before it, and what was planted."""

    name: str
    text: str
    earlier: str
    planted: tuple[Planted, ...]


def make(seed: int, faulty: bool) -> Made:
    """The report of a seed: the same every time."""
    rng = Random(f"{seed}/{faulty}")
    maker = Maker(rng, CHANCE if faulty else 0.0, markdown=rng.random() < 0.5, held=seed > TUNED,
                  area=rng.choice(words.AREAS),
                  start=rng.randint(2018, 2024))
    found = figures(maker)
    _foreword(maker)
    _arrangements(maker)
    parts = [lambda: performance(maker, found), lambda: exploitation(maker), lambda: audits(maker), lambda: deaths(maker),
             lambda: training(maker), lambda: budget(maker), lambda: _partners(maker), lambda: _voices(maker),
             lambda: decoys(maker), lambda: relations(maker), lambda: bodies(maker)]
    rng.shuffle(parts)
    for each in parts:
        each()
    earlier = _compared(maker, found)
    _looking_forward(maker)
    _glossary(maker)
    _references(maker)
    title = rng.choice((f"{maker.area} Safeguarding Children Partnership: yearly report {maker.year}",
                        f"{maker.area} Safeguarding Children Partnership Annual Report {maker.year}"))
    lines = [f"# {title}" if maker.markdown else title, "", *_contents(maker), *maker.out]
    return Made(f"report-{seed}.{'md' if maker.markdown else 'txt'}", "\n".join(lines) + "\n", earlier, tuple(maker.planted))


def _foreword(maker: Maker) -> None:
    maker.head("Foreword")
    wrong = maker.wrong("period")
    end = maker.start + (2 if wrong else 1)
    text = maker.told("span", f"This report covers the time from 1 April {maker.start} to 31 March {end}.",
                      f"It tells what we did between 1 April {maker.start} and 31 March {end}.", start=maker.start, end=end)
    if wrong:
        maker.plant("period", text)
    maker.say(maker.one("I am glad to present our report.", "It has been a demanding year for every partner."), text)
    maker.say("Working Together to Safeguard Children 2023 asks us for evidence of impact.",
              f"The next report will be published in September {maker.start + 2}.")


def _arrangements(maker: Maker) -> None:
    maker.head("How we work")
    for short, full, _ in maker.rng.sample(words.SHORTS, 4):
        maker.shorts[short] = full
    known = list(maker.shorts)
    maker.say(*(f"The {full} ({short}) {maker.one('meets each month', 'took part in our audits', 'reports to us')}."
                for short, full in maker.shorts.items()))
    maker.say(f"The {known[0]} and the {known[1]} share an analyst.", f"Staff of the {known[2]} sit with the {known[3]}.")
    if maker.wrong("abbreviation"):
        short = maker.one(*words.UNKNOWN_SHORTS)
        first = f"The {short} group agreed a new protocol."
        maker.say(first, f"Two members of {short} have left since.", maker.one("", f"{short} will meet again in May."))
        maker.plant("abbreviation", first)
    if maker.wrong("abbreviation"):
        first = "Colleagues of the NPCC and the EHCP team took part."
        maker.say(first, "An EHCP is reviewed each year.", "The NPCC wrote to us twice.")
        maker.plant("abbreviation", first)
    day = date(maker.start, 4, 1) + timedelta(days=maker.near(20, 330))
    named = calendar.day_name[(day.weekday() + (maker.near(1, 6) if (wrong := maker.wrong("date")) else 0)) % 7]
    text = maker.told("weekday", f"The executive met on {named} {day.day} {day:%B} {day.year} and agreed this.",
                      f"A development day was held on {named}, {day.day} {day:%B} {day.year}.",
                      f"On {named} {day.day:02}.{day.month:02}.{day.year} the partners signed the arrangements.",
                      named=named, day=f"{day.day}th" if 3 < day.day < 21 else day.day, month=f"{day:%B}", year=day.year)
    if wrong:
        maker.plant("date", text)
    maker.say(text)
    if maker.wrong("date"):
        text = f"The group also met on {maker.one('31 June', '30 February', '31 November', '31st April')} {maker.start + 1}."
        maker.plant("date", text)
        maker.say(text)
    outside = maker.wrong("period")
    year = maker.start + (2 if outside else 0)
    text = maker.told("outside", f"During the year a summit on neglect was held on 14 October {year}.",
                      f"In {maker.year} we launched a new website, on 3 November {year}.",
                      f"Our campaign ran in this year's second half and began on 9 December {year}.", year=year)
    if outside:
        maker.plant("period", text)
    maker.say(text, f"The arrangements were last published in June {maker.start - 2}.",
              f"An inspection took place in May {maker.start + 1}, after the end of the year.")


def _partners(maker: Maker) -> None:
    maker.head(maker.one("What partners did", "Contributions of partner agencies"))
    for agency in maker.rng.sample(words.AGENCIES, 5):
        maker.head(agency, sub=True)
        staff = maker.near(40, 900)
        maker.say(f"{agency} trained {maker.number_plain(staff)} of their own staff at level {maker.near(1, 3)}.",
                  maker.one(f"Compliance stands at {maker.near(82, 98)}%, against a target of 90%.",
                            f"Supervision was given to over {maker.near(4, 19) * 10} practitioners.",
                            f"A survey of {maker.near(100, 300)} young people aged 11-16 was carried out.",
                            f"They completed a section 11 return and {maker.near(2, 9)} single-agency audits."),
                  maker.one("", f"In {maker.last_year} it had been less.", "Plans for the next 12 months are agreed."))


def _voices(maker: Maker) -> None:
    maker.head(maker.one("What children and families told us", "Hearing from children"))
    many = maker.near(40, 400)
    wrong = maker.wrong("told-twice")
    told = maker.off(many) if wrong else many
    first = f"Our survey of young people was answered by {many} pupils."
    again = maker.told("told-twice", f"{told} pupils answered our survey of young people.",
                       f"The survey of young people had answers from {told} pupils.", n=told)
    maker.say(first)
    maker.out += ["“My worker came when she said she would, 3 weeks in a row, and that mattered more than anything.”", ""]
    maker.say(f"{maker.one('Two thirds', 'Over half', 'A quarter')} said that they felt safe at school.")
    maker.head("What we did with it", sub=True)
    maker.say(again)
    if wrong:
        maker.plant("told-twice", first, again)


def _compared(maker: Maker, found: list) -> str:
    """A table of last year's values, and last year's report that has them; one may be changed."""
    chosen = [each for each in found if not each.percent][:4]
    rows = [[each.name, maker.number_plain(each.before)] for each in chosen]
    title = f"{maker.area} Safeguarding Children Partnership Annual Report {maker.last_year}"
    then = [row[:] for row in rows]
    if maker.wrong("years"):
        bad = maker.off(chosen[0].before)
        then[0][1] = maker.number_plain(bad)
        maker.plant("years", f"{chosen[0].name} | {rows[0][1]}",
                    f"{title}: {chosen[0].name} in")
    body = "\n".join("\t".join(row) for row in [["Measure", maker.last_year], *then])
    maker.head("Last year's figures")
    maker.table(f"Measures as published for {maker.last_year}", [["Measure", maker.last_year], *rows])
    return f"{title}\n\n1.0 Figures\n\nTable 1: Measures\n{body}\n"


def _looking_forward(maker: Maker) -> None:
    maker.head(maker.one("Looking ahead", "Priorities for the coming year"))
    chosen = maker.rng.sample(words.PRIORITIES, maker.near(3, 5))
    wrong = maker.wrong("list")
    told = words.NUMBER_WORDS[len(chosen) + (maker.one_of(-1, 1, 2) if wrong else 0)]
    listed = f"{', '.join(chosen[:-1])} and {chosen[-1]}"
    text = maker.told("priorities", f"We have {told} priorities: {listed}.",
                      f"Partners settled on {told} themes for the plan: {listed}.", word=told, listed=listed)
    if wrong:
        maker.plant("list", text)
    maker.say(text)
    if maker.late[0]:
        maker.say(maker.late[0], "Every family was offered support.")
        if maker.late[2]:
            maker.plant("told-twice", *maker.late[:2])
    maker.say(maker.again)
    if maker.wrong("unfinished"):
        text = maker.one("More is said in Error! Reference source not found.", "Attendance was XX% at the last count.",
                         "The lead for this is [TBC by finance].")
        maker.plant("unfinished", text[:24])
        maker.say(text)


def _glossary(maker: Maker) -> None:
    maker.head("Abbreviations")
    rows = [["Short", "Meaning"]]
    for short, full in maker.shorts.items():
        other = next(each[2] for each in words.SHORTS if each[0] == short)
        if maker.wrong("abbreviation-twice"):
            maker.plant("abbreviation-twice", other)
            full = other
        rows.append([short, full])
    rows += [*explained(maker), ["LADO", "Local authority designated officer"]]
    maker.table("Abbreviations used", rows)


def _references(maker: Maker) -> None:
    maker.head("Where to find more")
    kind = maker.one("section", "table")
    numbers = [number for number, _ in maker.sections]
    good = maker.one(*numbers) if kind == "section" else str(maker.near(1, maker.tables))
    wrong = maker.wrong("reference")
    told = (f"{maker.chapter + maker.near(2, 5)}.{maker.near(1, 4)}" if kind == "section" else str(
        maker.tables + maker.near(2, 9))) if wrong else good
    text = maker.told("reference", f"The figures are explained in {kind} {told}.", f"For more see {kind.title()} {told}.",
                      f"How they were counted is set out in {kind.title()} {told}.", kind=kind, Kind=kind.title(), told=told)
    if wrong:
        maker.plant("reference", text)
    maker.say(text, "Duties under section 11 and section 175 are described on our website.",
              "Enquiries under section 47 of the Children Act 1989 are led by social workers.")


def _contents(maker: Maker) -> list[str]:
    lines, page = ["Contents", ""], 3
    wrong_at = maker.near(2, len(maker.sections) - 1) if maker.wrong("contents") else -1
    for at, (number, title) in enumerate(maker.sections):
        page += maker.near(0, 2)
        told = number
        if at == wrong_at and maker.rng.random() < 0.5:
            maker.plant("contents", f"{maker.chapter + 2}.0 What is no longer here")
            lines.append(f"{maker.chapter + 2}.0 What is no longer here {'.' * 20} {page}")
        elif at == wrong_at:
            told = f"{maker.chapter + 3}.{maker.near(1, 9)}"
            maker.plant("contents", f"{told} {title}")
        lines.append(f"{told} {title} {'.' * 20} {page}")
    return [*lines, ""]
