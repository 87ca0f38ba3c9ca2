"""The bench of indicators asks pandas every condition that an indicator is declared with."""
import re

import pandas
import pytest

from bench import indicators
from goldthread.measure.indicators import all_indicators

CONDITIONS = sorted({count.where for each in all_indicators() for count in each.counts if count.where})


def test_every_condition_keeps_what_it_names_and_nothing_else() -> None:
    assert len(CONDITIONS) > 50
    for condition in CONDITIONS:
        columns = re.findall(r"(\w+)\s+(?:=|in|not in|like)\s", re.sub(r"'[^']*'", "''", condition))
        frame = pandas.DataFrame({column: pandas.Series(["", "x"], dtype="object") for column in columns})
        kept = indicators.mask(frame, condition)
        assert kept.dtype == bool and len(kept) == 2, condition


def test_not_in_leaves_out_what_is_named() -> None:
    frame = pandas.DataFrame({"state": ["RHOM", "YES", "DIED"]})
    assert list(indicators.mask(frame, "state not in ('RHOM', 'DIED')")) == [False, True, False]
    assert list(indicators.mask(frame, "state in ('RHOM', 'DIED')")) == [True, False, True]
    with pytest.raises(SyntaxError):
        indicators.mask(frame, "state between ('RHOM')")
