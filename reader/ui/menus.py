"""The window's menus, filled from the table of actions. In: where to open. Out: a menu there.

Built when opened, not at start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QWidget
from shiboken6 import isValid

from reader.ui.actions import Actions
from reader.ui.section_list.place import Kind, Place
from reader.ui.words import tr

ROW = (
    "open", "open_browser", "copy_link", "-", "toggle_read", "toggle_saved", "mark_above", "-", "mark_all_read",
)  # fmt: skip
ORDER = ("unread_only", "oldest_first", "-", "mark_all_read", "refresh_here")
LOOKS = ("text_larger", "text_smaller", "text_usual", "-", "theme_system", "theme_light", "theme_dark")
FEED = (
    "mark_all_read", "try_now", "feed_info", "-", "rename", "move", "move_place_up", "move_place_down",
    "remove", "-", "sign_in", "change_address", "user_agent", "reload", "-", "copy_address", "open_site",
)  # fmt: skip
SECTION = (
    "mark_all_read", "refresh_here", "-", "add_feed", "add_section", "rename", "move_place_up",
    "move_place_down", "remove",
)  # fmt: skip
LISTING = ("mark_all_read", "refresh_here", "-", "add_feed", "add_section")


class Menus:
    """`find_checks` says which checkable actions are on at the moment."""

    def __init__(
        self, window: QMainWindow, actions: Actions, find_checks: Callable[[], dict[str, bool]]
    ) -> None:
        self._window, self._actions, self._find_checks = window, actions, find_checks
        self._bar: QMenuBar | None = None
        self._before: QWidget | None = None  # what had the keyboard before the bar
        self._parts: list[QMenu] = []

    def open_everything(self, at: QPoint) -> QMenu:
        menu = self._make()
        for part in self._list_parts():
            menu.addMenu(part)
        return self._open(menu, at)

    def open(self, ids: Iterable[str], at: QPoint) -> QMenu:
        return self._open(self._actions.fill(self._make(), ids), at)

    def open_for_place(self, place: Place, at: QPoint) -> QMenu:
        return self.open({Kind.FEED: FEED, Kind.SECTION: SECTION}.get(place.kind, LISTING), at)

    def toggle_bar(self) -> None:
        if self._bar is None:
            self._bar = self._window.menuBar()
            self._dress(self._bar)
            self._bar.setAccessibleName(tr("Menu bar"))
            for menu in self._list_parts():
                menu.aboutToShow.connect(self.show_checks)
                self._bar.addMenu(menu)
            self._bar.hide()
        if self._bar.isHidden():
            # The bar takes the keyboard by itself, and gives it back at the second Esc.
            self._before = self._window.focusWidget()
            self._bar.show()
            self._bar.setActiveAction(self._bar.actions()[0])
            return
        had_keyboard = self._bar.hasFocus()
        self._bar.hide()
        if had_keyboard and self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.MenuBarFocusReason)

    @property
    def has_bar(self) -> bool:
        return self._bar is not None and self._bar.isVisible()

    def show_checks(self) -> None:
        for action_id, is_on in self._find_checks().items():
            self._actions[action_id].setChecked(is_on)

    def _list_parts(self) -> list[QMenu]:
        if not self._parts:
            self._parts = self._actions.make_menus()
            for menu in self._parts:
                self._dress(menu)
        return self._parts

    @staticmethod
    def _dress(widget: QWidget) -> None:
        from reader.ui import sheet

        sheet.dress(widget)

    def _make(self) -> QMenu:
        menu = QMenu(self._window)
        self._dress(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _open(self, menu: QMenu, at: QPoint) -> QMenu:
        self.show_checks()
        menu.popup(at)
        return menu
