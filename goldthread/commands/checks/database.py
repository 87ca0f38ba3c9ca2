"""Checks on the database: role, durability, clock, migrations, all seen through the service's connection."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from goldthread.commands.checks.finding import Finding, graded
from goldthread.commands.migrate import pending

OLDEST_VERSION = 15
SKEW_AMBER_SECONDS = 2
SKEW_RED_SECONDS = 30
SUMMER_NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
DURABILITY = {
    "fsync": "a power failure can destroy the database",
    "full_page_writes": "a power failure can destroy the database",
    "synchronous_commit": "a crash loses the last saved entries",
}


def check(connection, now: datetime) -> Iterator[Finding]:
    """All of them; `now` is this machine's time. Raises django.db.Error."""
    yield version(connection)
    yield role(connection)
    yield durability(connection)
    yield clock(connection, now)
    yield time_zone(connection)
    yield migrations(connection)


def version(connection) -> Finding:
    number = _one(connection, "SELECT current_setting('server_version_num')::int") // 10000
    words = f"Reached, PostgreSQL {number}."
    mend = f"Move to PostgreSQL {OLDEST_VERSION} or later."
    return graded("Database", words, mend, red=number < OLDEST_VERSION)


def role(connection) -> Finding:
    """Row-level security does not bind a superuser, a role with BYPASSRLS, or the tables' owner."""
    acting, signed_in = _row(connection, "SELECT current_user::text, session_user::text")
    faults = _powers(connection, acting)
    steps_down = acting != signed_in and bool(_powers(connection, signed_in))
    words = f"The service runs as {acting}"
    if faults:
        words += f", which {' and '.join(faults)}: row-level security does not bind it."
    elif steps_down:
        words += f" but signs in as {signed_in}, which {' and '.join(_powers(connection, signed_in))}."
    else:
        words += ", which owns nothing."
    mend = "Let DATABASE_URL sign in as goldthread_app, and give 'migrate' the owner in DATABASE_OWNER_URL."
    return graded("Database role", words, mend, red=bool(faults), amber=steps_down)


def durability(connection) -> Finding:
    """A value off loses records at a crash, whatever the backups; only a test server may have it so."""
    values = {name: _one(connection, f"SHOW {name}") for name in DURABILITY}
    off = [name for name, value in values.items() if value == "off"]
    words = ", ".join(f"{name} {value}" for name, value in values.items())
    if off:
        words += ": " + "; ".join(dict.fromkeys(DURABILITY[name] for name in off))
    mend = f"Set {', '.join(off)} to on in postgresql.conf and reload."
    return graded("Durability", words + ".", mend, red=bool(off))


def clock(connection, now: datetime) -> Finding:
    there = _one(connection, "SELECT clock_timestamp()")
    seconds = abs((there - now).total_seconds())
    words = f"The database and this machine differ by {seconds:.1f} seconds."
    mend = "Set both clocks by NTP: due times and the order of the log depend on them."
    return graded("Clock", words, mend, red=seconds > SKEW_RED_SECONDS, amber=seconds > SKEW_AMBER_SECONDS)


def time_zone(connection) -> Finding:
    """British summer time must be known here and in the database, or every due hour in summer is wrong."""
    here = SUMMER_NOON.astimezone(ZoneInfo("Europe/London")).hour
    there = _one(connection, "SELECT extract(hour FROM %s AT TIME ZONE 'Europe/London')::int", [SUMMER_NOON])
    words = "British summer time is known here and in the database."
    if (here, there) != (13, 13):
        words = f"Noon UTC on 1 July is {here}:00 in London here and {there}:00 in the database, not 13:00."
    return graded("Time zone", words, "Install the time zone data (tzdata).", red=(here, there) != (13, 13))


def migrations(connection) -> Finding:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    missing = pending()
    newer = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    words = "All are applied."
    mend = "Run 'goldthread migrate'."
    if missing:
        words = f"{len(missing)} missing, first {missing[0]}."
    elif newer:
        words = f"The database is of a newer version: it knows {'.'.join(newer[0])}."
        mend = "Install the version that made the database."
    return graded("Migrations", words, mend, red=bool(missing), amber=bool(newer))


def _powers(connection, name: str) -> list[str]:
    superuser, bypasses, owns = _row(
        connection,
        "SELECT rolsuper, rolbypassrls, EXISTS ("
        "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_')"
        " FROM pg_roles r WHERE rolname = %s",
        [name],
    )
    told = {"is a superuser": superuser, "may bypass row-level security": bypasses, "owns tables": owns}
    return [words for words, true in told.items() if true]


def _row(connection, query: str, params: list | None = None) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchone()


def _one(connection, query: str, params: list | None = None):
    return _row(connection, query, params)[0]
