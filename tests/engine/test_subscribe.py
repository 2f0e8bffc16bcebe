from __future__ import annotations

import asyncio
import ssl

import httpx
import pytest
from press import Handler, Press, answer, conditional, fail, make_feed

from reader.engine.subscribe import USUAL_PLACES, FeedFinder, FoundFeeds, list_usual_places
from reader.errors import AddressRefused, HttpFailed, NoFeedFound
from reader.model import Credentials, FeedId

PAGE = b"""<!doctype html><html><head><title>Courier</title>
<link rel="alternate" type="application/rss+xml" title="All news" href="/feed">
<link rel="alternate" type="application/atom+xml" title="Sport" href="/sport.atom"></head><body>News</body></html>"""


ANNA = Credentials("basic", "anna", "secret")
ANNAS = "Basic YW5uYTpzZWNyZXQ="


def find(
    press: Press, typed: str, *credentials: Credentials, guess: bool = False
) -> tuple[FoundFeeds, FeedFinder]:
    finder = FeedFinder(client=press.client, worker=press.worker)  # type: ignore[arg-type]
    return asyncio.run(finder.find(typed, *credentials, guess=guess)), finder


def guarded(data: bytes, expected: str = ANNAS) -> Handler:
    """A server that asks for credentials."""

    def respond(request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != expected:
            return httpx.Response(401, headers={"www-authenticate": "Basic realm=x"})
        return httpx.Response(200, content=data)

    return respond


def test_the_address_of_a_feed_is_the_candidate_and_is_not_fetched_again(press: Press):
    press.servers["https://courier.example/feed"] = conditional(make_feed("one", title="The Courier"))
    found, finder = find(press, "courier.example/feed")
    assert [(x.address, x.title) for x in found.candidates] == [
        ("https://courier.example/feed", "The Courier")
    ]
    feed = press.add("https://courier.example/feed")
    kept = finder.take("https://courier.example/feed")
    assert kept is not None
    asyncio.run(press.refresher.deliver(feed, kept.answer, kept.digest))
    assert press.titles() == ["one"]
    assert len(press.log) == 1
    assert press.plan(feed).etag == '"1"'
    assert press.changes[-1].changes.feeds == (feed,)
    assert finder.take("https://courier.example/feed") is None


def test_the_feeds_that_a_page_names_are_the_candidates(press: Press):
    press.servers["courier.example"] = answer(PAGE, content_type="text/html")
    found, _ = find(press, "https://courier.example/")
    assert [(x.address, x.title) for x in found.candidates] == [
        ("https://courier.example/feed", "All news"),
        ("https://courier.example/sport.atom", "Sport"),
    ]
    assert len(press.log) == 1  # nothing is guessed


def test_a_bare_host_without_tls_is_found_over_http(press: Press):
    press.servers["https://courier.example"] = fail(ssl.SSLError("no"))
    press.servers["https://courier.example/"] = fail(ssl.SSLError("no"))
    press.servers["http://courier.example"] = press.servers["http://courier.example/"] = answer(PAGE)
    found, _ = find(press, "courier.example")
    assert found.candidates[0].address == "http://courier.example/feed"


def test_a_page_without_feeds_is_said_so(press: Press):
    press.servers["courier.example"] = answer(b"<!doctype html><p>Nothing here.")
    found, _ = find(press, "https://courier.example/about")
    assert isinstance(found.error, NoFeedFound)
    assert found.error.detail == "https://courier.example/about"
    assert found.may_guess
    assert len(press.log) == 1  # nothing is guessed


def test_what_cannot_be_fetched_says_why(press: Press):
    assert isinstance(find(press, "not an address")[0].error, AddressRefused)
    error = find(press, "https://courier.example/none")[0].error
    assert isinstance(error, HttpFailed)
    assert error.detail == "404"


def test_a_feed_found_through_a_permanent_move_is_subscribed_to_where_it_is(press: Press):
    press.servers["https://old.example/feed"] = answer(status=301, location="https://new.example/feed")
    press.servers["https://new.example/feed"] = answer(make_feed("one"))
    assert find(press, "https://old.example/feed")[0].candidates[0].address == "https://new.example/feed"
    press.servers["https://old.example/feed"] = answer(status=302, location="https://new.example/feed")
    assert find(press, "https://old.example/feed")[0].candidates[0].address == "https://old.example/feed"


def test_what_was_found_for_a_feed_that_is_gone_meanwhile_is_dropped(press: Press):
    press.servers["courier.example"] = lambda request: httpx.Response(200, content=make_feed("one"))
    _, finder = find(press, "https://courier.example/feed")
    kept = finder.take("https://courier.example/feed")
    assert kept is not None
    asyncio.run(press.refresher.deliver(FeedId(99), kept.answer, kept.digest))
    assert press.titles() == []


# ---- signing in -----------------------------------------------------------------------------


def test_a_site_that_asks_for_a_password_is_told_from_one_that_refuses(press: Press):
    press.servers["courier.example"] = guarded(make_feed("one"))
    found, _ = find(press, "https://courier.example/feed")
    assert isinstance(found.error, HttpFailed)
    assert found.error.detail == "401"
    assert not found.may_guess


@pytest.mark.parametrize(
    ("credentials", "header"), [(ANNA, ANNAS), (Credentials("bearer", "", "t0ken"), "Bearer t0ken")]
)
def test_a_feed_found_with_credentials_keeps_them_for_its_subscription_once(
    press: Press, credentials: Credentials, header: str
):
    press.servers["courier.example"] = guarded(make_feed("one"), header)
    found, finder = find(press, "https://courier.example/feed", credentials)
    assert found.error is None
    assert finder.take_credentials("https://courier.example/feed") == credentials
    assert finder.take_credentials("https://courier.example/feed") is None
    assert finder.take("https://courier.example/feed") is not None


@pytest.mark.parametrize(
    "typed", ["https://anna:secret@courier.example/feed?a=1", "anna:secret@courier.example/feed?a=1"]
)
def test_a_password_typed_into_the_address_is_taken_out_of_it_at_once(press: Press, typed: str):
    press.servers["courier.example"] = guarded(make_feed("one"))
    found, finder = find(press, typed)
    assert [x.address for x in found.candidates] == ["https://courier.example/feed?a=1"]
    assert finder.take_credentials("https://courier.example/feed?a=1") == ANNA
    assert [str(request.url) for request in press.log] == ["https://courier.example/feed?a=1"]


def test_a_mail_address_is_no_site(press: Press):
    found, _ = find(press, "anna@courier.example")
    assert isinstance(found.error, AddressRefused)


def test_the_feeds_a_page_names_get_the_credentials_where_they_lie_on_its_own_site(press: Press):
    page = PAGE.replace(b"/sport.atom", b"https://elsewhere.example/sport.atom")
    press.servers["courier.example"] = guarded(page)
    found, finder = find(press, "https://courier.example/", ANNA)
    own, other = (x.address for x in found.candidates)
    assert finder.take_credentials(own) == ANNA
    assert finder.take_credentials(other) is None


def test_a_password_is_not_tried_without_tls_of_our_own_accord(press: Press):
    press.servers["courier.example"] = fail(ssl.SSLError("no"))
    found, _ = find(press, "courier.example/feed", ANNA)
    assert found.error is not None
    assert {request.url.scheme for request in press.log} == {"https"}


# ---- guessing -------------------------------------------------------------------------------


def test_the_usual_places_are_tried_in_turn_when_the_person_asks_for_it(press: Press):
    press.servers["courier.example"] = answer(b"<!doctype html><p>Nothing here.")
    press.servers["https://courier.example/feed"] = answer(status=404)
    press.servers["https://courier.example/atom.xml"] = answer(make_feed("one"))
    began = press.seconds
    found, finder = find(press, "https://courier.example/about", guess=True)
    assert [x.address for x in found.candidates] == ["https://courier.example/atom.xml"]
    assert finder.take("https://courier.example/atom.xml") is not None
    assert [request.url.path for request in press.log] == ["/about", "/feed", "/rss", "/atom.xml"]
    assert press.seconds - began >= 3  # the host's gap before each


def test_pages_looked_at_for_feeds_are_counted_and_a_feed_is_not_with_them(press: Press):
    counted: list[tuple[int, int]] = []
    finder = FeedFinder(
        client=press.client,
        worker=press.worker,  # type: ignore[arg-type]
        count=lambda requests, size: counted.append((requests, size)),
    )
    press.servers["courier.example"] = answer(page := b"<!doctype html><p>Nothing here.")
    press.servers["https://courier.example/feed"] = answer(status=404)
    press.servers["https://courier.example/rss"] = answer(make_feed("one"))
    asyncio.run(finder.find("https://courier.example/", guess=True))
    assert counted == [(1, len(page)), (1, 0)]


def test_guessing_ends_after_a_few_places(press: Press):
    press.servers["courier.example"] = answer(b"<!doctype html><p>Nothing here.")
    found, _ = find(press, "https://courier.example/", guess=True)
    assert isinstance(found.error, NoFeedFound)
    assert not found.may_guess
    assert len(press.log) == 1 + len(USUAL_PLACES) <= 9


@pytest.mark.parametrize("status", [429, 503])
def test_guessing_ends_where_the_site_asks_to_be_left_alone(press: Press, status: int):
    press.servers["courier.example"] = answer(status=status)
    press.servers["https://courier.example/"] = answer(b"<!doctype html><p>Nothing here.")
    found, _ = find(press, "https://courier.example/", guess=True)
    assert isinstance(found.error, HttpFailed)
    assert len(press.log) == 2


def test_a_page_that_names_feeds_is_not_guessed_about(press: Press):
    press.servers["courier.example"] = answer(PAGE, content_type="text/html")
    find(press, "https://courier.example/", guess=True)
    assert len(press.log) == 1


def test_the_feed_of_somebodys_own_pages_is_looked_for_among_them():
    assert (
        list_usual_places("https://uni.example/~ada/notes/today.html")[0] == "https://uni.example/~ada/feed"
    )
    assert list_usual_places("https://courier.example/2026/news.html")[0] == "https://courier.example/feed"
