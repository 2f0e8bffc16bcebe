"""The door: arguments, then the window (`app`) or the command line (`cli`)."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run Broadsheet. Returns the process's exit code."""
    if getattr(sys, "frozen", False):
        # A frozen worker process starts this very program: it must become the worker first.
        from multiprocessing import freeze_support

        freeze_support()
    from reader import arguments as door

    asked = door.read(sys.argv[1:] if arguments is None else arguments)
    if asked.command:
        from reader import cli

        return cli.run(asked)
    from reader import app

    return app.run(asked)


if __name__ == "__main__":
    sys.exit(main())
