"""The library as the window uses it: ask, do, undo, against a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from listening import Listener

from reader import sample
from reader.engine import commands as c
from reader.engine import events as e
from reader.engine import questions as q
from reader.engine.library import Library
from reader.errors import AlreadySubscribed, StoreTooNew
from reader.model import Listing, Origin, Outline, Selection
from reader.paths import profile_in
from reader.settings import Settings

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
ADDRESS = "https://harbour.example/feed.xml"


class Desk(Listener):
    """A library on a store that fetches nothing."""

    def __init__(self, folder) -> None:
        super().__init__()
        self.library = Library(
            profile_in(folder), Settings(), self.events.put, clock=lambda: NOW, fetches_new=False
        )
        self.library.open()

    def outline(self) -> Outline:
        return self.ask(q.Outlined())


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.library.close()


def test_a_new_library_is_empty(desk):
    assert desk.outline().feeds == ()
    assert desk.ask(q.Rows(Selection(Listing.ALL))).rows == ()


def test_a_feed_added_to_a_new_section_stands_in_it(desk):
    assert desk.do(c.AddFeed(ADDRESS, section_name="World", title="Harbour")) is None
    outline = desk.outline()
    assert [section.name for section in outline.sections] == ["World"]
    assert [(feed.title, feed.address) for feed in outline.feeds] == [("Harbour", ADDRESS)]


def test_a_feed_added_twice_is_refused_with_its_title(desk):
    desk.do(c.AddFeed(ADDRESS, title="Harbour"))
    error = desk.do(c.AddFeed(ADDRESS))
    assert isinstance(error, AlreadySubscribed)
    assert error.detail == "Harbour"
    assert len(desk.outline().feeds) == 1


def test_every_deed_tells_the_panes_once_who_did_it(desk):
    desk.library.do(c.AddSection("World"))
    changed = desk.wait_for(e.Changed)
    assert changed.changes.origin is Origin.USER
    assert changed.changes.outline_changed
    assert changed.changes.counts is not None


@pytest.mark.parametrize(
    "deed",
    [
        c.AddSection("Sport"),
        c.AddFeed("https://other.example/feed"),
        c.AddFeed("https://other.example/feed", section_name="Elsewhere"),
        c.Subscribe(
            ((("A", "B"), "One", "https://one.example/feed", ""), ((), "Two", "https://two.example/", ""))
        ),
        "rename feed",
        "move feed",
        "remove feed",
        "rename section",
        "move section",
        "remove section",
    ],
    ids=str,
)
def test_what_was_done_to_the_outline_can_be_undone_and_done_again(desk, deed):
    desk.do(c.AddFeed(ADDRESS, section_name="World", title="Harbour"))
    desk.do(c.AddFeed("https://valley.example/feed", section_name="World", title="Valley"))
    desk.do(c.AddSection("Empty"))
    before = desk.outline()
    feed, section = before.feeds[0], before.sections[0]
    deeds = {
        "rename feed": c.RenameFeed(feed.id, "Port"),
        "move feed": c.MoveFeed(feed.id, before.sections[1].id),
        "remove feed": c.RemoveFeed(feed.id),
        "rename section": c.RenameSection(section.id, "Earth"),
        "move section": c.MoveSection(section.id, 1),
        "remove section": c.RemoveSection(section.id),
    }
    assert desk.do(deeds.get(deed, deed)) is None
    after = desk.outline()
    assert after != before
    desk.library.undo()
    desk.wait_for(e.Changed, lambda event: event.changes.origin is Origin.UNDO)
    assert desk.outline() == before
    desk.library.redo()
    desk.wait_for(e.Changed, lambda event: event.changes.origin is Origin.UNDO)
    assert [x.name for x in desk.outline().sections] == [x.name for x in after.sections]
    assert [x.title for x in desk.outline().feeds] == [x.title for x in after.feeds]
    desk.library.undo()
    desk.wait_for(e.Changed, lambda event: event.changes.origin is Origin.UNDO)
    assert desk.outline() == before


def test_feeds_subscribed_already_stay_as_they_are_in_an_import(desk):
    desk.do(c.AddFeed(ADDRESS, section_name="World", title="Mine"))
    desk.do(
        c.Subscribe(((("Other",), "Theirs", ADDRESS, ""), (("Other",), "New", "https://new.example/", "")))
    )
    outline = desk.outline()
    assert [feed.title for feed in outline.feeds] == ["Mine", "New"]


def test_a_deed_with_nothing_to_do_leaves_nothing_to_undo(desk):
    desk.do(c.AddFeed(ADDRESS, title="Harbour"))
    desk.do(c.RenameFeed(desk.outline().feeds[0].id, "Harbour"))
    desk.library.undo()
    desk.wait_for(e.Changed, lambda event: event.changes.origin is Origin.UNDO)
    assert desk.outline().feeds == ()


def test_a_cancelled_question_is_not_answered(desk):
    answered: list[object] = []
    ticket = desk.library.ask(q.Outlined(), answered.append)
    ticket.cancel()
    desk.outline()
    assert not answered


def test_what_was_done_is_there_after_a_restart(tmp_path):
    first = Desk(tmp_path)
    first.library.do(c.AddFeed(ADDRESS, title="Harbour"))
    first.library.close()
    second = Desk(tmp_path)
    assert [feed.title for feed in second.outline().feeds] == ["Harbour"]
    second.library.close()


def test_a_store_of_a_newer_version_is_refused_and_left_alone(tmp_path):
    Desk(tmp_path).library.close()
    import sqlite3

    with sqlite3.connect(tmp_path / "news.db") as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    before = (tmp_path / "news.db").read_bytes()
    desk = Desk(tmp_path)
    failed = desk.wait_for(e.StoreFailed)
    desk.library.close()
    assert isinstance(failed.error, StoreTooNew)
    assert failed.error.detail == "999"
    assert (tmp_path / "news.db").read_bytes() == before


def test_subscriptions_are_written_as_opml_all_or_nothing(desk, tmp_path):
    desk.do(c.Subscribe(((("A", "B"), "One & only", "https://one.example/feed?a=1&b=2", ""),)))
    assert desk.answer(desk.library.write_opml(tmp_path / "out.opml", lambda _: None)) is None
    assert b"one.example/feed?a=1&amp;b=2" in (tmp_path / "out.opml").read_bytes()
    error = desk.answer(desk.library.write_opml(tmp_path / "missing" / "out.opml", lambda _: None))
    assert isinstance(error, OSError)


PRIVATE = "https://news.example/feed?token=8f3b1c9a7d2e4f60a1b2"


def test_feeds_whose_address_is_a_secret_are_named_and_can_be_left_out_of_a_file(desk, tmp_path):
    places = (((), "Open", ADDRESS, ""), ((), "Mine", PRIVATE, ""), (("Empty",), "Too", PRIVATE + "1", ""))
    desk.do(c.Subscribe(places))
    assert desk.answer(desk.library.find_private(lambda _: None)) == ("Mine", "Too")
    for with_private in (True, False):
        path = tmp_path / f"{with_private}.opml"
        reply = desk.answer(desk.library.write_opml(path, lambda _: None, with_private=with_private))
        assert reply is None
        text = path.read_text("utf-8")
        assert (ADDRESS in text, PRIVATE in text) == (True, with_private)
        assert "Empty" in text


def test_how_feeds_are_doing_can_be_asked_of_one_or_of_all(desk):
    desk.do(c.Subscribe((((), "One", ADDRESS, ""), ((), "Two", "https://two.example/feed", ""))))
    one, two = desk.ask(q.Health())
    assert (one.title, two.title) == ("One", "Two")
    assert desk.ask(q.Health(two.id)) == (two,)
    assert desk.ask(q.Visits(one.id)) == ()
    assert desk.ask(q.TrafficOf()) == ()


def test_pictures_the_last_run_left_are_fetched_when_the_window_is_there(tmp_path):
    def open_desk(fetch_pictures):
        settings = Settings()
        settings.set("fetch_pictures", fetch_pictures)
        desk = Listener()
        desk.library = Library(
            profile_in(tmp_path),
            settings,
            desk.events.put,
            make_transport=sample.make_transport(NOW),
            clock=lambda: NOW,
        )
        desk.library.open()
        return desk

    first = open_desk(fetch_pictures=False)
    address = "https://daily-harbour.example/feed.xml"
    first.do(c.AddFeed(address))
    first.wait_for(e.RefreshProgressed, lambda event: not event.active)
    first.library.close()

    second = open_desk(fetch_pictures=True)
    second.library.start()
    stored = second.wait_for(e.Changed, lambda event: bool(event.changes.pictures)).changes.pictures
    assert second.ask(q.PictureNamed(stored[0])) is not None
    second.library.close()
