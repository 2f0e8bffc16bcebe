"""The tree of lines: Qt's own tree view without its arrows and boxes, with ours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from reader.ui.scroll_bar import OverlayScrollBar
from reader.ui.section_list.delegate import ICON, find_icon_left
from reader.ui.section_list.model import SectionListModel
from reader.ui.section_list.place import Kind
from reader.ui.viewport import use_own_viewport
from reader.ui.words import tr

_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class SectionTree(QTreeView):
    list_entered = Signal()  # Right or Enter on a line: the reader wants to go on into its list

    def __init__(self, model: SectionListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._places = model
        use_own_viewport(self)
        self.setModel(model)
        self.setAccessibleName(tr("Sections and feeds"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        OverlayScrollBar(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

    def toggle(self, index: QModelIndex) -> None:
        self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only what moves within the tree: letters belong to the window."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in _MOVES:
            super().keyPressEvent(event)
            event.accept()  # at either end too: Down must not go on to open articles
        elif key == Qt.Key.Key_Left:
            event.setAccepted(self._go_out())
        elif key == Qt.Key.Key_Right:
            event.setAccepted(self._go_in())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list_entered.emit()
        else:
            event.ignore()

    def _go_out(self) -> bool:
        index = self.currentIndex()
        if self.isExpanded(index):
            self.setExpanded(index, False)
            return True
        if index.parent().isValid():
            self.setCurrentIndex(index.parent())
            return True
        return False

    def _go_in(self) -> bool:
        index = self.currentIndex()
        place = self._places.place(index)
        if place.kind is Kind.SECTION and place.children and not self.isExpanded(index):
            self.setExpanded(index, True)
        else:
            self.list_entered.emit()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        place = self._places.place(index)
        if place.kind is Kind.SECTION and place.children and event.button() == Qt.MouseButton.LeftButton:
            left = find_icon_left(place)
            if left - 6 <= event.position().x() < left + ICON + 6:
                self.toggle(index)
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._places.place(index).kind is Kind.SECTION:
            self.toggle(index)

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """None: the delegate paints the arrow."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
