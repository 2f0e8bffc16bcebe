from __future__ import annotations

import asyncio
import io

import pytest
from press import Press, answer, conditional, make_feed

from reader.engine.pictures import PictureFetcher
from reader.model import FeedId
from reader.store import assets, feeds

FEED = "https://courier.example/feed"
PICTURE = "https://img.example/a.png"


def make_picture(width: int = 300, height: int = 200, kind: str = "PNG") -> bytes:
    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(data, kind)
    return data.getvalue()


def illustrated(*addresses: str, head: str = "") -> bytes:
    images = "".join(f'&lt;img src="{x}"&gt;' for x in addresses)
    item = f"<item><title>t</title><guid>t</guid><description>&lt;p&gt;Text&lt;/p&gt;{images}</description></item>"
    return make_feed(head=head + item)


@pytest.fixture
def fetch(press: Press):
    async def run(*addresses: str) -> None:
        fetcher = PictureFetcher(
            writer=press.writer,
            worker=press.worker,  # type: ignore[arg-type]
            client=press.client,
            settings=press.settings,
            post=press.events.append,
            now=lambda: press.now,
            declared=press.refresher.icons,
        )
        if addresses:
            await fetcher.fetch(addresses)
            return
        fetcher.wake()
        await fetcher.wait()

    def start(*addresses: str) -> None:
        press.log.clear()
        press.events.clear()
        asyncio.run(run(*addresses))

    return start


def asked(press: Press, address: str) -> int:
    return sum(str(request.url) == address for request in press.log)


def icon_of(press: Press, feed: FeedId) -> str:
    outline = press.do(lambda db: feeds.read_outline(db, press.now))
    return next(x.icon for x in outline.feeds if x.id == feed)


def test_the_pictures_of_an_article_are_fetched_once_and_told(press: Press, fetch):
    press.add(FEED, conditional(illustrated(PICTURE)))
    press.servers[PICTURE] = answer(make_picture(), content_type="image/png")
    press.refresh()
    fetch()
    assert asked(press, PICTURE) == 1
    assert press.changes[-1].changes.pictures == (PICTURE,)
    picture = press.do(lambda db: assets.read_picture(db, PICTURE))
    assert (picture.width, picture.height) == (300, 200)
    fetch()
    assert not press.log


@pytest.mark.parametrize("body", [b"", b"<html>not a picture", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_is_not_asked_for_again_for_a_week(press: Press, fetch, body: bytes):
    press.add(FEED, conditional(illustrated(PICTURE)))
    press.servers[PICTURE] = answer(body)
    press.refresh()
    press.settings.set("picture_days", 365)
    fetch()
    assert asked(press, PICTURE) == 1
    press.wait(days=6)
    fetch()
    assert asked(press, PICTURE) == 0
    press.wait(days=2)
    fetch()
    assert asked(press, PICTURE) == 1


def test_a_picture_too_large_is_not_stored(press: Press, fetch, monkeypatch: pytest.MonkeyPatch):
    press.add(FEED, conditional(illustrated(PICTURE)))
    press.servers[PICTURE] = answer(make_picture(), content_length=str(9 << 20))
    press.refresh()
    fetch()
    assert press.do(lambda db: assets.read_picture(db, PICTURE)) is None


def test_no_pictures_are_fetched_where_the_reader_does_not_want_them_unless_asked(press: Press, fetch):
    press.settings.set("fetch_pictures", False)
    press.add(FEED, conditional(illustrated(PICTURE)))
    press.servers[PICTURE] = answer(make_picture())
    press.refresh()
    fetch()
    assert asked(press, PICTURE) == 0
    fetch(PICTURE)
    assert asked(press, PICTURE) == 1
    fetch(PICTURE)
    assert asked(press, PICTURE) == 0


def test_feeds_of_one_site_share_its_favicon(press: Press, fetch):
    ids = [press.add(f"https://courier.example/{name}", conditional(make_feed(name))) for name in ("a", "b")]
    icon = "https://courier.example/favicon.ico"
    press.servers[icon] = answer(make_picture(16, 16, "ICO"))
    press.refresh()
    fetch()
    assert asked(press, icon) == 1
    assert [icon_of(press, feed) for feed in ids] == [icon, icon]
    assert set(press.changes[-1].changes.feeds) == set(ids)
    press.restart()
    fetch()
    assert not press.log


def test_the_icon_that_a_feed_names_comes_first_and_the_sites_after_it(press: Press, fetch):
    named = "https://img.example/icon.png"
    head = f"<image><url>{named}</url><title>x</title><link>https://courier.example/</link></image>"
    feed = press.add(FEED, conditional(make_feed("one", head=head)))
    site = "https://courier.example/favicon.ico"
    press.servers[site] = answer(make_picture(16, 16, "ICO"))
    press.refresh()
    fetch()
    assert (asked(press, named), asked(press, site)) == (1, 1)
    assert icon_of(press, feed) == site


def test_a_site_without_a_favicon_is_not_asked_again_for_a_week(press: Press, fetch):
    press.add(FEED, conditional(make_feed("one")))
    press.refresh()
    fetch()
    icon = "https://courier.example/favicon.ico"
    assert asked(press, icon) == 1
    press.restart()
    press.wait(days=6)
    fetch()
    assert asked(press, icon) == 0
    press.wait(days=2)
    fetch()
    assert asked(press, icon) == 1
