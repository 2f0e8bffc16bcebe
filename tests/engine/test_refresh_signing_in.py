"""Feeds that are shown a password, a token, or another name than ours."""

from __future__ import annotations

import httpx
import pytest
from press import Press, conditional, make_feed

from reader.errors import KeyringMissing, KeyringRefused
from reader.model import Credentials, FeedId
from reader.store import fetching

COURIER = "https://courier.example/feed"
ORIGIN = "https://courier.example"
BASIC = "Basic YW5uOnMzY3JldA=="  # ann:s3cret
PRIVATE = "https://ann:s3cret@courier.example/feed"


def guarded(request: httpx.Request) -> httpx.Response:
    if request.headers.get("authorization") not in (BASIC, "Bearer t0ken"):
        return httpx.Response(401, headers={"www-authenticate": "Basic"})
    return httpx.Response(200, content=make_feed("one"), headers={"etag": '"1"'})


def subscribe(press: Press, credentials: Credentials) -> FeedId:
    feed = press.add(COURIER, guarded)
    press.keyring.kept[feed, ORIGIN] = credentials
    press.do(lambda db: fetching.set_signs_in(db, feed, credentials.scheme))
    return feed


@pytest.mark.parametrize(
    "credentials", [Credentials("basic", "ann", "s3cret"), Credentials("bearer", "", "t0ken")]
)
def test_a_feed_is_shown_what_the_keyring_keeps_for_it(press: Press, credentials: Credentials):
    subscribe(press, credentials)
    assert press.refresh().added == 1


def test_a_keyring_that_says_no_is_the_feeds_failure_and_nobody_is_asked(press: Press):
    feed = subscribe(press, Credentials("basic", "ann", "s3cret"))
    press.keyring.error = KeyringRefused("locked")
    assert press.refresh().failed == 1
    assert not press.log
    plan = press.plan(feed)
    assert (plan.failure_kind, plan.rule, plan.failures) == ("KeyringRefused", "back-off", 1)
    press.keyring.error = None
    assert press.refresh(feed).added == 1


def test_a_password_in_an_address_goes_into_the_keyring_once(press: Press):
    press.servers[COURIER] = guarded
    feed = press.add(PRIVATE)
    for _ in range(2):
        assert press.refresh().failed == 0
        press.wait(days=1)
    plan = press.plan(feed)
    assert (plan.address, plan.signs_in) == (COURIER, "basic")
    assert press.keyring.kept[feed, ORIGIN] == Credentials("basic", "ann", "s3cret")
    assert [request.headers["authorization"] for request in press.log] == [BASIC]
    assert press.log[0].headers["if-none-match"] == '"1"'


@pytest.mark.parametrize("error", [KeyringMissing(), KeyringRefused("locked")])
def test_without_a_keyring_it_stays_where_it_is(press: Press, error: Exception):
    press.servers[COURIER] = guarded
    press.keyring.error = error  # type: ignore[assignment]
    feed = press.add(PRIVATE)
    assert press.refresh().added == 1
    assert press.plan(feed).address == PRIVATE
    assert str(press.log[0].url) == COURIER


def test_a_feed_is_told_the_name_its_reader_chose(press: Press):
    feed = press.add(COURIER, conditional(make_feed("one")))
    press.do(lambda db: fetching.set_user_agent(db, feed, "Mozilla/5.0 (mine)"))
    press.refresh()
    assert press.log[0].headers["user-agent"] == "Mozilla/5.0 (mine)"
