"""A PostgreSQL of our own for the demo, development and tests: no port, no password, one private socket.

Whoever uses the server holds a lease, a shared kernel lock that a killed process cannot leave behind; the
last one to let go stops it. A server left over by a killed process is found by its socket and used again.
"""

import fcntl
import os
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from goldthread.commands.postgres_binaries import (
    PostgresError,
    as_account,
    can_reach,
    major_version,
    reachable_binaries,
    server_account,
    shelf,
)
from goldthread.commands.postgres_files import digest, open_lock, private_folder, serves

OWNER = "goldthread_admin"
SERVICE = "goldthread_app"
DATABASE = "goldthread"
PORT = 5432
LONGEST_FOLDER = 80
PATIENCE_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
EPHEMERAL_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class Server:
    """One data folder and the PostgreSQL that serves it. `ephemeral` trades safety at power loss for speed.

    Root may give a folder inside a private one (a checkout under /root): the data then lie in a folder that
    the server's account can reach, and the given path becomes a link to it (`remove` deletes both).
    Lock, lease and log lie beside the data.
    """

    def __init__(self, data: Path, ephemeral: bool = False):
        self.given = Path(data).parent.resolve() / Path(data).name
        self.given.parent.mkdir(parents=True, exist_ok=True)
        self.ephemeral = ephemeral
        self.account = server_account(self.given)
        self.binaries = reachable_binaries(self.account)
        self.data = self._reachable_data()
        self.log = self._beside(".log")
        self._lease: int | None = None

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *fault) -> None:
        self.release()

    def start(self) -> "Server":
        """Start the server or join the one that runs, and hold a lease on it. Raises PostgresError."""
        with self._locked():
            if self._lease is None:
                self._lease = open_lock(self._beside(".lease"))
                fcntl.flock(self._lease, fcntl.LOCK_SH)
            try:
                self._bring_up()
                self._ensure_database(DATABASE)
            except BaseException:
                self._drop_lease()
                raise
        return self

    def url(self, user: str = OWNER, db: str = DATABASE) -> str:
        """The address for `DATABASE_URL`: the named role and database through the private socket."""
        query = urlencode({"host": str(self.socket_folder), "port": PORT})
        return f"postgresql://{quote(user)}@/{quote(db)}?{query}"

    def release(self) -> bool:
        """Give the lease back. True when this was the last one and the server has been stopped."""
        if self._lease is None:
            return False
        with self._locked():
            try:
                fcntl.flock(self._lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            else:
                self._stop()
                return True
            finally:
                self._drop_lease()

    def remove(self) -> None:
        """Delete the data for good. Raises PostgresError while anyone holds a lease."""
        with self._locked():
            lease = open_lock(self._beside(".lease"))
            try:
                fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise PostgresError(f"{self.given} is in use: stop the demo or tests that use it.") from None
            else:
                self._stop()
                shutil.rmtree(self.data, ignore_errors=True)
                self.log.unlink(missing_ok=True)
                if self.given.is_symlink():
                    self.given.unlink()
            finally:
                os.close(lease)

    @property
    def postmaster(self) -> int | None:
        """The process id of the running server of exactly these data, or None."""
        lines = self._pid_lines()
        return int(lines[0]) if lines and serves(int(lines[0]), self.data) else None

    @property
    def socket_folder(self) -> Path:
        """The folder the running server listens in, else the one a new server will use."""
        lines = self._pid_lines()
        if len(lines) > 4 and lines[4] and self.postmaster:
            return Path(lines[4])
        return self._socket_choice()

    def alive(self) -> bool:
        """Whether the server accepts connections now."""
        folder = self.socket_folder
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(folder / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
        place = ["-h", folder, "-p", str(PORT), "-d", "postgres", "-U", OWNER]
        order = [self.binaries / "pg_isready", "-q", *place]
        return subprocess.run(order, env={"PATH": os.defpath}).returncode == 0

    def _bring_up(self) -> None:
        self._create_cluster()
        self._check_version()
        if self.alive():
            return
        if self.postmaster:
            if self._becomes_alive():
                return
            self._stop()
        self._clear_leftovers()
        self._boot()

    def _create_cluster(self) -> None:
        """Make the data folder under another name first: an interrupted start leaves nothing half made."""
        if (self.data / "PG_VERSION").exists():
            return
        if self.data.exists() and any(self.data.iterdir()):
            raise PostgresError(f"{self.data} holds files that are not PostgreSQL's: give another folder.")
        draft = self.data.with_name(f".{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._hand_over(draft)
        order = [self.binaries / "initdb", "-D", draft, "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8"]
        order += ["--auth-local=trust", "--auth-host=reject"] + (["--no-sync"] if self.ephemeral else [])
        done = subprocess.run(order, capture_output=True, text=True, **as_account(self.account))
        if done.returncode:
            shutil.rmtree(draft, ignore_errors=True)
            raise PostgresError(f"PostgreSQL could not create {self.data}: {done.stderr.strip()}")
        draft.rename(self.data)
        if self.given != self.data and not self.given.is_symlink():
            self.given.symlink_to(self.data)

    def _check_version(self) -> None:
        made_by = int((self.data / "PG_VERSION").read_text())
        programs = major_version(self.binaries)
        if made_by != programs:
            raise PostgresError(
                f"{self.data} was made by PostgreSQL {made_by}, but {self.binaries} holds {programs}. "
                "Use the matching programs (PG_BINDIR), carry the data over with pg_upgrade, or remove them."
            )

    def _clear_leftovers(self) -> None:
        """Remove the pid file of a server that is gone; its number may be some other program's by now."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        folder = self._socket_choice()
        private_folder(folder, self.account.pw_uid if self.account else os.geteuid(), self._hand_over)
        for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (folder / name).unlink(missing_ok=True)

    def _boot(self) -> None:
        settings = SETTINGS | (EPHEMERAL_SETTINGS if self.ephemeral else {})
        settings["unix_socket_directories"] = str(self._socket_choice())
        options = ["-p", str(PORT)] + [word for pair in settings.items() for word in ("-c", "=".join(pair))]
        self.log.touch()
        self._hand_over(self.log)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            before = self.log.stat().st_size
            order = ["-l", self.log, "-o", shlex.join(options), "-w", "-t", str(PATIENCE_SECONDS), "start"]
            if self._control(*order) == 0 and self.alive():
                return
            said = self.log.read_bytes()[before:].decode(errors="replace").strip()
            # the children of a killed server hold its shared memory until they notice, within a second or two
            if "shared memory block" not in said:
                break
            time.sleep(0.2)
        self._drop_socket_folder()
        raise PostgresError(f"PostgreSQL did not start. {self.log} says:\n{said}")

    def _becomes_alive(self) -> bool:
        """Wait for a server that starts or recovers; False once it is gone or its socket has vanished."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.alive():
            vanished = not (self.socket_folder / f".s.PGSQL.{PORT}").exists()
            if self.postmaster is None or vanished or time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def _stop(self) -> None:
        for how in ("fast", "immediate"):
            if self.postmaster:
                self._control("-m", how, "-w", "-t", "20", "stop")
        self._drop_socket_folder()

    def _drop_socket_folder(self) -> None:
        with suppress(OSError):
            self._socket_choice().rmdir()

    def _control(self, *words) -> int:
        order = [self.binaries / "pg_ctl", "-D", self.data, *words]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.run(order, **quiet, **as_account(self.account)).returncode

    def _ensure_database(self, name: str) -> None:
        with psycopg.connect(self.url(db="postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _reachable_data(self) -> Path:
        if self.given.is_symlink():
            return self.given.resolve()
        if can_reach(self.account, self.given.parent):
            return self.given
        if self.given.exists():
            raise PostgresError(f"Account {self.account.pw_name} cannot reach {self.given}: move it.")
        return shelf() / f"data-{digest(self.given)}"

    def _socket_choice(self) -> Path:
        name = f"goldthread-{self.account.pw_uid if self.account else os.geteuid()}-{digest(self.data)}"
        own = os.environ.get("XDG_RUNTIME_DIR", "") if self.account is None else "/run"
        for base in (own, tempfile.gettempdir()):
            short = len(base) + len(name) < LONGEST_FOLDER
            if base and short and os.access(base, os.W_OK | os.X_OK):
                return Path(base) / name
        return Path("/tmp") / name

    def _pid_lines(self) -> list[str]:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []
        return lines if lines and lines[0].strip().isdigit() else []

    def _beside(self, ending: str) -> Path:
        return self.data.with_name(self.data.name + ending)

    def _hand_over(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _drop_lease(self) -> None:
        os.close(self._lease)
        self._lease = None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = open_lock(self._beside(".lock"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)
