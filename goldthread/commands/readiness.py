"""What must be in place before the pages or the background work may start."""

from goldthread.commands.refusal import Refusal


def refuse_unready() -> None:
    """Raises Refusal without a secret key, for a wrong declaration, without a database that answers, or without all of
    this version's migrations.
    """
    from django.conf import settings
    from django.db import Error

    from goldthread.commands.migrate import pending

    if settings.SECRET_KEY == settings.INSECURE_KEY:
        raise Refusal(
            "GOLDTHREAD_SECRET_KEY is not set. Set it to a long random text and keep it: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    refuse_unsound()
    try:
        missing = pending()
    except Error as error:
        reason = str(error).strip().splitlines()[0]
        raise Refusal(f"the database does not let us in: {reason}. Run 'goldthread migrate'.") from None
    if missing:
        raise Refusal(f"{len(missing)} migrations are missing, first {missing[0]}. Run 'goldthread migrate'.")


def refuse_unsound() -> None:
    """Raises Refusal, in words, for a process, an offer or a setting that does not hold."""
    from django.core import checks

    wrong = [str(each.msg) for each in checks.run_checks() if each.is_serious()]
    if wrong:
        raise Refusal("what is declared does not hold: " + "; ".join(wrong))


def leave_no_connection() -> None:
    """Close what was opened before workers are forked: two processes on one connection read each other's answers."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()


def refuse_stale_static_files() -> None:
    """Raises Refusal when style sheets and scripts are not those of this version."""
    from goldthread.commands.static_files import collected

    if not collected():
        raise Refusal("the static files are not those of this version. Run 'goldthread migrate'.")
