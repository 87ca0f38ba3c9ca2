"""The demo's helper processes: watched, started again, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from goldthread.commands import supervisor
from goldthread.commands.refusal import Refusal
from goldthread.commands.supervisor import Child, keep_running, stop_all
from tests.commands.processes import gone

ROOT = Path(__file__).resolve().parents[2]
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


def sleeper(seconds: float = 60) -> Child:
    return Child("sleeper", [sys.executable, "-c", f"import time; time.sleep({seconds})"], dict(os.environ))


def test_a_killed_child_is_started_again():
    child, said = sleeper(), []
    child.start()
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    rounds = iter([None, None])

    with pytest.raises(StopIteration):
        keep_running([child], lambda: next(rounds), said.append)
    assert child.process.pid != first and not child.ended()
    assert said == ["The sleeper ended (code -9); starting it again."]
    stop_all([child])
    assert child.ended()


def test_a_child_that_keeps_ending_is_given_up():
    child = sleeper(0)
    child.start()
    for _ in range(supervisor.MOST_RESTARTS):
        child.restart()
    with pytest.raises(Refusal, match="ended 6 times in a minute"):
        child.restart()
    stop_all([child])


def test_a_child_that_will_not_go_is_killed(monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE_SECONDS", 0.2)
    child = Child("mule", [sys.executable, "-c", STUBBORN], dict(os.environ))
    child.start()
    time.sleep(0.3)
    stop_all([child])
    assert child.process.returncode == -signal.SIGKILL


def test_children_do_not_outlive_a_killed_parent():
    script = (
        "import os, sys, time; from goldthread.commands.supervisor import Child\n"
        "child = Child('child', [sys.executable, '-c', 'import time; time.sleep(60)'], dict(os.environ))\n"
        "child.start(); print(child.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, text=True, stdout=subprocess.PIPE)
    child = int(parent.stdout.readline())
    assert not gone(child, within=0.1)
    parent.kill()
    parent.communicate()
    assert gone(child)
