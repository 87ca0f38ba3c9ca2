"""The console script `goldthread`: one module of this package per subcommand, imported when it is called.

Such a module declares `summary`, `add_arguments(parser)`, `run(args) -> int` and `needs_database`, which may be a function
of args; it may declare `examples` (a list of command lines), `database_role` ("owner" for what changes tables, else "app")
and `environment(args) -> dict` (settings it fixes before Django reads them; it may raise Refusal).
"""

import argparse
import importlib
import os
import signal
import sys
from contextlib import ExitStack
from types import ModuleType

from goldthread.commands.environment import connect, setting_home, start_django
from goldthread.commands.refusal import Refusal

GROUPS = {
    "Try it": ["demo", "generate"],
    "Run the service": ["migrate", "serve", "worker", "doctor"],
    "Bring work in and out": ["import", "export"],
    "Work with figures": ["link", "scorecard", "report", "check"],
}
COMMANDS = [name for names in GROUPS.values() for name in names]
REFUSED = 2
USAGE_ERROR = 2


def main(words: list[str] | None = None) -> int:
    """Run one subcommand; returns its exit code: 0 done, 1 done with findings, 2 refused or used wrongly."""
    words = sys.argv[1:] if words is None else words
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview())
        return 0
    name, *rest = words
    if name not in COMMANDS:
        print(f"goldthread: there is no command '{name}'. Known: {', '.join(COMMANDS)}.", file=sys.stderr)
        return USAGE_ERROR
    module = load(name)
    args = parser_for(name, module).parse_args(rest)
    return _run(name, module, args)


def load(name: str) -> ModuleType:
    """The module of one subcommand."""
    return importlib.import_module(f"goldthread.commands.{name}")


def overview() -> str:
    """What `goldthread --help` prints: the commands by purpose, one line each, and where to look next."""
    lines = ["usage: goldthread COMMAND [options]", ""]
    lines += ["The service that a local safeguarding children partnership runs on.", ""]
    for group, names in GROUPS.items():
        lines += [f"{group}:"] + [f"  {name:<10} {load(name).summary}" for name in names] + [""]
    lines += [
        "Examples:",
        "  goldthread demo                   an invented partnership on this machine, to look around in",
        "  goldthread COMMAND --help         options and examples of one command",
        "",
        "Without DATABASE_URL a private PostgreSQL is started in GOLDTHREAD_HOME (default: .run here).",
    ]
    return "\n".join(lines)


def parser_for(name: str, module: ModuleType) -> argparse.ArgumentParser:
    """The parser of one subcommand, with its examples at the end of its help."""
    examples = getattr(module, "examples", [])
    parser = argparse.ArgumentParser(
        prog=f"goldthread {name}",
        description=module.summary[0].upper() + module.summary[1:] + ".",
        epilog="\n  ".join(["examples:", *examples]) if examples else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    return parser


def _run(name: str, module: ModuleType, args: argparse.Namespace) -> int:
    _end_tidily_on_signals()
    try:
        with ExitStack() as stack:
            setting_home()
            os.environ.update(module.environment(args) if hasattr(module, "environment") else {})
            if module.needs_database(args) if callable(module.needs_database) else module.needs_database:
                args.server = connect(stack, getattr(module, "database_role", "app"))
                start_django()
            return module.run(args)
    except Refusal as refusal:
        print(f"goldthread {name}: {refusal}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _end_tidily_on_signals() -> None:
    """Let a request to end unwind the stack, so that the database server is handed back and children stop."""

    def leave(number, frame):
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, leave)
