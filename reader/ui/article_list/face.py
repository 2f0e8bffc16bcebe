"""What a list shows when it has no rows: a sentence, what to do about it, sometimes a button.

Pure choice above, a small widget below.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from reader.frozen import frozen
from reader.model import Feed, Listing, Selection
from reader.ui import fonts, icons, sheet
from reader.ui.article_list.notice import Notice
from reader.ui.theme import Theme
from reader.ui.words import tr


@frozen
class Face:
    icon: str
    sentence: str
    hint: str = ""
    action: str = ""  # id in the table of actions
    button: str = ""
    repairs: tuple[tuple[str, str], ...] = ()  # in place of the action: as a Notice has them

    @property
    def labels(self) -> tuple[str, ...]:
        """What its buttons say."""
        return tuple(label for _, label in self.repairs) or ((self.button,) if self.button else ())


def choose_face(
    selection: Selection,
    *,
    is_loading: bool,
    online: bool,
    has_feeds: bool,
    feed: Feed | None,
    notice: Notice | None,
) -> Face:
    """The face of a list without rows. `feed` is the one on show, where one is; `notice` what is the
    matter with it."""
    if is_loading:
        return Face("", tr("Loading…"))
    if selection.listing is Listing.SEARCH:
        return Face("search", tr("Nothing found for “{}”.", selection.query), tr("Try fewer or other words."))
    if not has_feeds:
        return Face(
            "feed",
            tr("No feeds yet."),
            tr("Add the address of a site you like."),
            "add_feed",
            tr("Add feed…"),
        )
    if feed is not None and notice is not None and not feed.total:
        told = tr("Nothing was fetched from {} yet.", feed.title)
        return Face(notice.icon, told, notice.sentence, repairs=notice.repairs)
    is_unread_list = selection.unread_only or selection.listing is Listing.UNREAD
    if is_unread_list:
        hint = tr("New stories appear here by themselves.")
        if selection.unread_only:
            return Face(
                "cup", tr("You’re all caught up."), hint, "unread_only", tr("Show what you have read")
            )
        return Face("cup", tr("You’re all caught up."), hint)
    if selection.listing is Listing.SAVED:
        return Face("saved", tr("Nothing saved yet."), tr("Press s on an article to keep it here."))
    if not online:
        return Face(
            "offline",
            tr("Nothing here, and this computer is offline."),
            tr("Everything loaded before can still be read."),
        )
    if selection.listing is Listing.TODAY:
        return Face(
            "today",
            tr("Nothing new today yet."),
            tr("Earlier stories are under All stories."),
            "go_all",
            tr("All stories"),
        )
    return Face(
        "newspaper",
        tr("Nothing here yet."),
        tr("Refresh to fetch the newest stories."),
        "refresh",
        tr("Refresh"),
    )


INSET = 28  # px left and right


class ListFace(QWidget):
    action_requested = Signal(str)
    repair_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._face: Face | None = None
        self._is_dressed = False  # a style sheet costs milliseconds: only where there is a button
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._icon, self._sentence, self._hint = QLabel(self), QLabel(self), QLabel(self)
        self._sentence.setFont(fonts.serif(19, 500))
        self._hint.setFont(fonts.sans(13))
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.buttons = [self._make_button(number) for number in range(2)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INSET, 12, INSET, 12)
        layout.setSpacing(10)
        # Air above, which gives way first where there is little room.
        layout.addSpacerItem(QSpacerItem(0, 48, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum))
        for label in (self._icon, self._sentence, self._hint):
            label.setWordWrap(label is not self._icon)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for button in self.buttons:
            self._row.addWidget(button)
        layout.addLayout(self._row)
        layout.setAlignment(self._row, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        theme.changed.connect(self._recolour)

    def show_face(self, face: Face) -> None:
        if face == self._face:
            return
        self._face = face
        if face.labels and not self._is_dressed:
            self._is_dressed = True
            sheet.dress(self)
        self._sentence.setText(face.sentence)
        self._hint.setText(face.hint)
        self._hint.setVisible(bool(face.hint))
        for button, label in zip(self.buttons, (*face.labels, "", ""), strict=False):
            button.setText(label)
            button.setVisible(bool(label))
        self._place_buttons()
        self.setAccessibleName(face.sentence)
        self.setAccessibleDescription(face.hint)
        self._recolour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Abreast where they fit, else below each other: no word is cut."""
        shown = [button for button in self.buttons if not button.isHidden()]
        wanted = sum(button.sizeHint().width() for button in shown) + self._row.spacing() * (len(shown) - 1)
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if wanted <= self.width() - 2 * INSET else way.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the first button's, all else the window's: keys work in an empty list as in any other."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.buttons[0].isHidden():
            self.buttons[0].click()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():  # as a row of the list shows it
            QPainter(self).fillRect(0, 0, 2, self.height(), self._theme.colours.edge)

    def _make_button(self, number: int) -> QPushButton:
        button = QPushButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._ask(number))
        return button

    def _ask(self, number: int) -> None:
        if self._face is None:
            return
        if self._face.repairs:
            self.repair_requested.emit(self._face.repairs[number][0])
        else:
            self.action_requested.emit(self._face.action)

    def _recolour(self) -> None:
        name = self._face.icon if self._face else ""
        self._icon.setVisible(bool(name))
        if name:
            self._icon.setPixmap(icons.pixmap(name, self._theme.colours.muted, 32, self.devicePixelRatioF()))
