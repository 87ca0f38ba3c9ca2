"""Made-up partnerships' folders, each with what is true printed, and ways to plant one wrong figure."""
import random
from dataclasses import dataclass, field

from tests.reports.samples import BUDGET_HEAD, CLAIM_HEAD, INDICATOR_HEAD, TRAINING_HEAD, as_csv

AREAS = ("Marlowe", "Thornbridge", "Eastmere", "Kelling", "Ashcombe", "Wexfield", "Harrowdale", "Penmoor")
TOPICS = ("Neglect", "Parental Conflict", "Contextual Safeguarding", "Online Harms", "Child Sexual Abuse", "Suicide",
          "Working with Fathers", "Trauma Informed Practice", "County Lines", "Bruising in Babies", "Designated Leads",
          "Adultification", "Professional Curiosity", "Private Fostering Awareness", "Cultural Competence")
TAUGHT = (("face to face", ("Face-to-face", "Direct delivery", "In-person")),
          ("classroom", ("Classroom", "Face to face")),
          ("virtual", ("Virtual", "Webinar")))
STUDY = (("e-learning", ("E-learning", "eLearning")), ("online", ("Online", "E-learning")))
INCOME = ("{} Council", "Police and Crime Commissioner", "Integrated Care Board", "Probation", "Course fees",
          "Schools forum", "Housing association")
SPENDING = ("Staffing", "Independent scrutineer", "Training", "Safeguarding practice reviews", "Procedures website",
            "Audits", "Events and venues")
MEASURES = (("Children looked after at 31 March", "Children looked after", "children", 200, 600),
            ("Children subject of a child protection plan", "Child protection plans", "children", 90, 400),
            ("Children in need", "Children in need", "children", 900, 2500),
            ("Referrals to children's social care", "Referrals to social care", "referrals", 1500, 5000),
            ("Section 47 enquiries started", "Section 47 enquiries", "enquiries", 300, 1200),
            ("Children missing from care", "Children missing from care", "children", 40, 160),
            ("Allegations referred to the designated officer", "Designated officer referrals", "referrals", 60, 240),
            ("Re-referrals within 12 months", "Re-referrals within 12 months", "percent", 14, 30),
            ("Assessments finished within 45 working days", "Assessments finished within 45 days", "percent", 70, 96),
            ("Care leavers in suitable accommodation", "Care leavers in suitable accommodation", "percent", 75, 97))


@dataclass
class Told:
    """A printed figure: what is true, and something plainly false of the same shape."""

    what: str
    true: str
    false: str
    section: str


@dataclass
class Folder:
    """Tables as rows, and what is printed about them."""

    name: str
    courses: list[list] = field(default_factory=list)
    budget: list[list] = field(default_factory=list)
    indicators: list[list] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    def files(self, planted: set[int] = frozenset(), courses: set[int] = frozenset()) -> dict[str, bytes]:
        """The four files; told figures and course percentages at these places are printed wrong."""
        rows = [[*row[:4], _off(row) if at in courses else _percentage(row)] for at, row in enumerate(self.courses)]
        claims = [(each.what, each.false if at in planted else each.true, each.section)
                  for at, each in enumerate(self.told)]
        return {"training-courses.csv": as_csv(TRAINING_HEAD, rows), "budget.csv": as_csv(BUDGET_HEAD, self.budget),
                "indicators.csv": as_csv(INDICATOR_HEAD, self.indicators),
                "printed-totals.csv": as_csv(CLAIM_HEAD, claims)}


def make(seed: int) -> Folder:
    """A folder that is true throughout, always the same for a seed."""
    rng = random.Random(seed)
    area = rng.choice(AREAS)
    folder = Folder(f"{area.casefold()}-2022-23")
    _training(folder, rng)
    _budget(folder, rng, area)
    _indicators(folder, rng)
    rng.shuffle(folder.told)
    return folder


def _percentage(row: list) -> str:
    return f"{100 * row[2] / row[3]:.0f}%" if row[3] else ""


def _off(row: list) -> str:
    right = round(100 * row[2] / row[3])
    return f"{right - 11 if right > 50 else right + 11}%"


def _more(rng: random.Random, number: int) -> int:
    """Another number of the same size, by a slip of a digit or two digits swapped."""
    digits = list(str(number))
    swaps = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1] and digits[at + 1] != "0"]
    if swaps and rng.random() < 0.5:
        at = rng.choice(swaps)
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
        return int("".join(digits))
    return number + rng.choice((1, 2, 5, 9)) * 10 ** rng.randrange(max(1, len(digits) - 1))


def _count(rng: random.Random, number: int) -> str:
    return f"{number:,}" if rng.random() < 0.5 else str(number)


