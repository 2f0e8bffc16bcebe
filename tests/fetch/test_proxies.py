"""Proxies: which one is asked, what it is told, and who looks names up."""

from __future__ import annotations

import asyncio
import base64

import pytest
from proxies import http_proxy, socks_proxy
from servers import AGENT, OK, ask, everybody_is_here, listen, make_client, reply, trust

from reader import errors
from reader.fetch import socks, transport
from reader.fetch.transport import AioTransport
from reader.model import Credentials

SIGNED = Credentials("basic", "ann", "secret")


@pytest.fixture(autouse=True)
def _trust_the_tests(monkeypatch: pytest.MonkeyPatch):
    for module in (transport, socks):
        monkeypatch.setattr(module, "make_context", lambda: trust("valid"))


def test_an_http_proxy_is_asked_for_the_whole_address():
    async def run() -> None:
        async with listen(reply(OK)) as server, http_proxy() as proxy:
            async with make_client(proxy.address("http")) as client:
                address = server.address("/f?a=%2F&b", host="münchen.example")
                answer = await client.get_feed(address, '"a"')
            assert answer.data == b"<rss/>"
            lines = proxy.heads[0].decode().split("\r\n")
            assert lines[0] == f"GET http://xn--mnchen-3ya.example:{server.port}/f?a=%2F&b HTTP/1.1"
            assert lines[1] == f"Host: xn--mnchen-3ya.example:{server.port}"
            assert [line.partition(":")[0] for line in lines[2:-2]] == [
                "User-Agent",
                "Accept",
                "Accept-Encoding",
                "A-IM",
                "If-None-Match",
            ]

    asyncio.run(run())


def test_through_an_http_proxy_https_is_a_tunnel_that_sees_no_credentials():
    async def run() -> None:
        async with listen(reply(OK), "valid") as server, http_proxy() as proxy:
            async with make_client(proxy.address("http")) as client:
                address = server.address("/f", "https", "münchen.example")
                answer = await client.get_feed(address, credentials=SIGNED)
            assert answer.data == b"<rss/>"
            lines = proxy.heads[0].decode().split("\r\n")
            assert lines[0] == f"CONNECT xn--mnchen-3ya.example:{server.port} HTTP/1.1"
            assert [line for line in lines if line.startswith("User-Agent")] == [f"User-Agent: {AGENT}"]
            assert not any("uthorization" in line for line in lines)
            assert server.names == ["xn--mnchen-3ya.example"]
            assert any(line.startswith("Authorization: Basic") for line in server.lines())
            assert not any(line.startswith("Proxy-") for line in server.lines())

    asyncio.run(run())


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_may_itself_be_spoken_to_over_tls(scheme: str):
    async def run() -> None:
        async with (
            listen(reply(OK), "valid" if scheme == "https" else "") as server,
            http_proxy(certificate="valid") as proxy,
            make_client(proxy.address("https")) as client,
        ):
            answer = await ask(client, server.address("/", scheme, "news.example"))
            assert answer.data == b"<rss/>"
            assert proxy.wanted == [("news.example", server.port)]

    asyncio.run(run())


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxys_password_is_for_the_proxy(scheme: str):
    wanted = "Basic " + base64.b64encode(b"bob:p@ss").decode()

    async def run() -> None:
        async with (
            listen(reply(OK), "valid" if scheme == "https" else "") as server,
            http_proxy(wanted) as proxy,
        ):
            async with make_client(proxy.address("http", "bob:p%40ss@")) as client:
                address = server.address("/", scheme, "news.example")
                answer = await ask(client, address)
            assert answer.data == b"<rss/>"
            assert f"Proxy-Authorization: {wanted}".encode() in proxy.heads[0]
            if scheme == "https":
                assert not any(line.startswith("Proxy-") for line in server.lines())

    asyncio.run(run())


def test_a_proxy_that_wants_a_password_is_named_itself():
    async def run() -> None:
        async with http_proxy("Basic xxx") as proxy, make_client(proxy.address("http")) as client:
            error = await ask(client, "https://news.example/")
            assert type(error) is errors.ProxyFailed
            assert error.detail == "127.0.0.1"
            assert (await ask(client, "http://news.example:81/")).status == 407

    asyncio.run(run())


