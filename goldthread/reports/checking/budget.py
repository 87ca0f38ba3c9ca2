"""Labels about money: totals of a side, single lines, shares, and the variance."""
from goldthread.reports.arithmetic import Worked, add, less, percent, pounds, rows_text
from goldthread.reports.checking.label import Label
from goldthread.reports.checking.statements import Kind, Statement
from goldthread.reports.checking.subjects import Subject, Tie, repeated
from goldthread.reports.reading.records import BudgetLine, Inputs
from goldthread.reports.words import idle, tokens

SIDES = frozenset({"income", "expenditure"})
VARIANCE = frozenset({"variance", "overspend", "underspend"})
MEASURES = SIDES | VARIANCE | frozenset({"total", "subtotal", "rate"})
NEEDS_NUMBER = (Kind.VALUE, Kind.PREVIOUS)


def tie_budget(label: Label, stated: Statement, inputs: Inputs, own: frozenset[str], variance: int) -> Tie | None:
    """What a label may mean in the budget, or None if it is not about money.

    `variance` is the over- or underspend word found in the printed text (-1, +1, or 0).
    """
    about_money = label.section_is("budget") or stated.unit == "money" or bool(label.words & (SIDES | VARIANCE))
    if not inputs.budget or not about_money or stated.unit == "points" or label.words & {"except", "not"}:
        return None
    budget = _Budget(inputs, own)
    rest = label.about - MEASURES - idle("budget")
    sides = label.words & SIDES or label.section & SIDES
    if not rest:
        return _whole(label, stated, budget, sides, variance)
    return _lines(label, stated, budget, rest, sides)


class _Budget:
    """The budget's lines with the words each is known by."""

    def __init__(self, inputs: Inputs, own: frozenset[str]):
        self.file, self.lines = inputs.file("budget"), inputs.budget
        self.words = {each.row: self._words(each, own) for each in inputs.budget}

    @staticmethod
    def _words(line: BudgetLine, own: frozenset[str]) -> frozenset[str]:
        full = frozenset(tokens(line.name))
        return full - own - SIDES or full - own or full

    def side(self, side: str) -> Subject | None:
        return self.total([each for each in self.lines if each.side == side], f"total {side}")

    def total(self, lines: list[BudgetLine], name: str) -> Subject | None:
        known = [each for each in lines if each.amount is not None]
        if not known:
            return None
        rows = tuple(each.row for each in known)
        worked = add((each.amount for each in known), "money")
        earlier = [each.previous for each in lines]
        before = add(earlier, "money") if None not in earlier else None
        blank = [each.row for each in lines if each.amount is None]
        doubt = f"{rows_text(blank)} of {self.file} has no amount" if blank else repeated(
            known, lambda each: (each.side, each.name.casefold(), each.amount), self.file)
        return Subject(name, self.file, rows, "money", Worked(worked.value, f"{name}: {worked.how} "
                                                              f"({rows_text(rows)})"), before, doubt=doubt)

    def variance(self) -> Subject | None:
        income, spent = self.side("income"), self.side("expenditure")
        if income is None or spent is None:
            return None
        left = less(income.now.value, spent.now.value, "money")
        return Subject("variance", self.file, income.rows + spent.rows, "money",
                       Worked(left.value, f"income less expenditure: {left.how}"), signed=True,
                       doubt=income.doubt or spent.doubt)


def _whole(label: Label, stated: Statement, budget: _Budget, sides: frozenset[str], variance: int) -> Tie | None:
    if (label.words & VARIANCE or variance) and not (sides and not label.words & VARIANCE):
        return _variance_tie(stated, budget)
    if len(sides) == 1:
        subject = budget.side(next(iter(sides)))
        if subject is None or stated.unit == "percent" and stated.kind in NEEDS_NUMBER:
            return None
        return Tie((subject,), True, True, strength=0.95)
    both = [each for each in (budget.side("income"), budget.side("expenditure")) if each]
    if not both or not label.words & {"total", "subtotal"} or not label.section_is("budget"):
        return None
    return Tie(tuple(both), False, False, "the label does not say whether income or spending is meant", 0.5)