def _training(folder: Folder, rng: random.Random) -> None:
    taught, study = rng.choice(TAUGHT), rng.choice(STUDY)
    topics = rng.sample(TOPICS, 8)
    for topic in topics[:rng.randint(3, 6)]:
        places = rng.choice((30, 40, 45, 60, 75, 80, 120))
        folder.courses.append([topic, taught[0], rng.randint(places // 3, places), places, ""])
    for topic in topics[6:6 + rng.randint(1, 2)]:
        folder.courses.append([f"{topic} module", study[0], rng.randint(20, 900), "", ""])
    came = sum(row[2] for row in folder.courses if row[3])
    places = sum(row[3] for row in folder.courses if row[3])
    alone = sum(row[2] for row in folder.courses if not row[3])
    name, module = rng.choice(taught[1]), rng.choice(study[1])
    share = round(100 * came / places)
    tell = folder.told.append
    tell(Told(f"{name} sub-total: attendees", _count(rng, came), str(_more(rng, came)), "training table"))
    tell(Told(f"{name} sub-total: places", _count(rng, places), str(_more(rng, places)), "training table"))
    tell(Told(f"{name} sub-total: percentage", f"{share}%", f"{share - 7}%", "training table"))
    tell(Told(f"{module} subtotal", _count(rng, alone), str(_more(rng, alone)), "training table"))
    tell(Told("Grand total: training places accessed", _count(rng, came + alone), str(_more(rng, came + alone)),
              "training table"))
    tell(Told(rng.choice(("Multi-agency places made available", "Places offered to professionals", "Places provided")),
              str(places), str(_more(rng, places)), "training text"))
    round_ten = came // 10 * 10
    tell(Told(f"Delegates attending {name.casefold()} training", f"over {round_ten - 1}", f"over {came + 10}",
              "training text"))
    tell(Told(f"{module} places taken up", str(alone), str(_more(rng, alone)), "training text"))
    tell(Told("Places filled", f"approximately {share}%", f"approximately {share - 9}%", "training text"))


def _budget(folder: Folder, rng: random.Random, area: str) -> None:
    pence = rng.random() < 0.3
    money = {side: [[side, line.format(area), rng.randint(20, 1800) * 100 + rng.randint(0, 99)
                     + (0.25 if pence else 0)] for line in rng.sample(lines, rng.randint(3, 5))]
             for side, lines in (("income", INCOME), ("expenditure", SPENDING))}
    folder.budget = money["income"] + money["expenditure"]
    income, spent = (sum(row[2] for row in money[side]) for side in ("income", "expenditure"))
    left = income - spent
    tell = folder.told.append
    for what, total in ((rng.choice(("Total income", "Income in all", "Total funding")), income),
                        (rng.choice(("Total outgoings", "Total expenditure", "Total spend")), spent)):
        whole = int(total)
        tell(Told(what, _pounds(total), f"£{_more(rng, whole):,}", "budget"))
    words = ("underspend", "overspend") if left >= 0 else ("overspend", "underspend")
    tell(Told("Variance", f"{_pounds(abs(left))} {words[0]}",
              f"{_pounds(abs(left))} {words[1]}" if rng.random() < 0.5 else f"£{abs(left) * 1.4 + 77:,.0f} {words[0]}",
              "budget"))
    line = rng.choice(money["income"])
    share = 100 * line[2] / income
    tell(Told(f"{line[1]}: share of income", f"{share:.0f}%", f"{share + 6:.0f}%", "budget"))
    line = rng.choice(money["expenditure"])
    tell(Told(f"Spending on {line[1].casefold()}", _pounds(line[2]), f"£{_more(rng, int(line[2])):,}", "budget"))


def _pounds(value: float) -> str:
    return f"£{value:,.2f}" if value != int(value) else f"£{value:,.0f}"


def _indicators(folder: Folder, rng: random.Random) -> None:
    for name, label, unit, low, high in rng.sample(MEASURES, rng.randint(4, 8)):
        before = rng.randint(low, high)
        now = max(1, round(before * rng.choice((0.6, 0.75, 0.9, 0.95, 1.08, 1.2, 1.5, 2)))) if unit != "percent" else (
            before + rng.choice((-9, -6, -3, 2, 3)))
        folder.indicators.append([name, "Children's Services", "2022-23", now, before, unit, ""])
        folder.told.append(_change(label, unit, now, before, rng))
        if rng.random() < 0.4:
            sign = "%" if unit == "percent" else ""
            wrong = now + 7 if unit == "percent" else _more(rng, now)
            folder.told.append(Told(label, f"{now}{sign}", f"{wrong}{sign}", "performance"))


def _change(label: str, unit: str, now: int, before: int, rng: random.Random) -> Told:
    up, down = ("rose", "fell") if now > before else ("fell", "rose")
    sign, moved = ("%" if unit == "percent" else ""), abs(now - before)
    what = f"{label}: change on the year before"
    ways = [Told(what, f"{up} from {before}{sign} to {now}{sign}", f"{up} from {before + 9}{sign} to {now}{sign}",
                 "performance")]
    if unit == "percent":
        ways += [Told(what, f"{up} by {moved} percentage points", f"{up} by {moved + 4} percentage points",
                      "performance")]
    else:
        share = 100 * moved / before
        ways += [Told(what, f"{up} by {share:.0f}%", f"{up} by {share + 5:.0f}%", "performance"),
                 Told(what, f"{up} by approximately {share:.0f}%", f"{down} by approximately {share:.0f}%",
                      "performance"),
                 Told(what, f"{up} by {moved}", f"{up} by {_more(rng, moved)}", "performance")]
        if abs(now / before - 2) < 0.01:
            ways.append(Told(what, "doubled", "more than trebled", "performance"))
    return rng.choice(ways)
