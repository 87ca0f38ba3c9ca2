"""*Add a process*, followed word for word: its files, its commands, in a database of its own; then the tests it names."""
from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.template import address, copy_to

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "add-a-process.md").read_text(encoding="utf-8")
APP = "goldthread.domains.visiting"
# What `INSTALLED_APPS` gains; and the folder it stands in, since a test adds no file to the source.
SETTINGS = """
from pathlib import Path
import goldthread.domains
goldthread.domains.__path__.append(str(Path(__file__).parent / "domains"))
from goldthread.config.settings import *
INSTALLED_APPS = [*INSTALLED_APPS]
INSTALLED_APPS.insert(INSTALLED_APPS.index("goldthread.exchange"), "{app}")
"""
# The suite that walks every process; without what compares every process with a page in docs/processes.
WALKED = ("test_every_process", "test_clock_edges", "test_time_on_cases", "test_turning_back", "test_passing_on")


def blocks(kind: str) -> dict[str, str]:
    """The page's blocks of one kind, each by the file its heading names ("" for none)."""
    found, name = {}, ""
    for heading, language, body in re.findall(r"^## ([^\n]*)$|^```(\w+)\n(.*?)^```$", PAGE, re.M | re.S):
        if heading:
            named = re.search(r"`(\w+\.py)`", heading)
            name = named[1] if named else ""
        elif language == kind:
            found[name] = body
    return found


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a database beside that of the tests, as an installation has it before the process is added."""
    name = f"test_goldthread_visiting_{os.getpid()}"
    given = connection.settings_dict
    server = os.environ["DATABASE_URL"]
    copy_to(name)
    yield address(server, name)
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(f"drop database {name} with (force)")
    assert given["NAME"] != name


def followed(here: Path, database: str, command: str) -> str:
    """What a command said, given the settings and the database of the page's process. Its failure fails the test."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV_", "GOLDTHREAD_TEST"))}
    environ = kept | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": f"{here}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "with_visiting", "DATABASE_URL": database, "DATABASE_OWNER_URL": database,
        "TEST_DATABASE_URL": database, "GOLDTHREAD_TEST_DB": database_name(database).removeprefix("test_goldthread_"),
        "GOLDTHREAD_HOME": str(here / "home"), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(["sh", "-ec", command], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=900)
    assert ran.returncode == 0, f"{command}\n{ran.stdout[-4000:]}\n{ran.stderr[-4000:]}"
    return ran.stdout


def database_name(address: str) -> str:
    return re.split(r"[/?]", address.split("://", 1)[1])[1]


def test_two_files_under_eighty_lines_are_a_process() -> None:
    files = blocks("python")
    assert set(files) == {"models.py", "process.py", "apps.py"}
    assert sum(len(files[name].splitlines()) for name in ("models.py", "process.py")) < 80
    assert APP not in settings.INSTALLED_APPS


@pytest.mark.slow
def test_followed_word_for_word_the_page_makes_a_process(tmp_path: Path, database: str) -> None:
    package = tmp_path / "domains" / "visiting"
    package.mkdir(parents=True)
    (tmp_path / "home").mkdir()
    for name, body in {**blocks("python"), "__init__.py": ""}.items():
        (package / name).write_text(body, encoding="utf-8")
    (tmp_path / "with_visiting.py").write_text(SETTINGS.format(app=APP), encoding="utf-8")
    [commands] = blocks("sh").values()
    followed(tmp_path, database, commands)
    assert (package / "migrations" / "0001_initial.py").exists()
    tests = " ".join(f"tests/process/{name}.py" for name in WALKED)
    said = followed(tmp_path, database, "python -m pytest -v --reuse-db -p no:cacheprovider -k 'visiting or added' "
                                        f"{tests} tests/process/added.py")
    for name in (*WALKED, "added"):
        assert f"tests/process/{name}.py::" in said, f"nothing of {name} was run"
    assert int(re.search(r"(\d+) passed", said)[1]) > 30  # type: ignore[index]


@pytest.mark.slow
def test_a_mistake_in_it_stops_the_start_and_says_what_is_wrong(tmp_path: Path, database: str) -> None:
    """A limit nobody gives a source for, named in the declaration."""
    package = tmp_path / "domains" / "visiting"
    package.mkdir(parents=True)
    (tmp_path / "home").mkdir()
    for name, body in {**blocks("python"), "__init__.py": ""}.items():
        (package / name).write_text(body.replace('rule="T73"', 'rule="T999"'), encoding="utf-8")
    (tmp_path / "with_visiting.py").write_text(SETTINGS.format(app=APP), encoding="utf-8")
    with pytest.raises(AssertionError, match="no limit 'T999' with a number and a source"):
        followed(tmp_path, database, "python -m django check")
