"""Colours in force. In: a theme file, the choice (system, light, dark) and the system's own.

Out: `theme.colours.<role>` as QColor, a QPalette, a short style sheet for the few widgets Qt
draws itself, and `changed` when any of them (or the size of the article's text) moved.
Delegates and painted widgets read the colours when they paint and keep none.
"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from reader import paths
from reader.frozen import frozen

CHOICES = ("system", "light", "dark")
TEXT_SIZES = (14, 16, 17, 18, 19, 21, 23, 26, 30, 34)
USUAL_TEXT_SIZE = 19


@frozen
class Colours:
    """One colour for each role; what the roles are for stands in resources/themes/light.toml."""

    page: QColor
    list: QColor
    side: QColor
    card: QColor
    selection: QColor
    hover: QColor
    tile: QColor
    ink: QColor
    muted: QColor
    line: QColor
    edge: QColor
    accent: QColor
    on_accent: QColor


def read_colours(path: Path) -> Colours:
    """Raises OSError, tomllib.TOMLDecodeError, or KeyError for a role or colour that is missing."""
    document = _read_toml(path.read_text("utf-8"))
    base, roles = document["colours"], document["roles"]
    return Colours(**{field.name: QColor(base[roles[field.name]]) for field in fields(Colours)})


_TABLE = re.compile(r"\[(\w+)\]\s*")
_PAIR = re.compile(r'(\w+) = (?:"([^"\\]*)"|true|false)\s*(?:#.*)?')


def _read_toml(text: str) -> dict[str, dict[str, str]]:
    """The tables of a theme. Plain themes are read by two patterns: tomllib costs 5 ms at start."""
    tables: dict[str, dict[str, str]] = {"": {}}
    table = tables[""]
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if found := _TABLE.fullmatch(line):
            table = tables.setdefault(found[1], {})
        elif found := _PAIR.fullmatch(line):
            table[found[1]] = found[2] or ""
        else:
            import tomllib

            return tomllib.loads(text)
    return tables


class Theme(QObject):
    """The theme in force. Lives as long as the application."""

    changed = Signal()

    def __init__(self, choice: str = "system", text_size: int = USUAL_TEXT_SIZE) -> None:
        super().__init__()
        self._choice = choice if choice in CHOICES else "system"
        self._text_size = text_size
        self._read: dict[bool, Colours] = {}
        self.is_dark = self._should_be_dark()
        self.colours = self._load(self.is_dark)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def choice(self) -> str:
        return self._choice

    @property
    def text_size(self) -> int:
        """Size of the article's text, in pixels."""
        return self._text_size

    def choose(self, choice: str) -> None:
        if choice in CHOICES and choice != self._choice:
            self._choice = choice
            self._follow_system()

    def set_text_size(self, pixels: int) -> None:
        if pixels != self._text_size:
            self._text_size = pixels
            self.changed.emit()

    def palette(self) -> QPalette:
        c = self.colours
        palette = QPalette(c.side)
        role = QPalette.ColorRole
        for which, colour in (
            (role.Window, c.side),
            (role.WindowText, c.ink),
            (role.Base, c.page),
            (role.AlternateBase, c.list),
            (role.Text, c.ink),
            (role.PlaceholderText, c.muted),
            (role.Button, c.side),
            (role.ButtonText, c.ink),
            (role.BrightText, c.accent),
            (role.ToolTipBase, c.card),
            (role.ToolTipText, c.ink),
            (role.Highlight, c.accent),
            (role.HighlightedText, c.on_accent),
            (role.Accent, c.accent),
            (role.Link, c.accent),
            (role.LinkVisited, c.muted),
            (role.Mid, c.line),
            (role.Midlight, c.hover),
            (role.Dark, c.edge),
            (role.Light, c.selection),
            (role.Shadow, c.edge),
        ):
            palette.setColor(which, colour)
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, c.edge)
        return palette

    def _should_be_dark(self) -> bool:
        if self._choice != "system":
            return self._choice == "dark"
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _follow_system(self) -> None:
        is_dark = self._should_be_dark()
        if is_dark != self.is_dark:
            self.is_dark = is_dark
            self.colours = self._load(is_dark)
        self.changed.emit()

    def _load(self, is_dark: bool) -> Colours:
        if is_dark not in self._read:
            name = "dark.toml" if is_dark else "light.toml"
            self._read[is_dark] = read_colours(paths.resources() / "themes" / name)
        return self._read[is_dark]


def dress(application: QApplication, theme: Theme) -> None:
    """Give the application its style, colours and interface font, now and when the theme changes."""
    from reader.ui import fonts

    # Qt tells on stderr of every family that cannot shape a script and is passed over for the
    # system's own, which is just what is wanted of Inter for Devanagari.
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
    fonts.load()
    application.setStyle("Fusion")  # the one style that draws everything from the palette
    application.setPalette(theme.palette())
    application.setFont(fonts.sans(13))
    theme.changed.connect(lambda: application.setPalette(theme.palette()))
