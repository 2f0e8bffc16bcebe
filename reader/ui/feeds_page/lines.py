"""Text in a given width, cut between words. In: text, font, width in pixels. Out: lines."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

MORE = "…"


def elide(text: str, font: QFont, width: int) -> str:
    """One line; where it is too long it ends after a whole word and an ellipsis."""
    return wrap(text, font, width, 1)[0]


def wrap(text: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
    """At most `most` lines, at least one. A word longer than a line, or a script without spaces,
    is cut where the line ends."""
    return _wrap(text, font.key(), width, most) if text else ("",)


@lru_cache(maxsize=4096)
def _wrap(text: str, font_key: str, width: int, most: int) -> tuple[str, ...]:
    font = QFont()
    font.fromString(font_key)
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(text) <= width:
        return (text,)
    lines: list[str] = []
    words = text.split(" ")
    while words and len(lines) < most:
        is_last = len(lines) == most - 1
        count = _count_fitting(words, metrics, width, is_last)
        if count == 0:  # one word, or a sentence without spaces, longer than the line
            lines.append(metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width))
            break
        ends_here = is_last and count < len(words)
        lines.append(
            " ".join(words[:count]).rstrip(" ·,;:–") + MORE if ends_here else " ".join(words[:count])
        )
        words = words[count:]
    return tuple(lines)


def _count_fitting(words: list[str], metrics: QFontMetricsF, width: int, is_last: bool) -> int:
    """How many words fit into a line, with room for the ellipsis where more follow the last line."""
    for count in range(len(words), 0, -1):
        tail = MORE if is_last and count < len(words) else ""
        if metrics.horizontalAdvance(" ".join(words[:count]) + tail) <= width:
            return count
    return 0
