"""The table of actions, made into QActions.

In: the parts of the window by name. Out: one QAction for each row of the table, its keys, and
menus built when they are first opened. Knows the table and nothing of what an action does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from reader.ui import icons
from reader.ui.action_table import BY_ID, MENUS, TABLE, Action, Where
from reader.ui.keys import is_plain
from reader.ui.words import tr


class Actions(QObject):
    """All actions of a window; `parts` maps the first word of `Action.call` to an object."""

    def __init__(self, window: QWidget, parts: Mapping[str, Any]) -> None:
        super().__init__(window)
        self._parts = parts
        self._window = window
        self._made: dict[str, QAction] = {}
        self._shortcuts_wait = [action for action in TABLE if any(not is_plain(keys) for keys in action.keys)]
        self._menus: list[QMenu] = []
        self._has_panes = True

    def make_shortcuts(self) -> None:
        """Once, after the first paint: keys with Ctrl and function keys go through Qt."""
        for action in self._shortcuts_wait:
            self._window.addAction(self[action.id])
        self._shortcuts_wait = []

    def __getitem__(self, action_id: str) -> QAction:
        made = self._made.get(action_id)
        if made is None:
            made = self._made[action_id] = self._make(BY_ID[action_id])
        return made

    def find_callable(self, action_id: str) -> Callable[[], Any]:
        part, name = BY_ID[action_id].call.split(".")
        found: Callable[[], Any] = getattr(self._parts[part], name)
        return found

    def run(self, action_id: str) -> None:
        made = self._made.get(action_id)
        if self._is_possible(BY_ID[action_id]) if made is None else made.isEnabled():
            self.find_callable(action_id)()

    def allow_panes(self, allowed: bool) -> None:
        """Whether actions that need panes can be taken now."""
        self._has_panes = allowed
        for action_id, made in self._made.items():
            if BY_ID[action_id].where is not Where.WINDOW:
                made.setEnabled(allowed)

    def fill(self, menu: QMenu, ids: Iterable[str]) -> QMenu:
        """Add actions by id; "-" is a line."""
        for action_id in ids:
            if action_id == "-":
                menu.addSeparator()
            else:
                menu.addAction(self[action_id])
                self._give_icon(action_id)
        return menu

    def make_menus(self) -> list[QMenu]:
        """One menu for each name in MENUS, filled. Built once."""
        if not self._menus:
            for name in MENUS:
                menu = QMenu(tr(name), self._window)
                self.fill(menu, (action.id for action in TABLE if action.menu == name))
                self._menus.append(menu)
        return self._menus

    def recolour(self) -> None:
        """The theme changed: icons are drawn anew."""
        for action_id, made in self._made.items():
            if not made.icon().isNull():
                made.setIcon(icons.icon(BY_ID[action_id].icon))

    def _give_icon(self, action_id: str) -> None:
        """Only what is in a menu shows an icon, so only then is it drawn."""
        made, action = self[action_id], BY_ID[action_id]
        if action.icon and not action.is_checkable and made.icon().isNull():
            made.setIcon(icons.icon(action.icon))

    def _is_possible(self, action: Action) -> bool:
        return self._has_panes or action.where is Where.WINDOW

    def _make(self, action: Action) -> QAction:
        made = QAction(self._window)
        made.setObjectName(action.id)
        made.setCheckable(action.is_checkable)
        made.setEnabled(self._is_possible(action))
        made.setShortcuts([QKeySequence(keys) for keys in action.keys if not is_plain(keys)])
        self._name(made, action, tr(action.text))
        made.triggered.connect(lambda _=False, name=action.id: self.find_callable(name)())
        return made

    def rename(self, action_id: str, text: str) -> None:
        """Say more precisely what an action would do now: "Undo mark read"."""
        self._name(self[action_id], BY_ID[action_id], text)

    @staticmethod
    def _name(made: QAction, action: Action, text: str) -> None:
        # After a tab stands what menus show as the keys: Qt must not make a shortcut of a letter.
        shown = action.keys[0] if action.keys else ""
        made.setText(f"{text}\t{shown}" if shown and is_plain(shown) else text)
        made.setToolTip(f"{text} ({shown})" if shown else text)
