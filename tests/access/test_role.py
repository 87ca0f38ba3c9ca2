"""The tests themselves run as the role the service runs as."""
import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test import Client


@pytest.mark.django_db
def test_the_role_in_use_owns_nothing_and_steps_over_no_policy():
    with connection.cursor() as cursor:
        cursor.execute("select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == ("goldthread_app", False, False)
        cursor.execute("select count(*) from pg_tables where tableowner = current_user")
        assert cursor.fetchone() == (0,)
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute("insert into audit.change (tbl, op) values ('x', 'INSERT')")


@pytest.mark.django_db
def test_the_service_answers_and_home_asks_for_sign_in():
    assert Client().get("/health").content == b"ok"
    answer = Client().get("/")
    assert answer.status_code == 302 and "login" in answer.url