def _variance_tie(stated: Statement, budget: _Budget) -> Tie | None:
    subject = budget.variance()
    if subject is None or stated.kind != Kind.VALUE:
        return None
    if stated.unit != "percent":
        return Tie((subject,), True, True, strength=0.95)
    shares = []
    for side in ("income", "expenditure"):
        total = budget.side(side)
        share = percent(abs(subject.now.value), total.now.value, "money")
        if share:
            shares.append(Subject(f"variance as a share of {side}", budget.file, subject.rows, "percent", share,
                                  doubt=subject.doubt))
    return Tie(tuple(shares), True, False, strength=0.9) if shares else None


def _lines(label: Label, stated: Statement, budget: _Budget, rest: frozenset[str], sides: frozenset[str]) -> Tie | None:
    matched, sure, strength = _match(budget, rest, sides)
    if not matched and "contribution" in rest:
        matched, sure, strength = _match(budget, rest - {"contribution"}, frozenset({"income"}), strict=True)
    if not matched and rest == {"contribution"} and "expenditure" not in sides:
        return _contributions(label, budget)
    if not matched:
        return None
    groups = [matched] if len(matched) == 1 else [matched, *([each] for each in matched)]
    subjects = []
    for lines in groups:
        subject = budget.total(lines, " and ".join(each.name for each in lines))
        if subject is not None:
            share = stated.unit == "percent" and stated.kind in NEEDS_NUMBER
            subjects.extend(_shares(subject, lines, budget, sides) if share else [subject])
    why = "" if sure else "several budget lines may be meant"
    return Tie(tuple(subjects), sure, sure, why, strength) if subjects else None


def _contributions(label: Label, budget: _Budget) -> Tie | None:
    """“Total contributions”, where no line is called a contribution, means all income."""
    subject = budget.side("income")
    sure = "total" in label.words and "income" in label.words
    return Tie((subject,), sure, False, "" if sure else "contributions may be only a part of the income",
               0.6) if subject else None


def _match(budget: _Budget, rest: frozenset[str], sides: frozenset[str], strict: bool = False):
    """Lines known by exactly these words, or else lines that have them all; whether that is certain.

    Unless `strict`, the sides named only choose between lines: “staffing as a share of income” is a spending line.
    """
    if not rest:
        return [], False, 0.0
    pool = [each for each in budget.lines if not sides or each.side in sides]
    if not strict and not any(rest <= budget.words[each.row] for each in pool):
        pool = budget.lines
    same = [each for each in pool if budget.words[each.row] == rest
            or each.side == "income" and budget.words[each.row] == rest - {"contribution"}]
    wider = [each for each in pool if rest <= budget.words[each.row]]
    if same:
        return same, len(same) == 1, 1.0
    if wider:
        vague = rest & idle("other") and len(rest) < len(budget.words[wider[0].row]) / 2
        return wider, len(wider) == 1 and not vague, 0.85
    if not pool:
        return [], False, 0.0
    near = [each for each in pool if len(rest & budget.words[each.row]) / len(rest | budget.words[each.row]) >= 0.5]
    return near, False, 0.5


def _shares(subject: Subject, lines: list[BudgetLine], budget: _Budget, sides: frozenset[str]) -> list[Subject]:
    found = []
    for side in sorted(sides) or sorted({each.side for each in lines}):
        total = budget.side(side)
        share = percent(subject.now.value, total.now.value, "money") if total else None
        if share:
            found.append(Subject(f"{subject.name} as a share of {side}", budget.file, subject.rows, "percent",
                                 Worked(share.value, f"{share.how} (total {side} {pounds(total.now.value)}: "
                                                     f"{rows_text(total.rows)})"),
                                 parts=(subject.now, total.now), doubt=subject.doubt or total.doubt))
    return found
