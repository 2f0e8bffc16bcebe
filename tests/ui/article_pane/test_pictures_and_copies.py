"""What an article has beside its text (pictures, podcasts), and what is taken from it (copies, links)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextFormat
from pytestqt.qtbot import QtBot

from reader.engine import questions as q
from reader.model import ArticleId, Enclosure, Origin, PictureSize, Row
from reader.ui.article_pane import ArticlePane
from reader.ui.article_pane.picture_object import KIND
from reader.ui.article_pane.styles import PICTURE_HEIGHT, PICTURE_WIDTH

PICTURE = "https://pictures.example/quay.jpg"


def read(pane: ArticlePane) -> str:
    return pane.view.document().toPlainText()


def find_pictures(pane: ArticlePane) -> list[QTextFormat]:
    return [f for f in pane.view.document().allFormats() if f.objectType() == KIND]


def test_a_picture_has_its_size_before_it_is_decoded(
    pane: ArticlePane, library: Any, show: Callable[..., Row]
) -> None:
    library.sizes[PICTURE] = PictureSize(PICTURE, 1040, 600)
    library.body_pictures = (PICTURE,)
    show(f'<figure><img src="{PICTURE}" alt="The quay"><figcaption>At dawn</figcaption></figure>')
    drawn = find_pictures(pane)[0]
    assert (drawn.doubleProperty(PICTURE_WIDTH), drawn.doubleProperty(PICTURE_HEIGHT)) == (520, 300)
    assert "At dawn" in read(pane)


def test_a_picture_that_is_not_stored_is_loaded_only_when_asked(
    pane: ArticlePane, library: Any, show: Callable[..., Row], qtbot: QtBot
) -> None:
    library.body_pictures = (PICTURE,)
    show(f'<p><img src="{PICTURE}" alt="The quay" width="800" height="400"></p><p>Text.</p>')
    pane.grab()
    assert library.calls == []
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_Tab)
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert library.calls == [("fetch_pictures_of", ArticleId(1))]
    library.sizes[PICTURE] = PictureSize(PICTURE, 260, 100)
    library.tell(Origin.REFRESH, pictures=(PICTURE,))
    qtbot.waitUntil(lambda: find_pictures(pane)[0].doubleProperty(PICTURE_WIDTH) == 260)
    assert q.PictureNamed(PICTURE) not in library.asked or pane.grab()


def test_a_podcast_is_listed_with_its_length(
    pane: ArticlePane, library: Any, show: Callable[..., Row]
) -> None:
    library.enclosures = (
        Enclosure("https://harbour.example/12.mp3", "audio/mpeg", 31_000_000, 2520, "Episode 12"),
        Enclosure("https://harbour.example/lead.jpg", "image/jpeg"),
    )
    show("<p>Listen.</p>")
    assert "Episode 12\nAudio · 42 min · 31 MB · opens outside" in read(pane)
    assert "lead.jpg" not in read(pane)


def test_copied_text_is_clean(
    pane: ArticlePane, library: Any, show: Callable[..., Row], qtbot: QtBot
) -> None:
    library.sizes[PICTURE] = PictureSize(PICTURE, 100, 100)
    library.body_pictures = (PICTURE,)
    pane.set_neighbours(None, library.rows[ArticleId(2)])
    show(f'<p>One<br>two&nbsp;three</p><p><img src="{PICTURE}"></p><p>Four.</p>')
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    data: QMimeData = pane.view.createMimeDataFromSelection()
    assert data.text().endswith("One\ntwo three\n\nFour.")
    assert library.rows[ArticleId(2)].title not in data.text()


def test_the_menu_of_a_link_copies_and_opens_it(
    pane: ArticlePane, show: Callable[..., Row], qtbot: QtBot
) -> None:
    show()
    menu = pane.view.make_menu("https://harbour.example/a")
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert list(actions) == ["Copy", "Open link in browser", "Copy link", "Select all"]
    actions["Copy link"].trigger()
    assert QGuiApplication.clipboard().text() == "https://harbour.example/a"
    with qtbot.waitSignal(pane.link_activated) as opened:
        actions["Open link in browser"].trigger()
    assert opened.args == ["https://harbour.example/a"]
