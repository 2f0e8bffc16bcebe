"""Every setting once: name, type, default, what it is for.

Read once at start, kept in memory, saved atomically by whoever calls `save` (never the GUI
thread: the engine's writer does it). Unknown names in the file are kept, so that an older
version does not lose a newer one's choices; a value of the wrong type falls back to the default.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.frozen import frozen


@frozen
class Setting:
    name: str
    default: bool | int | str
    help: str
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None

    def accepts(self, value: Any) -> bool:
        if type(value) is not type(self.default):
            return False
        if self.choices and value not in self.choices:
            return False
        if isinstance(value, int) and not isinstance(value, bool):
            return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)
        return True


DECLARED = (
    Setting("theme", "system", "Light, dark, or as the system says.", ("system", "light", "dark")),
    Setting("oldest_first", False, "Lists begin with the oldest article."),
    Setting("unread_only", False, "Lists leave out what has been read."),
    Setting("list_pictures", True, "Lists show a small picture beside the headline."),
    Setting("show_sidebar", True, "The sidebar stands at the right of the article."),
    Setting("text_size", 19, "Size of the article's text, in pixels.", low=12, high=40),
    Setting("refresh_by_itself", True, "Feeds are fetched when they are due."),
    Setting(
        "refresh_minutes",
        60,
        "A feed that says nothing of its own is due after so many minutes.",
        low=15,
        high=1440,
    ),
    Setting("fetch_pictures", True, "Pictures are fetched after the articles and kept for offline reading."),
    Setting(
        "picture_days", 7, "Pictures are fetched for articles not older than so many days.", low=1, high=365
    ),
    Setting(
        "picture_newest", 5, "... and always for so many of each feed's newest articles.", low=0, high=100
    ),
    Setting("proxy", "", "Address of a proxy; empty: as the system says."),
)
BY_NAME = {setting.name: setting for setting in DECLARED}


class Settings:
    """The settings in force. Change them with `set`; whoever must know subscribes with `watch`."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        self._watchers: list[Callable[[str], None]] = []
        if path is not None:
            try:
                stored = json.loads(path.read_text("utf-8"))
            except (OSError, ValueError):
                stored = {}
            if isinstance(stored, dict):
                self._values = stored

    def get(self, name: str) -> Any:
        declared = BY_NAME[name]
        value = self._values.get(name, declared.default)
        return value if declared.accepts(value) else declared.default

    def set(self, name: str, value: Any) -> None:
        """Raises ValueError for a value the setting does not accept."""
        if not BY_NAME[name].accepts(value):
            raise ValueError(f"{name} = {value!r}")
        if self.get(name) == value:
            return
        self._values[name] = value
        for watcher in tuple(self._watchers):
            watcher(name)

    def watch(self, watcher: Callable[[str], None]) -> None:
        self._watchers.append(watcher)

    def save(self) -> None:
        """Write to disk: all or nothing. Raises OSError."""
        if self._path is None:
            return
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new")
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(self._values, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._path)
