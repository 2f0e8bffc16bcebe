"""All that the panel says of one feed, and how its text gives way."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from reader.ui import fonts
from reader.ui.feeds_page import FeedsPage
from reader.ui.feeds_page.feed_card import list_facts
from reader.ui.feeds_page.labels import AddressLabel
from reader.ui.feeds_page.lines import elide, wrap
from reader.ui.theme import Theme

LONG = "A very long name of a blog about the history and the practice of keeping bees on northern roofs, with honey"


def test_the_card_says_how_a_feed_is_doing(making: SimpleNamespace) -> None:
    feed = making.feed(rule="rhythm", per_week=20.0, elapsed=0.2, received=3_000_000, signs_in="basic",
                       user_agent="Another/1", moved_to="https://user:pw@new.example/feed")  # fmt: skip
    assert list_facts(feed, making.now) == [
        ("Section", "World"),
        ("Last answer", "304 not modified, 0.2 s · 5 min ago"),
        ("Last success", "5 min ago"),
        ("Asked again", "14:20 · its own rhythm, about 3 a day"),
        ("Articles", "about 3 a day · 40 kept · newest 2 h ago"),
        ("Requests", "10 requests · 80% not modified · 3 MB received · 1 MB not sent"),
        ("Moved to", "new.example/feed"),
        ("Signs in", "with user name and password"),
        ("Introduces itself as", "Another/1"),
    ]


def test_a_feed_that_was_never_asked_has_little_to_say(making: SimpleNamespace) -> None:
    feed = making.feed(checked_at=None, succeeded_at=None, newest_at=None, next_at=None, rule="", requests=0,
                       per_week=0.0, total=0)  # fmt: skip
    facts = dict(list_facts(feed, making.now))
    assert (facts["Last answer"], facts["Last success"], facts["Asked again"]) == (
        "not asked yet",
        "–",
        "now",
    )
    assert (facts["Articles"], facts["Requests"]) == ("0 kept", "–")


def test_no_password_is_shown_anywhere(paper, make_page, making: SimpleNamespace) -> None:
    paper.health = (making.feed(1, address="https://me:secret@a.example/feed"),)
    page: FeedsPage = make_page(paper, 1)
    label = page.panel.feed.address
    assert (label.text(), label.toolTip()) == ("a.example/feed", "a.example/feed")
    assert "secret" not in str(page.model.data(page.model.index(0, 0), 3))  # its tool tip


def test_an_address_gives_way_in_its_middle(theme: Theme, qtbot: QtBot) -> None:
    label = AddressLabel(None)  # type: ignore[arg-type]
    qtbot.addWidget(label)
    address = "feeds.example/a/very/long/way/to/the/news/that/somebody/wanted.xml"
    label.show_address(address)
    label.resize(200, 20)
    assert label.shown.startswith("feeds.ex")
    assert label.shown.endswith(".xml")
    assert "…" in label.shown
    assert label.toolTip() == address


@pytest.mark.parametrize("width", [90, 140, 200, 333])
@pytest.mark.parametrize("most", [1, 2])
def test_lines_are_cut_between_words(width: int, most: int, theme: Theme) -> None:
    font = fonts.sans(13)
    lines = wrap(LONG, font, width, most)
    assert len(lines) == most
    assert all(QFontMetricsF(font).horizontalAdvance(line) <= width for line in lines)
    words = " ".join(lines).removesuffix("…").split()
    assert words == LONG.split()[: len(words)]
    assert lines[-1].endswith("…")


def test_a_script_without_spaces_is_cut_where_the_line_ends(theme: Theme) -> None:
    shown = elide("港町新聞朝刊夕刊日曜版のすべての記事をお届けします", fonts.sans(13), 120)
    assert shown.startswith("港町")
    assert shown.endswith("…")


def test_what_fits_is_left_alone(theme: Theme) -> None:
    assert elide("Short · ", fonts.sans(13), 300) == "Short · "
    assert wrap("", fonts.sans(13), 300, 2) == ("",)
