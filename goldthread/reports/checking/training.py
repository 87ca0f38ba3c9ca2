"""Labels about training: attendees, places, take-up, by delivery, for all courses or for some."""
import re
from dataclasses import replace
from decimal import Decimal

from goldthread.reports.arithmetic import Worked, add, less, percent, plain, rows_text
from goldthread.reports.checking.label import Label
from goldthread.reports.checking.statements import Kind, Statement
from goldthread.reports.checking.subjects import Subject, Tie, repeated
from goldthread.reports.reading.records import Course, Inputs
from goldthread.reports.words import idle, tokens

MEASURES = frozenset({"attendee", "place", "offered", "taken", "unfilled", "rate", "average", "total", "subtotal",
                      "course", "session"})
SCOPES = frozenset({"face", "direct", "elearn", "online", "virtual"})
SELF_STUDY = frozenset({"elearn", "online"})
ALIKE = {"elearn": {"elearn", "online"}, "virtual": {"virtual", "online"}, "online": {"virtual", "online", "elearn"}}
SIGNALS = frozenset({"attendee", "place", "taken", "unfilled", "course", "train"}) | SCOPES
PLAIN = SCOPES | {"place", "taken", "unfilled", "total", "subtotal"}
CLOSE = 0.75
LEAST_TOLD = 0.3


def tie_training(label: Label, stated: Statement, inputs: Inputs) -> Tie | None:
    """What a label may mean in the training table, or None if it is not about training."""
    wrong_kind = stated.kind != Kind.VALUE or stated.unit not in ("count", "percent")
    if not inputs.courses or wrong_kind or label.is_change or "previous" in label.words:
        return None
    if "except" in label.words or "not" in label.words:
        return None
    scopes, scope_words = _scopes(label, inputs.courses)
    rest = label.about - MEASURES - scope_words - idle("training")
    signal = label.section_is("training") or bool(label.words & SIGNALS)
    if not signal or (label.words & SCOPES - {"online"} and not scope_words):
        return None
    if not rest:
        sure = label.section_is("training") or bool(label.words & PLAIN)
        strength, only_named = 0.9 if sure else 0.5, False
    else:
        scopes, strength = _named(rest, scopes, inputs.courses)
        sure, only_named = strength >= CLOSE and not _says_who(label, rest), True
    subjects = [subject for scope in scopes if scope
                for subject in _subjects(label, stated, scope, inputs.file("training-courses"))]
    if not subjects:
        return None
    if not rest and scopes[0] is inputs.courses:
        subjects = [_doubted(each, _unlisted(inputs)) for each in subjects]
    in_table = bool(label.words & {"total", "subtotal"}) or "table" in label.text.casefold()
    sure = sure and not (label.words & {"session"} and not label.words & {"attendee", "place", "taken", "rate"})
    return Tie(tuple(subjects), sure, in_table and not only_named,
               "" if sure else "the label may mean other courses than the table lists", strength)


def _says_who(label: Label, rest: frozenset[str]) -> bool:
    """“Delegates from health” tells who came, not which course."""
    return any(rest & set(tokens(who)) for who in re.findall(r"\b(?:from|by) (\w+)", label.text.casefold()))


def _unlisted(inputs: Inputs) -> str:
    """Kinds of delivery that printed figures name but the table does not list: then no total can be checked."""
    listed = frozenset(word for each in inputs.courses for word in tokens(each.delivery))
    named = frozenset(word for each in inputs.claims for word in tokens(each.what)) & {"elearn", "virtual", "face"}
    alike = SELF_STUDY | {"virtual"}
    missing = [word for word in named if not listed & (alike if word in alike else {"face"})] if listed else []
    return "the printed figures name a kind of delivery that the training table does not list" if missing else ""


def _doubted(subject: Subject, doubt: str) -> Subject:
    return replace(subject, doubt=subject.doubt or doubt)


def _scopes(label: Label, courses: list[Course]) -> tuple[list[list[Course]], frozenset[str]]:
    """The sets of courses that the label's delivery words may mean, and those words."""
    kinds = {each.delivery: frozenset(tokens(each.delivery)) for each in courses}
    of = {delivery: [each for each in courses if each.delivery == delivery] for delivery in kinds}
    exact = {delivery for delivery, words in kinds.items() if words and words <= label.words}
    if exact:
        named = frozenset().union(*(kinds[each] for each in exact))
        return [[each for each in courses if each.delivery in exact]], named | SCOPES & label.words
    taught = [each for each in courses if not kinds[each.delivery] & SELF_STUDY]
    if label.words & {"direct", "face"}:
        face = [each for each in courses if "face" in kinds[each.delivery]]
        sets = [taught, face] if "direct" in label.words else [face]
        return [each for each in sets if each], frozenset({"direct", "face"}) if taught or face else frozenset()
    if label.words & {"elearn", "online", "virtual"}:
        wanted = next(like for word, like in ALIKE.items() if word in label.words)
        near = [of[each] for each, words in kinds.items() if words & wanted]
        together = [course for group in near for course in group]
        return ([together] if len(near) > 1 else []) + near, SCOPES & label.words if near else frozenset()
    everything = [courses]
    if not label.words & {"total"} and len(taught) < len(courses) and taught:
        everything.append(taught)
    return everything, frozenset()


