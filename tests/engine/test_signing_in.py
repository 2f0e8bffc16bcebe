"""Feeds that ask for a password, through the library's doors: a real store, servers that are functions,
a keyring in memory."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from keyring.backends import fail
from keyrings import Drawer
from listening import Listener
from press import make_feed

from reader.engine import commands as c
from reader.engine import events as e
from reader.engine import questions as q
from reader.engine.library import Library
from reader.errors import AlreadySubscribed, HttpFailed, KeyringMissing
from reader.fetch.politeness import HostGate
from reader.model import Credentials, FeedHealth, FeedId, Listing, Selection
from reader.paths import profile_in
from reader.settings import Settings

ADDRESS = "https://courier.example/feed"
ANNA = Credentials("basic", "anna", "secret")
ANNAS = "Basic YW5uYTpzZWNyZXQ="
TOKEN = Credentials("bearer", "", "t0ken")


class Desk(Listener):
    """A library whose network is a few functions."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.now = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
        self.servers: dict[str, Callable[[httpx.Request], httpx.Response]] = {}
        self.log: list[httpx.Request] = []
        self.folder = folder
        self.open()

    def open(self) -> None:
        """Start, or start anew: what was only in memory is gone."""
        self.events: queue.Queue[e.Event] = queue.Queue()
        self.settings = Settings()
        self.settings.set("fetch_pictures", False)
        self.library = Library(
            profile_in(self.folder),
            self.settings,
            self.events.put,
            make_transport=lambda: httpx.MockTransport(self._answer),
            clock=lambda: self.now,
        )
        self.library.open()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/favicon.ico":
            return httpx.Response(404)
        self.log.append(request)
        server = self.servers.get(str(request.url)) or self.servers.get(request.url.host)
        return server(request) if server is not None else httpx.Response(404)

    def settle(self) -> None:
        """Wait until a fetch has ended."""
        self.wait_for(e.RefreshProgressed, lambda event: not event.active)

    def add(self, address: str) -> FeedId:
        assert self.do(c.AddFeed(address)) is None
        self.settle()
        return next(x.id for x in self.ask(q.Health()) if x.address == address)

    def health(self, feed: FeedId) -> FeedHealth:
        (found,) = self.ask(q.Health(feed))
        return found

    def titles(self) -> list[str]:
        return sorted(row.title for row in self.ask(q.Rows(Selection(Listing.ALL))).rows)


