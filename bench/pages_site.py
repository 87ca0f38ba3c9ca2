"""The sites `pages` compares, each under the same gunicorn, and what a request of them costs."""
from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psycopg

from bench.pages_data import ROOT

STARTS_WITHIN = 90  # seconds
# What `goldthread serve` starts gunicorn with, but for one process, so that what it used can be read off.
GUNICORN = ("--workers", "1", "--threads", "4", "--worker-class", "gthread", "--timeout", "60", "--graceful-timeout", "20",
            "--keep-alive", "75",  # seconds; one site waits while the other is asked
            "--log-level", "warning", "--no-control-socket")


@dataclass(frozen=True)
class Ask:
    """A request: an address, and the form sent to it (nothing: it is only read)."""

    address: str
    form: str = ""


@dataclass(frozen=True)
class Cost:
    """One request, in milliseconds: on the clock (the middle one of many), and of processor, in all and the database's."""

    wall: float
    cpu: float
    database: float


class Site:
    """A WSGI application served by gunicorn, asked over one connection kept open.

    name: what its connections to the database are called there.
    """

    def __init__(self, name: str, application: str, environment: dict[str, str], log: Path, cookie: str = "") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        words = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *GUNICORN]
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            told = {**os.environ, **environment, "PGAPPNAME": name}
            self._server = subprocess.Popen(words, env=told, cwd=ROOT, stdout=out, stderr=out)
        self._name, self._database = name, environment["DATABASE_OWNER_URL"]
        self._log, self._headers = log, {"Cookie": cookie} if cookie else {}
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def page(self, ask: Ask) -> str:
        """The page. Raises RuntimeError for anything but a page."""
        self._line.close()  # the server closes it when nothing has been asked for two seconds
        return self._get(ask)

    def _get(self, ask: Ask) -> str:
        if ask.form:
            headers = {**self._headers, "Content-Type": "application/x-www-form-urlencoded"}
            self._line.request("POST", ask.address, ask.form, headers)
        else:
            self._line.request("GET", ask.address, headers=self._headers)
        answer = self._line.getresponse()
        body = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError(f"{ask} answers {answer.status}: see {self._log}\n{body[:500]}")
        return body

    def asked(self, ask: Ask) -> float:
        """Ask over the open connection; how many milliseconds it took."""
        begun = time.perf_counter()
        self._get(ask)
        return 1000 * (time.perf_counter() - begun)

    def peak_mb(self) -> int:
        """The most memory the worker process has held so far."""
        lines = Path(f"/proc/{self._worker()}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024

    def stop(self) -> None:
        self._line.close()
        self._server.terminate()
        self._server.wait(timeout=60)

    def used(self) -> tuple[float, float]:
        """Milliseconds of processor used so far: by the worker's threads, by the database for this site."""
        threads = Path(f"/proc/{self._worker()}/task").iterdir()
        with psycopg.connect(self._database) as connection:
            asked = "select pid from pg_stat_activity where application_name = %s"
            pids = connection.execute(asked, [self._name]).fetchall()
        return sum(map(_ran, threads)), sum(_ran(Path(f"/proc/{pid}")) for (pid,) in pids)

    def _worker(self) -> int:
        task = f"/proc/{self._server.pid}/task/{self._server.pid}/children"
        return int(Path(task).read_text().split()[0])

    def _wait(self) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            if self._server.poll() is not None:
                break
            try:
                self.page(Ask("/health"))
            except OSError:
                self._line.close()
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(f"The server did not start:\n{self._log.read_text(errors='replace')[-2000:]}")


def costs(sites: Sequence[Site], asks: Sequence[Sequence[Ask]]) -> list[Cost]:
    """What requests of some sites take, asked in turn so that all have the same neighbours. asks: each time one of each."""
    for site, ask in zip(sites, asks[0], strict=True):
        site.page(ask)
    before = [site.used() for site in sites]
    walls = [[site.asked(ask) for site, ask in zip(sites, pair, strict=True)] for pair in asks]
    found = []
    for place, (site, (python, database)) in enumerate(zip(sites, before, strict=True)):
        now, many = site.used(), len(asks)
        mine = (now[1] - database) / many
        found.append(Cost(median(pair[place] for pair in walls), (now[0] - python) / many + mine, mine))
    return found


def _ran(task: Path) -> float:
    """Milliseconds a process or thread has run, its own and the system's for it."""
    return int((task / "schedstat").read_text().split()[0]) / 1e6
