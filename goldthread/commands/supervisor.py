"""Runs the demo's helper processes: starts them, starts them again when they die, takes them down."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from goldthread.commands.refusal import Refusal

GRACE_SECONDS = 10
MOST_RESTARTS = 5
WITHIN_SECONDS = 60
PARENT_DEATH_SIGNAL = 1


class Child:
    """One helper process in a session of its own, so that Ctrl-C reaches the parent alone."""

    def __init__(self, name: str, order: list[str], environment: dict[str, str]):
        self.name = name
        self.order = order
        self.environment = environment
        self.process: subprocess.Popen | None = None
        self.ends: list[float] = []

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.order,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent(),
        )

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def restart(self) -> None:
        """Start again after an unexpected end. Raises Refusal when that happens over and over."""
        now = time.monotonic()
        self.ends = [end for end in self.ends if end > now - WITHIN_SECONDS] + [now]
        if len(self.ends) > MOST_RESTARTS:
            raise Refusal(f"the {self.name} ended {len(self.ends)} times in a minute; why is above.")
        self._kill_group()
        self.process.wait()
        self.start()

    def stop(self) -> None:
        """Ask it to end; after ten seconds, kill it and whatever it started."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        self._kill_group()
        self.process.wait()

    def _kill_group(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def keep_running(children: list[Child], mend: Callable[[], None], say: Callable[[str], None]) -> None:
    """Watch the children for ever, calling `mend` each round for what they stand on. Raises Refusal."""
    while True:
        time.sleep(0.5)
        mend()
        for child in children:
            if child.ended():
                say(f"The {child.name} ended (code {child.process.returncode}); starting it again.")
                child.restart()


def stop_all(children: list[Child]) -> None:
    """Stop every child, undisturbed by a second Ctrl-C; the last started is the first to go."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for child in reversed(children):
            child.stop()
    finally:
        signal.signal(signal.SIGINT, before)


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux, what makes the kernel end the child when this process is killed outright."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return lambda: library.prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
