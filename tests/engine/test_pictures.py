from __future__ import annotations

import asyncio
import io
import socket

import pytest
from press import Press, answer, conditional, fail, make_feed

from reader.engine.pictures import PictureFetcher
from reader.model import FeedId
from reader.store import assets, feeds, fetching, traffic

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


def make_fetcher(press: Press) -> PictureFetcher:
    return PictureFetcher(
        writer=press.writer,
        worker=press.worker,  # type: ignore[arg-type]
        client=press.client,
        settings=press.settings,
        post=press.events.append,
        now=lambda: press.now,
        declared=press.refresher.icons,
        is_online=lambda: press.refresher.online,
    )


def count(press: Press, kind: str) -> tuple[int, int, int]:
    """Requests, those answered "not modified", and bytes received."""
    days = press.do(lambda db: traffic.read_traffic(db, press.now, 400))
    rows = [(x.requests, x.unchanged, x.received) for x in days if x.kind == kind]
    return tuple(map(sum, zip(*rows, strict=True))) if rows else (0, 0, 0)  # type: ignore[return-value]


@pytest.fixture
def fetch(press: Press):
    async def run(*addresses: str) -> None:
        fetcher = make_fetcher(press)
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


# ---- manners --------------------------------------------------------------------------------


@pytest.fixture
def icon(press: Press) -> str:
    """A favicon that is stored."""
    address = "https://courier.example/favicon.ico"
    press.add(FEED, conditional(make_feed("one")))
    press.servers[address] = conditional(make_picture(16, 16, "ICO"), etag='"icon"')
    press.refresh()
    return address


def test_a_favicon_is_asked_after_once_a_month_and_conditionally(press: Press, fetch, icon: str):
    fetch()
    for days, times in ((29, 0), (2, 1), (1, 0), (28, 0), (3, 1)):
        press.restart()
        press.wait(days=days)
        fetch()
        assert asked(press, icon) == times
        assert all(request.headers["if-none-match"] == '"icon"' for request in press.log)
    assert count(press, "icon")[:2] == (3, 2)


def test_a_favicon_that_has_changed_is_stored_anew_and_told(press: Press, fetch, icon: str):
    fetch()
    press.servers[icon] = conditional(make_picture(24, 24, "ICO"), etag='"newer"')
    press.wait(days=31)
    fetch()
    assert press.changes[-1].changes.pictures == (icon,)
    assert press.do(lambda db: assets.read_validators(db, [icon])) == {icon: ('"newer"', "")}


@pytest.mark.parametrize("status", [404, 500])
def test_a_favicon_that_is_gone_from_its_site_stays(press: Press, fetch, icon: str, status: int):
    fetch()
    press.servers[icon] = answer(status=status)
    press.wait(days=31)
    fetch()
    fetch()
    assert asked(press, icon) == 0
    assert press.do(lambda db: assets.read_picture(db, icon)) is not None


def test_the_favicons_of_many_feeds_are_not_all_asked_after_at_once(press: Press, fetch):
    for n in range(30):
        press.add(
            f"https://site{n}.example/feed", answer(make_feed(f"{n}").replace(b"courier", b"site%d" % n))
        )
        press.servers[f"https://site{n}.example/favicon.ico"] = conditional(make_picture(16, 16, "ICO"))
    press.refresh()
    fetch()
    assert len(press.log) == 30
    press.wait(days=31)
    fetch()
    assert 0 < len(press.log) < 30


def test_a_picture_that_is_there_is_asked_after_only_by_hand_and_conditionally(press: Press, fetch):
    press.add(FEED, conditional(illustrated(PICTURE)))
    press.servers[PICTURE] = conditional(make_picture(), etag='"p"')
    press.refresh()
    fetch()
    press.wait(days=300)
    press.refresh()
    fetch()
    assert asked(press, PICTURE) == 0
    fetch(PICTURE)
    assert [request.headers.get("if-none-match") for request in press.log] == ['"p"']
    assert press.do(lambda db: assets.read_picture(db, PICTURE)) is not None
    assert count(press, "picture")[:2] == (2, 1)


def test_only_the_missing_pictures_of_an_article_are_loaded_by_hand(press: Press, fetch):
    other = "https://img.example/b.png"
    press.servers[PICTURE] = press.servers[other] = conditional(make_picture())
    fetch(PICTURE)
    fetch(PICTURE, other)
    assert (asked(press, PICTURE), asked(press, other)) == (0, 1)


def test_what_pictures_and_favicons_cost_is_counted_apart(press: Press, fetch):
    press.add(FEED, conditional(illustrated(PICTURE, "https://img.example/none.png")))
    press.servers[PICTURE] = answer(status=302, location="https://img.example/b.png")
    press.servers["https://img.example/b.png"] = answer(data := make_picture())
    press.refresh()
    fetch()
    assert count(press, "picture") == (3, 0, len(data))
    assert count(press, "icon") == (1, 0, 0)


