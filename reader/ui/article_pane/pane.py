"""The article pane: one article at a time, or a face where there is none.

In: rows to show, neighbours, changes. Out: signals for what the reader wishes. The pane asks the
library for the article (or finds it here, read in advance), has it set in slices and puts it on
view; nothing it does touches the network, except when somebody presses "Load picture".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from reader.model import ArticleId, Changes, Origin, Outline, Row
from reader.ui.article_pane.faces import Face, FaceView
from reader.ui.article_pane.links import LOAD, NEXT, PREVIOUS, may_open
from reader.ui.article_pane.overlays import BUTTON_SIZE, LINE_HEIGHT, FocusLine, ProgressLine, TopButton
from reader.ui.article_pane.pages import FIRST_PICTURES, Pages, ReadyPage
from reader.ui.article_pane.picture_object import PictureObject, fit
from reader.ui.article_pane.styles import Styles
from reader.ui.article_pane.view import ArticleView
from reader.ui.pictures import Pictures
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from reader.ui.article_pane.typesetter import Typesetter

WARM_UP_MS = 400  # after the start: modules that the first article needs and the window does not
PATIENCE_MS = 8000  # so long "Loading picture" stands there at most
STATUS_ONLY = (Origin.USER, Origin.UNDO)  # a person's deeds update read and saved, never a text
IDLE_MS = 60  # neighbours are read once the article has been on view for so long


class ArticlePane(QWidget):
    """Shows articles. `pictures` is the window's; without it the pane brings its own."""

    previous_requested = Signal()
    next_requested = Signal()
    link_activated = Signal(str)  # an http, https or mailto address
    article_shown = Signal(object)  # Row: its first screen is set
    face_chosen = Signal(object)  # Face: its button was pressed

    def __init__(
        self, library: Any, theme: Theme, parent: QWidget | None = None, *, pictures: Pictures | None = None
    ) -> None:
        super().__init__(parent)
        self._library, self._theme = library, theme
        self._pictures = pictures or Pictures(library, parent=self)
        self._pages = Pages(library, self._pictures.background)
        self._styles = Styles(theme.colours, theme.text_size)
        self._row: Row | None = None
        self._outline: Outline | None = None
        self._ready: ReadyPage | None = None
        self._setter: Typesetter | None = None
        self._neighbours: tuple[Row | None, Row | None] = (None, None)
        self._drawing = PictureObject(self._pictures, theme)
        self.view = ArticleView(theme)
        self.face = FaceView(theme)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.face)
        self._stack.addWidget(self.view)
        self._line = ProgressLine(theme, self)
        self._focus_line = FocusLine(theme, self)
        self.top_button = TopButton(theme, self)
        self._rest = self._make_timer(0, self._set_rest)
        self._calm = self._make_timer(IDLE_MS, self._prefetch)
        self._patience = self._make_timer(PATIENCE_MS, lambda: self._set_loading(False))
        self.view.moved.connect(self._follow_view)
        self.view.link_chosen.connect(self._follow_link)
        self.face.chosen.connect(self.face_chosen)
        for widget in (self.view, self.face):
            widget.focus_changed.connect(self._focus_line.setVisible)
        self.top_button.clicked.connect(self._go_to_top)
        self._pictures.page_picture_arrived.connect(self._repaint)
        theme.changed.connect(self._redress)
        self.clear(Face.BLANK)
        self._calm.start(WARM_UP_MS)

    # ---- what to show -----------------------------------------------------------------

    @property
    def row(self) -> Row | None:
        """The article on view, or on its way."""
        return self._row

    def is_complete(self) -> bool:
        """Whether the article on view is set to its end."""
        return self._setter is not None and self._setter.is_done

    def has_read(self, id: ArticleId) -> bool:
        """Whether this article could be shown without asking the library."""
        return self._pages.find(id) is not None

    @property
    def shows_focus(self) -> bool:
        """Whether one can see that the page has the keyboard."""
        return not self._focus_line.isHidden()

    def close_pictures(self) -> None:
        """Before the application ends, where the pane brought its own pictures."""
        self._pictures.close()

    def show_row(self, row: Row, outline: Outline) -> None:
        """Put this article on view, at its beginning."""
        if self._row is not None and self._row.id == row.id and self._ready is not None:
            self._row, self._outline = row, outline
            self.scroll_to_top()
            return
        self._row, self._outline, self._ready = row, outline, None
        self._pages.drop_others((row.id,))
        ready = self._pages.find(row.id)
        if ready is not None:
            self._show(ready)
        else:
            # The page before stays until this one is here: a few milliseconds, and no flash.
            self._pages.ask(row.id, lambda page: self._take(row.id, page))

    def set_neighbours(self, previous: Row | None, following: Row | None) -> None:
        """The stories the footer offers; their pages are read in advance."""
        if (previous, following) == self._neighbours:
            return
        self._neighbours = (previous, following)
        if self._setter is not None and self._setter.is_done:
            self._setter.set_footer(previous, following)
        self._calm.start(IDLE_MS)

    def clear(self, face: Face = Face.NOTHING_CHOSEN) -> None:
        """No article: show this face instead."""
        self._row = self._ready = self._setter = None
        self._rest.stop()
        self._pages.drop_others(())
        self._pictures.keep_only(())
        self.face.show_face(face)
        self._bring_up(self.face)
        self._line.hide()
        self.top_button.hide()

    def apply(self, changes: Changes) -> None:
        """The store holds something new: text that was edited, pictures that arrived, articles gone."""
        if changes.origin in STATUS_ONLY:
            changes = replace(changes, updated=())
        self._pages.forget(changes.updated + changes.removed)
        if changes.pictures:
            self._pages.forget_pictures(changes.pictures)
        if self._row is None:
            return
        if self._row.id in changes.removed:
            self.clear(Face.GONE)
        elif self._ready is not None and self._concerns(changes):
            row = self._row
            self._pages.ask(row.id, lambda page: self._replace(row.id, page))

    def set_text_size(self, pixels: int) -> None:
        if pixels != self._styles.text_size:
            self._redress(pixels)

    # ---- moving -----------------------------------------------------------------------

    def page_down(self) -> bool:
        """False when the end is on view already: time for the next article."""
        if self._row is None:
            return False
        self._set_all_if_at_end()
        return self.view.page_down()

    def page_up(self) -> None:
        self.view.page_up()

    def scroll_to_top(self) -> None:
        self.view.scroll_to_top()

    # ---- setting ----------------------------------------------------------------------

    def _take(self, id: ArticleId, ready: ReadyPage | None) -> None:
        if self._row is None or self._row.id != id:
            return
        if ready is None:
            self.clear(Face.GONE)
        else:
            self._show(ready)

    def _replace(self, id: ArticleId, ready: ReadyPage | None) -> None:
        """The article on view, anew, at the place where it was being read."""
        if self._row is None or self._row.id != id or ready is None or ready == self._ready:
            return
        self._show(ready, self.view.verticalScrollBar().value())

    def _show(self, ready: ReadyPage, scrolled: int = 0) -> None:
        from reader.ui.article_pane.heading import make_heading  # late, see `_warm_up`
        from reader.ui.article_pane.typesetter import Typesetter

        assert self._row is not None
        assert self._outline is not None
        is_another = self._ready is None
        self._set_loading(False)
        self._ready = ready
        self._pictures.keep_only(ready.article.pictures + self._pages.list_pictures(self._neighbour_ids()))
        heading = make_heading(ready, self._outline)
        setter = Typesetter(self._styles, ready, heading, self._drawing)
        setter.begin(self.view.height())
        self._setter = setter
        self.view.show_document(setter.document, self._styles.column)
        self._bring_up(self.view)
        self._line.show()
        self._focus_line.setGeometry(0, 0, LINE_HEIGHT, self.height())
        self._line.raise_()
        self._focus_line.raise_()
        self.top_button.raise_()
        if setter.is_done:
            self._finish()
        else:
            self._rest.start()
        if scrolled:
            self._set_all()
            self.view.verticalScrollBar().setValue(scrolled)
        self._follow_view()
        if is_another:
            self.article_shown.emit(self._row)
            self._calm.start(IDLE_MS)

    def _set_rest(self) -> None:
        if self._setter is None:
            return
        self._setter.go_on()
        if self._setter.is_done:
            self._finish()
        else:
            self._rest.start()

    def _set_all(self) -> None:
        while self._setter is not None and not self._setter.is_done:
            self._set_rest()

    def _set_all_if_at_end(self) -> None:
        """Paging faster than the page is set: a slice more, so that the end is the real one."""
        bar = self.view.verticalScrollBar()
        if (
            self._setter is not None
            and not self._setter.is_done
            and bar.value() >= bar.maximum() - bar.pageStep()
        ):
            self._set_rest()

    def _finish(self) -> None:
        assert self._setter is not None
        self._rest.stop()
        self._setter.set_footer(*self._neighbours)
        self.view.set_end(self._setter.end_of_article)
        self._follow_view()

    def _prefetch(self) -> None:
        """Once nothing else is to be done: what the next key will need."""
        warm_up()
        self._pages.prefetch(self._neighbour_ids(), self._prefetch_pictures)

    def _neighbour_ids(self) -> tuple[ArticleId, ...]:
        return tuple(row.id for row in self._neighbours if row is not None)

    def _prefetch_pictures(self, ready: ReadyPage) -> None:
        """Decode what the neighbour's first screen shows, in the background."""
        if ready.article.row.id not in self._neighbour_ids():
            return
        for address in ready.page.pictures()[:FIRST_PICTURES]:
            stored = ready.sizes.get(address)
            if stored is not None:
                column = self.view.fit_column(self._styles.column)
                width, _ = fit(stored.width, stored.height, column)
                self._pictures.find_page_picture(address, round(width), self.devicePixelRatioF())

    def _concerns(self, changes: Changes) -> bool:
        assert self._row is not None
        assert self._ready is not None
        if self._row.id in changes.updated:
            return True
        return bool(set(changes.pictures).intersection(self._ready.article.pictures))

    def _redress(self, text_size: int = 0) -> None:
        """Another theme or size: formats hold colours, so the page is set anew."""
        self._styles = Styles(self._theme.colours, text_size or self._theme.text_size)
        self.face.update()
        self.view.recolour()
        if self._ready is not None:
            part, bar = self.view.read_part(), self.view.verticalScrollBar()
            self._show(self._ready)
            if part and bar.maximum():
                self._set_all()
                bar.setValue(round(part * bar.maximum()))

    # ---- what the reader does ---------------------------------------------------------

    def _follow_link(self, address: str) -> None:
        if address == PREVIOUS:
            self.previous_requested.emit()
        elif address == NEXT:
            self.next_requested.emit()
        elif address == LOAD:
            self._load_pictures()
        elif may_open(address):
            self.link_activated.emit(address)

    def _load_pictures(self) -> None:
        if self._row is not None and not self._drawing.is_loading:
            self._library.fetch_pictures_of(self._row.id)
            self._set_loading(True)

    def _bring_up(self, widget: QWidget) -> None:
        """Put the page or a face on view; the keyboard stays in the pane if it was there."""
        has_keyboard = self.isAncestorOf(self.window().focusWidget() or self)
        self._stack.setCurrentWidget(widget)
        self.setFocusProxy(widget)
        if has_keyboard:
            widget.setFocus()

    def _set_loading(self, is_loading: bool) -> None:
        """Say so in the pictures' places for a while; a press after that tries again."""
        self._drawing.is_loading = is_loading
        self.view.viewport().update()
        if is_loading:
            self._patience.start()
        else:
            self._patience.stop()

    def _go_to_top(self) -> None:
        self.scroll_to_top()
        self.view.setFocus()

    def _follow_view(self) -> None:
        self._line.set_part(self.view.read_part())
        is_far = self.view.verticalScrollBar().value() > self.height() // 2
        if is_far != self.top_button.isVisible() and self._stack.currentWidget() is self.view:
            self.top_button.setVisible(is_far)

    def _repaint(self, address: str) -> None:
        if self._ready is not None and address in self._ready.article.pictures:
            self.view.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._line.setGeometry(0, 0, self.width(), LINE_HEIGHT)
        self.top_button.move(self.width() - BUTTON_SIZE - 20, self.height() - BUTTON_SIZE - 18)
        self._line.raise_()
        self.top_button.raise_()

    def _make_timer(self, milliseconds: int, slot: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer


def warm_up() -> None:
    """Import what sets pages. Costs some 20 ms once, which neither the start nor a key should pay."""
    import reader.content.page
    import reader.ui.article_pane.heading
    import reader.ui.article_pane.typesetter  # noqa: F401
