"""A proxy in the settings that is none: nothing goes out, and the person is told instead of left waiting."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from press import AGENT, Press, answer, make_feed

from reader.engine import commands as c
from reader.engine import events as e
from reader.engine.asking import Asker
from reader.engine.library import Library
from reader.fetch.client import Client
from reader.paths import profile_in
from reader.settings import Settings

WRONG = "http://ann:s3cret@no proxy/"
TOLD = e.Noticed(0, "", "proxy", "no proxy/")  # type: ignore[arg-type]
FEED = "http://127.0.0.1:9/feed"


@pytest.fixture
def barred(press: Press) -> Press:
    press.client = Client(AGENT, WRONG, gate=press.gate)
    press.refresher.client = press.client
    press.refresher.asker = Asker(press.refresher, None)
    return press


def list_told(press: Press) -> list[e.Event]:
    return [event for event in press.events if isinstance(event, e.Noticed)]


def test_a_refresh_ends_at_once_and_says_why_and_no_feed_fails(barred: Press):
    feed = barred.add(FEED, answer(make_feed("one")))
    outcome = barred.refresh()
    assert (outcome.done, outcome.failed, outcome.spared) == (0, 0, 1)
    assert list_told(barred) == [TOLD]
    assert barred.progress[-1].active is False
    assert barred.plan(feed).last_checked_at is None
    barred.refresh()
    assert list_told(barred) == [TOLD]  # the person asked again


def test_the_schedule_says_it_once_for_each_setting(barred: Press):
    barred.add(FEED)
    plans = [barred.plan(barred.add("http://127.0.0.1:9/other"))]

    async def visit_and_change() -> None:
        for setting in (WRONG, WRONG, "ftp://x", "direct"):
            await barred.client.set_proxy(setting)
            if setting != "direct":
                await barred.refresher.visit(plans)

    asyncio.run(visit_and_change())
    assert [event.detail for event in list_told(barred)] == ["no proxy/", "ftp://x"]  # type: ignore[union-attr]


@pytest.fixture
def events() -> queue.Queue[e.Event]:
    return queue.Queue()


@pytest.fixture
def library(tmp_path: Path, events: queue.Queue[e.Event]) -> Iterator[Library]:
    settings = Settings()
    settings.set("proxy", "direct")
    library = Library(profile_in(tmp_path), settings, events.put, fetches_new=False)
    library.open()
    yield library
    library.close()


def wait_for(events: queue.Queue[e.Event], kind: type) -> e.Event:
    while not isinstance(event := events.get(timeout=20), kind):
        pass
    return event


def test_a_wrong_proxy_is_told_as_soon_as_it_is_set_and_files_are_read_all_the_same(
    library: Library, events: queue.Queue[e.Event], tmp_path: Path
):
    library.do(c.AddFeed(FEED))
    library.refresh()
    wait_for(events, e.RefreshProgressed)
    library.settings.set("proxy", WRONG)
    assert wait_for(events, e.Noticed) == TOLD
    outline = tmp_path / "feeds.opml"
    outline.write_text(
        '<opml version="2.0"><body><outline text="x" xmlUrl="http://a.example/f"/></body></opml>'
    )
    library.read_opml(outline, lambda value: None)
    answered = wait_for(events, e.Answered)
    assert not isinstance(answered.value, Exception)  # type: ignore[attr-defined]