def _named(rest: frozenset[str], scopes: list[list[Course]], courses: list[Course]):
    """The courses whose names hold all the remaining words, or the one course that comes closest."""
    pool = scopes[0] if scopes else courses
    names = {each.row: frozenset(tokens(each.name)) | frozenset(tokens(each.delivery)) for each in pool}
    all_words = [each for each in pool if rest <= names[each.row]]
    exact = [each for each in all_words if frozenset(tokens(each.name)) - idle("training") <= rest]
    if len(exact) == 1:
        return [exact], 1.0
    if all_words:
        told = max(len(rest) / len(frozenset(tokens(each.name)) - idle("training") or rest) for each in all_words)
        return [all_words], 0.8 if told >= LEAST_TOLD else 0.5
    shares = sorted(((len(rest & words) / len(rest | words - idle("training")), row) for row, words in names.items()),
                    reverse=True)
    if not shares or shares[0][0] < 0.4 or (len(shares) > 1 and shares[1][0] > shares[0][0] - 0.15):
        return [], 0.0
    return [[each for each in pool if each.row == shares[0][1]]], shares[0][0]


def _subjects(label: Label, stated: Statement, scope: list[Course], file: str) -> list[Subject]:
    words = label.words
    if stated.unit == "percent" or ("rate" in words and stated.base is None):
        return _rates(scope, file, "average" in words)
    if "unfilled" in words:
        return _unfilled(scope, file)
    if "average" in words:
        return [_average(each) for each in (_attendees(scope, file), _places(scope, file)) if each]
    if "offered" in words and "attendee" not in words:
        wanted = [_places(scope, file)]
    elif words & {"taken", "attendee"}:
        wanted = [_attendees(scope, file)]
    elif "place" in words:
        wanted = [_places(scope, file) or _attendees(scope, file)]
    elif stated.base is not None:
        wanted = [_attendees(scope, file)]
    elif words & {"course", "session"} and "subtotal" not in words and len(scope) > 1:
        return _how_many(scope, file)
    else:
        wanted = [_attendees(scope, file), _places(scope, file)]
    return [each for each in wanted if each]


def _total(scope: list[Course], field: str, what: str, file: str, needed: bool) -> Subject | None:
    known = [each for each in scope if getattr(each, field) is not None]
    if not known:
        return None
    blank = [each.row for each in scope if getattr(each, field) is None] if needed else []
    worked = add(getattr(each, field) for each in known)
    rows = tuple(each.row for each in known)
    doubt = f"{rows_text(blank)} of {file} has no figure for {what}" if blank else _repeated(known, file)
    return Subject(what, file, rows, "count", Worked(worked.value, f"{what}: {worked.how} ({rows_text(rows)})"),
                   doubt=doubt)


def _repeated(courses: list[Course], file: str) -> str:
    return repeated(courses, lambda each: (each.name.casefold(), each.delivery, each.attendees, each.places), file)


def _attendees(scope: list[Course], file: str) -> Subject | None:
    people, places = (_total(scope, *each, file, True) for each in (("attendees", "attendees"),
                                                                    ("places", "places offered")))
    if people is None or places is None:
        return people
    return Subject(people.name, file, people.rows, "count", people.now, parts=(people.now, places.now),
                   doubt=people.doubt)


def _places(scope: list[Course], file: str) -> Subject | None:
    kinds_without = {each.delivery for each in scope} - {each.delivery for each in scope if each.places is not None}
    return _total([each for each in scope if each.delivery not in kinds_without], "places", "places offered", file,
                  True)


def _counted(scope: list[Course]) -> list[Course]:
    return [each for each in scope if each.attendees is not None and each.places]


def _rates(scope: list[Course], file: str, average: bool) -> list[Subject]:
    full = _counted(scope)
    if not full:
        return []
    rows = tuple(each.row for each in full)
    people, places = add(each.attendees for each in full), add(each.places for each in full)
    overall = percent(people.value, places.value)
    blank = [each.row for each in scope if (each.attendees is None) != (each.places is None) and each.places]
    found = [Subject("take-up of places", file, rows, "percent",
                     Worked(overall.value, f"{overall.how} ({rows_text(rows)})"), parts=(people, places),
                     doubt=f"{rows_text(blank)} has no attendees" if blank else _repeated(full, file))]
    if average:
        shares = [each.attendees / each.places * 100 for each in full]
        mean = sum(shares, Decimal(0)) / len(shares)
        found.append(Subject("average of the courses' take-up", file, rows, "percent",
                             Worked(mean, f"average of {len(shares)} percentages = {plain(mean, 2)}%")))
    return found


def _unfilled(scope: list[Course], file: str) -> list[Subject]:
    full = _counted(scope)
    if not full:
        return []
    people, places = add(each.attendees for each in full), add(each.places for each in full)
    return [Subject("places not taken", file, tuple(each.row for each in full), "count",
                    less(places.value, people.value))]


def _average(subject: Subject) -> Subject:
    mean = subject.now.value / len(subject.rows)
    return Subject(f"average {subject.name} a course", subject.file, subject.rows, "average",
                   Worked(mean, f"{plain(subject.now.value)} ÷ {len(subject.rows)} courses = {plain(mean, 2)}"),
                   doubt=subject.doubt)


def _how_many(scope: list[Course], file: str) -> list[Subject]:
    rows = tuple(each.row for each in scope)
    names = len({each.name.casefold() for each in scope})
    found = [Subject("courses", file, rows, "count", Worked(Decimal(len(rows)), f"{len(rows)} courses listed"))]
    if names != len(rows):
        found.append(Subject("different courses", file, rows, "count",
                             Worked(Decimal(names), f"{names} different names")))
    return found