def test_pictures_are_written_a_few_at_a_time(press: Press, fetch, monkeypatch: pytest.MonkeyPatch):
    addresses = [f"https://img{n % 5}.example/{n}.png" for n in range(40)]
    press.add(FEED, conditional(illustrated(*addresses)))
    for place, address in enumerate(addresses):
        press.servers[address] = answer(make_picture(300 + place, 200))
    press.refresh()
    sizes: list[int] = []
    put = assets.put_pictures

    def note(db, pictures, now):
        sizes.append(len(pictures))
        put(db, pictures, now)

    monkeypatch.setattr(assets, "put_pictures", note)
    fetch()
    assert sum(sizes) == 40
    assert len(sizes) <= 5
    told = [address for changed in press.changes for address in changed.changes.pictures]
    assert sorted(told) == sorted(addresses)


def test_nothing_is_fetched_while_the_network_is_gone_and_all_of_it_when_it_is_back(press: Press):
    press.add(FEED, conditional(illustrated(PICTURE)))
    press.servers[PICTURE] = answer(make_picture())
    press.refresh()

    async def run() -> None:
        fetcher = make_fetcher(press)
        press.refresher.online = False
        fetcher.wake()
        await fetcher.wait()
        assert asked(press, PICTURE) == 0
        press.refresher.online = True
        fetcher.wake()
        await fetcher.wait()

    asyncio.run(run())
    assert asked(press, PICTURE) == 1


@pytest.mark.parametrize("error", [ConnectionRefusedError(), socket.gaierror(socket.EAI_AGAIN, "x")])
def test_pictures_of_a_time_without_a_network_are_not_marked_as_failed(press: Press, fetch, error: Exception):
    addresses = [f"https://img{n}.example/a.png" for n in range(5)]
    press.add(FEED, conditional(illustrated(*addresses)))
    press.refresh()
    for address in (*addresses, "https://courier.example/favicon.ico"):
        press.servers[address] = fail(error)
    fetch()
    for address in addresses:
        press.servers[address] = answer(make_picture())
    fetch()
    assert press.do(lambda db: list(assets.read_sizes(db, addresses))) == addresses


def test_one_host_whose_name_nobody_can_look_up_does_not_stop_the_others(press: Press, fetch):
    lost, there = "https://lost.example/a.png", [f"https://img{n}.example/a.png" for n in range(8)]
    press.add(FEED, conditional(illustrated(lost, *there)))
    press.refresh()
    press.servers["lost.example"] = fail(socket.gaierror(socket.EAI_AGAIN, "x"))
    for address in there:
        press.servers[address] = answer(make_picture())
    fetch()
    assert press.do(lambda db: list(assets.read_sizes(db, there))) == there
    fetch()
    assert asked(press, lost) == 0, "it is left alone for a day"


def test_pictures_stop_with_the_refresh_and_go_on_with_the_next_one(press: Press):
    begun = asyncio.Event()

    async def wait_for_ever(request):
        begun.set()
        await asyncio.Event().wait()

    press.add(FEED, conditional(illustrated(PICTURE)))
    press.refresh()
    press.servers[PICTURE] = wait_for_ever

    async def run() -> None:
        fetcher = make_fetcher(press)
        fetcher.wake()
        await begun.wait()
        fetcher.stop()
        await fetcher.wait()
        press.servers[PICTURE] = answer(make_picture())
        fetcher.wake()
        await fetcher.wait()

    asyncio.run(run())
    assert press.do(lambda db: list(assets.read_sizes(db, [PICTURE]))) == [PICTURE]


def test_a_host_that_cannot_be_reached_is_not_asked_for_every_picture(press: Press, fetch):
    dead = [f"https://dead.example/{n}.png" for n in range(20)]
    press.add(FEED, conditional(illustrated(*dead, PICTURE)))
    press.servers["dead.example"] = fail(ConnectionResetError())
    press.servers[PICTURE] = answer(make_picture())
    press.refresh()
    fetch()
    assert sum(request.url.host == "dead.example" for request in press.log) == 2
    fetch()
    assert not press.log
    press.wait(hours=25)
    fetch()
    assert any(request.url.host == "dead.example" for request in press.log)


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_a_pause_gets_it_for_its_pictures_and_its_feeds(
    press: Press, fetch, status: int
):
    pictures = [f"https://courier.example/{n}.png" for n in range(4)]
    press.add(FEED, conditional(illustrated(*pictures)))
    press.refresh()
    for address in pictures:
        press.servers[address] = answer(status=status, retry_after="3600")
    fetch(*pictures)
    assert len(press.log) == 1
    assert "courier.example" in press.do(lambda db: fetching.read_pauses(db, press.now))
    press.wait(minutes=59)
    fetch()
    assert not press.log
    press.wait(minutes=2)
    for address in pictures:
        press.servers[address] = answer(make_picture())
    fetch()
    assert sum(asked(press, address) for address in pictures) == 4
