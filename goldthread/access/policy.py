"""What each role may do and whose rows it may read: the one declaration of policy.

A row names the tokens that may read it; a person holds the tokens their role, agency and appointment give. Sensitivity
narrows the tokens on the row, relationship adds to those held, role decides which kinds may be held at all.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class May(StrEnum):
    """Something a role can do anywhere in its partnership; what it may do to one record is the process's to say."""

    START_CONTACT = "start a contact"
    WORK_FRONT_DOOR = "work the front door"
    MANAGE_FRONT_DOOR = "manage the front door"
    ANSWER_REQUESTS = "answer requests for information"
    FIND_PEOPLE = "search for children and families"
    IMPORT = "import contacts"
    SEE_FIGURES = "see figures"
    BUILD_REPORTS = "build reports"
    SEE_DIRECTORY = "see the directory"
    RUN_PARTNERSHIP = "set up the partnership"
    REVIEW_ACCESS = "review who looked at what"
    BREAK_GLASS = "open a record in an emergency"
    RESTRICT = "restrict a record"
    RECEIVE_ENCOMPASS = "receive Operation Encompass notices"
    WORK_SOCIAL_CARE = "work on assessments, enquiries and plans"
    MANAGE_SOCIAL_CARE = "manage assessments, enquiries and plans"
    CHAIR_CONFERENCES = "chair child protection conferences"
    WORK_EXPLOITATION = "work on missing children and exploitation"
    MANAGE_EXPLOITATION = "manage missing children and exploitation"
    INTERVIEW_RETURNED = "hold return home interviews"
    WORK_ALLEGATIONS = "work on allegations against people who work with children"
    REPORT_ALLEGATIONS = "report an allegation against somebody who works with children"
    RUN_ASSURANCE = "ask agencies for assurance"
    ANSWER_ASSURANCE = "answer for an agency's safeguarding"
    SIGN_FOR_AGENCY = "sign for an agency"
    RUN_REVIEWS = "run serious incidents and rapid reviews"
    SIGN_FOR_PARTNERS = "sign for a safeguarding partner"
    RUN_MEETINGS = "run meetings"
    ATTEND_MEETINGS = "attend meetings"
    SEND_RETURNS = "send an agency's data returns"
    COLLECT_RETURNS = "collect agencies' data returns"
    KEEP_SCORECARD = "keep the scorecard and prepare what is published of it"
    SIGN_RELEASES = "sign for figures to be published"
    LINK_RECORDS = "link agencies' records and decide which are of one person"
    RUN_REPORTS = "run the yearly report and the partnership's budget"
    CONTRIBUTE = "write an agency's part of the yearly report"
    SCRUTINISE = "comment as independent scrutineer"


class Reads(StrEnum):
    """A kind of token a role may hold, as a pattern filled from the appointment."""

    OWN = "user:{user}"
    AGENCY = "agency:{agency}:{partnership}"
    TEAM = "team:{team}:{partnership}"
    LEADS = "leads:{agency}:{partnership}"
    CONTRIBUTES = "contributes:{agency}:{partnership}"
    FRONT_DOOR = "desk:{partnership}:front-door"
    SOCIAL_CARE = "desk:{partnership}:social-care"
    EXPLOITATION = "desk:{partnership}:exploitation"
    ALLEGATIONS = "desk:{partnership}:allegations"
    ASSURANCE = "desk:{partnership}:assurance"
    REVIEWS = "desk:{partnership}:reviews"
    PRIVACY = "privacy:{partnership}"
    RETURNS = "returns:{agency}:{partnership}"
    DATA = "desk:{partnership}:data"
    DATA_ROWS = "desk:{partnership}:data-rows"
    FIGURES = "figures:{partnership}"
    REPORTING = "desk:{partnership}:reporting"


# What each desk is called, where people are told who reads a record.
DESKS = {"front-door": "the front door", "social-care": "children's social care", "allegations": "the designated officer",
         "exploitation": "the missing and exploitation desk", "assurance": "the partnership's assurance",
         "reviews": "serious incidents and reviews", "reporting": "the yearly report"}


@dataclass(frozen=True)
class Role:
    """A role of the roles list: what it may do, whose rows it may read, and its plain name."""

    key: str
    name: str
    may: frozenset[May]
    reads: frozenset[Reads]


def _role(key: str, name: str, may: set[May], *reads: Reads) -> tuple[str, Role]:
    everyone = {May.SEE_DIRECTORY}
    figures = {Reads.FIGURES} if May.SEE_FIGURES in may else set()
    return key, Role(key, name, frozenset(may | everyone), frozenset({Reads.OWN, *figures, *reads}))


