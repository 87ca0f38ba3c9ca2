"""True sentences and tables that look as if something were wrong: sub-groups, other years, ages, rounding."""
from __future__ import annotations

from bench.planted.maker import Maker


def decoys(maker: Maker) -> None:
    """A chapter of them, a choice for each report."""
    maker.head(maker.one("More on practice", "A closer look", "From our sub-groups"))
    chosen = maker.rng.sample(_SENTENCES, 12)
    for first, second in zip(chosen[::2], chosen[1::2], strict=True):
        maker.say(_filled(maker, first), _filled(maker, second))
    for table in maker.rng.sample((_kept_back, _unique, _rounded, _rates, _of_which, _averages, _two_measures), 3):
        table(maker)


def _filled(maker: Maker, text: str) -> str:
    a, b = maker.near(11, 40), maker.near(50, 400)
    part = maker.near(3, 9)
    return (text.replace("{a}", str(a)).replace("{b}", str(b)).replace("{c}", str(part)).replace("{b2}", str(b + a))
            .replace("{share}", maker.percent(a, b)).replace("{share1}", maker.percent(a, b, 1)).replace("{rest}",
                                                                                                         str(b - a))
            .replace("{y}", maker.year).replace("{ly}", maker.last_year).replace("{Y}", str(maker.start))
            .replace("{Y1}", str(maker.start + 1)).replace("{Y2}", str(maker.start + 2)).replace("{Y0}",
                                                                                                 str(maker.start - 1)))


_SENTENCES = (
    "Of the {b} families visited, {a} ({share}%) had a second visit and {c} had three or more.",
    "{a} of the {b} schools replied, a response of {share1}%.",
    "The number of children with a plan of two years or more fell by {c}, while the number of new plans did not change.",
    "Between April and September {Y} the hub dealt with {b} contacts, and {b2} between October {Y} and March {Y1}.",
    "Nearly half of the young people were aged 15 to 17 and one in five was under 10.",
    "The inspection report of July {Y1} judged services to be good.",
    "In {ly} there had been {b} such notifications; counting began in {Y0}, so earlier years cannot be compared.",
    "The group met 6 times, on average for 2 hours, and was attended by {a} people each time.",
    "Officers attended {b} incidents at which at least one child was present, and {b2} children were named in the reports.",
    "The rate of children looked after was {c}3 per 10,000, against 71 per 10,000 in England.",
    "Our aim is that 95% of visits take place within 10 working days; in March {Y1} it was 9{c}%.",
    "The service supported {b} parents, {a} more than the year before.",
    "{a} referrals led to an assessment and {c} to no further action.",
    "The strategy for {Y1}-{Y2} was agreed on 12 May {Y1}.",
    "A total of {b} practitioners have been trained since the programme began in {Y0}, {a} of them this year.",
    "The youngest child was 3 weeks old and the oldest 17 years.",
    "From 1 September {Y} the duty desk answers calls from 8am to 8pm on 365 days a year.",
    "Three quarters of those asked (about {b} people) knew whom to call.",
    "The share of repeat referrals was 1{c}% in {y} and 2{c}% in {ly}.",
    "Attendance by health partners was 8{c}%, by police 9{c}% and by schools 7{c}%.",
    "We were told of {c} serious incidents, and 2 of them led to a local review.",
    "About 1 in 4 of the children had been known to social care for more than 5 years.",
    "The grant of £{a}5,000 was spread over three years, £{c},000 of it for evaluation.",
    "Section 11 returns came from {a} agencies; 4 were visited.",
    "More than 1,{b} people opened the newsletter and {b} read the page on neglect.",
    "Calls rose in every month but August, in which there were {a}.",
    "In the year to 31 March {Y1} the Trust saw {b2} children under 18 in the emergency department, {a} of them for "
    "self-harm.",
    "The ten schools with the most exclusions accounted for {share}% of all exclusions.",
    "Of {b} children, {a} were girls, {rest} were boys; {c} had a disability.",
    "The waiting time came down from {a} weeks to {c}.",
    "Two of our three priorities will go on, and the third has been finished.",
    "The audit looked at 20 cases: in 14 the plan was clear, in 5 partly, and in 3 of the 20 the chronology was missing.",
    "By the end of the year {a} of the {b2} recommendations had been carried out in full.",
    "At the last count there were {b} private foster carers known to us; two years ago it was {a}.",
    "The conference on 14 June {Y2} will be about fathers.",
    "Children told us about three things that matter: time, honesty, and being asked; many also spoke of friends.",
    "The number of children reported missing once was {b}; those reported missing more than once were {a}.",
    "Take-up of the offer doubled after the summer and then fell back a little.",
    "White British children made up 6{c}.2% of the caseload, Asian children 1{c}.1% and children of mixed heritage 8.{c}%.",
    "Police used their powers of protection for {a} children; in {c} cases under section 46 the child went home the "
    "same day.",
)


def _kept_back(maker: Maker) -> None:
    a, b = maker.near(12, 50), maker.near(12, 50)
    maker.table("Children by kind of harm", [["Kind of harm", "Children"], ["Neglect", str(a)], ["Physical abuse", str(b)],
                                             ["Sexual abuse", "<5"], ["Emotional abuse", "*"], ["Total", str(a + b + 7)]])


def _unique(maker: Maker) -> None:
    worries = ("Caring for a parent", "Exploitation", "Missing", "Substance misuse")
    rows = [[name, str(maker.near(40, 90))] for name in worries]
    most = max(int(row[1]) for row in rows)
    maker.table("Children by worry (a child may have several)", [["Worry", "Children"], *rows, ["Different children in "
                                                                                                "total",
                                                                                             str(most + maker.near(5, 20))]])


def _rounded(maker: Maker) -> None:
    values = [maker.near(100, 900) * 100 + maker.near(1, 99) for _ in range(4)]
    rows = [[name, f"£{value / 1000:.1f}k"] for name, value in zip(("Council", "Health", "Police", "Others"), values,
                                                                   strict=True)]
    maker.table("Contributions in thousands", [["Partner", "Amount"], *rows, ["Total", f"£{sum(values) / 1000:.1f}k"]])


def _rates(maker: Maker) -> None:
    maker.table("Rates for 10,000 children", [["Area", maker.last_year, maker.year], *(
        [area, str(maker.near(30, 90)), str(maker.near(30, 90))] for area in (maker.area, "Region", "England"))])


def _of_which(maker: Maker) -> None:
    total = maker.near(100, 300)
    maker.table("Notifications", [["", maker.year], ["Notifications in total", str(total)],
                                  ["of which from schools", str(maker.near(20, 60))], ["of which from health",
                                                                                       str(maker.near(10, 30))],
                                  ["Open at the end of the year", str(maker.near(5, 40))]])


def _averages(maker: Maker) -> None:
    rows = [[name, *(str(maker.near(20, 60)) for _ in range(2))] for name in ("North", "Centre", "South")]
    maker.table("Contacts a week by locality", [["Locality", maker.last_year, maker.year], *rows, ["Average", *(
        f"{sum(int(row[col]) for row in rows) / 3:.1f}" for col in (1, 2))]])


def _two_measures(maker: Maker) -> None:
    """The same agencies in two tables that measure different things."""
    for caption in ("Attendance at the board (%)", "Single-agency audits"):
        maker.table(caption, [["Agency", maker.year], *([each, str(maker.near(10, 99))] for each in (
            "Community health trust", "Youth justice service", "Children's social care", "Ambulance service"))])
