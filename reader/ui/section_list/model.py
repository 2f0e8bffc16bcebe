"""The section list as Qt's views want it. In: outlines and counts. Out: rows, and
`drop_requested` when a line was dragged somewhere; the model itself never moves anything: the
library does, and a new outline comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from reader.model import Counts, Listing, Outline
from reader.ui import words
from reader.ui.outline import EMPTY
from reader.ui.section_list.place import Kind, Place, build_places

MIME = "application/x-broadsheet-place"
Index = QModelIndex | QPersistentModelIndex


class SectionListModel(QAbstractItemModel):
    drop_requested = Signal(object, object, int)  # the place moved, its new parent or None, its position

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = build_places(EMPTY)
        self.counts = Counts()
        self._dragged: Place | None = None

    def show_outline(self, outline: Outline) -> None:
        self.beginResetModel()
        self.root = build_places(outline)
        self.counts = outline.counts
        self.endResetModel()

    def refresh_outline(self, outline: Outline) -> bool:
        """Take over names, failures and icons where the lines themselves are the same; else False."""
        fresh = build_places(outline)
        if not _has_same_lines(self.root, fresh):
            return False
        for old, new in zip(self.root.walk(), fresh.walk(), strict=True):
            old.name, old.section, old.feed = new.name, new.section, new.feed
        self.counts = outline.counts
        return True

    def count(self, place: Place) -> int:
        match place.listing:
            case Listing.TODAY:
                return self.counts.today
            case Listing.UNREAD:
                return self.counts.unread
            case Listing.SAVED:
                return self.counts.saved
            case Listing.SECTION if place.section:
                return self.counts.by_section.get(place.section.id, 0)
            case Listing.FEED if place.feed:
                return self.counts.by_feed.get(place.feed.id, 0)
        return 0

    def find(self, listing: Listing, place_id: int) -> Place | None:
        return next(
            (place for place in self.root.walk() if place.listing is listing and place.id == place_id), None
        )

    def index_of(self, place: Place) -> QModelIndex:
        return self.createIndex(place.row, 0, place)

    def place(self, index: Index) -> Place:
        return index.internalPointer() if index.isValid() else self.root

    # ---- what Qt asks -------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        children = self.place(parent).children
        return self.createIndex(row, column, children[row]) if 0 <= row < len(children) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        above = self.place(index).parent
        return QModelIndex() if above is None or above.parent is None else self.index_of(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return len(self.place(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = self.place(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return place.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            unread = self.count(place)
            return f"{place.name}, {words.count_unread(unread)}" if unread else place.name
        if role == Qt.ItemDataRole.ToolTipRole and place.feed is not None:
            failure = place.feed.failure
            return words.say_failure(failure) if failure else place.feed.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        place = self.place(index)
        if place.kind is Kind.HEADING:
            return flag.ItemIsDropEnabled if place is self.root else flag.NoItemFlags
        usual = flag.ItemIsEnabled | flag.ItemIsSelectable
        if place.kind is Kind.FEED:
            return usual | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren
        return (
            usual | flag.ItemIsDragEnabled | flag.ItemIsDropEnabled if place.kind is Kind.SECTION else usual
        )

    # ---- dragging -----------------------------------------------------------------------

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        self._dragged = self.place(indexes[0]) if indexes else None
        data = QMimeData()
        data.setData(MIME, b"")
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        dragged, onto = self._dragged, self.place(parent)
        if dragged is None or not data.hasFormat(MIME):
            return False
        if dragged.kind is Kind.FEED:
            return onto.kind is Kind.SECTION
        return onto not in (dragged, *dragged.walk()) and (onto is self.root or onto.kind is Kind.SECTION)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        dragged, onto = self._dragged, self.place(parent)
        assert dragged is not None
        self.drop_requested.emit(
            dragged, None if onto is self.root else onto, find_position(dragged, onto, row)
        )
        return False  # Qt must not remove the line: the library moves it


def find_position(dragged: Place, onto: Place, row: int) -> int:
    """Where a line dropped before `row` of `onto` comes to stand among its own kind; -1: at the end."""
    if row < 0:
        return -1
    before = onto.children[:row]
    return sum(place.kind is dragged.kind and place is not dragged for place in before)


def _has_same_lines(old: Place, new: Place) -> bool:
    if old.kind is not new.kind or old.id != new.id or len(old.children) != len(new.children):
        return False
    return all(_has_same_lines(*pair) for pair in zip(old.children, new.children, strict=True))
