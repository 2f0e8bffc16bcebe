"""The list of keys, from the table of actions and the page of feeds. In: the table. Out: nothing; one
can search it.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from reader.ui import fonts
from reader.ui.action_table import MENUS, TABLE, Action
from reader.ui.dialogs.dialog import Dialog
from reader.ui.feeds_page.keys import KEYS
from reader.ui.words import tr

FRAME = 48  # px: what a desktop puts around a window, and a little


class KeysSheet(Dialog):
    """Every action with its keys, by menu. Typing narrows it; Up and Down scroll it meanwhile."""

    def __init__(self, parent: QWidget | None = None, *, table: Iterable[Action] = TABLE) -> None:
        super().__init__(tr("Keys"), parent)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search: a key, or what it should do"))
        self.search.setAccessibleName(tr("Search keys"))
        self.search.setClearButtonEnabled(True)
        self.column.addWidget(self.search)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Keys"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(12)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.column.addWidget(self.tree, 1)
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._fill(tuple(table))
        self.search.textChanged.connect(self.narrow)
        self.search.setFocus()
        self.resize(520, min(620, self.screen().availableGeometry().height() - FRAME))

    def narrow(self, typed: str) -> None:
        """Show the actions whose words or keys have all that was typed."""
        wanted = typed.casefold().split()
        for group, items in self._groups:
            for item in items:
                told = f"{item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in told for word in wanted))
            group.setHidden(all(item.isHidden() for item in items))

    def list_shown(self) -> list[tuple[str, str]]:
        """(what it does, its keys) of every row on view."""
        return [
            (item.text(0), item.text(1)) for _, items in self._groups for item in items if not item.isHidden()
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.tree.setFocus()
            return
        super().keyPressEvent(event)

    def _fill(self, table: tuple[Action, ...]) -> None:
        for menu in MENUS:
            self._add_group(menu, [(a.text, a.keys) for a in table if a.menu == menu and a.keys])
        self._add_group("On the page of feeds and their health", KEYS)

    def _add_group(self, name: str, rows: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        group = QTreeWidgetItem(self.tree, [tr(name), ""])
        group.setFont(0, fonts.caps(11))
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._groups.append(
            (group, [QTreeWidgetItem(group, [tr(does), say_keys(keys)]) for does, keys in rows])
        )
        group.setExpanded(True)


def say_keys(keys: tuple[str, ...]) -> str:
    """ "j or Down", "g then a"."""
    return tr(" or ").join(tr(" then ").join(key.split(" ")) for key in keys)
