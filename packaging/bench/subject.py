"""The reader under measurement: a profile for it, its process, its window, its store's figures."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from processes import Tree
from screen import Screen, wait_for

ROOT = Path(__file__).resolve().parent.parent.parent
INSTRUMENTED = Path(__file__).resolve().parent / "instrumented.py"
WINDOWLESS = INSTRUMENTED.with_name("windowless.py")
TITLE = "Broadsheet"
SETTINGS = {"refresh_by_itself": False, "theme": "light"}  # nothing happens that was not asked for


def make_profile(folder: Path, **settings: Any) -> Path:
    """`settings`: beside those that every profile here has."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps({**SETTINGS, **settings}), "utf-8")
    return folder


def run_command(profile: Path, *words: str) -> float:
    """A command of the reader without a window; the seconds it took. Raises CalledProcessError."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "reader", "--profile", str(profile), *words]
    subprocess.run(command, check=True, cwd=ROOT, env=_surroundings({}), stdout=subprocess.DEVNULL)
    return time.monotonic() - begun


class Subject:
    """The running window. `with Subject(...) as subject:` quits it by its own key at the end."""

    def __init__(self, screen: Screen, profile: Path, events: Path | None = None) -> None:
        self.screen, self.profile, self.events_file = screen, profile, events
        watched = {"BROADSHEET_BENCH_EVENTS": str(events)} if events else {}
        start = [str(INSTRUMENTED)] if events else ["-m", "reader"]
        command = [sys.executable, *start, "--profile", str(profile)]
        surroundings = _surroundings({**screen.environment, **watched, "HOME": str(profile)})
        self._log = open(profile / "bench.log", "ab")  # noqa: SIM115  open as long as the process
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=surroundings, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log
        )
        self.tree = Tree(self.process.pid)

    def wait_ready(self) -> None:
        """Until the window stands and neither it nor its processes do anything any more."""
        wait_for(self._find_window, f"the window ({self.read_log()})", 60)
        self.screen.wait_still()
        self.tree.wait_for_rest()

    def _find_window(self) -> int | None:
        if self.process.poll() is not None:
            raise RuntimeError(f"the reader ended with {self.process.returncode}: {self.read_log()}")
        return self.screen.keys.find_window(TITLE)

    def read_log(self) -> str:
        return (self.profile / "bench.log").read_text("utf-8", "replace")[-2000:]

    def quit(self) -> None:
        if self.process.poll() is None:
            self.screen.keys.press("ctrl+q")
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.terminate()
                self.process.wait(15)
        self._log.close()

    def read_progress(self) -> list[dict[str, Any]]:
        """How far refreshes were, and when the window was told; only of a start with `events`."""
        assert self.events_file is not None
        place = self.events_file.with_suffix(".progress")
        return [json.loads(line) for line in place.read_text("utf-8").splitlines()] if place.exists() else []

    def read_events(self) -> dict[str, list[list[float]]]:
        """What the instrumented reader wrote when it was quit."""
        assert self.events_file is not None
        return json.loads(self.events_file.read_text("utf-8"))

    def __enter__(self) -> Subject:
        return self

    def __exit__(self, *_: object) -> None:
        self.quit()


class Windowless:
    """The engine alone, step by step (`windowless.py`): `with Windowless(p) as run: run.do("refresh")`."""

    def __init__(self, profile: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(WINDOWLESS), str(profile)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=_surroundings({"HOME": str(profile)}),
        )

    def do(self, step: str) -> dict[str, Any]:
        """What the step came to. Raises RuntimeError where the process ended instead."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(step + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{step}: the engine ended with {self._process.wait()}")
        return json.loads(line)

    def __enter__(self) -> Windowless:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


class StoreFigures:
    """Looks into the reader's store from outside, reading only."""

    def __init__(self, profile: Path) -> None:
        self._file = profile / "news.db"

    def count(self) -> int:
        """Articles stored; 0 where that cannot be told just now."""
        try:
            with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=0.2)) as db:
                return db.execute("SELECT coalesce(sum(total), 0) FROM tally").fetchone()[0]
        except sqlite3.Error:
            return 0

    def read_successes(self) -> dict[str, float]:
        """Address of each feed that ever answered -> when its last answer was stored (time.monotonic)."""
        shift = time.time() - time.monotonic()
        asked = "SELECT f.address, s.last_success_at FROM feed f JOIN fetch_state s ON s.feed_id = f.id"
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=5)) as db:
            return {address: at / 1e6 - shift for address, at in db.execute(asked) if at is not None}

    def count_found(self, word: str) -> int:
        """Articles the reader's own search finds for a word."""
        from reader.store import database, search

        db = database.open_reading(self._file, self._file.with_name("pictures.db"))
        try:
            return len(search.find(db, word, None, 100_000, False).rows)
        finally:
            db.close()

    def bytes_on_disk(self) -> int:
        """Articles and index, without pictures, the write-ahead log included."""
        return sum(file.stat().st_size for file in self._file.parent.glob("news.db*"))


def _surroundings(more: dict[str, str]) -> dict[str, str]:
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ
    }
    return {**kept, "PYTHONPATH": str(ROOT), **more}
