#!/usr/bin/env python3
"""Set up and run Broadsheet from a checkout: `python3 packaging/dev.py run`.

    run [-- ARGUMENTS]    open the reader (ARGUMENTS go to it: `run -- --sample`)
    test [ARGUMENTS]      run the tests (ARGUMENTS go to pytest)
    check                 linter, formatter, type checker, the house's own rules
    bench [ARGUMENTS]     measure (`bench --help`)
    shots                 render the README's pictures from the sample newspaper
    lock                  write packaging/requirements.lock anew from pyproject.toml

Needs Python 3.11 or newer and nothing else: `.venv` and what goes into it, and on Linux the
system libraries that Qt needs, are seen to on the first call; later ones start at once.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036  an older Python is to read this, not a traceback
    sys.exit("Broadsheet needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))

import argparse
import subprocess
from pathlib import Path

import environment
import system_libraries

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
NEEDS_NO_WINDOW = {
    "refresh",
    "add",
    "list",
    "import",
    "export",
    "parse",
    "extract",
    "sanitize",
    "--version",
    "--help",
    "-h",
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    rest = options.rest[1:] if options.rest[:1] == ["--"] else options.rest
    try:
        return COMMANDS[options.command](rest)
    except environment.SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    if not _has_display() and not NEEDS_NO_WINDOW.intersection(arguments):
        print(NO_DISPLAY, file=sys.stderr)
        return 2
    return _call(_python(), "-m", "reader", *arguments)


def test(arguments: list[str]) -> int:
    spread = any(argument.startswith("-n") or argument == "no:xdist" for argument in arguments)
    workers = [] if spread else ["-n", str(min(os.cpu_count() or 1, 8))]
    return _call(_python(), "-m", "pytest", *workers, *arguments, QT_QPA_PLATFORM="offscreen")


def check(arguments: list[str]) -> int:
    python = _python()
    steps: tuple[tuple[str, ...], ...] = (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("pytest", "-p", "no:xdist", "tests/test_house.py"),
    )
    failed = []
    for step in steps:
        print("$", *step, flush=True)
        if _call(python, "-m", *step, QT_QPA_PLATFORM="offscreen"):
            failed.append(" ".join(step))
    if failed:
        print("Failed:", "; ".join(failed), file=sys.stderr)
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    return _call(_python(), str(PACKAGING / "bench" / "run.py"), *arguments)


def shots(arguments: list[str]) -> int:
    return _call(_python(), str(PACKAGING / "shots.py"), *arguments, QT_QPA_PLATFORM="offscreen")


def lock(arguments: list[str]) -> int:
    return _call(_python(), str(PACKAGING / "lock.py"), *arguments)


COMMANDS = {"run": run, "test": test, "check": check, "bench": bench, "shots": shots, "lock": lock}

NO_DISPLAY = """\
There is no display here to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).
  See what it looks like:      python3 packaging/dev.py shots     (writes PNG files)
  Run it on a virtual screen:  xvfb-run python3 packaging/dev.py run
  Use it without a window:     python3 packaging/dev.py run -- --help"""


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _python() -> str:
    """The environment's interpreter, everything it needs in place."""
    python = environment.prepare(ROOT)
    system_libraries.provide(environment.folder(ROOT) / "system-libraries.stamp")
    return python


def _call(*command: str, **variables: str) -> int:
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    surroundings = {**os.environ, **variables, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    where = None if "reader" in command else ROOT  # file names given to the reader are the caller's
    sys.stdout.flush()
    return subprocess.call(command, env=surroundings, cwd=where)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
