"""Training and budget: tables with totals, and sentences on them."""
from __future__ import annotations

from bench.planted import words
from bench.planted.maker import Maker


def training(maker: Maker) -> None:
    maker.head(maker.one("Training and development", "Multi-agency training"))
    courses = maker.rng.sample(words.COURSES, maker.near(6, 10))
    rows, people, places = [], 0, 0
    people_word = maker.one("Attendees", "Delegates attending", "People trained")
    body = []
    for name in courses:
        offered = maker.near(20, 120)
        came = maker.near(offered // 2, offered)
        share = int(came / offered * 100 + 0.5)
        if maker.wrong("row"):
            bad = min(99, share + maker.one_of(-9, -5, 6, 13))
            if abs(bad - share) > 2:
                maker.plant("row", f"{name} | {came} | {offered}")
                share = bad
        body.append([name, str(came), str(offered), f"{share}%"])
        people, places = people + came, places + offered
    for row in body:
        rows.append(row)
    shown, wrong = people, maker.wrong("total")
    if wrong:
        shown = maker.off(people)
        maker.plant("total", f"Total | {maker.number_plain(shown)}")
    share = int(people / places * 100 + 0.5) if not wrong else int(shown / places * 100 + 0.5)
    rows.append(["Total", maker.number_plain(shown), maker.number_plain(places), f"{share}%"])
    maker.table(f"Courses in {maker.year}", [["Course", people_word, "Places offered", "Take-up"], *rows])
    if wrong:  # no sentence beside a table that is wrong itself
        return
    told, wrong = places, maker.wrong("own-table")
    if wrong:
        told = maker.off(places)
    text = maker.told("places", f"We offered {maker.number_plain(told)} training places this year.",
                      f"{maker.number_plain(told)} places were offered on our courses in {maker.year}.",
                      f"Over the year {maker.number_plain(told)} places were made available to professionals.",
                      n=maker.number_plain(told), year=maker.year)
    if wrong:
        maker.plant("own-table", text)
    down = people // 10 * 10
    hedge = maker.one(f"More than {maker.number_plain(down)} people attended", f"{maker.number_plain(people)} people "
                                                                               f"attended",
                      f"Nearly {maker.number_plain(down + 10)} people attended")
    if down == people:
        hedge = f"{maker.number_plain(people)} people attended"
    maker.say(text, f"{hedge}, from {maker.near(12, 30)} agencies.")
    maker.say(maker.one(f"After the courses {maker.near(80, 97)}% felt confident, up from {maker.near(40, 60)}% before.",
                        f"{maker.near(30, 70)} of those who came to “{courses[0]}” filled in a form three months later."))
    maker.say(f"A conference in {maker.one('June', 'October', 'January')} brought together {maker.near(80, 200)} people.")


def budget(maker: Maker) -> None:
    maker.head(maker.one("Finance", "Budget of the partnership", "Income and spending"))
    income = [(each.format(area=maker.area), maker.near(3_000, 140_000)) for each in words.INCOME]
    spent = [(each, maker.near(2_000, 130_000)) for each in words.SPENDING]
    sums = {}
    clean = True
    for title, lines in (("Income", income), ("Expenditure", spent)):
        total = sum(amount for _, amount in lines)
        shown = total
        if maker.wrong("total"):
            shown, clean = maker.off(total), False
            maker.plant("total", f"Total | £{shown:,}")
        sums[title] = total
        body = [["Line", maker.one("Amount", maker.year)], *([name, f"£{amount:,}"] for name, amount in lines)]
        maker.table(f"{title} {maker.year}", [*body, ["Total", f"£{shown:,}"]])
    left = sums["Income"] - sums["Expenditure"]
    word = "underspend" if left > 0 else "overspend"
    if clean:
        wrong = maker.wrong("own-table")
        told = maker.off(abs(left)) if wrong else abs(left)
        if wrong and abs(told - abs(left)) * 50 < abs(left):
            told += abs(left) // 10 + 100
        text = maker.told("variance", f"The year ended with an {word} of £{told:,}.", f"Variance: £{told:,} {word}.",
                          f"This left the partnership with an {word} of £{told:,}.", n=f"{told:,}", word=word,
                          more="less" if left > 0 else "more")
        if wrong:
            maker.plant("own-table", text)
        maker.say(text, maker.one("It goes to the reserve, which stands at £21,400.", "Partners agreed this in March."))
        _thousands(maker, sums["Income"])
    biggest = max(spent, key=lambda each: each[1])
    maker.say(f"The largest cost was {biggest[0].lower()} at £{biggest[1]:,}.",
              f"A grant of £{maker.near(5, 30)},000 for {maker.start + 1}-{(maker.start + 2) % 100:02} has been promised.")
    if maker.wrong("two-tables"):
        bad = maker.off(biggest[1])
        row = [biggest[0], f"£{bad:,}", "agreed"]
        _again(maker, spent, biggest[0], row)
        maker.plant("two-tables", " | ".join(row), biggest[0])
    else:
        _again(maker, spent, "", [])


def _thousands(maker: Maker, income: int) -> None:
    """The income again, in thousands."""
    told = round(income / 1000)
    if wrong := maker.wrong("income"):
        told += maker.one_of(-20, -9, 10, 30)
    text = maker.told("income", k=told, year=maker.year)
    if wrong:
        maker.plant("income", text)
    maker.say(text)


def _again(maker: Maker, spent: list[tuple[str, int]], name: str, bad: list[str]) -> None:
    """The spending lines of two words or more once again, with a remark, as appendices have them."""
    rows = [bad if each == name else [each, f"£{amount:,}", "agreed"] for each, amount in spent]
    maker.head("Spending lines agreed by the partners", sub=True)
    maker.table(f"Expenditure agreed {maker.year}", [["Line", maker.year, "Remark"], *rows])
