"""The only writes on the partnership's money."""
from goldthread.reports.budget.actions.keeping import (
    begin_year,
    close_year,
    describe_year,
    end_line,
    keep_line,
)
from goldthread.reports.budget.actions.loading import Loaded, load

__all__ = ["Loaded", "begin_year", "close_year", "describe_year", "end_line", "keep_line", "load"]
