"""Everything that can be wrong with a feed, over real sockets, with the real worker process: one
sentence where the feed is listed, what could be read is kept, and the others are fetched."""

from __future__ import annotations

import queue
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from hostile import HANDLERS, Hostile, make_certificate

from reader import paths
from reader.engine import commands as c
from reader.engine import events as e
from reader.engine.library import Library
from reader.engine.questions import Outlined, Rows
from reader.errors import HostNotFound
from reader.model import Feed, Listing, Selection
from reader.sentences import describe_error, describe_failure
from reader.settings import Settings

SLOW = {"hang", "hang-in-body", "drip"}  # which take 20 seconds: see tests/fetch
FINE = {
    "good": 2,
    "conditional": 1,
    "cut-off": 9,
    "cut-off-chunks": 9,
    "broken-xml": 2,
    "not-gzip": 1,
    "wrong-charset": 1,
    "huge-headers": 1,
}
EMPTY = "The site sent an empty document."
ROUND = "The address only leads on to other addresses, without end."
LARGE = "The document is too large (more than 15 MB)."
FORBIDDEN = "The feed was refused: it holds XML that could harm this computer."
PAGE = "The address leads to a web page, not to a feed."
SENTENCES = {
    "no-links": PAGE,
    "site": PAGE,
    "html-instead": PAGE,
    "image-instead": "The address leads to a picture, not to a feed.",
    "empty": EMPTY,
    "always-304": EMPTY,
    "no-content": EMPTY,
    "loop": ROUND,
    "loop-back": ROUND,
    "far": ROUND,
    "bomb": FORBIDDEN,
    "external": FORBIDDEN,
    "huge": LARGE,
    "huge-stated": LARGE,
    "gzip-bomb": LARGE,
    "nested-gzip-bomb": LARGE,
    "endless-headers": "127.0.0.1 could not be reached.",
    "no-http": "127.0.0.1 could not be reached.",
    "closes": "127.0.0.1 could not be reached.",
    "missing": "There is nothing at this address any more (404).",
    "gone": "The site has taken the feed down for good (410).",
    "trouble": "The site has trouble of its own (500).",
    "to-file": "file:/etc/passwd is not a web address.",
}


class Reading:
    """A library whose events are waited for."""

    def __init__(self, folder: Path) -> None:
        self.events: queue.Queue[e.Event] = queue.Queue()
        self.library = Library(paths.profile_in(folder), Settings(), self.events.put, fetches_new=False)
        self.library.open()

    def wait(self, kind: type, enough: Any = lambda event: True) -> Any:
        while True:
            event = self.events.get(timeout=60)
            if isinstance(event, kind) and enough(event):
                return event

    def answer(self, ticket: e.Ticket) -> Any:
        return self.wait(e.Answered, lambda event: event.ticket is ticket).value

    def subscribe(self, *addresses: str) -> None:
        places = tuple(((), address.rpartition("/")[2], address, "") for address in addresses)
        self.answer(self.library.do(c.Subscribe(places), reply=print))

    def refresh(self) -> e.RefreshProgressed:
        self.library.refresh()
        return self.wait(e.RefreshProgressed, lambda event: not event.active)

    @property
    def feeds(self) -> dict[str, Feed]:
        outline = self.answer(self.library.ask(Outlined(), print))
        return {feed.address.rpartition("/")[2]: feed for feed in outline.feeds}

    def titles(self, feed: Feed) -> list[str]:
        page = self.answer(self.library.ask(Rows(Selection(Listing.FEED, feed.id), None, 100), print))
        return [row.title for row in page.rows]

    def find(self, address: str) -> Any:
        return self.answer(self.library.find_feeds(address, print))


@pytest.fixture
def reading(tmp_path: Path) -> Iterator[Reading]:
    reading = Reading(tmp_path / "profile")
    yield reading
    reading.library.close()


@pytest.fixture
def web() -> Iterator[Hostile]:
    with Hostile() as web:
        yield web


def test_every_bad_answer_gets_its_sentence_and_the_rest_is_read(reading: Reading, web: Hostile):
    names = [name for name in HANDLERS if name not in SLOW]
    reading.subscribe(*(web.address(name) for name in names))
    reading.refresh()
    feeds = reading.feeds
    said = {name: describe_failure(feed.failure) for name, feed in feeds.items() if feed.failure}
    assert said == SENTENCES
    assert {name: len(reading.titles(feeds[name])) for name in FINE} == FINE
    assert len(reading.titles(feeds["cut-off-gzip"])) > 50
    assert reading.titles(feeds["wrong-charset"]) == ["Grüße"]
    assert not web.asked["fetched"]  # the external entity

    reading.refresh()  # what broke off is asked for whole, what did not change is not fetched again
    assert web.asked["conditional"] == 2
    assert not reading.feeds["conditional"].failure


def test_a_site_offers_its_feeds_the_one_of_its_posts_first(reading: Reading, web: Hostile):
    found = reading.find(web.address("site"))
    assert [candidate.address for candidate in found.candidates] == [
        web.address("good"),
        web.address("good?atom"),
        web.address("good?comments/feed"),
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("no-links", "No feed was found at {}."),
        ("image-instead", "The address leads to a picture, not to a feed."),
        ("empty", EMPTY),
        ("loop", ROUND),
        ("nested-gzip-bomb", LARGE),
        ("bomb", FORBIDDEN),
    ],
)
def test_an_address_that_brings_no_feed_is_told_when_it_is_added(
    reading: Reading, web: Hostile, name: str, sentence: str
):
    found = reading.find(web.address(name))
    assert describe_error(found.error) == sentence.format(web.address(name))


def test_a_certificate_nobody_vouches_for_is_a_sentence_of_its_own(reading: Reading, tmp_path: Path):
    try:
        certificate = make_certificate(tmp_path)
    except OSError:
        pytest.skip("there is no openssl to make a certificate with")
    with Hostile(certificate=certificate) as web:
        found = reading.find(web.address("good"))
    assert (
        describe_error(found.error)
        == "The certificate of 127.0.0.1 is signed by nobody this computer trusts."
    )


def test_a_site_that_does_not_exist_is_told(reading: Reading):
    assert isinstance(reading.find("http://nowhere.invalid/feed").error, HostNotFound)


def test_when_the_server_of_every_feed_is_gone_everything_stays_and_offline_is_said(
    reading: Reading, web: Hostile
):
    reading.subscribe(*(web.address(f"good?{number}") for number in range(3)))
    assert reading.refresh().added == 6
    web.close()
    reading.library.refresh()
    assert reading.wait(e.ConnectionChanged) == e.ConnectionChanged(False)
    assert not any(feed.failure for feed in reading.feeds.values())
    assert all(len(reading.titles(feed)) == 2 for feed in reading.feeds.values())
