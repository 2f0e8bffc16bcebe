"""Stored pictures as pixmaps. In: an address and a size. Out: the pixmap, or None and a signal later.

The one place where the window decodes pictures. Bytes come from the library (they were
re-encoded by us when they were stored), QImage decodes and scales them in a thread of its own
pool, and the result crosses to the GUI thread like everything else: through `post`. What is
kept is bounded in bytes; what is not stored is remembered, so that painting never asks twice.
Knows nothing of the network: a picture that is not in the store is simply not there.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from reader.engine.events import Answered, Ticket
from reader.engine.questions import PictureNamed, Thumbnail
from reader.model import Changes, Picture
from reader.ui.background import Background

THUMBNAIL_BYTES = 4_000_000  # about 200 thumbnails of 68 x 68 px
PAGE_BYTES = 32_000_000  # more than one 4K screen can show of a 520 px column
REMEMBERED_ABSENT = 4000
DECODE_LIMIT_MB = 64

_Key = tuple[str, int]  # address, width in device pixels


class Pictures(QObject):
    """All pictures of the window. One for all panes; `close` before the application ends."""

    thumbnail_arrived = Signal(str)
    page_picture_arrived = Signal(str)

    def __init__(
        self, library: Any, post: Callable[[Answered], None] | None = None, parent: QObject | None = None
    ) -> None:
        """`post` is the mailbox's; without it the pictures bring a mailbox of their own."""
        super().__init__(parent)
        self.background = Background(post, self)
        self._thumbs = _Shelf(library, self.background, Thumbnail, _cut_square, THUMBNAIL_BYTES)
        self._pages = _Shelf(library, self.background, PictureNamed, _fit_width, PAGE_BYTES)
        self._thumbs.tell = self.thumbnail_arrived.emit
        self._pages.tell = self.page_picture_arrived.emit

    def find_thumbnail(self, address: str, side: int, ratio: float = 1.0) -> QPixmap | None:
        """A square of `side` logical pixels. None: not here yet, or never.

        `thumbnail_arrived` follows either way: ask again then.
        """
        return self._thumbs.find(address, side, ratio)

    def find_page_picture(self, address: str, width: int, ratio: float = 1.0) -> QPixmap | None:
        """At most `width` logical pixels wide. None: as above, with `page_picture_arrived`."""
        return self._pages.find(address, width, ratio)

    def is_absent(self, address: str) -> bool:
        """Whether the store was asked for this page picture and has none."""
        return address in self._pages.absent

    def keep_only(self, addresses: tuple[str, ...]) -> None:
        """Another article is shown: let go of the page pictures of the one before."""
        self._pages.keep_only(set(addresses))

    def apply(self, changes: Changes) -> None:
        """Pictures that are stored now are worth asking for again."""
        for shelf in (self._thumbs, self._pages):
            shelf.forget_absent(changes.pictures)

    def close(self) -> None:
        self._thumbs.close()
        self._pages.close()
        self.background.close()


class _Shelf:
    """One kind of picture: what is here, what is on its way, what is not to be had."""

    def __init__(
        self,
        library: Any,
        background: Background,
        question: type[Thumbnail] | type[PictureNamed],
        shape: Callable[[QImage, int], QImage],
        limit: int,
    ) -> None:
        self._library, self._background, self._question = library, background, question
        self._shape, self._limit = shape, limit
        self.tell: Callable[[str], object] = lambda address: None
        self._here: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._bytes = 0
        self._asked: dict[_Key, Ticket] = {}
        self.absent: OrderedDict[str, None] = OrderedDict()
        self._is_closed = False

    def find(self, address: str, width: int, ratio: float) -> QPixmap | None:
        if not address:
            return None
        key = (address, round(width * ratio))
        found = self._here.get(key)
        if found is not None:
            self._here.move_to_end(key)
            return found
        if address not in self.absent and key not in self._asked and not self._is_closed:
            self._asked[key] = self._library.ask(
                self._question(address), lambda picture: self._decode_later(key, ratio, picture)
            )
        return None

    def keep_only(self, addresses: set[str]) -> None:
        for key in [key for key in self._asked if key[0] not in addresses]:
            self._asked.pop(key).cancel()
        for key in [key for key in self._here if key[0] not in addresses]:
            self._bytes -= _weigh(self._here.pop(key))

    def forget_absent(self, addresses: tuple[str, ...]) -> None:
        for address in addresses:
            if address in self.absent:
                del self.absent[address]
                self.tell(address)

    def close(self) -> None:
        self._is_closed = True
        for ticket in self._asked.values():
            ticket.cancel()
        self._asked.clear()

    def _decode_later(self, key: _Key, ratio: float, picture: Picture | None) -> None:
        if self._is_closed:
            return
        if picture is None:
            self._note_absent(key)
            return
        data, shape = picture.data, self._shape
        self._asked[key] = self._background.start(
            lambda: decode(data, key[1], shape), lambda image: self._put(key, ratio, image)
        )

    def _put(self, key: _Key, ratio: float, image: QImage) -> None:
        if image.isNull():
            self._note_absent(key)
            return
        self._asked.pop(key, None)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        self._here[key] = pixmap
        self._bytes += _weigh(pixmap)
        while self._bytes > self._limit and len(self._here) > 1:
            self._bytes -= _weigh(self._here.popitem(last=False)[1])
        self.tell(key[0])

    def _note_absent(self, key: _Key) -> None:
        self._asked.pop(key, None)
        self.absent[key[0]] = None
        if len(self.absent) > REMEMBERED_ABSENT:
            self.absent.popitem(last=False)
        self.tell(key[0])


def decode(data: bytes, width: int, shape: Callable[[QImage, int], QImage]) -> QImage:
    """The picture in its final size; a null image where the bytes are no picture. Any thread.

    Measured: QImageReader and QImage.scaled let go of the interpreter lock, so decoding
    12 megapixels stops the GUI thread for less than 0.5 ms.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAllocationLimit(DECODE_LIMIT_MB)
    image = reader.read()
    if image.isNull():
        return image
    has_alpha = image.hasAlphaChannel()
    wanted = QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32
    return shape(image, width).convertToFormat(wanted)


def _cut_square(image: QImage, side: int) -> QImage:
    scaled = image.scaled(
        side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    return scaled.copy((scaled.width() - side) // 2, (scaled.height() - side) // 2, side, side)


def _fit_width(image: QImage, width: int) -> QImage:
    if image.width() <= width:
        return image
    return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


def _weigh(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
