"""Certificates that do not do: each is told as what it is, and never passed over."""

from __future__ import annotations

import asyncio
import ssl

import pytest
from proxies import socks_proxy
from servers import OK, ask, listen, make_client, redirect, reply, reply_by_path, trust

from reader import errors
from reader.fetch import socks, transport
from reader.fetch.faults import translate

CASES = [
    ("valid", ("valid",), None),
    ("valid", (), errors.CertificateUntrusted),
    ("expired", ("expired",), errors.CertificateExpired),
    ("other", ("other",), errors.CertificateForOther),
]


def trust_only(monkeypatch: pytest.MonkeyPatch, *certificates: str) -> None:
    for module in (transport, socks):
        monkeypatch.setattr(module, "make_context", lambda: trust(*certificates))


@pytest.mark.parametrize(("shown", "trusted", "kind"), CASES)
@pytest.mark.parametrize("is_proxied", [False, True], ids=["own", "httpx"])
def test_what_is_wrong_with_a_certificate_is_said(
    shown: str, trusted: tuple[str, ...], kind: type | None, is_proxied: bool, monkeypatch: pytest.MonkeyPatch
):
    trust_only(monkeypatch, *trusted)

    async def run() -> None:
        async with listen(reply(OK), shown) as server, socks_proxy() as proxy:
            # Loopback is never asked through a proxy; a name is, and the proxy brings it here.
            host = "news.example" if is_proxied else "127.0.0.1"
            async with make_client(proxy.address("socks5h") if is_proxied else "direct") as client:
                outcome = await ask(client, server.address("/", "https", host))
            if kind is None:
                assert outcome.data == b"<rss/>"
            else:
                assert type(outcome) is kind
                assert outcome.detail == host
                assert server.heads == []

    asyncio.run(run())


def test_what_speaks_no_tls_is_a_failure_of_tls(monkeypatch: pytest.MonkeyPatch):
    trust_only(monkeypatch)

    async def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad\r\n\r\n")
        writer.close()

    async def run() -> None:
        async with await asyncio.start_server(accept, "127.0.0.1", 0) as server, make_client() as client:
            port = server.sockets[0].getsockname()[1]
            assert type(await ask(client, f"https://127.0.0.1:{port}/")) is errors.TlsFailed

    asyncio.run(run())


def test_a_redirection_to_an_untrusted_host_ends_there(monkeypatch: pytest.MonkeyPatch):
    trust_only(monkeypatch, "valid")

    async def run() -> None:
        table: dict[str, bytes] = {}
        async with listen(reply_by_path(table), "valid") as good, listen(reply(OK), "expired") as bad:
            table["/"] = redirect(301, bad.address("/", "https"))
            async with make_client() as client:
                outcome = await ask(client, good.address("/", "https"))
            assert isinstance(outcome, errors.TlsFailed)
            assert bad.heads == []

    asyncio.run(run())


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (9, errors.CertificateExpired),
        (10, errors.CertificateExpired),
        (0x800B0101, errors.CertificateExpired),
        (-67818, errors.CertificateExpired),
        (62, errors.CertificateForOther),
        (64, errors.CertificateForOther),
        (0x800B010F, errors.CertificateForOther),
        (-67602, errors.CertificateForOther),
        (18, errors.CertificateUntrusted),
        (19, errors.CertificateUntrusted),
        (20, errors.CertificateUntrusted),
        (0x800B0109, errors.CertificateUntrusted),
        (-67843, errors.CertificateUntrusted),
        (23, errors.TlsFailed),  # revoked
        (None, errors.TlsFailed),
    ],
)
def test_each_systems_number_of_the_fault_is_understood(number: int | None, kind: type):
    fault = ssl.SSLCertVerificationError("verification failed")
    if number is not None:
        fault.verify_code = number
    wrapper = OSError("wrapped")
    wrapper.__cause__ = fault
    error = translate(wrapper, "news.example")
    assert type(error) is kind
    assert error.detail == "news.example"
