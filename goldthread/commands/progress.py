"""How far a command has got, for whoever watches it."""

import sys
from typing import Any


class Bar:
    """A progress bar on standard error for each thing that is done, in turn; none where nobody watches, if `quiet`."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._off = None if quiet else False  # None: off where it is no terminal
        self._bar: Any = None
        self._what = ""

    def __enter__(self) -> "Bar":
        return self

    def __call__(self, what: str, done: int, of: int | None) -> None:
        from tqdm import tqdm

        if what != self._what:
            self.__exit__()
            self._what = what
            self._bar = tqdm(total=of, desc=what.capitalize(), unit="", file=sys.stderr, disable=self._off)
        self._bar.update(done - self._bar.n)

    def __exit__(self, *fault: object) -> None:
        if self._bar is not None:
            self._bar.close()
