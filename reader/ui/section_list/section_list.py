"""The section list as the window sees it. In: outlines, counts, what to show as current.
Out: `list_chosen` with a Selection; wishes to move a line; a context menu asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.model import Counts, Listing, Outline, Selection
from reader.ui.outline import CurrentOutline
from reader.ui.pictures import Pictures
from reader.ui.section_list.delegate import SectionListDelegate
from reader.ui.section_list.model import SectionListModel
from reader.ui.section_list.place import Kind, Place
from reader.ui.section_list.view import SectionTree
from reader.ui.theme import Theme


class SectionList(QWidget):
    list_chosen = Signal(object)  # Selection
    list_entered = Signal()
    list_clicked = Signal()
    move_requested = Signal(object, object, int)  # Place, its new parent Place or None, position
    menu_requested = Signal(object, QPoint)  # Place, global position

    def __init__(
        self,
        outline: CurrentOutline,
        theme: Theme,
        pictures: Pictures | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._open: set[int] = set()
        self._wanted: tuple[Listing, int] = (Listing.TODAY, 0)
        self._is_rebuilding = False
        self._model = SectionListModel(self)
        self._tree = SectionTree(self._model, self)
        self._tree.setItemDelegate(SectionListDelegate(self._model, theme, pictures, self._tree))
        self._tree.setAutoFillBackground(False)
        self.setFocusProxy(self._tree)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 6)
        layout.addWidget(self._tree)
        self._tree.selectionModel().currentChanged.connect(self._note_current)
        self._tree.expanded.connect(lambda index: self._open.add(self._model.place(index).id))
        self._tree.collapsed.connect(lambda index: self._open.discard(self._model.place(index).id))
        self._tree.list_entered.connect(self.list_entered)
        self._tree.clicked.connect(lambda _: self.list_clicked.emit())
        self._tree.customContextMenuRequested.connect(self._ask_menu)
        self._model.drop_requested.connect(self.move_requested)
        outline.arrived.connect(self.show_outline)
        outline.counts_changed.connect(self.show_counts)
        theme.changed.connect(self._recolour)
        if pictures is not None:
            pictures.thumbnail_arrived.connect(self._show_icon)
        self._recolour()

    # ---- in -----------------------------------------------------------------------------

    def show_outline(self, outline: Outline) -> None:
        if self._model.refresh_outline(outline):
            self._tree.viewport().update()
            return
        self._is_rebuilding = True
        top = self._tree.verticalScrollBar().value()
        self._model.show_outline(outline)
        for place in self._model.root.walk():
            if place.kind is Kind.SECTION and place.id in self._open:
                self._tree.setExpanded(self._model.index_of(place), True)
        self._is_rebuilding = False
        self._make_current(*self._wanted)
        self._tree.verticalScrollBar().setValue(top)

    def show_counts(self, counts: Counts) -> None:
        self._model.counts = counts
        self._tree.viewport().update()

    def show_current(self, selection: Selection) -> None:
        """Mark a list as the one on show, without choosing it again. A search marks none."""
        self._wanted = (selection.listing, selection.id)
        self._make_current(*self._wanted)

    @property
    def open_sections(self) -> list[int]:
        return sorted(self._open)

    def set_open_sections(self, ids: Iterable[int]) -> None:
        self._open = set(ids)

    @property
    def current_place(self) -> Place | None:
        index = self._tree.currentIndex()
        return self._model.place(index) if index.isValid() else None

    # ---- going about --------------------------------------------------------------------

    def choose(self, listing: Listing, place_id: int = 0) -> None:
        self.list_chosen.emit(Selection(listing, place_id))
        if not self._tree.hasFocus():
            self.list_entered.emit()

    def go_today(self) -> None:
        self.choose(Listing.TODAY)

    def go_unread(self) -> None:
        self.choose(Listing.UNREAD)

    def go_saved(self) -> None:
        self.choose(Listing.SAVED)

    def go_all(self) -> None:
        self.choose(Listing.ALL)

    def go_next(self) -> None:
        self._step(self._tree.indexBelow)

    def go_previous(self) -> None:
        self._step(self._tree.indexAbove)

    # ---- inside -------------------------------------------------------------------------

    def _step(self, neighbour: Any) -> None:
        index = neighbour(self._tree.currentIndex())
        while index.isValid() and self._model.place(index).kind is Kind.HEADING:
            index = neighbour(index)
        if index.isValid():
            self._tree.setCurrentIndex(index)

    def _make_current(self, listing: Listing, place_id: int) -> None:
        place = self._model.find(listing, place_id)
        self._is_rebuilding = True
        if place is None:
            self._tree.setCurrentIndex(QModelIndex())
        else:
            self._tree.setCurrentIndex(self._model.index_of(place))
        self._is_rebuilding = False

    def _note_current(self, index: QModelIndex) -> None:
        if self._is_rebuilding or not index.isValid():
            return
        selection = self._model.place(index).selection()
        if selection is not None and (selection.listing, selection.id) != self._wanted:
            self._wanted = (selection.listing, selection.id)
            self.list_chosen.emit(selection)

    def _ask_menu(self, at: QPoint) -> None:
        index = self._tree.indexAt(at)
        if not index.isValid():
            index = self._tree.currentIndex()
        place = self._model.place(index)
        if place.kind is not Kind.HEADING:
            self.menu_requested.emit(place, self._tree.viewport().mapToGlobal(at))

    def _show_icon(self, address: str) -> None:
        if any(place.feed is not None and place.feed.icon == address for place in self._model.root.walk()):
            self._tree.viewport().update()

    def _recolour(self) -> None:
        palette = self.palette()
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, self._theme.colours.side)
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self._tree.setPalette(palette)
        self._tree.viewport().update()
