"""`goldthread serve`: the pages, behind a proxy that speaks TLS."""

import argparse

from goldthread.commands.readiness import leave_no_connection, refuse_stale_static_files, refuse_unready

summary = "serve the pages (put a TLS proxy before it)"
examples = [
    "goldthread serve                             on 127.0.0.1:8000",
    "goldthread serve --bind unix:/run/gt.sock    for a proxy on the same machine",
]
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bind", default="127.0.0.1:8000", metavar="ADDRESS", help="default %(default)s")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes, default %(default)s")
    parser.add_argument("--threads", type=int, default=4, metavar="N", help="of each, default %(default)s")


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop. Raises Refusal while the installation is not ready to serve."""
    refuse_unready()
    refuse_stale_static_files()
    tell_first_link()
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

    leave_no_connection()
    Pages().run()
    return 0


def tell_first_link() -> None:
    """Print the one-time link that sets up an installation that has no partnership yet."""
    from django.conf import settings

    from goldthread.web.setup.first_run import one_time_link

    if link := one_time_link(settings.PUBLIC_URL):
        print(f"This installation is empty. Set it up within a day at:\n  {link}", flush=True)
