"""Stored pictures: decoded elsewhere, kept within bounds, asked for once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fake_library import FakeLibrary
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from reader.engine.questions import PictureNamed
from reader.model import Changes, Origin
from reader.ui import pictures as p
from reader.ui.mailbox import Mailbox

ADDRESS = "https://pictures.example/harbour.png"


def draw(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def pictures(library: FakeLibrary, mailbox: Mailbox) -> Iterator[p.Pictures]:
    made = p.Pictures(library, mailbox.post)
    yield made
    made.close()


def test_a_thumbnail_arrives_as_a_square_in_device_pixels(
    pictures: p.Pictures, library: FakeLibrary, qtbot: QtBot
) -> None:
    library.pictures[ADDRESS] = draw(300, 136)
    with qtbot.waitSignal(pictures.thumbnail_arrived) as arrived:
        assert pictures.find_thumbnail(ADDRESS, 68, 2.0) is None
    assert arrived.args == [ADDRESS]
    found = pictures.find_thumbnail(ADDRESS, 68, 2.0)
    assert found is not None
    assert (found.width(), found.height(), found.devicePixelRatio()) == (136, 136, 2.0)


def test_a_page_picture_is_scaled_to_the_column_and_never_enlarged(
    pictures: p.Pictures, library: FakeLibrary, qtbot: QtBot
) -> None:
    library.pictures[ADDRESS] = draw(1000, 500)
    with qtbot.waitSignal(pictures.page_picture_arrived):
        pictures.find_page_picture(ADDRESS, 520)
    found = pictures.find_page_picture(ADDRESS, 520)
    assert found is not None
    assert (found.width(), found.height()) == (520, 260)
    with qtbot.waitSignal(pictures.page_picture_arrived):
        pictures.find_page_picture(ADDRESS, 4000)
    larger = pictures.find_page_picture(ADDRESS, 4000)
    assert larger is not None
    assert larger.width() == 1000


def test_what_is_not_stored_is_asked_for_once_until_it_is_stored(
    pictures: p.Pictures, library: FakeLibrary, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(pictures.page_picture_arrived):
        pictures.find_page_picture(ADDRESS, 520)
    assert pictures.is_absent(ADDRESS)
    assert pictures.find_page_picture(ADDRESS, 520) is None
    assert library.asked == [PictureNamed(ADDRESS)]
    library.pictures[ADDRESS] = draw(10, 10)
    pictures.apply(Changes(Origin.REFRESH, pictures=(ADDRESS,)))
    with qtbot.waitSignal(pictures.page_picture_arrived):
        pictures.find_page_picture(ADDRESS, 520)
    assert pictures.find_page_picture(ADDRESS, 520) is not None


def test_bytes_that_are_no_picture_count_as_absent(
    pictures: p.Pictures, library: FakeLibrary, qtbot: QtBot
) -> None:
    library.pictures[ADDRESS] = b"\x89PNG and then nothing"
    with qtbot.waitSignal(pictures.page_picture_arrived):
        pictures.find_page_picture(ADDRESS, 520)
    assert pictures.is_absent(ADDRESS)


def test_another_article_lets_go_of_the_pictures_of_the_one_before(
    pictures: p.Pictures, library: FakeLibrary, qtbot: QtBot
) -> None:
    library.pictures[ADDRESS] = draw(100, 100)
    with qtbot.waitSignal(pictures.page_picture_arrived):
        pictures.find_page_picture(ADDRESS, 520)
    pictures.keep_only(("https://pictures.example/other.png",))
    assert pictures.find_page_picture(ADDRESS, 520) is None


def test_no_more_is_kept_than_the_limit_allows(
    library: FakeLibrary, mailbox: Mailbox, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(p, "THUMBNAIL_BYTES", 3 * 20 * 20 * 4)
    pictures = p.Pictures(library, mailbox.post)
    addresses = [f"https://pictures.example/{number}.png" for number in range(6)]
    for address in addresses:
        library.pictures[address] = draw(20, 20)
        with qtbot.waitSignal(pictures.thumbnail_arrived):
            pictures.find_thumbnail(address, 20)
    library.held = []
    assert [pictures.find_thumbnail(address, 20) is not None for address in addresses].count(True) == 3
    pictures.close()


def test_after_close_nothing_is_asked_for(pictures: p.Pictures, library: FakeLibrary) -> None:
    pictures.close()
    assert pictures.find_thumbnail(ADDRESS, 68) is None
    assert library.asked == []