_PRACTITIONER = {May.START_CONTACT, May.ANSWER_REQUESTS, May.REPORT_ALLEGATIONS, May.ATTEND_MEETINGS}
_SENDS = {*_PRACTITIONER, May.SEND_RETURNS}
_RUNS_MEETINGS = {May.RUN_MEETINGS, May.ATTEND_MEETINGS}
# The council is told of children without a school, so its hub receives Operation Encompass notices as schools do.
_MASH = {*_PRACTITIONER, May.WORK_FRONT_DOOR, May.FIND_PEOPLE, May.BREAK_GLASS, May.RECEIVE_ENCOMPASS}
PUBLIC_ROLE = "public-referrer"

ROLES: dict[str, Role] = dict([
    _role("school-lead", "Designated safeguarding lead", {*_SENDS, May.RECEIVE_ENCOMPASS, May.CONTRIBUTE}, Reads.AGENCY,
          Reads.LEADS, Reads.CONTRIBUTES, Reads.RETURNS),
    _role("gp", "GP", _PRACTITIONER, Reads.AGENCY),
    _role("health-visitor", "Health visitor or school nurse", _PRACTITIONER, Reads.AGENCY),
    _role("health-partner", "Health safeguarding practitioner", _SENDS, Reads.AGENCY, Reads.RETURNS),
    _role("police-partner", "Police safeguarding officer", _SENDS, Reads.AGENCY, Reads.RETURNS),
    _role("partner", "Partner agency practitioner", _PRACTITIONER, Reads.AGENCY),
    _role("agency-lead", "Safeguarding lead of an agency", {*_SENDS, May.ANSWER_ASSURANCE, May.CONTRIBUTE}, Reads.AGENCY,
          Reads.LEADS, Reads.CONTRIBUTES, Reads.RETURNS),
    _role("agency-analyst", "Analyst of an agency", {May.SEND_RETURNS, May.SEE_FIGURES}, Reads.RETURNS),
    _role("agency-senior", "Senior officer of an agency",
          {May.ANSWER_ASSURANCE, May.SIGN_FOR_AGENCY, May.SEE_FIGURES, May.ATTEND_MEETINGS, May.CONTRIBUTE}, Reads.AGENCY,
          Reads.CONTRIBUTES),
    _role("contributor", "Writer of an agency's part of the yearly report", {May.CONTRIBUTE}, Reads.CONTRIBUTES),
    _role("lead-partner", "Lead safeguarding partner or delegate",
          {May.SIGN_FOR_PARTNERS, May.SEE_FIGURES, May.SIGN_RELEASES, May.ATTEND_MEETINGS}, Reads.REVIEWS, Reads.REPORTING),
    _role("social-worker", "Social worker", {*_PRACTITIONER, May.FIND_PEOPLE, May.BREAK_GLASS, May.WORK_SOCIAL_CARE,
                                             May.WORK_EXPLOITATION}, Reads.AGENCY, Reads.TEAM),
    _role("team-manager", "Team manager", {*_PRACTITIONER, May.FIND_PEOPLE, May.BREAK_GLASS, May.WORK_SOCIAL_CARE,
                                           May.MANAGE_SOCIAL_CARE, May.RESTRICT, May.SEE_FIGURES, *_RUNS_MEETINGS},
          Reads.AGENCY, Reads.TEAM, Reads.SOCIAL_CARE),
    _role("conference-chair", "Conference chair or independent reviewing officer",
          {May.FIND_PEOPLE, May.WORK_SOCIAL_CARE, May.CHAIR_CONFERENCES, *_RUNS_MEETINGS}, Reads.TEAM, Reads.SOCIAL_CARE),
    _role("exploitation-worker", "Missing and exploitation worker",
          {*_PRACTITIONER, May.FIND_PEOPLE, May.BREAK_GLASS, May.WORK_EXPLOITATION, May.INTERVIEW_RETURNED},
          Reads.AGENCY, Reads.TEAM, Reads.EXPLOITATION),
    _role("exploitation-lead", "Missing and exploitation lead",
          {*_PRACTITIONER, May.FIND_PEOPLE, May.BREAK_GLASS, May.WORK_EXPLOITATION, May.MANAGE_EXPLOITATION,
           May.RESTRICT, May.SEE_FIGURES, *_RUNS_MEETINGS}, Reads.AGENCY, Reads.TEAM, Reads.EXPLOITATION),
    _role("lado", "Designated officer for allegations (LADO)",
          {May.WORK_ALLEGATIONS, May.REPORT_ALLEGATIONS, May.RESTRICT, May.SEE_FIGURES, May.ATTEND_MEETINGS},
          Reads.TEAM, Reads.ALLEGATIONS),
    _role("case-reviewer", "Case review member", {May.RUN_REVIEWS, May.ATTEND_MEETINGS}, Reads.REVIEWS),
    _role("early-help-worker", "Early help practitioner", {*_PRACTITIONER, May.BREAK_GLASS}, Reads.AGENCY),
    _role("mash-worker", "MASH worker", {*_MASH, May.IMPORT}, Reads.AGENCY, Reads.TEAM, Reads.FRONT_DOOR),
    _role("mash-manager", "MASH manager", {*_MASH, May.MANAGE_FRONT_DOOR, May.IMPORT, May.SEE_FIGURES, May.RESTRICT},
          Reads.AGENCY, Reads.TEAM, Reads.FRONT_DOOR),
    _role("business-manager", "Partnership business manager",
          {May.BUILD_REPORTS, May.SEE_FIGURES, May.RUN_PARTNERSHIP, May.RUN_ASSURANCE, May.RUN_REVIEWS,
           May.COLLECT_RETURNS, May.KEEP_SCORECARD, May.SIGN_RELEASES, May.RUN_REPORTS, *_RUNS_MEETINGS}, Reads.ASSURANCE,
          Reads.REVIEWS, Reads.DATA, Reads.REPORTING),
    _role("analyst", "Data analyst", {May.SEE_FIGURES, May.BUILD_REPORTS, May.COLLECT_RETURNS, May.KEEP_SCORECARD,
                                      May.SIGN_RELEASES, May.LINK_RECORDS}, Reads.DATA, Reads.DATA_ROWS, Reads.REPORTING),
    _role("scrutineer", "Independent scrutineer", {May.SEE_FIGURES, May.ATTEND_MEETINGS, May.SCRUTINISE}, Reads.REPORTING),
    _role("board-member", "Board member", {May.SEE_FIGURES, May.ATTEND_MEETINGS}),
    _role("privacy-officer", "Privacy officer", {May.REVIEW_ACCESS, May.RESTRICT}, Reads.PRIVACY),
    _role("administrator", "Partnership administrator", {May.RUN_PARTNERSHIP}),
    (PUBLIC_ROLE, Role(PUBLIC_ROLE, "Person without an account", frozenset({May.START_CONTACT}), frozenset())),
])
LEADING = frozenset(key for key, role in ROLES.items() if Reads.LEADS in role.reads)
# The roles a person can be given: nobody signs in as the public.
GIVEN = {key: role for key, role in ROLES.items() if key != PUBLIC_ROLE}


