"""The roles in a table, as `docs/permissions.md` shows them; a test keeps the two alike."""
from __future__ import annotations

from goldthread.access.policy import ROLES, May, Reads, Role

READS = {Reads.OWN: "what is addressed or allocated to them", Reads.AGENCY: "what their agency sent or was asked",
         Reads.TEAM: "what is offered to their team",
         Reads.LEADS: "what only their agency's safeguarding lead is asked",
         Reads.CONTRIBUTES: "what their agency is asked for the yearly report",
         Reads.FRONT_DOOR: "all of the front door's", Reads.SOCIAL_CARE: "all of social care's",
         Reads.EXPLOITATION: "all of the missing and exploitation desk's", Reads.ALLEGATIONS: "all allegations",
         Reads.ASSURANCE: "all agencies' assurance", Reads.REVIEWS: "all serious incidents and reviews",
         Reads.RETURNS: "the data returns of their agency", Reads.DATA: "how all data returns stand, without their rows",
         Reads.DATA_ROWS: "the rows of all data returns", Reads.FIGURES: "the scorecard, its comments and releases",
         Reads.REPORTING: "the yearly report, its contributions and the budget",
         Reads.PRIVACY: "restrictions, denials and alerts; no record"}


def table() -> str:
    """A row for each role: its name, what it may do anywhere in its partnership, whose rows it reads."""
    rows = ["| Role | May | Reads |", "| --- | --- | --- |"]
    return "\n".join(rows + [_row(role) for role in ROLES.values()]) + "\n"


def _row(role: Role) -> str:
    may = ", ".join(right.value for right in May if right in role.may)
    reads = "; ".join(words for kind, words in READS.items() if kind in role.reads) or "nothing"
    return f"| {role.name} (`{role.key}`) | {may} | {reads} |"
