"""A specification with every kind of column and rule in it, and files looked through by it."""
from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from goldthread.dataset.checking.checking import looked
from goldthread.dataset.checking.columns import Setting
from goldthread.dataset.checking.report import Report
from goldthread.dataset.specification.declared import find, read
from goldthread.dataset.specification.definition import Specification
from tests.dataset.place import sources

SETTING = Setting(date(2026, 11, 23), date(2026, 7, 1), date(2026, 9, 30))
TOML = """
key = "everything"
title = "Everything"
source = "A test"
[[edition]]
name = "1"
from = 2020-01-01
[[table]]
key = "children"
title = "Children"
needed = true
columns = [
  { name = "number", title = "Child number", required = true, longest = 8 },
  { name = "nhs", title = "NHS number", kind = "nhs" },
  { name = "upn", title = "UPN", kind = "upn", area = true },
  { name = "born", title = "Date of birth", kind = "date", past = true, wanted = true },
  { name = "postcode", title = "Postcode", kind = "postcode" },
  { name = "sex", title = "Sex", kind = "code", codes = "sex" },
]
[[table]]
key = "spells"
title = "Spells"
columns = [
  { name = "number", title = "Child number", required = true, plain = true },
  { name = "start", title = "Began", kind = "date", required = true },
  { name = "end", title = "Ended", kind = "date" },
  { name = "reason", title = "Reason", kind = "code", codes = "reason" },
  { name = "seen", title = "Seen at", kind = "moment" },
  { name = "visits", title = "Visits", kind = "whole", least = 0, most = 50 },
  { name = "hours", title = "Hours", kind = "decimal" },
  { name = "alone", title = "Seen alone", kind = "yes_no" },
]
[list]
reason = [{ code = "A", label = "As planned" }, { code = "B", label = "Broke down", also = ["breakdown"] }]
[[rule]]
kind = "unique"
table = "children"
columns = ["number"]
[[rule]]
kind = "one_of"
table = "children"
columns = ["nhs", "upn", "born"]
[[rule]]
kind = "refers"
table = "spells"
column = "number"
other = "children"
to = "number"
[[rule]]
kind = "order"
table = "spells"
first = "start"
last = "end"
[[rule]]
kind = "not_before"
table = "spells"
column = "start"
key = "number"
other = "children"
to = "number"
date = "born"
[[rule]]
kind = "no_overlap"
table = "spells"
by = "number"
start = "start"
end = "end"
[[rule]]
kind = "required_when"
table = "spells"
column = "reason"
when = "end"
[[rule]]
kind = "empty_when"
table = "spells"
column = "alone"
when = "reason"
values = ["B"]
[[rule]]
kind = "in_period"
table = "spells"
column = "end"
[[rule]]
kind = "in_period"
table = "spells"
column = "seen"
part = "by_end"
[[rule]]
kind = "weekday"
table = "spells"
column = "seen"
[[rule]]
kind = "alone"
table = "spells"
column = "reason"
columns = ["number"]
values = ["B"]
[[rule]]
kind = "not_during"
table = "spells"
by = "number"
start = "start"
end = "end"
other = "children"
other_start = "born"
other_end = "born"
where = { end = ["*"] }
[[rule]]
kind = "unique"
table = "spells"
columns = ["number"]
where = { end = [""] }
because = "one at most has not ended"
"""
CHILDREN = ("number,nhs,upn,born,postcode,sex\nC1,9990000018,H801200001001,03/11/2015,ZZ1 1AA,F\n"
            "C2,,,2016-02-29,zz11aa,male\n")
SPELLS = ("number,start,end,reason,seen,visits,hours,alone\nC1,01/07/2026,31/08/2026,A,02/07/2026 14:30,3,1.5,yes\n"
          "C1,31/08/2026,,,02/09/2026,0,,N\nC2,03/07/2026,05/09/2026,Breakdown,,12,,\n")


def everything() -> Specification:
    [spec] = read(tomllib.loads(TOML), "everything.toml")
    return spec


def look(folder: Path, spec: Specification, *files: tuple[str, bytes], setting: Setting = SETTING) -> Report:
    """What is found in files."""
    with looked(sources(folder, *files), spec, setting) as found:
        return found.report


def look_by(folder: Path, key: str, *files: tuple[str, bytes], setting: Setting = SETTING) -> Report:
    return look(folder, find(key, setting.until), *files, setting=setting)


def kinds(report: Report) -> set[tuple[str, str, str]]:
    return {(each.table, each.column, each.kind) for each in report.groups.values()}


def lines(report: Report) -> list[str]:
    return [str(each) for group in report.groups.values() for each in group.first]
