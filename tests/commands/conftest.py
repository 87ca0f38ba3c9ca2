"""A durable server of the tests' own, apart from the shared ephemeral one."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldthread.commands.postgres import Server


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder any account can reach; pytest's own are private, which root's PostgreSQL cannot enter."""
    folder = Path(tempfile.mkdtemp(prefix="goldthread-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def durable(open_folder: Path) -> Iterator[Server]:
    """A running server with all durability settings on."""
    with Server(open_folder / "durable") as server:
        yield server
