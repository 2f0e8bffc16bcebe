"""What is kept in the keyring, with keyrings of the tests' own."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked, PasswordSetError
from keyrings import Broken, Drawer, Silent

from reader.engine.secrets import Secrets, make_tag, may_follow, origin_of
from reader.errors import KeyringMissing, KeyringRefused
from reader.model import Credentials, FeedId
from reader.paths import profile_in, usual_profile

FEED = FeedId(7)
ADDRESS = "https://courier.example/feed?x=1"
BASIC = Credentials("basic", "anna", "pässword: with a colon")
BEARER = Credentials("bearer", "", "t0ken")


@pytest.mark.parametrize("credentials", [BASIC, BEARER])
def test_what_is_put_is_there_at_the_next_start(drawer: Drawer, credentials: Credentials):
    asyncio.run(Secrets("default").put(FEED, ADDRESS, credentials))
    assert asyncio.run(Secrets("default").get(FEED, ADDRESS)) == credentials


def test_the_keyring_names_the_origin_the_feed_and_the_profile(drawer: Drawer):
    asyncio.run(Secrets("default").put(FEED, ADDRESS, BASIC))
    ((name, value),) = drawer.kept.items()
    assert name == ("Broadsheet https://courier.example", "feed 7, default")
    assert json.loads(value) == {"scheme": "basic", "user": "anna", "secret": BASIC.secret}


@pytest.mark.parametrize(
    ("feed", "address", "tag"),
    [
        (FEED, "https://other.example/feed", "default"),
        (FEED, "http://courier.example/feed", "default"),
        (FEED, "https://courier.example:8443/feed", "default"),
        (FEED, "https://evil.example/?https://courier.example/", "default"),
        (FEED, "not an address", "default"),
        (FeedId(8), ADDRESS, "default"),
        (FEED, ADDRESS, "another profile"),
    ],
)
def test_nobody_else_is_shown_them(drawer: Drawer, feed: FeedId, address: str, tag: str):
    async def look() -> None:
        secrets = Secrets("default")
        await secrets.put(FEED, ADDRESS, BASIC)
        other = secrets if tag == "default" else Secrets(tag)
        assert await other.get(feed, address) is None

    asyncio.run(look())


def test_another_path_of_the_same_origin_is_shown_them(drawer: Drawer):
    asyncio.run(Secrets("default").put(FEED, ADDRESS, BASIC))
    assert asyncio.run(Secrets("default").get(FEED, "https://Courier.example:443/new/feed")) == BASIC


PLAIN = ADDRESS.replace("https", "http")


@pytest.mark.parametrize("is_restarted", [False, True])
def test_what_was_put_without_tls_is_shown_with_it(drawer: Drawer, is_restarted: bool):
    async def look() -> None:
        secrets = Secrets("default")
        await secrets.put(FEED, PLAIN, BASIC)
        later = Secrets("default") if is_restarted else secrets
        assert await later.get(FEED, ADDRESS) == BASIC
        await later.put(FEED, ADDRESS, BEARER)
        assert await later.get(FEED, ADDRESS) == BEARER
        await later.forget(FEED, ADDRESS)
        assert await later.get(FEED, ADDRESS) is None
        assert not drawer.kept

    asyncio.run(look())


@pytest.mark.parametrize(
    ("old", "new", "may"),
    [
        ("http://a.example/x", "https://a.example/y", True),
        ("http://a.example:80/x", "https://a.example:443/y", True),
        ("https://a.example/x", "http://a.example/x", False),
        ("http://a.example/x", "https://b.example/x", False),
        ("http://a.example:8080/x", "https://a.example/x", False),
        ("http://a.example/x", "https://a.example:8443/x", False),
        ("http://a.example/x", "http://a.example:81/x", False),
        ("no address", "neither", False),
    ],
)
def test_a_password_follows_from_http_to_https_and_to_nothing_else(old: str, new: str, may: bool):
    assert may_follow(old, new) is may


def test_what_is_forgotten_is_gone_and_may_be_forgotten_twice(drawer: Drawer):
    async def look() -> None:
        secrets = Secrets("default")
        await secrets.put(FEED, ADDRESS, BASIC)
        await secrets.forget(FEED, ADDRESS)
        await secrets.forget(FEED, ADDRESS)
        assert await secrets.get(FEED, ADDRESS) is None

    asyncio.run(look())
    assert not drawer.kept


@pytest.mark.parametrize("kind", [fail.Keyring, null.Keyring])
def test_without_a_keyring_they_are_kept_until_the_program_ends_and_that_is_said(ring, kind):
    ring(kind())

    async def look() -> None:
        secrets = Secrets("default")
        assert await secrets.get(FEED, ADDRESS) is None
        with pytest.raises(KeyringMissing):
            await secrets.put(FEED, ADDRESS, BASIC)
        assert await secrets.get(FEED, ADDRESS) == BASIC
        await secrets.forget(FEED, ADDRESS)
        assert await secrets.get(FEED, ADDRESS) is None

    asyncio.run(look())


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (KeyringLocked("Failed to unlock the collection!"), ""),
        (InitError("Failed to create the collection: Prompt dismissed.\nmore"), "Failed to create the c"),
        (PasswordSetError("no"), "no"),
        (OSError(5, "Input/output error"), "[Errno 5] Input/output error"),
        (RuntimeError(), "RuntimeError"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_keyring_that_says_no_is_told_and_the_session_has_them_all_the_same(ring, error, detail):
    ring(Broken(error))

    async def look() -> None:
        secrets = Secrets("default")
        with pytest.raises(KeyringRefused) as refused:
            await secrets.get(FEED, ADDRESS)
        assert refused.value.detail.startswith(detail)
        with pytest.raises(KeyringRefused):
            await secrets.put(FEED, ADDRESS, BASIC)
        assert await secrets.get(FEED, ADDRESS) == BASIC

    asyncio.run(look())


def test_a_keyring_that_never_answers_is_waited_for_so_long_and_the_loop_goes_on(ring):
    silent = Silent()
    ring(silent)

    async def look() -> None:
        secrets = Secrets("default", patience=0.02)
        with pytest.raises(KeyringRefused):
            await secrets.get(FEED, ADDRESS)
        with pytest.raises(KeyringRefused):
            await secrets.put(FEED, ADDRESS, BASIC)
        assert await secrets.get(FEED, ADDRESS) == BASIC

    asyncio.run(look())
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "keyring")
    silent.may_answer.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(10)
    assert len(silent.kept) == 1  # late, but kept


def test_the_keyring_is_asked_on_a_thread_of_its_own_and_once_a_session(drawer: Drawer):
    asyncio.run(Secrets("default").put(FEED, ADDRESS, BASIC))

    async def look() -> None:
        secrets = Secrets("default")
        assert await secrets.get(FEED, ADDRESS) == BASIC
        drawer.kept.clear()
        assert await secrets.get(FEED, ADDRESS) == BASIC

    asyncio.run(look())
    assert drawer.threads == {"keyring"}


@pytest.mark.parametrize(
    "value", ["", "hello", "[]", '{"scheme": "basic"}', '{"scheme": 1, "user": 2, "secret": 3}']
)
def test_what_somebody_else_wrote_into_the_keyring_is_not_sent(drawer: Drawer, value: str):
    drawer.kept["Broadsheet https://courier.example", "feed 7, default"] = value
    assert asyncio.run(Secrets("default").get(FEED, ADDRESS)) is None


def test_an_origin_is_scheme_host_and_port():
    assert origin_of("HTTPS://Anna:pw@Courier.example:443/feed") == "https://courier.example"
    assert origin_of("http://[2001:db8::1]:8080/") == "http://[2001:db8::1]:8080"
    assert origin_of("https://[broken") == origin_of("ftp://a.example/") == origin_of("https://a:x/") == ""


def test_every_profile_has_a_tag_of_its_own(tmp_path):
    tags = {make_tag(usual_profile()), make_tag(profile_in(tmp_path)), make_tag(profile_in(tmp_path / "a"))}
    assert len(tags) == 3
    assert "default" in tags
    assert make_tag(profile_in(tmp_path)) == make_tag(profile_in(tmp_path))