@pytest.fixture
def desk(tmp_path: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    async def come_at_once(gate: HostGate, host: str) -> None:
        pass

    monkeypatch.setattr(HostGate, "wait_gap", come_at_once)
    made = Desk(tmp_path)
    made.servers["courier.example"] = guard(ANNAS)
    yield made
    made.library.close()


def guard(*accepted: str) -> Callable[[httpx.Request], httpx.Response]:
    def respond(request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") not in accepted:
            return httpx.Response(401, headers={"www-authenticate": "Basic realm=x"})
        if request.headers.get("if-none-match") == '"1"':
            return httpx.Response(304)
        return httpx.Response(200, content=make_feed("one"), headers={"etag": '"1"'})

    return respond


def sign_in(desk: Desk, feed: FeedId, credentials: Credentials = ANNA):
    reply = desk.answer(desk.library.sign_in(feed, credentials, lambda _: None))
    desk.settle()
    return reply


def test_who_signs_in_reads_the_feed_at_once(desk: Desk, drawer: Drawer):
    feed = desk.add(ADDRESS)
    assert desk.health(feed).status == 401
    assert sign_in(desk, feed) is None
    assert desk.titles() == ["one"]
    health = desk.health(feed)
    assert (health.status, health.failure, health.signs_in) == (200, None, "basic")
    assert [request.headers.get("authorization") for request in desk.log] == [None, ANNAS]
    assert len(drawer.kept) == 1


def test_a_token_is_shown_as_one(desk: Desk):
    desk.servers["courier.example"] = guard("Bearer t0ken")
    feed = desk.add(ADDRESS)
    assert sign_in(desk, feed, TOKEN) is None
    assert desk.titles() == ["one"]


def test_the_password_is_there_after_a_restart_and_nowhere_but_in_the_keyring(desk: Desk):
    feed = desk.add(ADDRESS)
    sign_in(desk, feed)
    desk.library.close()
    stored = b"".join(path.read_bytes() for path in desk.folder.iterdir() if path.is_file())
    assert b"secret" not in stored
    assert ANNAS.encode() not in stored
    desk.open()
    desk.now += timedelta(hours=1)
    desk.library.refresh([feed])
    desk.settle()
    assert desk.log[-1].headers["authorization"] == ANNAS
    assert desk.health(feed).status == 304


def test_a_wrong_password_is_told_and_a_better_one_may_follow_at_once(desk: Desk):
    feed = desk.add(ADDRESS)
    sign_in(desk, feed, Credentials("basic", "anna", "wrong"))
    assert desk.health(feed).status == 401
    sign_in(desk, feed)
    assert desk.health(feed).status == 200


def test_without_a_keyring_it_works_until_the_program_ends_and_that_is_said(desk: Desk, ring):
    ring(fail.Keyring())
    feed = desk.add(ADDRESS)
    assert isinstance(sign_in(desk, feed), KeyringMissing)
    assert desk.titles() == ["one"]


def test_who_signs_out_is_forgotten_and_nothing_is_asked(desk: Desk, drawer: Drawer):
    feed = desk.add(ADDRESS)
    sign_in(desk, feed)
    asked = len(desk.log)
    assert desk.answer(desk.library.sign_out(feed, lambda _: None)) is None
    assert desk.health(feed).signs_in == ""
    assert not drawer.kept
    assert len(desk.log) == asked
    desk.library.reload(feed)
    desk.settle()
    assert "authorization" not in desk.log[-1].headers
    assert desk.titles() == ["one"]


def test_what_was_typed_while_a_feed_was_looked_for_is_its_own_once_it_is_subscribed_to(
    desk: Desk, drawer: Drawer
):
    found = desk.answer(desk.library.find_feeds(ADDRESS, lambda _: None))
    assert isinstance(found.error, HttpFailed)
    found = desk.answer(desk.library.find_feeds(ADDRESS, lambda _: None, credentials=ANNA))
    feed = desk.add(found.candidates[0].address)
    assert len(desk.log) == 2  # not fetched again
    assert desk.health(feed).signs_in == "basic"
    assert desk.titles() == ["one"]
    assert [name[1].partition(",")[0] for name in drawer.kept] == [f"feed {feed}"]
    desk.now += timedelta(hours=1)
    desk.library.refresh([feed])
    desk.settle()
    assert (desk.log[-1].headers["authorization"], desk.log[-1].headers["if-none-match"]) == (ANNAS, '"1"')


def test_a_feed_added_with_a_password_and_no_keyring_says_so(desk: Desk, ring):
    ring(fail.Keyring())
    found = desk.answer(desk.library.find_feeds(f"https://anna:secret@{ADDRESS[8:]}", lambda _: None))
    feed = desk.add(found.candidates[0].address)
    (noticed,) = (event for event in desk.seen if isinstance(event, e.Noticed))
    assert (noticed.feed_id, noticed.what, noticed.detail) == (feed, "keyring", "KeyringMissing")
    assert not any("secret" in repr(event) for event in desk.seen)


# ---- repairs that fetch at once -----------------------------------------------------------


def test_a_feed_at_a_new_address_is_fetched_at_once_and_undo_takes_it_back(desk: Desk):
    desk.servers["moved.example"] = lambda request: httpx.Response(200, content=make_feed("two"))
    feed = desk.add(ADDRESS)
    assert desk.do(c.ChangeAddress(feed, "https://moved.example/feed")) is None
    desk.settle()
    assert desk.titles() == ["two"]
    desk.library.undo()
    desk.settle()
    assert desk.health(feed).address == ADDRESS
    assert desk.log[-1].url.host == "courier.example"
    assert desk.titles() == ["two"]


def test_a_feed_that_moves_to_a_stranger_takes_no_password_along_and_has_it_again_after_undo(desk: Desk):
    desk.servers["moved.example"] = guard(ANNAS)
    feed = desk.add(ADDRESS)
    sign_in(desk, feed)
    desk.do(c.ChangeAddress(feed, "https://moved.example/feed"))
    desk.settle()
    assert "authorization" not in desk.log[-1].headers
    assert desk.health(feed).signs_in == ""
    desk.library.undo()
    desk.settle()
    assert (desk.health(feed).signs_in, desk.health(feed).status) == ("basic", 200)


def test_a_feed_that_moves_within_its_site_stays_signed_in(desk: Desk):
    feed = desk.add(ADDRESS)
    sign_in(desk, feed)
    desk.do(c.ChangeAddress(feed, "https://courier.example/new"))
    desk.settle()
    assert desk.log[-1].headers["authorization"] == ANNAS
    assert "if-none-match" not in desk.log[-1].headers  # validators were the old address's


def test_a_feed_that_goes_over_to_https_stays_signed_in_and_not_the_other_way(desk: Desk):
    plain = ADDRESS.replace("https", "http")
    feed = desk.add(plain)
    sign_in(desk, feed)
    desk.do(c.ChangeAddress(feed, ADDRESS))
    desk.settle()
    assert (desk.log[-1].url.scheme, desk.log[-1].headers["authorization"]) == ("https", ANNAS)
    sign_in(desk, feed)
    desk.do(c.ChangeAddress(feed, plain))
    desk.settle()
    assert "authorization" not in desk.log[-1].headers
    assert desk.health(feed).signs_in == ""


def test_an_address_that_another_feed_has_is_refused_with_its_title(desk: Desk):
    desk.servers["other.example"] = lambda request: httpx.Response(
        200, content=make_feed("two", title="Valley")
    )
    feed, _ = desk.add(ADDRESS), desk.add("https://other.example/feed")
    error = desk.do(c.ChangeAddress(feed, "https://other.example/feed"))
    assert isinstance(error, AlreadySubscribed)
    assert error.detail == "Valley"
    assert desk.health(feed).address == ADDRESS


def test_a_feed_merged_into_another_comes_back_with_undo_and_goes_again_with_redo(desk: Desk):
    for name in ("one", "two"):
        desk.servers[f"{name}.example"] = lambda _, name=name: httpx.Response(
            200, content=make_feed(name, title=name)
        )
    one, two = desk.add("https://one.example/feed"), desk.add("https://two.example/feed")
    before = desk.ask(q.Outlined())
    assert desk.do(c.MergeFeeds(one, two)) is None
    (left,) = desk.ask(q.Outlined()).feeds
    assert (left.id, left.total) == (two, 2)
    for replay, feeds in ((desk.library.undo, 2), (desk.library.redo, 1), (desk.library.undo, 2)):
        replay()
        desk.wait_for(e.UndoChanged)
        assert len(desk.ask(q.Outlined()).feeds) == feeds
    assert desk.ask(q.Outlined()) == before


def test_a_merger_names_the_articles_that_go_along_and_those_whose_state_changed(desk: Desk):
    for name in ("one", "two"):
        desk.servers[f"{name}.example"] = lambda _, name=name: httpx.Response(
            200, content=make_feed(name, "both", title=name)
        )
    one, two = desk.add("https://one.example/feed"), desk.add("https://two.example/feed")

    def list_rows(feed: FeedId) -> dict:
        return {row.title: row.id for row in desk.ask(q.Rows(Selection(Listing.FEED, feed))).rows}

    ones, twos = list_rows(one), list_rows(two)
    desk.do(c.MarkRead((ones["both"],), True))
    for replay in (None, desk.library.undo, desk.library.redo):
        desk.seen.clear()
        if replay is None:
            desk.do(c.MergeFeeds(one, two))
        else:
            replay()
            desk.wait_for(e.UndoChanged)
        changed = [event.changes for event in desk.seen if isinstance(event, e.Changed)]
        assert set(changed[-1].updated) == {ones["one"], twos["both"]}


def test_a_user_agent_of_the_readers_own_is_sent_at_once_and_taken_back_by_undo(desk: Desk):
    desk.servers["courier.example"] = lambda request: httpx.Response(200, content=make_feed("one"))
    feed = desk.add(ADDRESS)
    desk.do(c.SetUserAgent(feed, "Mozilla/5.0"))
    desk.settle()
    assert desk.log[-1].headers["user-agent"] == "Mozilla/5.0"
    desk.library.undo()
    desk.settle()
    assert desk.log[-1].headers["user-agent"].startswith("Broadsheet/")


def test_a_feed_is_reloaded_whole_on_request(desk: Desk):
    feed = desk.add(ADDRESS)
    sign_in(desk, feed)
    desk.library.reload(feed)
    desk.settle()
    assert "if-none-match" not in desk.log[-1].headers
    assert desk.titles() == ["one"]
