"""What the pane shows where there is no article: a picture, a few words, perhaps something to press.

In: the name of a face. Out: `chosen` with the name of what was pressed.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reader.frozen import frozen
from reader.ui import fonts, icons
from reader.ui.theme import Theme
from reader.ui.words import tr


class Face(Enum):
    """The states of a pane without an article."""

    NOTHING_CHOSEN = "nothing-chosen"
    ALL_CAUGHT_UP = "all-caught-up"
    FIRST_START = "first-start"
    EMPTY_SECTION = "empty-section"
    NOTHING_FOUND = "nothing-found"
    OFFLINE = "offline"
    LOADING = "loading"
    GONE = "gone"
    BLANK = "blank"


@frozen
class _Look:
    icon: str
    headline: str
    words: str
    button: str = ""


_LOOKS = {
    Face.NOTHING_CHOSEN: _Look(
        "newspaper", "Nothing open", "Choose a headline, or press j for the next story and Space to read on."
    ),
    Face.ALL_CAUGHT_UP: _Look("cup", "You’re all caught up", "There is nothing unread. New stories will appear here."),
    Face.FIRST_START: _Look(
        "newspaper", "Welcome", "Pick some sections, import your subscriptions, or look at the sample newspaper."
    ),
    Face.EMPTY_SECTION: _Look("section", "Nothing here yet", "Stories appear as soon as the feeds have been fetched.", "Refresh"),
    Face.NOTHING_FOUND: _Look("search", "Nothing found", "No headline and no text has all of these words."),
    Face.OFFLINE: _Look(
        "offline", "You are offline", "Everything that was loaded can still be read. The rest follows with the network."
    ),
    Face.LOADING: _Look("", "", ""),
    Face.GONE: _Look("remove", "This story is gone", "It was removed together with its feed. Undo brings it back."),
    Face.BLANK: _Look("", "", ""),
}  # fmt: skip

ICON_FROM = 200  # px of height: below, the words have the room


class FaceView(QWidget):
    """One face at a time, in the middle of the pane."""

    chosen = Signal(object)  # Face, when its button was pressed
    focus_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.face = Face.BLANK
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._button = QPushButton()
        self._button.clicked.connect(lambda: self.chosen.emit(self.face))
        self._button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addSpacing(140)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.show_face(Face.BLANK)

    def show_face(self, face: Face) -> None:
        self.face = face
        look = _LOOKS[face]
        self._button.setText(tr(look.button) if look.button else "")
        self._button.setVisible(bool(look.button))
        self.setAccessibleName(tr(look.headline))
        self.setAccessibleDescription(tr(look.words))
        self.update()

    def say(self) -> str:
        """The words on view, for tests and screen readers."""
        look = _LOOKS[self.face]
        return f"{tr(look.headline)}. {tr(look.words)}" if look.headline else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, colours = _LOOKS[self.face], self._theme.colours
        painter = QPainter(self)
        painter.fillRect(event.rect(), colours.page)
        if look.headline:
            has_icon = bool(look.icon) and self.height() >= ICON_FROM
            middle = self.height() // 2 - (0 if has_icon else 14)
            width = min(380, self.width() - 40)
            left = (self.width() - width) // 2
            if has_icon:
                size = 40
                drawing = icons.pixmap(look.icon, colours.edge, size, self.devicePixelRatioF())
                painter.drawPixmap((self.width() - size) // 2, middle - 92, drawing)
            painter.setPen(colours.ink)
            painter.setFont(fonts.serif(24, 500))
            painter.drawText(left, middle - 40, width, 36, Qt.AlignmentFlag.AlignCenter, tr(look.headline))
            painter.setPen(colours.muted)
            painter.setFont(fonts.sans(13))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(left, middle + 2, width, 60, flags, tr(look.words))
        painter.end()
