"""Sections whose tables and sentences give the same figures: performance, exploitation, audits, deaths."""
from __future__ import annotations

from dataclasses import dataclass

from bench.planted import words
from bench.planted.maker import Maker


@dataclass(frozen=True)
class Figure:
    """An indicator's truth."""

    name: str
    ways: tuple[str, ...]
    before: int
    now: int
    percent: bool = False

    def shown(self, maker: Maker, value: int) -> str:
        return f"{value}%" if self.percent else maker.number(value)


def figures(maker: Maker) -> list[Figure]:
    """The truth of this report's indicators."""
    found = []
    for name, ways in maker.rng.sample(words.INDICATORS, 7):
        before = maker.near(40, 900) if "Contacts" not in name else maker.near(2000, 9000)
        found.append(Figure(name, ways, before, max(6, round(before * maker.rng.uniform(0.7, 1.4)))))
    for name, ways in maker.rng.sample(words.PERCENTS, 2):
        before = maker.near(50, 88)
        found.append(Figure(name, ways, before, min(99, max(30, before + maker.rng.choice((-9, -6, 4, 7, 11)))), True))
    return found


def performance(maker: Maker, found: list[Figure]) -> None:
    maker.head(maker.one("What the numbers show", "Performance", "Our safeguarding system in figures"))
    maker.say(maker.one("The table shows the main measures beside those of the year before.",
                        f"Table {maker.tables + 1} sets this year's measures beside last year's."))
    counts = [each for each in found if not each.percent]
    header = ["Measure", maker.last_year, maker.year, maker.one("Change", "Difference", "% change")]
    rows = [header]
    relative = "%" in header[3]
    for each in counts:
        change = each.now - each.before
        shown = f"{change / each.before * 100:+.1f}%" if relative else f"{change:+d}"
        if maker.wrong("row") and abs(change) > 8:
            bad = f"{'-' if change < 0 else '+'}{maker.off(abs(change))}"
            if relative:
                bad = f"{change / each.before * 100 + maker.one_of(-7, 6, 12):+.1f}%"
            maker.plant("row", f"{each.name} | {maker.number_plain(each.before)}")
            shown = bad
        rows.append([each.name, maker.number_plain(each.before), maker.number_plain(each.now), shown])
    maker.table(f"Main measures, {maker.last_year} and {maker.year}", rows)
    for each in found:
        if maker.rng.random() < 0.75:
            maker.say(_told(maker, each), maker.one("", "", _filler(maker), _some_of(maker, each)))


def _some_of(maker: Maker, each: Figure) -> str:
    """A true sentence on a part of the figure, not seldom nearly as large."""
    part = round(each.now * maker.rng.uniform(0.55, 0.97))
    if each.percent or part < 3:
        return ""
    way = maker.one(*each.ways).replace("{n}", maker.number(part))
    text = maker.one(*words.SOME_OF).format(way=way, n=maker.number(part))
    return text[0].upper() + text[1:]


def _told(maker: Maker, each: Figure) -> str:
    """A sentence on an indicator: its value, or value and change."""
    if each.percent:
        return _told_percent(maker, each)
    change = each.now - each.before
    word = ("rise", "an increase", "up") if change > 0 else ("fall", "a reduction", "down")
    way = maker.one(*each.ways)
    style = maker.near(0, 4)
    if style <= 1 or abs(change) < 5:
        value, wrong = each.now, maker.wrong("text-and-table")
        if wrong:
            value = maker.off(value)
        filled = way.replace("{n}", maker.number(value))
        text = maker.told("value", f"In {maker.year} {filled}.", f"During the year {filled}.",
                          f"Over the twelve months {filled}.", way=filled, year=maker.year, n=maker.number(value),
                          name=each.name, lower=f"{each.name[0].lower()}{each.name[1:]}")
        if wrong:
            maker.plant("text-and-table", text)
        return text
    percent = round(abs(change) / each.before * 100)
    wrong = maker.wrong("change")
    told = percent + maker.one_of(4, 9, 13) if wrong else percent
    before, now = maker.number_plain(each.before), maker.number_plain(each.now)
    about = "" if wrong else maker.one("", "", "around ", "approximately ")
    lead = way.replace("{n}", now)
    text = maker.told(
        "change", f"In {maker.year} {lead}, {word[2]} from {before} the year before, "
        f"{word[1] if word[1][0] == 'a' else 'a ' + word[1]} "
        f"of {about}{told}%.",
        f"In {maker.year} {lead} compared with {before} in {maker.last_year}, a {word[0]} of {about}{told}%.",
        f"{each.name} went from {before} to {now}, a {word[0]} of {about}{told} per cent.",
        f"{before} → {now} {each.name} {'rose' if change > 0 else 'fell'} by {about}{told}% over the year.",
        lead=lead, year=maker.year, last_year=maker.last_year, before=before, now=now, noun=word[0], about=about, told=told,
        name=each.name, more="more" if change > 0 else "fewer", sign="+" if change > 0 else "-",
        verb="grew" if change > 0 else "dropped")
    if wrong:
        maker.plant("change", text)
    return text


