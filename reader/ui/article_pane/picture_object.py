"""A picture within the text. In: a character's format with address and size. Out: drawn pixels.

The size is known before the picture is decoded, so that nothing jumps when it arrives; it is
decoded when it first comes into view. A picture that is not stored is a calm box that offers
to load it (the box is a link, see `links.LOAD`).
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QPainter,
    QPainterPath,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from reader.ui import fonts
from reader.ui.article_pane.links import LOAD
from reader.ui.article_pane.styles import PICTURE, PICTURE_HEIGHT, PICTURE_WIDTH, PICTURE_WORDS
from reader.ui.pictures import Pictures
from reader.ui.theme import Theme
from reader.ui.words import tr

KIND = QTextFormat.ObjectTypes.UserObject.value + 7
RADIUS = 6
UNKNOWN_HEIGHT = 132  # px: a picture of which nothing is known, not even its shape


def make_picture(address: str, width: float, height: float, words: str, is_stored: bool) -> QTextCharFormat:
    """The format of the one character that stands for the picture."""
    made = QTextCharFormat()
    made.setObjectType(KIND)
    made.setProperty(PICTURE, address)
    made.setProperty(PICTURE_WIDTH, float(width))
    made.setProperty(PICTURE_HEIGHT, float(height))
    made.setProperty(PICTURE_WORDS, words)
    if not is_stored:
        made.setAnchor(True)
        made.setAnchorHref(LOAD)
    return made


def fit(width: int, height: int, column: int) -> tuple[float, float]:
    """Never wider than the column, never larger than it is."""
    if width <= 0 or height <= 0:
        return float(column), float(UNKNOWN_HEIGHT)
    scale = min(1.0, column / width)
    return max(1.0, width * scale), max(1.0, height * scale)


class PictureObject(QPyTextObject):
    """Draws every picture of an article. One per pane."""

    def __init__(self, pictures: Pictures, theme: Theme, parent: QTextDocument | None = None) -> None:
        super().__init__(parent)
        self._pictures, self._theme = pictures, theme
        self.is_loading = False  # somebody asked for the missing ones

    def intrinsicSize(self, document: QTextDocument, position: int, format: QTextFormat) -> QSizeF:
        width, height = format.doubleProperty(PICTURE_WIDTH), format.doubleProperty(PICTURE_HEIGHT)
        room = document.textWidth() - 2 * document.documentMargin()
        scale = min(1.0, room / width) if width > 0 and room > 0 else 1.0
        return QSizeF(width * scale, height * scale)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        position: int,
        format: QTextFormat,
    ) -> None:
        rect = QRectF(rect)
        address = format.stringProperty(PICTURE)
        is_link_to_load = format.stringProperty(QTextFormat.Property.AnchorHref.value) == LOAD
        ratio = painter.device().devicePixelRatioF()
        pixmap = None
        if not is_link_to_load:
            pixmap = self._pictures.find_page_picture(address, round(rect.width()), ratio)
        if pixmap is None:
            self._draw_place(painter, rect, format.stringProperty(PICTURE_WORDS), is_link_to_load)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if min(rect.width(), rect.height()) > 8 * RADIUS and not pixmap.hasAlphaChannel():
            path = QPainterPath()
            path.addRoundedRect(rect, RADIUS, RADIUS)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipPath(path)
        painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))
        painter.restore()

    def _draw_place(self, painter: QPainter, rect: QRectF, words: str, is_link_to_load: bool) -> None:
        colours = self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.card)
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if is_link_to_load and rect.width() > 60:
            inner = rect.adjusted(16, 8, -16, -8)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.setPen(colours.muted)
            painter.setFont(fonts.sans(13))
            text = tr("Loading picture…") if self.is_loading else tr("Load picture")
            painter.drawText(inner, flags, f"{text}\n{words[:200]}" if words and rect.height() > 90 else text)
        painter.restore()
