"""Shared by all tests: the test database is copied from one its owner migrated, then used as the role that owns nothing."""
from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.template import template


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_keepdb: bool) -> None:
    from django.db import connection
    if not django_db_keepdb:
        connection.settings_dict["TEST"]["TEMPLATE"] = template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    from django.conf import settings
    from django.db import connection
    if not connection.settings_dict["NAME"].startswith("test_"):
        yield  # no test of this run needs the test database, so none was made
        return
    os.environ["GOLDTHREAD_TEST_AS_APP"] = "1"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"set role {settings.APP_ROLE}")
    yield
    del os.environ["GOLDTHREAD_TEST_AS_APP"]