@pytest.mark.parametrize("scheme", ["http", "socks4", "socks4a", "socks5", "socks5h"])
def test_a_proxy_that_is_not_there_is_named_itself(scheme: str, monkeypatch: pytest.MonkeyPatch):
    everybody_is_here(monkeypatch)

    async def run() -> None:
        async with http_proxy() as gone:
            pass
        async with make_client(gone.address(scheme)) as client:
            error = await ask(client, "https://news.example/")
        assert type(error) is errors.ProxyFailed
        assert error.detail == "127.0.0.1"

    asyncio.run(run())


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    ("version", "looked_up", "wanted"),
    [
        ("socks4", ["xn--mnchen-3ya.example"], "127.0.0.1"),
        ("socks4a", [], "xn--mnchen-3ya.example"),
        ("socks5", ["xn--mnchen-3ya.example"], "127.0.0.1"),
        ("socks5h", [], "xn--mnchen-3ya.example"),
        ("socks", [], "xn--mnchen-3ya.example"),
    ],
)
def test_a_socks_proxy_gets_a_name_or_a_number_as_its_version_says(
    version: str, looked_up: list[str], wanted: str, scheme: str, monkeypatch: pytest.MonkeyPatch
):
    asked = everybody_is_here(monkeypatch)

    async def run() -> None:
        certificate = "valid" if scheme == "https" else ""
        async with listen(reply(OK), certificate) as server, socks_proxy() as proxy:
            async with make_client(proxy.address(version)) as client:
                address = server.address("/f?x=%7e", scheme, "münchen.example")
                assert (await client.get_feed(address)).data == b"<rss/>"
                assert (await client.get_feed(address)).data == b"<rss/>"
            assert proxy.wanted == [(wanted, server.port)]  # and the connection was used again
            assert [name for name in asked if name != "127.0.0.1"] == looked_up
            assert server.lines()[0] == "GET /f?x=%7e HTTP/1.1"
            assert server.lines()[1] == f"Host: xn--mnchen-3ya.example:{server.port}"
            names = [line.partition(":")[0] for line in server.lines()[1:]]
            assert names == ["Host", "User-Agent", "Accept", "Accept-Encoding", "A-IM"]

    asyncio.run(run())


def test_a_socks_proxy_takes_a_user_and_password():
    async def run() -> None:
        async with listen(reply(OK)) as server, socks_proxy("bob", "p@ss") as proxy:
            for userinfo, is_let_in in (("bob:p%40ss@", True), ("bob:wrong@", False), ("", False)):
                async with make_client(proxy.address("socks5h", userinfo)) as client:
                    outcome = await ask(client, server.address("/", host="news.example"))
                assert isinstance(outcome, errors.ConnectionFailed) != is_let_in
            assert proxy.logged_in == [(b"bob", b"p@ss"), (b"bob", b"wrong")]

    asyncio.run(run())


@pytest.mark.parametrize("version", ["socks4a", "socks5h"])
def test_what_a_socks_proxy_refuses_is_a_failed_connection_to_the_host(version: str):
    async def run() -> None:
        async with socks_proxy(refusal=4) as proxy, make_client(proxy.address(version)) as client:
            error = await ask(client, "https://news.example/")
            assert type(error) is errors.ConnectionFailed
            assert error.detail == "news.example"

    asyncio.run(run())


def test_this_machine_is_asked_without_a_proxy():
    async def run() -> None:
        async with listen(reply(OK)) as server, http_proxy() as proxy:
            async with make_client(proxy.address("http")) as client:
                assert (await client.get_feed(server.address())).is_success
            assert proxy.heads == []

    asyncio.run(run())


def test_another_proxy_serves_from_the_next_request_on_and_the_old_way_ends_with_its_last_one(
    monkeypatch: pytest.MonkeyPatch,
):
    everybody_is_here(monkeypatch)
    closed: list[AioTransport] = []
    really_close = AioTransport.aclose

    async def note_close(self: AioTransport) -> None:
        closed.append(self)
        await really_close(self)

    monkeypatch.setattr(AioTransport, "aclose", note_close)

    async def run() -> None:
        arrived, may_answer = asyncio.Event(), asyncio.Event()

        async def serve(head: bytes, reader, writer) -> None:
            if b"/slow" in head:
                arrived.set()
                await may_answer.wait()
            writer.write(OK)

        async with listen(serve) as server, http_proxy() as proxy, make_client() as client:
            slow = asyncio.create_task(client.get_feed(server.address("/slow", host="slow.example")))
            await arrived.wait()
            await client.set_proxy(proxy.address("http"))
            assert closed == []
            assert (await client.get_feed(server.address("/quick", host="quick.example"))).is_success
            assert [host for host, _ in proxy.wanted] == ["quick.example"]
            may_answer.set()
            assert (await slow).data == b"<rss/>"
            assert len(closed) == 1
            await client.set_proxy("direct")
            assert len(closed) == 2
            assert (await client.get_feed(server.address("/last", host="last.example"))).is_success
            assert len(proxy.wanted) == 1

    asyncio.run(run())


def test_a_proxy_that_is_none_keeps_everything_from_going_out_until_it_is_one():
    async def run() -> None:
        async with listen(reply(OK)) as server, make_client() as client:
            for setting in ("ftp://proxy.example", "http://", "http://ann:s3cret@a b/"):
                await client.set_proxy(setting)
                with pytest.raises(errors.AddressRefused):
                    await client.get_feed(server.address())
                assert client.barred_by == setting.replace("http://ann:s3cret@", "")
            assert server.heads == []
            await client.set_proxy("direct")
            assert client.barred_by == ""
            assert (await client.get_feed(server.address())).is_success

    asyncio.run(run())
