"""The lists of the page as chips: All 60, Need attention 12, ... In: counts. Out: the one chosen.

One stop for Tab; arrows go from chip to chip.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from reader.ui import fonts, words
from reader.ui.feeds_page.judging import Group
from reader.ui.theme import Theme
from reader.ui.words import tr

# Name, name where there is little room, and what belongs there.
NAMES = {
    Group.ALL: ("All", "All", "All feeds"),
    Group.ATTENTION: ("Need attention", "Attention", "Failing, gone, moved, or asking for something"),
    Group.SILENT: ("Silent", "Silent", "Nothing new for much longer than usual"),
    Group.MOVED: ("Moved or gone", "Moved, gone", "The site says the feed is elsewhere, or nowhere"),
    Group.WAITING: (
        "Paused or waiting",
        "Waiting",
        "Held back by the site or after a failure, or not asked yet",
    ),
}
HEIGHT = 26  # px


class Chip(QAbstractButton):
    def __init__(self, group: Group, number: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.stands_for, self._theme = group, theme
        self._count = 0
        name, self._short, hint = NAMES[group]
        self._long = name
        self.setText(tr(name))
        self.setToolTip(tr("{} (key {})", tr(hint), number))
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(fonts.sans(12))
        self.toggled.connect(self._follow_check)
        theme.changed.connect(self.update)
        self.show_count(0)

    def shorten(self, is_short: bool) -> None:
        self.setText(tr(self._short if is_short else self._long))
        self.updateGeometry()

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(tr("{}, {}", tr(self._long), words.count_feeds(count)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._measure(self.text()) + self._measure(self._number) + 6 + 22, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        painter.setPen(colours.accent if self.hasFocus() else colours.edge)
        if self.isChecked():
            painter.setBrush(colours.selection)
        elif self.underMouse():
            painter.setBrush(colours.hover)
        radius = HEIGHT / 2 - 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        left = 11
        painter.setFont(fonts.sans(12, 600 if self.isChecked() else 400))
        painter.setPen(colours.ink if self.isChecked() or self._count else colours.muted)
        painter.drawText(left, 0, self.width(), HEIGHT, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(fonts.sans(12))
        painter.setPen(colours.ink if self.isChecked() else colours.muted)
        right = self.width() - left - self._measure(self._number)
        painter.drawText(right, 0, self.width(), HEIGHT, Qt.AlignmentFlag.AlignVCenter, self._number)

    @property
    def _number(self) -> str:
        return words.say_number(self._count)

    def _measure(self, text: str) -> int:
        """As wide as when chosen, so that choosing moves nothing."""
        return QFontMetrics(fonts.sans(12, 600)).horizontalAdvance(text) + 1

    def _follow_check(self, is_checked: bool) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_checked else Qt.FocusPolicy.NoFocus)


class Chips(QWidget):
    group_chosen = Signal(object)  # Group

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Which feeds"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.chips = [Chip(group, number, theme, self) for number, group in enumerate(Group, start=1)]
        for chip in self.chips:
            layout.addWidget(chip)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(lambda _=False, group=chip.stands_for: self.group_chosen.emit(group))
        layout.addStretch(1)
        self.chips[0].setChecked(True)

    @property
    def chosen(self) -> Group:
        return next(chip.stands_for for chip in self.chips if chip.isChecked())

    def choose(self, group: Group) -> None:
        """As if it was clicked."""
        next(chip for chip in self.chips if chip.stands_for is group).click()

    def shorten(self, is_short: bool) -> None:
        """Narrow windows get shorter names."""
        for chip in self.chips:
            chip.shorten(is_short)

    def show_count(self, group: Group, count: int) -> None:
        next(chip for chip in self.chips if chip.stands_for is group).show_count(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() not in steps:
            event.ignore()
            return
        groups = list(Group)
        at = (groups.index(self.chosen) + steps[Qt.Key(event.key())]) % len(groups)
        self.choose(groups[at])
        self.chips[at].setFocus(Qt.FocusReason.TabFocusReason)
