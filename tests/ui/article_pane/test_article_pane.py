"""The article pane: what is set, what is refused, what the reader can do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from reader.engine import questions as q
from reader.model import ArticleId, Changes, Origin, Outline, Row
from reader.ui.article_pane import ArticlePane, Face
from reader.ui.article_pane.decorations import find_dividers
from reader.ui.article_pane.heading import shorten_authors
from reader.ui.theme import Theme

LONG = "".join(
    f"<p>Paragraph {number} of a long read about the harbour and its ferries.</p>" for number in range(400)
)


def read(pane: ArticlePane) -> str:
    return pane.view.document().toPlainText()


def test_an_article_has_section_headline_standfirst_byline_and_text(
    pane: ArticlePane, show: Callable[..., Row]
) -> None:
    row = show("<p>The council wants to meet.</p>")
    lines = read(pane).split("\n")
    assert lines[:3] == ["Top News", row.title, row.standfirst]
    assert lines[3].startswith("The Daily Harbour  ·  ")
    assert "1 min read" in lines[3]
    assert lines[4] == "The council wants to meet."


@pytest.mark.parametrize("width", [300, 360, 420, 618])
def test_no_line_of_the_byline_begins_or_ends_with_a_dot(
    pane: ArticlePane, library: Any, show: Callable[..., Row], width: int
) -> None:
    row = library.rows[ArticleId(1)]
    library.rows[ArticleId(1)] = replace(row, author="Anna-Maria Oldfield-Lindqvist, Bo Ek")
    pane.resize(width, 600)
    show("<p>The council wants to meet.</p>")
    block = pane.view.document().findBlockByNumber(3)
    dots = [at for at, letter in enumerate(block.text()) if letter == "·"]
    shown = dict(find_dividers(block))
    for at in dots:
        line = block.layout().lineForTextPosition(at)
        after = block.layout().lineForTextPosition(at + 3)
        assert (at in shown) == (line.lineNumber() == after.lineNumber())
        assert block.text()[line.textStart()] != "·"
    assert (len(shown) < len(dots)) == (block.layout().lineCount() > 1)


def test_a_long_list_of_authors_is_cut_short() -> None:
    assert shorten_authors("Ana Lima and Bo Ek") == "Ana Lima and Bo Ek"
    many = ", ".join(f"Author Number {n}" for n in range(9))
    assert shorten_authors(many) == "Author Number 0, Author Number 1 and 7 others"
    assert shorten_authors("x" * 500).endswith("…")
    assert len(shorten_authors("x" * 500 + ", y")) < 60


def test_a_standfirst_that_the_text_repeats_is_left_out(
    pane: ArticlePane, library: Any, show: Callable[..., Row]
) -> None:
    standfirst = library.rows[ArticleId(1)].standfirst
    show(f"<p>{standfirst}, and so on.</p>")
    assert read(pane).count(standfirst) == 1


def test_every_kind_of_block_finds_its_way_to_the_page(pane: ArticlePane, show: Callable[..., Row]) -> None:
    show(
        "<h2>Heading</h2><p>A <b>bold</b> word<br>and a break</p><blockquote><p>Quoted</p></blockquote>"
        '<ul><li>First<ul><li>Nested</li></ul></li></ul><ol start="4"><li>Fourth</li></ol>'
        "<pre><code>one\ntwo</code></pre><hr><p>Between</p>"
        '<table><tr><th>Crossing</th><th>Dawn</th></tr><tr><td colspan="2">none</td></tr></table>'
        '<p>Also read: <a href="https://harbour.example/ticket">What a ticket costs</a></p><p>The end.</p>'
    )
    text = read(pane)
    for part in ("Heading", "and a break", "Quoted", "Nested", "Fourth", "one\ntwo", "Between", "Crossing", "none",
                 "Also read\nWhat a ticket costs", "The end."):  # fmt: skip
        assert part in text


def test_only_web_addresses_leave_the_pane(pane: ArticlePane, show: Callable[..., Row], qtbot: QtBot) -> None:
    show('<p><a href="https://harbour.example/timetable?a=1&amp;b=2">Timetable</a></p>')
    opened: list[str] = []
    pane.link_activated.connect(opened.append)
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_Tab)
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert opened == ["https://harbour.example/timetable?a=1&b=2"]
    for address in ("file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "smb://host/share"):
        pane.view.link_chosen.emit(address)
    assert len(opened) == 1


def test_a_footnote_is_jumped_to_within_the_page(
    pane: ArticlePane, show: Callable[..., Row], qtbot: QtBot
) -> None:
    note = '<ol><li><p><a id="note-1"></a>The note. <a href="#note-back-1">↩</a></p></li></ol>'
    show(f'<p>Text<a id="note-back-1" href="#note-1">1</a></p>{LONG}{note}')
    opened: list[str] = []
    pane.link_activated.connect(opened.append)
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_Tab)
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert pane.view.verticalScrollBar().value() > 1000
    assert opened == []


def test_the_page_loads_nothing_by_itself(pane: ArticlePane, show: Callable[..., Row]) -> None:
    show()
    kind = QTextDocument.ResourceType.ImageResource.value
    for address in ("https://tracker.example/pixel.gif", "file:///etc/passwd"):
        assert pane.view.loadResource(kind, QUrl(address)) is None


def test_neighbours_stand_at_the_end_and_can_be_asked_for(
    pane: ArticlePane, library: Any, show: Callable[..., Row], qtbot: QtBot
) -> None:
    before, after = library.rows[ArticleId(2)], library.rows[ArticleId(3)]
    pane.set_neighbours(before, after)
    show("<p>Short.</p>")
    assert f"← Previous story (K)\n{before.title}" in read(pane)
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_Tab)
    with qtbot.waitSignal(pane.previous_requested):
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    pane.set_neighbours(None, after)
    assert before.title not in read(pane)
    assert read(pane).count(after.title) == 1
    with qtbot.waitSignal(pane.next_requested):
        pane.view.link_chosen.emit("story:next")


def test_paging_down_says_when_the_end_is_reached(pane: ArticlePane, show: Callable[..., Row]) -> None:
    show(LONG)
    pages = 0
    while pane.page_down():
        pages += 1
    bar = pane.view.verticalScrollBar()
    assert pages > 5
    assert bar.value() == bar.maximum()
    pane.page_up()
    assert 0 < bar.value() < bar.maximum()
    pane.scroll_to_top()
    assert bar.value() == 0


def test_a_short_article_has_no_second_page(pane: ArticlePane, show: Callable[..., Row]) -> None:
    show("<p>Short.</p>")
    assert not pane.page_down()


def test_a_long_page_is_set_in_slices(
    pane: ArticlePane, library: Any, outline: Outline, qtbot: QtBot
) -> None:
    library.bodies[1] = LONG[:30_000]
    with qtbot.waitSignal(pane.article_shown):
        pane.show_row(library.rows[ArticleId(1)], outline)
    assert not pane.is_complete()
    assert "Paragraph 5 " in read(pane)
    qtbot.waitUntil(pane.is_complete)
    assert "Paragraph 350 " in read(pane)


def test_the_way_back_to_the_top_appears_after_scrolling(
    pane: ArticlePane, show: Callable[..., Row], qtbot: QtBot
) -> None:
    show(LONG)
    assert not pane.top_button.isVisible()
    pane.page_down()
    assert pane.top_button.isVisible()
    qtbot.mouseClick(pane.top_button, Qt.MouseButton.LeftButton)
    assert pane.view.verticalScrollBar().value() == 0
    assert not pane.top_button.isVisible()


def test_another_article_begins_at_its_top(pane: ArticlePane, show: Callable[..., Row]) -> None:
    show(LONG)
    pane.page_down()
    show(LONG, 2)
    assert pane.view.verticalScrollBar().value() == 0


def test_a_late_answer_does_not_replace_the_article_on_view(
    pane: ArticlePane, library: Any, outline: Outline, qtbot: QtBot
) -> None:
    library.held = []
    pane.show_row(library.rows[ArticleId(1)], outline)
    wanted = library.rows[ArticleId(2)]
    pane.show_row(wanted, outline)
    shown: list[Row] = []
    pane.article_shown.connect(shown.append)
    library.release()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [wanted]
    assert wanted.title in read(pane)


def test_the_next_article_is_read_in_advance(
    pane: ArticlePane, library: Any, outline: Outline, show: Callable[..., Row], qtbot: QtBot
) -> None:
    show()
    pane.set_neighbours(None, library.rows[ArticleId(2)])
    qtbot.waitUntil(lambda: q.ArticleNamed(ArticleId(2)) in library.asked)
    qtbot.waitUntil(lambda: pane.has_read(ArticleId(2)))
    asked = len(library.asked)
    pane.show_row(library.rows[ArticleId(2)], outline)
    assert library.rows[ArticleId(2)].title in read(pane)  # at once: no turn of the event loop
    assert len(library.asked) == asked


def test_an_edited_article_is_set_anew_where_it_was_being_read(
    pane: ArticlePane, library: Any, show: Callable[..., Row], qtbot: QtBot
) -> None:
    show(LONG)
    pane.page_down()
    place = pane.view.verticalScrollBar().value()
    library.bodies[1] = LONG.replace("harbour", "haven")
    library.tell(Origin.REFRESH, updated=(ArticleId(1),))
    qtbot.waitUntil(lambda: "haven" in read(pane))
    assert pane.view.verticalScrollBar().value() == place


def test_an_article_that_goes_leaves_a_face(pane: ArticlePane, show: Callable[..., Row]) -> None:
    show()
    pane.apply(Changes(Origin.USER, removed=(ArticleId(1),)))
    assert pane.face.isVisible()
    assert pane.face.face is Face.GONE
    assert pane.row is None


@pytest.mark.parametrize("face", list(Face))
def test_every_face_can_be_shown(pane: ArticlePane, face: Face) -> None:
    pane.clear(face)
    assert pane.face.isVisible()
    pane.grab()
    assert not pane.page_down()


def test_the_keyboard_stays_in_the_pane_whatever_is_on_view(
    pane: ArticlePane, show: Callable[..., Row], qtbot: QtBot
) -> None:
    with qtbot.waitActive(pane):
        pane.activateWindow()
    pane.setFocus()
    assert pane.face.hasFocus()
    show()
    assert pane.view.hasFocus()
    pane.clear(Face.ALL_CAUGHT_UP)
    assert pane.face.hasFocus()


def test_all_caught_up_is_said_in_words(pane: ArticlePane) -> None:
    pane.clear(Face.ALL_CAUGHT_UP)
    assert pane.face.accessibleName() == "You’re all caught up"


def test_letters_and_space_are_left_to_the_window(
    pane: ArticlePane, show: Callable[..., Row], qtbot: QtBot
) -> None:
    show(LONG)
    pane.view.setFocus()
    text = read(pane)
    for key in (Qt.Key.Key_J, Qt.Key.Key_Space, Qt.Key.Key_M):
        qtbot.keyClick(pane.view, key)
    assert read(pane) == text
    assert pane.view.verticalScrollBar().value() == 0
    qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    assert pane.view.verticalScrollBar().value() > 0


def test_text_grows_and_the_column_with_it(pane: ArticlePane, show: Callable[..., Row]) -> None:
    show("<p>Short.</p>")
    pane.resize(1400, 824)
    before = pane.view.viewport().width()
    pane.set_text_size(26)
    assert pane.view.viewport().width() > before
    assert "Short." in read(pane)


def test_a_narrow_pane_still_holds_the_column(pane: ArticlePane, show: Callable[..., Row]) -> None:
    show("<p>Short.</p>")
    pane.resize(320, 500)
    assert pane.view.viewport().width() <= 320
    assert pane.view.document().textWidth() <= 320


def test_another_theme_sets_the_page_in_its_colours(
    pane: ArticlePane, theme: Theme, show: Callable[..., Row]
) -> None:
    show("<p>Short.</p>")
    theme.choose("dark")
    block = pane.view.document().findBlockByNumber(1)
    assert block.begin().fragment().charFormat().foreground().color() == theme.colours.ink


def test_scripts_written_from_right_to_left_begin_at_the_right(
    pane: ArticlePane, show: Callable[..., Row]
) -> None:
    show("<p>قال متحدث باسم مجلس الميناء</p>")
    block = pane.view.document().findBlockByNumber(4)
    assert block.textDirection() == Qt.LayoutDirection.RightToLeft
