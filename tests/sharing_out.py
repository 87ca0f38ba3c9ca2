"""How tests are shared out among processes: what shares a costly world stays together, and the longest begin first.

Left to itself the runner orders modules by their number of tests, so that the modules of a package come apart
and its world is made again for nearly every one of them.
"""
from __future__ import annotations

from typing import Any

import pytest

TOGETHER = ("tests/matrix/", "tests/measure/", "tests/browser/")  # each folder in them with a service or world of its own
LONGEST = ("tests/browser/journeys", "tests/browser/casework", "tests/matrix", "tests/browser/front_door",
           "tests/browser/account")  # these begin, in this order; the others follow by their number of tests


def part_of(nodeid: str) -> str:
    """What goes to one process as a whole: a module, or the folder of one that shares what it stands on."""
    module = nodeid.partition("::")[0]
    return module.rpartition("/")[0] if module.startswith(TOGETHER) else module


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    if config.getvalue("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class SharedOut(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return part_of(nodeid)

        def _assign_work_unit(self, node: Any) -> None:
            for part in reversed(LONGEST):
                if part in self.workqueue:
                    self.workqueue.move_to_end(part, last=False)
            super()._assign_work_unit(node)

    return SharedOut(config, log)
