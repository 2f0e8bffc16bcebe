"""The bar at the top: name, search, and the few buttons that are always there.

In: whether a refresh runs, how much there is to search, how wide the window is. Out: wishes as
ids of the table of actions, and menus asked for.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from reader.ui import fonts
from reader.ui.search_box import SearchBox
from reader.ui.text_button import TextButton
from reader.ui.theme import Theme
from reader.ui.words import tr

HEIGHT = 48
WORDS_FROM = 860  # px: below this width the buttons are icons


class TopBar(QWidget):
    action_requested = Signal(str)
    looks_menu_requested = Signal(QPoint)
    menu_requested = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(HEIGHT)
        name = QLabel("Broadsheet", self)
        font = QFont(fonts.serif(20, 600))
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 99)
        name.setFont(font)
        name.setMinimumWidth(0)
        name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._name = name
        self.search = SearchBox(theme, self)
        self.panes = self._make_button("", "panes", tr("Section list"), "sections")
        self._is_refreshing = False
        self.refresh = self._make_button(tr("Refresh"), "refresh", tr("Refresh all feeds (r)"), "")
        self.refresh.clicked.connect(self._refresh_or_stop)
        self.looks = TextButton(theme, 13, self, "text-size")
        self.looks.setText("Aa")
        self.looks.setAccessibleName(tr("Text size and colours"))
        self.looks.setToolTip(tr("Text size and colours"))
        self.looks.clicked.connect(lambda: self.looks_menu_requested.emit(self._below(self.looks)))
        self.sidebar = self._make_button(tr("Sidebar"), "sidebar", tr("Sidebar (])"), "sidebar")
        self.menu = TextButton(theme, 13, self, "menu")
        self.menu.setAccessibleName(tr("Menu"))
        self.menu.setToolTip(tr("Everything Broadsheet can do (F10 for a menu bar)"))
        self.menu.clicked.connect(lambda: self.menu_requested.emit(self._below(self.menu)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 10, 1)
        layout.setSpacing(2)
        layout.addWidget(self.panes)
        layout.addWidget(name)
        layout.addStretch(1)
        layout.addWidget(self.search, 100)
        layout.addStretch(1)
        for button in (self.refresh, self.looks, self.sidebar, self.menu):
            layout.addWidget(button)
        self.panes.hide()

    def show_refreshing(self, is_active: bool) -> None:
        self._is_refreshing = is_active
        self.refresh.setText(tr("Stop") if is_active else tr("Refresh"))
        self.refresh.setAccessibleName(tr("Stop refreshing") if is_active else tr("Refresh"))

    def show_width(self, width: int, has_sections: bool) -> None:
        """The window's width, and whether the section list is on view."""
        for button in (self.refresh, self.looks, self.sidebar):
            button.set_compact(width < WORDS_FROM)
        self.panes.setVisible(not has_sections)
        self._name.setFixedWidth(208 if has_sections else self._name.sizeHint().width() + 12)

    def sizeHint(self) -> QSize:
        return QSize(700, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colours.line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)

    def _make_button(self, text: str, icon: str, tip: str, action: str) -> TextButton:
        button = TextButton(self._theme, 13, self, icon)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text or tip)
        if action:
            button.clicked.connect(lambda: self.action_requested.emit(action))
        return button

    def _refresh_or_stop(self) -> None:
        self.action_requested.emit("cancel_refresh" if self._is_refreshing else "refresh")

    @staticmethod
    def _below(button: TextButton) -> QPoint:
        return button.mapToGlobal(QPoint(0, button.height() + 2))