def tokens(*, role: str, user: int, agency: int, partnership: int, teams: Iterable[int] = ()) -> frozenset[str]:
    """Every token an appointment holds; teams: those it is in. An unknown role holds none and may do nothing."""
    reads = ROLES[role].reads if role in ROLES else frozenset()
    values = {"user": user, "agency": agency, "partnership": partnership}
    held = {pattern.value.format(**values) for pattern in reads if pattern is not Reads.TEAM}
    return frozenset(held.union(team_token(team, partnership) for team in teams) if Reads.TEAM in reads else held)


def allowed(role: str) -> frozenset[May]:
    """What a role may do anywhere in its partnership."""
    return ROLES[role].may if role in ROLES else frozenset()


def agency_token(agency: int, partnership: int) -> str:
    return Reads.AGENCY.value.format(agency=agency, partnership=partnership)


def asked_token(reads: Reads, agency: int, partnership: int) -> str:
    """Held by those of an agency who read in one way: who is meant where the agency is asked something."""
    return reads.value.format(agency=agency, partnership=partnership)


def desk_token(desk: str, partnership: int) -> str:
    return f"desk:{partnership}:{desk}"


def returns_token(agency: int, partnership: int) -> str:
    """Held by those who send an agency's data returns."""
    return Reads.RETURNS.value.format(agency=agency, partnership=partnership)


def team_token(team: int, partnership: int) -> str:
    """Held by those of a team whose role does casework, and by whoever covers for one of them."""
    return Reads.TEAM.value.format(team=team, partnership=partnership)


def user_token(user: int) -> str:
    return Reads.OWN.value.format(user=user)


def figures_token(partnership: int) -> str:
    """Held by everybody who may see the partnership's figures."""
    return Reads.FIGURES.value.format(partnership=partnership)


def glass_token(grant: int) -> str:
    """Held for an hour by a person who opened a record in an emergency."""
    return f"glass:{grant}"
