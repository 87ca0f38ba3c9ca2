"""`goldthread serve`: the pages, behind a proxy that speaks TLS."""

import argparse

from goldthread.commands.refusal import Refusal

summary = "serve the pages (put a TLS proxy before it)"
examples = [
    "goldthread serve                             on 127.0.0.1:8000",
    "goldthread serve --bind unix:/run/gt.sock    for a proxy on the same machine",
]
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bind", default="127.0.0.1:8000", metavar="ADDRESS", help="default %(default)s")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes, default %(default)s")
    parser.add_argument("--threads", type=int, default=4, metavar="N", help="per process, default %(default)s")


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop. Raises Refusal while the installation is not ready to serve."""
    _refuse_unready()
    from gunicorn.app.base import BaseApplication

    options = {
        "bind": args.bind,
        "workers": args.workers,
        "threads": args.threads,
        "worker_class": "gthread",
        "timeout": 60,
        "graceful_timeout": 20,
        "loglevel": "warning",
        "proc_name": "goldthread",
        "control_socket_disable": True,
    }

    class Pages(BaseApplication):
        def load_config(self):
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self):
            from goldthread.config.wsgi import application

            return application

    Pages().run()
    return 0


def _refuse_unready() -> None:
    from django.conf import settings
    from django.db import OperationalError, connection

    from goldthread.commands.migrate import pending
    from goldthread.commands.static_files import collected

    if settings.SECRET_KEY == settings.INSECURE_KEY:
        raise Refusal(
            "GOLDTHREAD_SECRET_KEY is not set. Set it to a long random text and keep it: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    try:
        missing = pending()
    except OperationalError as error:
        raise Refusal(f"The database does not let us in: {error}. Run 'goldthread migrate', or check DATABASE_URL.") from None
    finally:
        # the processes forked from here on must open connections of their own
        connection.close()
        if connection.pool:
            connection.close_pool()
    if missing:
        raise Refusal(f"{len(missing)} migrations are missing, first {missing[0]}. Run 'goldthread migrate'.")
    if not collected():
        raise Refusal("The static files are not those of this version. Run 'goldthread migrate'.")
