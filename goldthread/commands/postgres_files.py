"""Small checks on files and processes that the PostgreSQL launcher stands on."""

import hashlib
import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

from goldthread.commands.postgres_binaries import PostgresError


def open_lock(path: Path) -> int:
    """Open (and if need be make) a file to lock; returns its descriptor."""
    # read-only is enough for a kernel lock, so root and an ordinary account can share the file
    return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)


def digest(path: Path) -> str:
    """Eight characters that stand for this path in short names."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:8]


def private_folder(folder: Path, owner: int, hand_over: Callable[[Path], None]) -> None:
    """Make the socket's folder for the server's account alone: who gets in can be any database role."""
    try:
        folder.mkdir(mode=0o700)
        hand_over(folder)
    except FileExistsError:
        state = folder.lstat()
        if not stat.S_ISDIR(state.st_mode) or state.st_uid != owner or state.st_mode & 0o077:
            raise PostgresError(f"{folder} is not the server's own private folder: remove it.") from None


def serves(process: int, data: Path) -> bool:
    """Whether this process is a live PostgreSQL whose working folder is `data`, as a postmaster's is."""
    proc = Path(f"/proc/{process}")
    if not Path("/proc/self").exists():
        order = ["ps", "-o", "comm=", "-p", str(process)]
        return Path(subprocess.run(order, capture_output=True, text=True).stdout.strip()).name == "postgres"
    try:
        program = Path(os.readlink(proc / "exe").removesuffix(" (deleted)")).name
        return program == "postgres" and Path(os.readlink(proc / "cwd")) == data
    except OSError:
        return False
