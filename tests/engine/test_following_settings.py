"""Settings that the network's side follows at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from press import Press, answer, make_feed

from reader.engine.newsroom import Newsroom
from reader.engine.threads import ReaderThreads
from reader.model import FeedId
from reader.paths import profile_in


class Told:
    """Stands in for those who were hired, and writes down what they are told and on which thread."""

    def __init__(self) -> None:
        self.log: list[object] = []
        self.ended = threading.Event()
        self.client = self.schedule = self.refresher = self

    async def set_proxy(self, setting: str) -> None:
        self._note(setting)

    def tell_if_barred(self) -> bool:
        return False

    def wake(self) -> None:
        self._note("wake")
        self.ended.set()

    def _note(self, what: object) -> None:
        self.log.append((what, threading.current_thread().name))


@pytest.fixture
def newsroom(press: Press, tmp_path) -> Iterator[Newsroom]:
    readers = ReaderThreads(lambda: None)
    made = Newsroom(
        profile_in(tmp_path),
        press.writer,
        readers,
        press.settings,
        press.events.append,
        lambda: press.now,
        None,
    )
    yield made
    made.close()
    readers.close()


def tell(newsroom: Newsroom, press: Press, name: str, value: object) -> Told:
    staff = Told()
    newsroom._staff = staff  # type: ignore[assignment]
    press.settings.set(name, value)
    assert staff.ended.wait(10)
    return staff


def test_another_proxy_is_used_from_the_next_request_on(newsroom: Newsroom, press: Press):
    staff = tell(newsroom, press, "proxy", "socks5://127.0.0.1:9050")
    assert staff.log == [("socks5://127.0.0.1:9050", "loop"), ("wake", "loop")]


@pytest.mark.parametrize(("name", "value"), [("refresh_by_itself", False), ("refresh_minutes", 30)])
def test_the_schedule_looks_again_when_it_is_told_otherwise(newsroom: Newsroom, press: Press, name, value):
    assert tell(newsroom, press, name, value).log == [("wake", "loop")]


def test_feeds_that_wait_for_the_usual_time_wait_for_the_new_one(newsroom: Newsroom, press: Press):
    press.settings.set("refresh_minutes", 600)
    tagged = answer(make_feed("one"), etag='"1"')
    feed = press.add("https://courier.example/feed", tagged)
    wished = press.add("https://slow.example/feed", answer(make_feed(head="<ttl>300</ttl>"), etag='"1"'))
    cached = press.add(
        "https://far.example/feed", answer(make_feed(), etag='"1"', cache_control="max-age=72000")
    )
    broken = press.add("https://broken.example/feed", answer(status=500))
    press.refresh()
    others = [press.plan(cached), press.plan(broken)]
    tell(newsroom, press, "refresh_minutes", 120)

    def hours(feed: FeedId) -> float:
        at = press.plan(feed).not_before
        assert at is not None
        return (at - press.now).total_seconds() / 3600

    assert 1.8 <= hours(feed) <= 2.2
    assert press.plan(feed).rule == "usual"
    assert 5 <= hours(wished) <= 5.5  # at its own wish
    assert [press.plan(cached), press.plan(broken)] == others
    tell(newsroom, press, "refresh_minutes", 1440)
    assert 21.6 <= hours(feed) <= 26.4


def test_nobody_is_hired_because_of_a_setting(newsroom: Newsroom, press: Press):
    press.settings.set("proxy", "http://127.0.0.1:1")
    press.settings.set("text_size", 21)
    assert newsroom._staff is None
    assert not any(thread.name == "loop" for thread in threading.enumerate())
