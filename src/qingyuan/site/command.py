"""The `qingyuan` command: pure commands of the rooms, and everything Django's `manage.py` would offer.

A module in `qingyuan.site.commands` is a pure command: no Django, no database, quick to start. Every other
word is a Django management command, for which the database is brought up first.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

from qingyuan.site import commands

SETTINGS = "qingyuan.site.settings"
# Commands that never look at a row: they must also work where no database can run.
NO_DATABASE = {
    "help",
    "version",
    "--help",
    "-h",
    "--version",
    "check",
    "collectstatic",
    "findstatic",
    "diffsettings",
}
# Commands that change tables. All others run as the role that cannot.
AS_OWNER = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "flush", "test"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused or failed, 2 not understood."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = words[0] if words else "help"
    pure = pure_commands()
    if name in pure:
        return _run_pure([name], words)
    if name in ("-h", "--help") or words == ["help"]:
        _parser(pure).print_help()
        print("\nDjango:")
    return _run_django(name, words or ["help"])


def pure_commands() -> list[str]:
    """Names of the pure commands, from the modules that are there."""
    return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))


def _parser(names: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="qingyuan", description="清源")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name in names:
        importlib.import_module(f"{commands.__name__}.{name}").register(subparsers)
    return parser


def _run_pure(names: Sequence[str], words: list[str]) -> int:
    arguments = _parser(names).parse_args(words)
    run = getattr(arguments, "run", None)
    if run is None:
        _parser(names).parse_args([*words, "--help"])
        return 2
    return int(run(arguments))


def _run_django(name: str, words: list[str]) -> int:
    from qingyuan.site.database import DatabaseError, ensure_running

    if name in AS_OWNER:
        os.environ.setdefault("QINGYUAN_DATABASE_ROLE", "owner")
    if name not in NO_DATABASE and "--help" not in words and "-h" not in words:
        try:
            ensure_running()
        except DatabaseError as error:
            print(error, file=sys.stderr)
            return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["qingyuan", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
