"""`goldthread demo`: an invented partnership on this machine, ready to look around in."""

import argparse
import fcntl
import os
import secrets
import shutil
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from goldthread.commands import demo_site
from goldthread.commands.environment import CHECKOUT, connect, setting_home, start_django
from goldthread.commands.postgres import Server
from goldthread.commands.postgres_files import open_lock
from goldthread.commands.refusal import Refusal
from goldthread.commands.supervisor import Child, keep_running, stop_all

summary = "set up an invented partnership and serve it on this machine only"
examples = [
    "goldthread demo                 prints the address and one sign-in link per persona",
    "goldthread demo --fresh         throws the demo's data away first",
    "goldthread demo --port 8080",
]
needs_database = False
LOCAL_NAMES = ("127.0.0.1", "localhost", "::1", "[::1]")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="localhost, 127.0.0.1 or ::1 (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="the first to try (default %(default)s)")
    parser.add_argument("--scale", type=float, default=0.02, help="size of the borough (default %(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="which borough is invented (default %(default)s)")
    parser.add_argument("--fresh", action="store_true", help="begin with new data")
    parser.add_argument("--remove", action="store_true", help="delete the demo's data and stop")


def environment(args: argparse.Namespace) -> dict[str, str]:
    """The demo's fixed settings. Raises Refusal for any name under which other machines could reach it."""
    named = [args.host, *os.environ.get("GOLDTHREAD_HOSTS", "").split(",")]
    public = sorted({name.strip() for name in named if name.strip()} - set(LOCAL_NAMES))
    if public:
        raise Refusal(
            f"the demo signs anyone in by link, so it runs on this machine only, not as {', '.join(public)}. "
            "Use --host 127.0.0.1 and unset GOLDTHREAD_HOSTS."
        )
    return {
        "GOLDTHREAD_DEMO": "1",
        "GOLDTHREAD_HTTPS": "0",
        "GOLDTHREAD_HOSTS": "localhost,127.0.0.1,[::1]",
        "GOLDTHREAD_ORIGINS": "",
        "GOLDTHREAD_SECRET_KEY": _own_key(setting_home()),
        # letters to invented people are kept in a folder, to be looked at and never sent
        "GOLDTHREAD_MAIL_URL": f"filemail:///{quote(str(setting_home().resolve() / 'mail'))}",
    }


def run(args: argparse.Namespace) -> int:
    """Set up, serve, and stop cleanly on Ctrl-C. A second call prints the running demo's links."""
    home = setting_home()
    lock = open_lock(home / "demo.lock")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _already_running(args, home)
    try:
        if args.fresh or args.remove:
            _remove(home)
        return 0 if args.remove else _serve(args, home)
    finally:
        (home / "demo.address").unlink(missing_ok=True)
        os.close(lock)


def _serve(args: argparse.Namespace, home: Path) -> int:
    began = time.monotonic()
    with ExitStack() as stack:
        server = connect(stack, "owner")
        start_django()
        demo_site.prepare(scale=args.scale, seed=args.seed, now=datetime.now(UTC), say=_say)
        port = demo_site.free_port(args.host, args.port, _say)
        place = f"{'[::1]' if ':' in args.host else args.host}:{port}"
        children = [_child("web server", "serve", "--bind", place), _child("worker", "worker")]
        stack.callback(_say, "Stopped.")
        stack.callback(stop_all, children)
        for child in children:
            child.start()
        address = f"http://{place}/"
        demo_site.wait_for(address, children[0])
        (home / "demo.address").write_text(address)
        _say(demo_site.welcome(address, time.monotonic() - began))
        keep_running(children, lambda: _mend(server, children), _say)
    return 0


def _mend(server: Server | None, children: list[Child]) -> None:
    """Replace a database server that ended, and those whose connections ended with it."""
    if server and server.postmaster is None:
        _say("The database server ended; starting everything again.")
        server.start()
        stop_all(children)
        for child in children:
            child.start()


def _child(name: str, *words: str) -> Child:
    """A goldthread command that runs as the service's role and does not know the owner's address."""
    variables = dict(os.environ, GOLDTHREAD_DATABASE_ROLE="app")
    variables.pop("DATABASE_OWNER_URL", None)
    paths = [str(CHECKOUT), os.environ.get("PYTHONPATH", "")]
    variables["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return Child(name, [sys.executable, "-m", "goldthread.commands", *words], variables)


def _already_running(args: argparse.Namespace, home: Path) -> int:
    if args.fresh or args.remove:
        raise Refusal("the demo is running: stop it first (Ctrl-C where it was started).")
    try:
        address = (home / "demo.address").read_text()
    except FileNotFoundError:
        raise Refusal("the demo is being started or stopped by another process: wait for it.") from None
    with ExitStack() as stack:
        connect(stack, "owner")
        start_django()
        _say("The demo runs already; stop it where it was started.")
        _say(demo_site.welcome(address, None))
    return 0


def _remove(home: Path) -> None:
    """Delete all that the demo made. Raises Refusal when its database is an operator's own."""
    if os.environ.get("DATABASE_URL"):
        raise Refusal("DATABASE_URL names a server of yours: empty that database yourself.")
    Server(home / "postgres").remove()
    for folder in ("files", "static", "mail", "borough"):
        shutil.rmtree(home / folder, ignore_errors=True)
    (home / "audit-anchor.txt").unlink(missing_ok=True)
    _say("The demo's data are deleted.")


def _own_key(home: Path) -> str:
    """A secret key made once for this copy of the demo, readable by its owner only."""
    home.mkdir(parents=True, exist_ok=True)
    place = home / "demo-key"
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text()
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(50))
    return place.read_text()


def _say(words: str) -> None:
    print(words, flush=True)
