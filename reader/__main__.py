"""The door: arguments, then the window (`app`) or the command line (`cli`)."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run Broadsheet. Returns the process's exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] == ["--worker"]:
        # A frozen program has no interpreter to start its worker with: it starts itself.
        from reader.engine import worker_process

        worker_process.main(words[1:])
        return 0
    from reader import arguments as door

    asked = door.read(words)
    if asked.command:
        from reader import cli

        return cli.run(asked)
    from reader import app

    return app.run(asked)


if __name__ == "__main__":
    sys.exit(main())
