"""Redirections on the wire: how many, where to, and what is said to whom on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from servers import Server, ask, listen, make_client, redirect, reply_by_path, trust

from reader import errors
from reader.fetch import transport
from reader.model import Credentials

SIGNED = Credentials("basic", "a", "b")
Table = dict[str, bytes]


def follow(make_table: Callable[[Server], Table], path: str = "/0", final: str = "", **options):
    """Ask the server that `make_table` scripts. Outcome, and each request's path with what it carried."""

    async def run():
        table: Table = {}
        async with listen(reply_by_path(table)) as server, make_client() as client:
            table.update(make_table(server))
            final_address = server.address(final) if final else ""
            outcome = await ask(
                client, server.address(path), '"a"', "noon", final_address=final_address, **options
            )
            said = [
                (head.split(b" ")[1].decode(), b"If-None-Match" in head and b"If-Modified-Since" in head)
                for head in server.heads
            ]
            return outcome, said

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("final", "sent"),
    [
        ("", {"/0": True, "/1?sig=new": True}),
        ("/1?sig=old", {"/0": False, "/1?sig=new": True}),
        ("/0", {"/0": True, "/1?sig=new": False}),
        ("/2", {"/0": False, "/1?sig=new": False}),
    ],
)
def test_validators_are_sent_to_the_address_that_gave_them(final: str, sent: dict[str, bool]):
    _, said = follow(lambda _: {"/0": redirect(302, "/1?sig=new")}, final=final)
    assert dict(said) == sent


def test_validators_of_an_address_that_sends_us_nowhere_are_always_sent():
    _, said = follow(lambda _: {}, final="/0")
    assert said == [("/0", True)]
    _, said = follow(lambda _: {}, path="/0?session=2", final="/0?session=1")
    assert said == [("/0?session=2", True)]


def test_the_same_path_of_another_host_gets_no_validators():
    async def run() -> None:
        table: Table = {}
        async with (
            listen(reply_by_path(table)) as one,
            listen(reply_by_path({})) as other,
            make_client() as c,
        ):
            table["/f"] = redirect(302, other.address("/f"))
            await c.get_feed(one.address("/f"), '"a"', final_address=one.address("/f"))
            assert b"If-None-Match" in one.heads[0]
            assert b"If-None-Match" not in other.heads[0]

    asyncio.run(run())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirection_is_followed_with_another_get(status: int):
    answer, said = follow(lambda _: {"/0": redirect(status, "/1")})
    assert answer.is_success
    assert [path for path, _ in said] == ["/0", "/1"]
    assert answer.moved_to == (answer.address if status in (301, 308) else "")


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_other_statuses_are_not_followed(status: int):
    answer, said = follow(lambda _: {"/0": redirect(status, "/1")})
    assert answer.status == status
    assert len(said) == 1


def test_ten_hops_are_followed_and_no_more():
    def chain(length: int) -> Callable[[Server], Table]:
        return lambda _: {f"/{i}": redirect(302, f"/{i + 1}") for i in range(length)}

    answer, said = follow(chain(10))
    assert (answer.is_success, len(said)) == (True, 11)
    error, said = follow(chain(11))
    assert (type(error), len(said)) == (errors.TooManyRedirects, 11)


def test_a_loop_ends_where_it_closes():
    error, said = follow(lambda _: {"/0": redirect(301, "/1"), "/1": redirect(301, "/0#again")})
    assert (type(error), len(said)) == (errors.TooManyRedirects, 2)


@pytest.mark.parametrize("target", ["http://[::1", "http://x:99999/", "file:///etc/passwd", "data:,x"])
def test_a_redirection_to_nowhere_is_refused(target: str):
    error, said = follow(lambda _: {"/0": redirect(302, target)})
    assert isinstance(error, errors.AddressRefused)
    assert len(said) == 1


def test_a_redirection_without_a_target_is_an_answer():
    answer, _ = follow(lambda _: {"/0": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"})
    assert answer.status == 302
    assert isinstance(answer.failure(), errors.HttpFailed)


def test_a_move_from_https_to_http_is_followed_without_credentials_and_not_adopted(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(transport, "make_context", lambda: trust("valid"))

    async def run() -> None:
        table: Table = {}
        async with listen(reply_by_path(table), "valid") as safe, listen(reply_by_path({})) as plain:
            table["/"] = redirect(301, plain.address("/"))
            async with make_client() as client:
                answer = await client.get_feed(safe.address("/", "https"), credentials=SIGNED)
            assert answer.is_success
            assert answer.moved_to == ""
            assert b"Authorization" in safe.heads[0]
            assert b"Authorization" not in plain.heads[0]

    asyncio.run(run())
