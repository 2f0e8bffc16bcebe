"""The request log of the client, over httpx.MockTransport: what is sent, byte for byte."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable

import httpx
import pytest

from reader import errors
from reader.fetch.answer import Answer
from reader.fetch.client import Client
from reader.fetch.politeness import HostGate

AGENT = "Broadsheet/1.2 (+https://example.org/broadsheet)"
Handler = Callable[[httpx.Request], httpx.Response]


def ask(
    handler: Handler,
    address: str = "https://news.example/feed",
    etag: str = "",
    modified: str = "",
    **options: int,
):
    log: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        log.append(request)
        return handler(request)

    async def run() -> Answer:
        client = Client(AGENT, transport=httpx.MockTransport(answer), gate=HostGate(gap=0))
        try:
            return await client.get_feed(address, etag, modified, **options)
        finally:
            await client.aclose()

    try:
        return asyncio.run(run()), log
    except errors.FetchError as error:
        return error, log


def ok(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=b"<rss/>")


def redirecting(table: dict[str, tuple[int, str]]) -> Handler:
    def answer(request: httpx.Request) -> httpx.Response:
        if str(request.url) in table:
            status, location = table[str(request.url)]
            return httpx.Response(status, headers={"location": location})
        return ok(request)

    return answer


def test_every_request_is_one_get_with_the_same_headers_and_no_others():
    for _ in range(2):
        _, log = ask(ok)
        assert [request.method for request in log] == ["GET"]
        assert set(log[0].headers) == {"host", "user-agent", "accept", "accept-encoding", "a-im"}
        assert log[0].headers["user-agent"] == AGENT
        assert log[0].headers["accept-encoding"] == "gzip, br, zstd"
        assert "application/atom+xml" in log[0].headers["accept"]


@pytest.mark.parametrize("etag", ['"abc"', 'W/"abc"', "without-quotes", '"with space"', '"é"'])
def test_validators_are_sent_back_byte_for_byte(etag: str):
    first, _ = ask(
        lambda _: httpx.Response(
            200,
            headers=[(b"ETag", etag.encode()), (b"Last-Modified", b"yesterday, about noon")],
            content=b"x",
        )
    )
    _, log = ask(ok, etag=first.etag, modified=first.last_modified)
    sent = dict(log[0].headers.raw)
    assert sent[b"If-None-Match"] == etag.encode()
    assert sent[b"If-Modified-Since"] == b"yesterday, about noon"


def test_no_validator_is_made_up():
    answer, _ = ask(
        lambda _: httpx.Response(200, headers={"date": "Mon, 05 Jan 2026 10:00:00 GMT"}, content=b"x")
    )
    assert (answer.etag, answer.last_modified) == ("", "")
    _, log = ask(ok, etag='"a"')
    assert "if-modified-since" not in log[0].headers


def test_a_validator_that_could_not_be_sent_back_as_it_came_is_not_kept():
    answer, _ = ask(lambda _: httpx.Response(200, headers=[(b"ETag", b'"\xe9"')], content=b"x"))
    assert answer.etag == ""


def test_the_query_is_sent_as_it_was_given():
    address = "https://news.example/feed?b=2&a=%2Fx%3F&a=&c=a+b;d"
    _, log = ask(ok, address)
    assert str(log[0].url) == address


def test_the_schemes_own_port_is_not_named():
    for address in ("https://news.example:443/f", "http://news.example:80/f"):
        _, log = ask(ok, address)
        assert log[0].headers["host"] == "news.example"


def test_a_fragment_is_not_sent():
    _, log = ask(ok, "https://news.example/feed#top")
    assert str(log[0].url) == "https://news.example/feed"


def test_the_body_is_left_as_it_was_sent():
    import gzip

    packed = gzip.compress(b"<rss/>")

    class Raw(httpx.AsyncByteStream):
        async def __aiter__(self):
            yield packed[:5]
            yield packed[5:]

    answer, _ = ask(lambda _: httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Raw()))
    assert answer.data == packed
    assert answer.encoding == "gzip"


def test_a_body_over_the_limit_is_refused_while_it_comes():
    sent = []

    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self):
            while True:
                sent.append(1)
                yield b"x" * 1000

    error, _ = ask(lambda _: httpx.Response(200, stream=Endless()), limit=10_000)
    assert isinstance(error, errors.BodyTooLarge)
    assert len(sent) == 11


def test_a_stated_length_over_the_limit_is_refused_before_reading():
    error, _ = ask(lambda _: httpx.Response(200, headers={"content-length": "99999"}, content=b"x"), limit=10)
    assert isinstance(error, errors.BodyTooLarge)


def test_an_error_is_an_answer_and_its_body_is_not_read():
    answer, _ = ask(lambda _: httpx.Response(404, content=b"sorry"))
    assert (answer.status, answer.data) == (404, b"")
    failure = answer.failure()
    assert isinstance(failure, errors.HttpFailed)
    assert failure.detail == "404"


def test_a_browser_check_is_recognised():
    answer, _ = ask(lambda _: httpx.Response(403, headers={"cf-mitigated": "challenge"}))
    assert isinstance(answer.failure(), errors.BrowserCheck)


def test_redirections_are_followed_and_told():
    answer, log = ask(
        redirecting(
            {
                "https://news.example/feed": (301, "/new"),
                "https://news.example/new": (302, "https://cdn.example/x"),
            }
        )
    )
    assert answer.address == "https://cdn.example/x"
    assert [(hop.status, hop.address) for hop in answer.hops] == [
        (301, "https://news.example/feed"),
        (302, "https://news.example/new"),
    ]
    assert [request.headers["host"] for request in log] == ["news.example", "news.example", "cdn.example"]
    assert answer.moved_to == ""  # one hop was not permanent


def test_only_permanent_hops_over_https_to_a_page_that_is_no_log_in_are_a_move():
    def moved(*hops: tuple[int, str]) -> str:
        table, address = {}, "https://news.example/feed"
        for status, target in hops:
            table[address] = (status, target)
            address = target
        return ask(redirecting(table))[0].moved_to

    assert moved((301, "https://a.example/f")) == "https://a.example/f"
    assert moved((301, "https://a.example/f"), (308, "https://b.example/f")) == "https://b.example/f"
    assert moved((301, "https://a.example/f"), (307, "https://b.example/f")) == ""
    assert moved((301, "http://a.example/f")) == ""
    assert moved((301, "https://wifi.example/LandingPage?from=news")) == ""


def test_a_loop_of_redirections_ends():
    table = {"https://news.example/feed": (302, "/b"), "https://news.example/b": (302, "/feed")}
    error, log = ask(redirecting(table))
    assert isinstance(error, errors.TooManyRedirects)
    assert len(log) == 2


def test_ten_hops_are_followed_and_eleven_are_not():
    def chain(length: int) -> Handler:
        return redirecting({f"https://h.example/{i}": (302, f"/{i + 1}") for i in range(length)})

    answer, _ = ask(chain(10), "https://h.example/0")
    assert answer.address == "https://h.example/10"
    error, _ = ask(chain(11), "https://h.example/0")
    assert isinstance(error, errors.TooManyRedirects)


@pytest.mark.parametrize(
    "target", ["ftp://x.example/", "file:///etc/passwd", "javascript:alert(1)", "http://"]
)
def test_a_redirection_leads_to_http_and_https_only(target: str):
    error, log = ask(redirecting({"https://news.example/feed": (302, target)}))
    assert isinstance(error, errors.AddressRefused)
    assert len(log) == 1


def test_a_stranger_cannot_send_us_into_the_readers_own_network():
    error, log = ask(redirecting({"https://news.example/feed": (302, "http://192.168.0.1/reboot")}))
    assert isinstance(error, errors.AddressRefused)
    assert len(log) == 1


def test_the_log_in_page_of_a_network_is_told_and_not_opened():
    error, log = ask(
        redirecting({"http://news.example/feed": (302, "http://192.168.0.1/login")}),
        "http://news.example/feed",
    )
    assert isinstance(error, errors.CaptivePortal)
    assert error.detail == "192.168.0.1"
    assert len(log) == 1


def test_credentials_never_cross_hosts_and_cookies_are_not_kept():
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "news.example":
            return httpx.Response(302, headers={"location": "https://other.example/", "set-cookie": "a=b"})
        return ok(request)

    _, log = ask(answer, "https://user:secret@news.example/feed")
    assert all("cookie" not in request.headers for request in log)
    assert "authorization" not in log[1].headers
    assert "secret" not in str(log[1].url)


@pytest.mark.parametrize(
    "address", ["", "ftp://x.example/a", "https://", "nonsense", "http://a b.example/", "http://x:99999/"]
)
def test_what_is_no_web_address_is_refused_without_a_request(address: str):
    error, log = ask(ok, address)
    assert isinstance(error, errors.AddressRefused)
    assert not log


def failing(cause: BaseException) -> Handler:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("wrapped") from cause

    return answer


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no"), errors.HostNotFound),
        (socket.gaierror(socket.EAI_AGAIN, "later"), errors.Offline),
        (ssl.SSLCertVerificationError("expired"), errors.TlsFailed),
        (ConnectionRefusedError(), errors.ConnectionFailed),
        (OSError(101, "Network is unreachable"), errors.Offline),
        (TimeoutError(), errors.TimedOut),
    ],
)
def test_the_networks_errors_become_ours(cause: BaseException, kind: type[errors.FetchError]):
    error, _ = ask(failing(cause))
    assert type(error) is kind
    assert error.detail == "news.example"
