"""The door: arguments, then the window (`app`) or the command line (`cli`)."""

from __future__ import annotations

import os
import sys
import threading
from typing import NoReturn


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


def run() -> NoReturn:
    """What the command `broadsheet` calls: `main`, then the end of the process."""
    leave(main())


def leave(code: int) -> NoReturn:
    """End the process, also where a name server keeps a thread waiting.

    Everything is written and closed by now. Looking a host name up cannot be called off, and the
    interpreter would wait for it: a closed window would live on for seconds.
    """
    if any(thread.is_alive() for thread in threading.enumerate() if is_left_over(thread)):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def is_left_over(thread: threading.Thread) -> bool:
    return thread is not threading.main_thread() and not thread.daemon


if __name__ == "__main__":
    run()
