"""Where the panes stand. In: four widgets and the window's width. Out: splitters.

As the window narrows, panes give way in order: the sidebar below 1180 px, the section list
below 900, and below 760 the list stands above the article. A pane that gave way can be called
back by its key; then it stays until the width crosses a limit again.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QSplitterHandle, QWidget

SIDEBAR_FROM, SECTIONS_FROM, ABREAST_FROM = 1180, 900, 760
USUAL = {"sections": 214, "list": 340, "sidebar": 268, "list_height": 250}


class Panes(QWidget):
    visibility_changed = Signal()

    def __init__(self, sections: QWidget, articles: QWidget, pane: QWidget, sidebar: QWidget) -> None:
        super().__init__()
        self.sections, self.articles, self.pane, self.sidebar = sections, articles, pane, sidebar
        self.wants_sections = True
        self.wants_sidebar = True
        self._called: set[QWidget] = set()  # shown although there is too little room
        self._step = -1
        self._sizes = dict(USUAL)
        self.outer, self.inner = _Splitter(), _Splitter()
        for widget, least in ((sections, 150), (articles, 240), (pane, 300), (sidebar, 200)):
            widget.setMinimumWidth(least)
        self.inner.addWidget(articles)
        self.inner.addWidget(pane)
        for widget in (sections, self.inner, sidebar):
            self.outer.addWidget(widget)
        for splitter, stretching in ((self.outer, 1), (self.inner, 1)):
            splitter.setStretchFactor(stretching, 1)
            splitter.setChildrenCollapsible(False)
            splitter.splitterMoved.connect(self._note_sizes)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.outer)

    # ---- showing and hiding -------------------------------------------------------------

    def toggle_sections(self) -> None:
        if self.width() >= SECTIONS_FROM:
            self.wants_sections = not self.wants_sections
            self._arrange_again(self.sections)
        else:
            self._call(self.sections)

    def toggle_sidebar(self) -> None:
        if self.width() >= SIDEBAR_FROM:
            self.wants_sidebar = not self.wants_sidebar
            self._arrange_again(self.sidebar)
        else:
            self._call(self.sidebar)

    def _call(self, pane: QWidget) -> None:
        """Show a pane for which there is too little room, or put it away again."""
        self._called.symmetric_difference_update({pane})
        self._arrange_again(pane)
        if pane in self._called:
            pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange_again(self, changed: QWidget) -> None:
        had_focus = self.focused() is changed
        self._arrange()
        if had_focus and changed.isHidden():
            self.articles.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_away_called(self) -> None:
        """A list was chosen in a narrow window: the section list has done its work."""
        if self.sections in self._called:
            self._called.discard(self.sections)
            self._arrange()
            self.articles.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = event.size().width()
        step = sum(width >= limit for limit in (ABREAST_FROM, SECTIONS_FROM, SIDEBAR_FROM))
        if step != self._step:
            self._step = step
            self._called.clear()
            self._arrange()

    def _arrange(self) -> None:
        width = self.width()
        shows_sections = self.sections in self._called or (self.wants_sections and width >= SECTIONS_FROM)
        shows_sidebar = self.sidebar in self._called or (self.wants_sidebar and width >= SIDEBAR_FROM)
        self.sections.setVisible(shows_sections)
        self.sidebar.setVisible(shows_sidebar)
        left = self._sizes["sections"] if shows_sections else 0
        right = self._sizes["sidebar"] if shows_sidebar else 0
        self.outer.setSizes([left, max(1, width - left - right - 2), right])
        if width - left >= ABREAST_FROM - USUAL["sections"] and width >= ABREAST_FROM:
            self.inner.setOrientation(Qt.Orientation.Horizontal)
            room = width - left - right
            wide = min(self._sizes["list"], max(240, room - 420))
            self.inner.setSizes([wide, max(1, room - wide)])
        else:
            self.inner.setOrientation(Qt.Orientation.Vertical)
            high = self._sizes["list_height"]
            self.inner.setSizes([high, max(1, self.height() - high)])
        self.visibility_changed.emit()

    def _note_sizes(self) -> None:
        if self.sections.isVisible():
            self._sizes["sections"] = self.sections.width()
        if self.sidebar.isVisible():
            self._sizes["sidebar"] = self.sidebar.width()
        if self.inner.orientation() == Qt.Orientation.Horizontal:
            self._sizes["list"] = self.articles.width()
        else:
            self._sizes["list_height"] = self.articles.height()

    # ---- the keyboard -------------------------------------------------------------------

    def focus_left(self) -> None:
        self._move_focus(-1)

    def focus_right(self) -> None:
        self._move_focus(1)

    def focused(self) -> QWidget | None:
        """The pane that has the keyboard."""
        widget = QApplication.focusWidget()
        panes = (self.sections, self.articles, self.pane, self.sidebar)
        return next(
            (pane for pane in panes if widget is pane or (widget and pane.isAncestorOf(widget))), None
        )

    def _move_focus(self, by: int) -> None:
        shown = [p for p in (self.sections, self.articles, self.pane, self.sidebar) if not p.isHidden()]
        here = self.focused()
        at = shown.index(here) if here in shown else 0
        if 0 <= at + by < len(shown):
            shown[at + by].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---- remembered ---------------------------------------------------------------------

    def save_state(self) -> dict[str, Any]:
        return {**self._sizes, "shows_sections": self.wants_sections}

    def restore_state(self, state: dict[str, Any]) -> None:
        for name in USUAL:
            value = state.get(name)
            if isinstance(value, int) and 100 <= value <= 1200:
                self._sizes[name] = value
        self.wants_sections = state.get("shows_sections") is not False


class _Splitter(QSplitter):
    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(1)  # Qt adds two pixels at either side to take hold of

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.contentsRect(), self.palette().color(QPalette.ColorRole.Mid))
