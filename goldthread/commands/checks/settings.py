"""Checks on the settings alone."""

from collections.abc import Iterator
from types import SimpleNamespace

from goldthread.commands.checks.finding import Finding, graded

SHORTEST_KEY = 50
LOCAL_NAMES = {"localhost", "127.0.0.1", "[::1]", "testserver"}
COOKIE_FLAGS = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")


def check(settings: SimpleNamespace) -> Iterator[Finding]:
    """Secret key, debugging, host names and HTTPS, of Django's settings or anything shaped like them."""
    yield _secret_key(settings)
    yield graded(
        "Debugging",
        "On: errors show settings and data to anyone." if settings.DEBUG else "Off.",
        "Set DEBUG to False.",
        red=settings.DEBUG,
    )
    yield _hosts(settings)
    yield _https(settings)
    yield _engine()


def _engine() -> Finding:
    from goldthread.measure import engines
    try:
        return Finding("Figures", "green", f"Counted by {engines.chosen()}.")
    except engines.BadEngine as wrong:
        return Finding("Figures", "red", f"The scorecard cannot be counted: {wrong}.",
                       f"Set {engines.SETTING} to {engines.DUCKDB}.")


def _secret_key(settings: SimpleNamespace) -> Finding:
    key = settings.SECRET_KEY
    insecure = key == settings.INSECURE_KEY
    return graded(
        "Secret key",
        "Not set: anyone can forge a sign-in." if insecure else f"Set, {len(key)} characters.",
        "Set GOLDTHREAD_SECRET_KEY to a random text: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
        red=insecure,
        amber=len(key) < SHORTEST_KEY,
    )


def _hosts(settings: SimpleNamespace) -> Finding:
    names = set(settings.ALLOWED_HOSTS)
    open_to_all = "*" in names
    only_here = names <= LOCAL_NAMES
    words = ", ".join(sorted(names - {"testserver"}))
    if only_here:
        words = f"Only this machine ({words})."
    return graded(
        "Host names",
        "Any name is accepted (*)." if open_to_all else words,
        "Set GOLDTHREAD_HOSTS to the names people type, such as mash.example.org.",
        red=open_to_all,
        amber=only_here and not settings.DEMO,
    )


def _https(settings: SimpleNamespace) -> Finding:
    if settings.DEMO:
        return Finding("HTTPS", "green", "Not needed: a demo, on this machine only.")
    loose = [flag for flag in COOKIE_FLAGS if not getattr(settings, flag)]
    brief = not settings.SECURE_HSTS_SECONDS
    words = "Cookies travel over HTTPS only, browsers are told to insist on it."
    if loose:
        words = f"Sign-in cookies travel unencrypted ({', '.join(loose)} off)."
    elif brief:
        words = "Browsers are not told to insist on HTTPS."
    return graded("HTTPS", words, "Unset GOLDTHREAD_HTTPS, or set it to 1.", red=bool(loose), amber=brief)
