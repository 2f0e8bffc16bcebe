"""What the window remembers between two runs: its place, its panes, what was on show.

In: a small JSON file, read once at start; whatever is wrong with it counts as absent. Out: the
same file, written by a thread of its own so that closing the window waits for no disk.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from pathlib import Path
from typing import Any


class WindowState:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._writing: threading.Thread | None = None
        try:
            read = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            read = {}
        self.values: dict[str, Any] = read if isinstance(read, dict) else {}

    def get_list(self, name: str) -> list[Any]:
        value = self.values.get(name)
        return value if isinstance(value, list) else []

    def get_dict(self, name: str) -> dict[str, Any]:
        value = self.values.get(name)
        return value if isinstance(value, dict) else {}

    def save(self, values: dict[str, Any]) -> None:
        """Begin to write; `wait` for the end of it."""
        self.wait()  # two at once would write the same draft
        self.values = values
        self._writing = threading.Thread(target=self._write, args=(dict(values),), name="window-state")
        self._writing.start()

    def wait(self) -> None:
        if self._writing is not None:
            self._writing.join()

    def _write(self, values: dict[str, Any]) -> None:
        draft = self._path.with_suffix(".new")
        with contextlib.suppress(OSError):  # a place forgotten is no reason to bother anybody
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(values, indent=1), "utf-8")
            os.replace(draft, self._path)
