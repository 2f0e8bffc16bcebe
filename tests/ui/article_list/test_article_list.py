"""The article list: order, paging, staying put, gestures at once, faces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fake_library import NOW, FakeLibrary
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from reader.engine.commands import MarkRead
from reader.engine.questions import Rows
from reader.model import ArticleId, FeedId, Listing, Origin, Row, SectionId, Selection
from reader.ui import fonts
from reader.ui.article_list import ArticleList
from reader.ui.article_list.row_layout import BETWEEN, HEADLINE, RowLayout
from reader.ui.article_list.row_painter import join_meta
from reader.ui.mailbox import Mailbox
from reader.ui.outline import CurrentOutline
from reader.ui.theme import Theme

ALL = Selection(Listing.ALL)


@pytest.fixture
def articles(library: FakeLibrary, theme: Theme, mailbox: Mailbox, qtbot: QtBot) -> Iterator[ArticleList]:
    """A list 340 x 700 px on a library with one feed; tests put rows in and call `show`."""
    library.add_feed("The Daily Harbour", library.add_section("Top News"))
    outline = CurrentOutline(library)
    made = ArticleList(library, outline, theme)
    mailbox.changed.connect(outline.apply)
    mailbox.changed.connect(made.apply)
    outline.load()
    made.resize(340, 700)
    made.show()
    yield made
    made.hide()
    delete(made)
    delete(outline)


def fill(library: FakeLibrary, number: int) -> list[Row]:
    """Newest first."""
    return [library.add_row(FeedId(1), f"Story {n}", NOW - timedelta(minutes=n + 1)) for n in range(number)]


def show(articles: ArticleList, qtbot: QtBot, selection: Selection = ALL) -> None:
    articles.show_list(selection)
    qtbot.waitUntil(lambda: not articles.filling.is_loading)


def list_titles(articles: ArticleList) -> list[str]:
    return [row.title for row in articles.model.rows]


def find_top(articles: ArticleList, article_id: int) -> int:
    """Where a row begins on the screen."""
    number = articles.model.number_of(article_id)
    return articles.view.visualRect(articles.model.index(number)).top()


def test_a_list_shows_its_first_page_and_the_next_when_its_end_comes_near(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    fill(library, 250)
    show(articles, qtbot)
    assert len(articles.model.rows) == 100
    bar = articles.view.verticalScrollBar()
    for loaded in (200, 250):
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda loaded=loaded: len(articles.model.rows) == loaded)
    assert list_titles(articles) == [f"Story {n}" for n in range(250)]
    bar.setValue(bar.maximum())
    assert not articles.filling.has_more


def test_the_order_can_be_turned_round(articles: ArticleList, library: FakeLibrary, qtbot: QtBot) -> None:
    fill(library, 3)
    show(articles, qtbot)
    articles.toggle_order()
    qtbot.waitUntil(lambda: list_titles(articles) == ["Story 2", "Story 1", "Story 0"])
    assert "oldest first" in articles.header.about


def test_a_read_row_stays_in_the_list_of_unread_until_the_list_is_left(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    rows = fill(library, 3)
    show(articles, qtbot, Selection(Listing.UNREAD))
    library.do(MarkRead((rows[1].id,)))
    qtbot.waitUntil(lambda: articles.model.rows[1].is_read)
    assert list_titles(articles) == ["Story 0", "Story 1", "Story 2"]
    show(articles, qtbot, Selection(Listing.UNREAD))
    assert list_titles(articles) == ["Story 0", "Story 2"]


def test_a_gesture_shows_before_the_store_has_confirmed_it(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    rows = fill(library, 2)
    show(articles, qtbot)
    articles.model.show_read((rows[0].id,), True)
    assert articles.model.rows[0].is_read
    articles.filling.read_again((rows[0].id,))  # the store does not know of it yet
    library.do(MarkRead((rows[0].id,)))
    qtbot.waitUntil(lambda: articles.model.unconfirmed_read == ())
    assert articles.model.rows[0].is_read


def test_news_goes_in_above_without_moving_what_is_on_the_screen(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    rows = fill(library, 40)
    show(articles, qtbot)
    articles.make_current(rows[5].id)
    before = find_top(articles, rows[5].id)
    library.arrive(*(library.add_row(FeedId(1), f"News {n}", NOW + timedelta(minutes=n)) for n in range(3)))
    qtbot.waitUntil(lambda: len(articles.model.rows) == 43)
    assert list_titles(articles)[:4] == ["News 2", "News 1", "News 0", "Story 0"]
    assert find_top(articles, rows[5].id) == before
    assert articles.pill.isVisible()
    assert articles.pill.text() == "3 new"
    QTest.mouseClick(articles.pill, Qt.MouseButton.LeftButton)
    assert articles.view.is_at_top
    assert not articles.pill.isVisible()


def test_news_comes_into_view_where_nothing_is_being_read(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    fill(library, 40)
    show(articles, qtbot)
    news = library.add_row(FeedId(1), "News", NOW + timedelta(minutes=1))
    library.arrive(news)
    qtbot.waitUntil(lambda: len(articles.model.rows) == 41)
    assert find_top(articles, news.id) == 0
    assert not articles.pill.isVisible()


def test_news_older_than_what_is_loaded_waits_for_its_page(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    fill(library, 150)
    show(articles, qtbot)
    old = library.add_row(FeedId(1), "Late to arrive", NOW - timedelta(days=3))
    new = library.add_row(FeedId(1), "New", NOW)
    library.arrive(old, new)
    qtbot.waitUntil(lambda: "New" in list_titles(articles))
    assert "Late to arrive" not in list_titles(articles)
    articles.filling.load_more()
    qtbot.waitUntil(lambda: not articles.filling.has_more)
    assert list_titles(articles)[-1] == "Late to arrive"
    assert len(set(list_titles(articles))) == 152


def test_a_flood_of_news_is_read_afresh_instead_of_added_row_by_row(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    show(articles, qtbot)
    assert articles.face.isVisible()
    library.arrive(*fill(library, 1000))
    qtbot.waitUntil(lambda: len(articles.model.rows) == 100)
    assert sum(isinstance(question, Rows) for question in library.asked) == 2


def test_removed_articles_leave_and_the_rest_stays_put(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    rows = fill(library, 40)
    show(articles, qtbot)
    articles.make_current(rows[20].id)
    before = find_top(articles, rows[20].id)
    library.tell(Origin.USER, removed=tuple(row.id for row in rows[:5]))
    qtbot.waitUntil(lambda: len(articles.model.rows) == 35)
    assert find_top(articles, rows[20].id) == before
    assert articles.current_row == rows[20]


def test_an_edited_headline_changes_in_place(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    from dataclasses import replace

    rows = fill(library, 3)
    show(articles, qtbot)
    library.rows[rows[1].id] = replace(
        rows[1], title="Corrected: a much longer headline than there was before, on two lines"
    )
    library.tell(Origin.REFRESH, updated=(rows[1].id,))
    qtbot.waitUntil(lambda: "Corrected" in articles.model.rows[1].title)
    assert find_top(articles, rows[2].id) > find_top(articles, rows[1].id)


def test_rows_are_as_tall_with_a_picture_that_is_not_here_yet(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    plain = library.add_row(FeedId(1), "Short", standfirst="")
    pictured = library.add_row(
        FeedId(1), "Short too", standfirst="", picture="https://pictures.example/1.jpg"
    )
    show(articles, qtbot)
    heights = {
        row.id: articles.view.visualRect(articles.model.index(articles.model.number_of(row.id))).height()
        for row in (plain, pictured)
    }
    assert heights[pictured.id] >= 68 + heights[plain.id] - 40


def test_a_row_keeps_its_height_when_it_is_read(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    for length in range(20, 60):  # some of these need a second line only while bold
        library.add_row(FeedId(1), "m" * (length // 4) + " of the story " * (length // 14))
    show(articles, qtbot)
    before = [find_top(articles, row.id) for row in articles.model.rows]
    articles.model.show_read([row.id for row in articles.model.rows], True)
    assert [find_top(articles, row.id) for row in articles.model.rows] == before


@pytest.mark.parametrize("name", ["جريدة المرفأ", "עיתון", "The Daily Harbour", "港町だより"])
def test_the_time_stands_after_the_source_whichever_way_it_is_written(theme: Theme, name: str) -> None:
    tail = "  ·  16:02  ·  1 min"
    text = join_meta(name, tail)
    layout = QTextLayout(text, fonts.sans(11.5))
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    places = [line.cursorToX(at)[0] for at in range(len(text) - len(tail), len(text))]
    assert places == sorted(places)
    assert places[0] > line.naturalTextWidth() / 6


def test_a_standfirst_follows_its_headline_directly(theme: Theme) -> None:
    layout = RowLayout()
    for is_read in (False, True):
        for length in range(3, 16):
            title = " ".join(["story"] * length)
            ids = (ArticleId(length), FeedId(1), SectionId(1))
            row = Row(*ids, title, "x" * 80, "", "", NOW, 1, "", is_read, False)
            text = layout.lay_out(row, 340)
            assert text.standfirst_top == text.headline.lineCount() * HEADLINE + BETWEEN


@pytest.mark.parametrize(
    "title", ["", "a" * 3000, "😀" * 200, "שלום עולם " * 40, "日本語の見出し" * 40, "one\ntwo"]
)
def test_any_headline_can_be_painted(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot, title: str
) -> None:
    library.add_row(FeedId(1), title, standfirst=title)
    show(articles, qtbot)
    assert not articles.grab().isNull()


def test_a_click_opens_the_row_and_makes_it_current(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    rows = fill(library, 5)
    show(articles, qtbot)
    with qtbot.waitSignal(articles.row_opened) as opened:
        at = QPoint(60, find_top(articles, rows[2].id) + 20)
        QTest.mouseClick(articles.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == [rows[2]]
    assert articles.current_row == rows[2]


def test_answers_about_a_list_left_meanwhile_are_not_shown(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    fill(library, 3)
    library.held = []
    articles.show_list(ALL)
    articles.show_list(Selection(Listing.SAVED))
    library.release()
    qtbot.waitUntil(lambda: not articles.filling.is_loading)
    assert articles.model.rows == []


def test_landing_on_a_row_loads_as_many_pages_as_it_takes(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    rows = fill(library, 450)
    articles.show_list(ALL, land_on=rows[420])
    qtbot.waitUntil(lambda: articles.current_row == rows[420])
    rect = articles.view.visualRect(articles.view.currentIndex())
    assert articles.view.viewport().rect().contains(rect)


def test_everything_above_can_be_marked_read(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    rows = fill(library, 5)
    show(articles, qtbot)
    articles.make_current(rows[3].id)
    articles.mark_above_read()
    assert [row.is_read for row in articles.model.rows] == [True, True, True, False, False]
    assert library.done == [MarkRead(tuple(row.id for row in rows[:3]))]


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (Selection(Listing.UNREAD), "You’re all caught up."),
        (Selection(Listing.SAVED), "Nothing saved yet."),
        (Selection(Listing.SEARCH, query="ferry"), "Nothing found for “ferry”."),
        (Selection(Listing.FEED, 1), "Nothing here yet."),
    ],
)
def test_every_empty_list_says_why_it_is_empty(
    articles: ArticleList, qtbot: QtBot, selection: Selection, words: str
) -> None:
    show(articles, qtbot, selection)
    qtbot.waitUntil(lambda: articles.face.accessibleName() == words)
    assert articles.face.isVisible()


def test_an_empty_list_offline_says_so(articles: ArticleList, qtbot: QtBot) -> None:
    show(articles, qtbot)
    articles.show_online(False)
    assert "offline" in articles.face.accessibleName()


def test_a_failed_feed_says_why_above_its_list_and_can_be_tried_again(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    fill(library, 2)
    show(articles, qtbot, Selection(Listing.FEED, 1))
    assert articles.strip.notice is None
    library.fail_feed(FeedId(1), "TimedOut", "harbour.example")
    qtbot.waitUntil(lambda: articles.strip.notice is not None)
    assert articles.strip.accessibleName() == "harbour.example did not answer in time."
    with qtbot.waitSignal(articles.repair_requested) as wanted:
        articles.strip.buttons[0].click()
    assert wanted.args == ["try_now", FeedId(1)]


def test_screen_readers_hear_headline_source_and_state(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    fill(library, 1)
    show(articles, qtbot)
    qtbot.waitUntil(lambda: bool(articles._outline.value.feeds))
    said = articles.model.data(articles.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("unread, Story 0, The Daily Harbour")


def test_ten_thousand_rows_scroll_by_painting_only_what_is_on_view(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    rows = [
        Row(ArticleId(n + 1), FeedId(1), articles.model.rows[0].section_id if articles.model.rows else 1,  # type: ignore[arg-type]
            f"Story {n}", "", "", "", NOW - timedelta(seconds=n), 1, "", False, False)
        for n in range(10_000)
    ]  # fmt: skip
    articles.model.start_over(rows, False)
    articles._show_state()
    articles.view.verticalScrollBar().setValue(articles.view.top_of(9000))
    articles.grab()
    assert articles.view.first_on_view == 9000
    assert len(articles.view._layout._set) < 40


def test_rows_of_the_list_before_linger_only_a_moment_and_cannot_be_stepped_through(
    articles: ArticleList, library: FakeLibrary, qtbot: QtBot
) -> None:
    fill(library, 3)
    show(articles, qtbot)
    library.held = []
    articles.show_list(Selection(Listing.SAVED))
    assert list_titles(articles) == ["Story 0", "Story 1", "Story 2"]
    assert articles.step(1) is None
    assert articles.find_next_unread() is None
    qtbot.waitUntil(lambda: articles.model.rows == [])  # the answer is slow to come
    library.release()
    qtbot.waitUntil(lambda: not articles.filling.is_loading)


def test_rows_can_do_without_pictures(articles: ArticleList, library: FakeLibrary, qtbot: QtBot) -> None:
    row = library.add_row(FeedId(1), "Short", standfirst="", picture="https://pictures.example/1.jpg")
    show(articles, qtbot)
    articles.show_pictures(False)
    assert articles.view.visualRect(articles.model.index(0)).height() < 80
    articles.show_pictures(True)
    assert articles.view.visualRect(articles.model.index(0)).height() > 100
    assert articles.model.rows == [row]
