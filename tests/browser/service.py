"""The real service for browser tests: its own database, the role it runs as, the server it runs on."""
from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
from psycopg import sql

from goldthread.commands.postgres import SERVICE
from tests.template import address, copy_to

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60  # seconds


class Service:
    """A demonstration served by gunicorn at `address`, beside a database made for it and dropped afterwards."""

    def __init__(self, owner_url: str, name: str, home: Path, **more: str) -> None:
        """more: of the server's environment, where it differs from what every service has."""
        self.more = more
        self.owner_url, self.database, self.home = owner_url, f"browser_{name}", home
        self.port = _free_port()
        self.address = f"http://localhost:{self.port}"
        self._server: subprocess.Popen[bytes] | None = None
        self.key = secrets.token_urlsafe(50)
        self._kept: tuple[str, Path] | None = None

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items()
                if name not in ("PYTEST_CURRENT_TEST", "GOLDTHREAD_TEST_AS_APP", "GOLDTHREAD_DATABASE_ROLE")}
        return kept | {
            "GOLDTHREAD_HOME": str(self.home), "GOLDTHREAD_DEMO": "1", "GOLDTHREAD_SECRET_KEY": self.key,
            "DJANGO_SETTINGS_MODULE": "goldthread.config.settings", "PYTHONPATH": str(ROOT),
            "DATABASE_OWNER_URL": address(self.owner_url, self.database),
            "DATABASE_URL": address(self.owner_url, self.database, user=SERVICE), **more}

    def start(self, load: str, *, keep: bool = False) -> Service:
        """Make the database, load as its owner what `load` ("module:function") loads, and serve.

        keep: hold what was loaded as it is, for another service to start like this one.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        copy_to(self.database)
        begin = "import django; django.setup(); from goldthread.commands.static_files import collect; collect()"
        if load:
            module, _, function = load.partition(":")
            begin += f"; from {module} import {function} as load; load()"
        self.run("-c", begin, DATABASE_URL=self.owner_address())
        if keep:
            self._kept = (f"{self.database}_kept", self.home.with_name(f"{self.home.name}-kept"))
            copy_to(self._kept[0], self.database)
            shutil.copytree(self.home, self._kept[1], dirs_exist_ok=True)
        return self._serve()

    def start_like(self, other: Service) -> Service:
        """Serve a copy of what another kept, as it was before anybody looked at it. The other must have kept it."""
        assert other._kept
        self.key = other.key
        copy_to(self.database, other._kept[0])
        shutil.copytree(other._kept[1], self.home, dirs_exist_ok=True)
        return self._serve()

    def _serve(self) -> Service:
        words = ["-m", "goldthread.commands", "serve", "--bind", f"127.0.0.1:{self.port}", "--workers", "1"]
        with (self.home / "server.log").open("wb") as log:
            self._server = subprocess.Popen([sys.executable, *words], env=self.environment(**self.more), cwd=ROOT,
                                            stdout=log, stderr=log, start_new_session=True)
        self._wait()
        return self

    def run(self, *words: str, **more: str) -> str:
        """Run Python in the service's environment. Raises RuntimeError with what it said when it fails."""
        done = subprocess.run([sys.executable, *words], env=self.environment(**more), cwd=ROOT, capture_output=True,
                              text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def owner_address(self) -> str:
        """The database as its owner sees it."""
        return address(self.owner_url, self.database)

    def log(self) -> str:
        return (self.home / "server.log").read_text(errors="replace")

    def stop(self) -> None:
        if self._server:
            os.killpg(self._server.pid, signal.SIGKILL)  # nothing is left to be finished, and a graceful end takes seconds
            self._server.wait(timeout=30)
        self._drop(self.database)
        if self._kept:
            self._drop(self._kept[0])

    def _wait(self) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            if self._server and self._server.poll() is not None:
                raise RuntimeError(f"The server ended:\n{self.log()}")
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=5) as answer:
                    if answer.read() == b"ok":
                        return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"No answer within {STARTS_WITHIN} seconds:\n{self.log()}")

    def _drop(self, database: str) -> None:
        with psycopg.connect(address(self.owner_url, "postgres"), autocommit=True) as owner:
            owner.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
