"""Choosing colours and the size of the text. In: wishes. Out: the theme and the settings."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reader.settings import Settings
from reader.ui.theme import TEXT_SIZES, USUAL_TEXT_SIZE, Theme


class Looks(QObject):
    def __init__(self, theme: Theme, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._settings = theme, settings
        theme.choose(settings.get("theme"))
        theme.set_text_size(settings.get("text_size"))

    def follow_system(self) -> None:
        self._choose("system")

    def go_light(self) -> None:
        self._choose("light")

    def go_dark(self) -> None:
        self._choose("dark")

    def enlarge_text(self) -> None:
        self._set_size(next((size for size in TEXT_SIZES if size > self._theme.text_size), TEXT_SIZES[-1]))

    def reduce_text(self) -> None:
        smaller = [size for size in TEXT_SIZES if size < self._theme.text_size]
        self._set_size(smaller[-1] if smaller else TEXT_SIZES[0])

    def reset_text(self) -> None:
        self._set_size(USUAL_TEXT_SIZE)

    def _choose(self, choice: str) -> None:
        self._settings.set("theme", choice)
        self._theme.choose(choice)

    def _set_size(self, pixels: int) -> None:
        self._settings.set("text_size", pixels)
        self._theme.set_text_size(pixels)