def _told_percent(maker: Maker, each: Figure) -> str:
    change = each.now - each.before
    word = "increase" if change > 0 else "fall"
    wrong = maker.wrong("points")
    unit = "%" if wrong else maker.one(" percentage points", " percentage points", " points")
    moved = maker.one("rose" if change > 0 else "fell", "went up" if change > 0 else "went down")
    text = maker.told(
        "points", f"{each.name} {moved} from {each.before}% to {each.now}%, a{'n' if word[0] == 'i' else ''} {word} of "
        f"{abs(change)}{unit}.",
        f"The share for “{each.name.lower()}” {moved} from {each.before}% to {each.now}% ({word} of {abs(change)}{unit}).",
        name=each.name, now=each.now, before=each.before, told=abs(change), unit=unit, year=maker.year,
        last_year=maker.last_year,
        verb="up" if change > 0 else "down", lower=each.name.lower(), more="higher" if change > 0 else "lower")
    if wrong:
        maker.plant("points", text)
    return text


def _filler(maker: Maker) -> str:
    """Numbers that belong to something else, and are right."""
    return maker.one(
        f"The rate for England was {maker.near(20, 80)} per 10,000.",
        f"Our target is {maker.near(85, 98)}%.",
        f"In the second quarter alone there were {maker.near(11, 60)}.",
        f"About {maker.one('a third', 'half', 'a quarter')} came through schools.",
        f"Of these, {maker.near(3, 12)} concerned children under 5.",
        f"Statistical neighbours saw {maker.near(100, 900)} on average.",
        "Managers look at this every month and the trend is discussed twice a year.",
        f"Practitioners in {maker.near(3, 9)} teams told us why.")


def exploitation(maker: Maker) -> None:
    maker.head(maker.one("Exploitation and missing children", "Children at risk outside the home"))
    quarters = [[maker.near(8, 60) for _ in range(4)] for _ in range(4)]
    names = ["Children discussed at the panel", "Missing from home", "Missing from care", "Return interviews accepted"]
    rows = [["", "Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4", "Year"]]
    for name, values in zip(names, quarters, strict=True):
        total = sum(values)
        if maker.wrong("row"):
            total = maker.off(total)
            maker.plant("row", f"{name} | {values[0]} | {values[1]}")
        rows.append([name, *map(str, values), str(total)])
    maker.table(maker.one("Exploitation by quarter", "Quarterly activity"), rows)
    children = sum(quarters[0])
    girls = round(children * maker.rng.uniform(0.3, 0.7))
    wrong = maker.wrong("sum")
    boys = maker.off(children - girls) if wrong else children - girls
    text = maker.told("parts", f"The panel looked at {children} children in the year: {girls} girls and {boys} boys.",
                      f"The {children} children the panel discussed were made up of {girls} girls and {boys} boys.",
                      f"Altogether {children} children ({girls} girls and {boys} boys) came before the panel.",
                      whole=children, one=girls, two=boys)
    if wrong:
        maker.plant("sum", text)
    maker.say(text, maker.one(f"{girls // 2} of the girls were known to social care already.", _filler(maker)))


def audits(maker: Maker) -> None:
    maker.head(maker.one("Quality assurance and audit", "Learning from audit"))
    chosen = maker.rng.sample(words.AUDITS, maker.near(3, 6))
    wrong = maker.wrong("list")
    told = len(chosen) + maker.one_of(-1, 1) if wrong else len(chosen)
    lead = maker.told("list", f"We completed {maker.number(told)} multi-agency audits this year:",
                      f"The quality group carried out {words.NUMBER_WORDS[told]} audits in {maker.year}:",
                      f"There were {words.NUMBER_WORDS[told]} audits, on the following subjects:",
                      word=words.NUMBER_WORDS[told], year=maker.year)
    lead = lead[0].upper() + lead[1:]
    if wrong:
        maker.plant("list", lead)
    maker.say(lead)
    maker.points([f"audit of {each}" for each in chosen])
    for each in chosen[:4]:
        cases = maker.near(12, 90)
        good = maker.near(cases // 2, cases - 1)
        share = round(good / cases * 100)
        wrong = maker.wrong("share")
        if wrong:
            share = min(99, share + maker.one_of(-11, -6, 7, 14))
            if abs(share - good / cases * 100) <= 2:
                share, wrong = round(good / cases * 100), False
        text = maker.told(
            "share", f"In the audit of {each}, {good} of {cases} cases ({share}%) met the standard.",
            f"Of the {cases} records read on {each}, {good} ({share}%) were judged good.",
            f"Reviewers of {each} found {share}% ({good} of {cases}) with a clear plan.",
            f"Auditors read {cases} files on {each}; {good} out of {cases}, or {share}%, showed the child's voice.",
            good=good, cases=cases, what=each, share=share)
        if wrong:
            maker.plant("share", text)
        maker.say(text, maker.one("", _filler(maker)))


def deaths(maker: Maker) -> None:
    maker.head(maker.one("Child deaths", "Child death overview panel"))
    notified, reviewed = maker.near(11, 38), maker.near(9, 30)
    wrong = maker.wrong("told-twice")
    told = maker.off(notified) if wrong else notified
    first = f"The panel was notified of {notified} child deaths in {maker.year}."
    again = maker.told("deaths", f"In {maker.year} the panel was notified of {told} child deaths.",
                       f"{told} child deaths were notified to the panel in {maker.year}.", n=told, year=maker.year)
    maker.say(first, f"It reviewed {reviewed} deaths, some of them from earlier years.")
    expected = maker.near(4, notified - 4)
    wrong_sum = maker.wrong("sum")
    other = maker.off(notified - expected) if wrong_sum else notified - expected
    text = f"The {notified} deaths comprised {expected} that were expected and {other} that were not."
    if wrong_sum:
        maker.plant("sum", text)
    maker.say(text, maker.one("The panel met four times.", f"A further {maker.near(2, 9)} reviews were still open in "
                                                           f"April."))
    maker.late = (again, first, wrong)
