"""Blocks -> a QTextDocument. In: an article's heading, page and pictures. Out: a document, in slices.

The document is built detached and without history. The first slice is a screen and a bit, so that
the first pixels come at once; the rest follows in slices of a few milliseconds, each one edit, so
that a very long article never holds up the window. Formats are shared (see styles): setting a
paragraph costs one call into Qt, and one more for each run of letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextTable

from reader.model import Row
from reader.ui.article_pane.blocks import set_blocks
from reader.ui.article_pane.footer import set_footer
from reader.ui.article_pane.heading import Heading
from reader.ui.article_pane.media import set_media
from reader.ui.article_pane.pages import ReadyPage
from reader.ui.article_pane.picture_object import KIND, PictureObject
from reader.ui.article_pane.styles import DIVIDER, Style, Styles
from reader.ui.article_pane.view import MARGIN

ABOVE = 32  # px above the section's name
LETTERS_A_LINE = 60
LETTERS_A_SLICE = 2500
MOST_SECONDS = 0.008
FIRST_SECONDS = 0.03
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"  # a date stays whole between names from right to left
LONGEST_WHOLE = 30  # letters of a part of the byline that is not broken into lines
INDENT = 22  # px at 19 px text: a level of quotes or lists


class Galley:
    """A document being set: where the cursor is, and in which styles."""

    def __init__(self, styles: Styles, ready: ReadyPage, drawing: PictureObject) -> None:
        self.styles, self.ready = styles, ready
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(MARGIN)
        self.document.setIndentWidth(INDENT * styles.scale)
        self.document.setDefaultFont(styles.text.letters.font())
        self.document.documentLayout().registerHandler(KIND, drawing)
        self._put_margins()
        self.cursor = QTextCursor(self.document)
        self._is_empty = True

    def _put_margins(self) -> None:
        root = self.document.rootFrame()
        margins = root.frameFormat()
        margins.setTopMargin(ABOVE)
        root.setFrameFormat(margins)

    def start_block(self, block: QTextBlockFormat, letters: QTextCharFormat) -> None:
        """A new paragraph; the document's first one is there already."""
        if self._is_empty:
            self._is_empty = False
            self.cursor.setBlockFormat(block)
            self.cursor.setBlockCharFormat(letters)
        else:
            self.cursor.insertBlock(block, letters)

    def mark_empty(self) -> None:
        """Qt leaves an empty paragraph after a table: the next block takes its place."""
        self._is_empty = True

    def set_line(self, style: Style, text: str) -> None:
        self.start_block(style.block, style.letters)
        self.cursor.insertText(text, style.letters)


class Typesetter:
    """Sets one article. `begin`, then `go_on` until `is_done`, then `set_footer` as often as wanted."""

    def __init__(self, styles: Styles, ready: ReadyPage, heading: Heading, drawing: PictureObject) -> None:
        self._galley = Galley(styles, ready, drawing)
        self._heading = heading
        self._work = self._set_article()
        self._footer: QTextTable | None = None
        self.is_done = False
        self.end_of_article = -1

    @property
    def document(self) -> QTextDocument:
        return self._galley.document

    def begin(self, height: int) -> None:
        """The heading and so much of the text as surely fills `height` pixels."""
        set_heading(self._galley, self._heading)
        styles = self._galley.styles
        lines = height / styles.text.block.lineHeight()
        self.go_on(round(lines * LETTERS_A_LINE), FIRST_SECONDS)

    def go_on(self, letters: int = LETTERS_A_SLICE, seconds: float = MOST_SECONDS) -> None:
        """About so many letters more. Laying them out takes longer than setting them, so they,
        and not the time, are what is counted; time stops what is slow for another reason."""
        until = perf_counter() + seconds
        cursor = self._galley.cursor
        enough = cursor.position() + letters
        cursor.beginEditBlock()
        for _ in self._work:
            if cursor.position() > enough or perf_counter() > until:
                break
        else:
            self.is_done = True
            self.end_of_article = cursor.position()
        cursor.endEditBlock()

    def set_footer(self, previous: Row | None, following: Row | None) -> None:
        """The way to the neighbours, in place of what stood there."""
        set_footer(self._galley, self.end_of_article, previous, following)

    def _set_article(self) -> Iterator[None]:
        yield from set_blocks(self._galley, self._galley.ready.page.blocks)
        yield from set_media(self._galley, self._galley.ready.article.enclosures)


def set_heading(galley: Galley, heading: Heading) -> None:
    """Section, headline, standfirst, byline."""
    styles, cursor = galley.styles, galley.cursor
    if heading.kicker:
        galley.set_line(styles.kicker, heading.kicker)
    galley.set_line(styles.headline, heading.headline)
    if heading.standfirst:
        galley.set_line(styles.standfirst, heading.standfirst)
    galley.start_block(styles.byline.block, styles.byline.letters)
    if heading.source:
        cursor.insertText(heading.source, styles.source)
    parts = [part if len(part) > LONGEST_WHOLE else part.replace(" ", "\u00a0") for part in heading.details]
    if not all(part.isascii() for part in (heading.source, *parts)):
        parts = [f"{ISOLATE}{part}{END_OF_ISOLATE}" for part in parts]
    for number, part in enumerate(parts):
        if number or heading.source:
            cursor.insertText(DIVIDER, styles.divider)
        cursor.insertText(part, styles.byline.letters)
