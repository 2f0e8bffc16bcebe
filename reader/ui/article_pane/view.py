"""The page as a widget. In: a document. Out: what the reader does with it (links, place, selection).

A text browser that can open nothing: no address is ever loaded by it, neither page nor picture
nor file. The column has a fixed width and stands in the middle; the window may be resized
without laying the text out again.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextBrowser, QWidget

from reader.ui.article_pane.decorations import find_first_block, paint_decorations
from reader.ui.article_pane.links import is_internal
from reader.ui.scroll_bar import OverlayScrollBar
from reader.ui.theme import Theme
from reader.ui.words import tr

SIDE = 28  # px left free at either side in a narrow window
MARGIN = 4  # px of the document around the column: italics and focus marks may stand out
REPEATED = 48  # px of the page before that stay on view when paging


class ArticleView(QTextBrowser):
    """Shows a document that the typesetter made."""

    link_chosen = Signal(str)
    load_requested = Signal()
    moved = Signal()  # scrolled, or the page became longer
    focus_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = 0
        self._end_of_article = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.setAccessibleName(tr("Article"))
        self._bar = OverlayScrollBar(self)
        self.setAutoFillBackground(True)
        self.recolour()
        self.anchorClicked.connect(self._choose_link)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.verticalScrollBar().rangeChanged.connect(self.moved)

    # ---- the document -----------------------------------------------------------------

    def show_document(self, document: QTextDocument, column: int) -> None:
        self._column = column
        self._end_of_article = -1
        self._place_column()
        self.setDocument(document)
        self.verticalScrollBar().setValue(0)

    def set_end(self, position: int) -> None:
        """Where the article ends and its footer (previous, next) begins."""
        self._end_of_article = position

    def fit_column(self, wanted: int) -> int:
        """How wide a column of `wanted` pixels can be in this window."""
        return max(160, min(wanted, self.width() - 2 * SIDE))

    def recolour(self) -> None:
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, self._theme.colours.page)
        palette.setColor(palette.ColorRole.Text, self._theme.colours.ink)
        palette.setColor(palette.ColorRole.Highlight, self._theme.colours.selection)
        palette.setColor(palette.ColorRole.HighlightedText, self._theme.colours.ink)
        self.setPalette(palette)

    # ---- moving -----------------------------------------------------------------------

    def page_down(self) -> bool:
        """False where the end is on view already."""
        bar = self.verticalScrollBar()
        if bar.value() >= bar.maximum():
            return False
        bar.setValue(bar.value() + max(40, bar.pageStep() - REPEATED))
        return True

    def page_up(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() - max(40, bar.pageStep() - REPEATED))

    def scroll_to_top(self) -> None:
        self.verticalScrollBar().setValue(0)

    def read_part(self) -> float:
        """How much of the page was on view so far, 0 to 1; 0 where all of it fits."""
        bar = self.verticalScrollBar()
        return bar.value() / bar.maximum() if bar.maximum() else 0.0

    # ---- what Qt asks -----------------------------------------------------------------

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: pictures are drawn from the store by PictureObject, everything else is refused."""
        return None

    def doSetSource(
        self,
        name: QUrl | str,
        kind: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource,
        /,
    ) -> None:
        """A page cannot be navigated away from."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll and Enter follows the link that Tab chose; all other keys are the window's."""
        bar = self.verticalScrollBar()
        step = 3 * bar.singleStep()
        moves = {
            Qt.Key.Key_Down: bar.value() + step,
            Qt.Key.Key_Up: bar.value() - step,
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep() - REPEATED,
            Qt.Key.Key_PageUp: bar.value() - bar.pageStep() + REPEATED,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: bar.maximum(),
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif event.key() in moves and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            bar.setValue(moves[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._has_chosen_link():
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        scrolled = self.verticalScrollBar().value()
        area = QRectF(event.rect())
        painter.fillRect(area, self._theme.colours.page)
        painter.translate(0, -scrolled)
        first = find_first_block(self.document(), max(0.0, area.top() + scrolled - 40))
        bottom = area.bottom() + scrolled
        paint_decorations(painter, self.document(), first, area.top() + scrolled, bottom, self._theme.colours)
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._column:
            self._place_column()
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        event.accept()  # at the end the page stays: nothing around it scrolls

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.pos()
        address = self.anchorAt(place) if event.reason() == QContextMenuEvent.Reason.Mouse else ""
        if not address:
            address = self.textCursor().charFormat().anchorHref() if self.textCursor().hasSelection() else ""
        self.make_menu(address).popup(event.globalPos())

    def make_menu(self, address: str) -> QMenu:
        """The menu at a place where the link `address` is, or none ("")."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(tr("Copy"), self.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(self.textCursor().hasSelection())
        if address and not is_internal(address):
            menu.addAction(tr("Open link in browser"), lambda: self.link_chosen.emit(address))
            menu.addAction(tr("Copy link"), lambda: QGuiApplication.clipboard().setText(address))
        menu.addSeparator()
        everything = menu.addAction(tr("Select all"), self.selectAll)
        everything.setShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll))
        return menu

    def selectAll(self) -> None:
        """All of the article; not the way to its neighbours below it."""
        cursor = self.textCursor()
        cursor.setPosition(0)
        end = self._end_of_article if self._end_of_article >= 0 else self.document().characterCount() - 1
        cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(clean_text(self.textCursor().selectedText()))
        return data

    # ---- within -----------------------------------------------------------------------

    def _place_column(self) -> None:
        """Margins beside the viewport instead of a wider document: resizing lays out nothing."""
        room = self.width()
        column = self.fit_column(self._column)
        left = max(0, (self.width() - column) // 2 - MARGIN)
        right = max(0, room - left - column - 2 * MARGIN)
        self.setViewportMargins(left, 0, right, 0)
        if self.lineWrapColumnOrWidth() != column + 2 * MARGIN:
            self.setLineWrapColumnOrWidth(column + 2 * MARGIN)

    def _has_chosen_link(self) -> bool:
        return bool(self.textCursor().charFormat().anchorHref()) and self.textCursor().hasSelection()

    def _choose_link(self, address: QUrl) -> None:
        if not address.scheme() and address.hasFragment():  # a footnote, or the way back from it
            self.scrollToAnchor(address.fragment())
            return
        self.link_chosen.emit(address.toString(QUrl.ComponentFormattingOption.FullyEncoded))


def clean_text(selected: str) -> str:
    """A selection as plain text: Qt's own separators become line ends, pictures nothing."""
    for separator in ("\u2029", "\u2028", "\ufdd0", "\ufdd1"):
        selected = selected.replace(separator, "\n")
    return selected.replace("\ufffc", "").replace("\xa0", " ").strip("\n")
