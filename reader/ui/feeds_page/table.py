"""The table of feeds: Qt's tree view without its boxes, a heading that is painted, and keys.

In: the model, key presses. Out: which feed is chosen, `entered`, `key_pressed` with the name of a key
that is not the table's own. Keeps the chosen feed, the scroll position and the keyboard when rows
come, go or change places.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeView, QWidget

from reader.model import FeedHealth, FeedId
from reader.ui import fonts, icons
from reader.ui.feeds_page.columns import SHAPES, Column, share_room
from reader.ui.feeds_page.model import FeedsModel, Index
from reader.ui.feeds_page.row_painter import GAP, ROW, TILE, RowPainter, find_gap
from reader.ui.keys import name_key
from reader.ui.pictures import Pictures
from reader.ui.scroll_bar import THICKNESS, OverlayScrollBar
from reader.ui.theme import Theme
from reader.ui.viewport import use_own_viewport
from reader.ui.words import tr

HEADING = 30  # px
ARROW = 12
STEPS = {"j": 1, "Down": 1, "k": -1, "Up": -1}


class FeedsTable(QTreeView):
    feed_chosen = Signal(object)  # FeedHealth or None
    entered = Signal()
    key_pressed = Signal(str)
    order_changed = Signal()

    def __init__(self, model: FeedsModel, theme: Theme, pictures: Pictures | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._feeds, self._theme = model, theme
        self._chosen: FeedId | None = None
        self._top = 0
        self.is_taken = False
        use_own_viewport(self)
        self.setHeader(Heading(model, theme, self))
        self.setModel(model)
        self.header().setSectionsClickable(True)
        self.painter = RowPainter(model, theme, pictures, self)
        self.setItemDelegate(self.painter)
        self.setAccessibleName(tr("Feeds"))
        self.setAccessibleDescription(tr("Enter opens the articles of a feed; letters repair it."))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoScroll(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        OverlayScrollBar(self)
        self.verticalScrollBar().setSingleStep(ROW)
        self.selectionModel().currentChanged.connect(self._note_current)
        self.doubleClicked.connect(lambda _: self.entered.emit())
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(self._restore)
        theme.changed.connect(self._repaint)

    # ---- the chosen feed --------------------------------------------------------------------

    @property
    def chosen(self) -> FeedHealth | None:
        return self._feeds.find(self._chosen)

    def choose(self, feed_id: FeedId | None, *, reveal: bool = True) -> None:
        """Make a feed the chosen one, or none. Nothing is told where it was chosen before."""
        row = self._feeds.find_row(feed_id)
        if row < 0:
            self._let_go()
            if feed_id is None or self._feeds.find(feed_id) is None:
                self._set_chosen(None)
            else:
                self._set_chosen(feed_id)
            return
        self._set_current(row)
        self._set_chosen(feed_id)
        if reveal:
            self.scrollTo(self._feeds.index(row, 0))

    def step(self, by: int) -> None:
        """To the next feed or the one before; to the first where none is chosen."""
        count = len(self._feeds.rows)
        if not count:
            return
        row = self.currentIndex().row()
        self._go_to(0 if row < 0 else max(0, min(count - 1, row + by)))

    def _go_to(self, row: int) -> None:
        if 0 <= row < len(self._feeds.rows):
            self.choose(self._feeds.rows[row].id)

    def _note_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self._set_chosen(self._feeds.rows[index.row()].id)

    def _set_chosen(self, feed_id: FeedId | None) -> None:
        if feed_id != self._chosen:
            self._chosen = feed_id
            self.feed_chosen.emit(self.chosen)

    def _set_current(self, row: int) -> None:
        flag = QItemSelectionModel.SelectionFlag
        index = self._feeds.index(row, 0)
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def _let_go(self) -> None:
        self.selectionModel().blockSignals(True)
        self.selectionModel().clear()
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _hold(self) -> None:
        self._top = self.verticalScrollBar().value()

    def _restore(self) -> None:
        """The rows are others now, or elsewhere: what was chosen stays chosen, and the screen still."""
        row = self._feeds.find_row(self._chosen)
        if row >= 0:
            self._set_current(row)
        elif self._feeds.find(self._chosen) is None:
            self._set_chosen(None)
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        self.verticalScrollBar().setValue(self._top)

    # ---- order ----------------------------------------------------------------------------

    def sort_by(self, column: Column) -> None:
        """By a column; by the one in force already: the other way round."""
        model = self._feeds
        turned = not model.is_descending if column is model.column else SHAPES[column].is_descending
        self._order(column, turned)

    def move_order(self, by: int) -> None:
        """Sort by the next column on show, or the one before."""
        shown = [column for column in Column if not self.isColumnHidden(column)]
        before = [column for column in shown if column < self._feeds.column]
        at = shown.index(self._feeds.column) if self._feeds.column in shown else len(before)
        column = shown[(at + by) % len(shown)]
        self._order(column, SHAPES[column].is_descending)

    def _order(self, column: Column, is_descending: bool) -> None:
        self._feeds.order_by(column, is_descending)
        self.verticalScrollBar().setValue(0)
        self.header().viewport().update()
        self.order_changed.emit()

    # ---- room -----------------------------------------------------------------------------

    def set_inset(self, inset: int) -> None:
        self.painter.inset = inset
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()
        if event.size().height() != event.oldSize().height() and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _share_room(self) -> None:
        inset = self.painter.inset
        widths = share_room(self.viewport().width() - inset - max(0, THICKNESS - GAP))
        for column in Column:
            width = widths.get(column, 0)
            self.setColumnHidden(column, not width)
            if width:
                self.setColumnWidth(column, width + (inset if column is Column.FEED else 0))

    # ---- keys and mouse -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What moves within the table; everything else is the page's, and then the window's."""
        key = "Backspace" if event.key() == Qt.Key.Key_Backspace else name_key(event)
        page = max(1, self.viewport().height() // ROW - 1)
        pages = {Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        if key in STEPS:
            self.step(STEPS[key])
        elif key in ("Home", "End"):
            self._go_to(0 if key == "Home" else len(self._feeds.rows) - 1)
        elif event.key() in pages and not event.modifiers():
            self.step(pages[Qt.Key(event.key())])
        elif key == "Enter":
            self.entered.emit()
        elif key in ("<", ">", "Shift+<", "Shift+>"):
            self.move_order(1 if key.endswith(">") else -1)
        elif key == "o":
            self.sort_by(self._feeds.column)
        else:
            event.ignore()
            if key:
                self._pass_on(event, key)

    def _pass_on(self, event: QKeyEvent, key: str) -> None:
        """Whoever listens to `key_pressed` says by `is_taken` whether the key meant something."""
        self.is_taken = False
        self.key_pressed.emit(key)
        event.setAccepted(self.is_taken)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            super().mousePressEvent(event)
        else:
            self.choose(None)  # beside all rows: back to what concerns all feeds

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Without Qt's choosing the first row: nothing is chosen before somebody chooses."""
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """None: there is but one level."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._repaint()

    def _repaint(self) -> None:
        self.viewport().update()
        self.header().viewport().update()


class Heading(QHeaderView):
    """The names of the columns; an arrow at the one the table is sorted by."""

    def __init__(self, model: FeedsModel, theme: Theme, table: FeedsTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._feeds, self._theme, self._table = model, theme, table
        use_own_viewport(self)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setStretchLastSection(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(HEADING)
        self.setAccessibleName(tr("Columns"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.sectionClicked.connect(lambda section: table.sort_by(Column(section)))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.setFixedHeight(HEADING)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEADING)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        colours = self._theme.colours
        rect = self.viewport().rect()
        painter.fillRect(rect, colours.page)
        painter.fillRect(0, rect.bottom(), rect.width(), 1, colours.line)
        for column in Column:
            if not self.isSectionHidden(column):
                place = QRect(self.sectionViewportPosition(column), 0, self.sectionSize(column), HEADING)
                self._paint_name(painter, place, column)

    def _paint_name(self, painter: QPainter, place: QRect, column: Column) -> None:
        colours = self._theme.colours
        shape = SHAPES[column]
        is_sorted = column is self._feeds.column
        colour = colours.ink if is_sorted else colours.muted
        font = fonts.caps(10.5)
        left = place.x() + (self._table.painter.inset + TILE + 10 if column is Column.FEED else 0)
        left += 15 if column is Column.STATE else 0
        box = QRect(left, 0, place.right() - find_gap(column) - left + 1, HEADING - 1)
        painter.setFont(font)
        painter.setPen(colour)
        side = Qt.AlignmentFlag.AlignRight if shape.is_number else Qt.AlignmentFlag.AlignLeft
        shown = painter.boundingRect(box, side | Qt.AlignmentFlag.AlignVCenter, tr(shape.name))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, tr(shape.name))
        if is_sorted:
            name = "down" if self._feeds.is_descending else "up"
            ratio = painter.device().devicePixelRatioF()
            x = shown.left() - ARROW - 3 if shape.is_number else shown.right() + 4
            painter.drawPixmap(
                QRect(x, (HEADING - ARROW) // 2, ARROW, ARROW), icons.pixmap(name, colour, ARROW, ratio)
            )
