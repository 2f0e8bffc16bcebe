"""The icons. In: resources/icons/*.svg, drawn for this project on a 20 px grid with lines of
1.5 px, in `currentColor`. Out: pixmaps and QIcons in the theme's colours, drawn when first asked
for and kept. May not know which widget asks.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap

from reader import paths

SMALL, LARGE = 16, 20


def pixmap(name: str, colour: QColor, size: int = SMALL, ratio: float = 1.0) -> QPixmap:
    """The icon in one colour, `size` logical pixels square."""
    return _draw(name, colour.rgba(), size, ratio)


def icon(name: str, colour: QColor | None = None, size: int = SMALL) -> QIcon:
    """For menus and buttons. Without a colour: the palette's text, greyed where disabled."""
    palette = QGuiApplication.palette()
    normal = colour or palette.color(QPalette.ColorRole.ButtonText)
    faded = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, normal, size, ratio))
        made.addPixmap(pixmap(name, faded, size, ratio), QIcon.Mode.Disabled)
    return made


def application_icon() -> QIcon:
    made = QIcon()
    for size in (16, 32, 48, 128, 256):
        made.addPixmap(_draw("broadsheet", 0, size, 1.0))
    return made


@lru_cache(maxsize=512)
def _draw(name: str, rgba: int, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # late: not needed by a window without icons

    drawing = _read(name)
    if rgba:
        drawing = drawing.replace(b"currentColor", QColor.fromRgba(rgba).name().encode())
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made


@cache
def _read(name: str) -> bytes:
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()
