from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from reader.fetch import transport
from tests.engine.press import Press
from tests.manners.desk import Desk
from tests.wire import Wire

PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class EveryName(AbstractResolver):
    """Every host name is this machine. `fault`: what the resolver says in place of an answer."""

    fault: OSError | None = None

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if EveryName.fault is not None:
            raise EveryName.fault
        if host.startswith("nowhere"):
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        return [
            ResolveResult(hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0)
        ]

    async def close(self) -> None: ...


@pytest.fixture
def wire() -> Iterator[Wire]:
    with Wire() as wire:
        yield wire


@pytest.fixture
def desk(tmp_path: Path, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The engine on a real store and real sockets, with host names that all lead to the wire."""
    monkeypatch.setattr(transport, "ThreadResolver", EveryName)
    monkeypatch.setattr(transport, "make_context", lambda: PLAIN)  # the system's takes 20 ms each
    monkeypatch.setattr(EveryName, "fault", None)
    desk = Desk(tmp_path, wire)
    yield desk
    desk.close()


@pytest.fixture
def lose_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Called with True, names are no longer found; with False, they are again."""

    def lose(is_lost: bool) -> None:
        fault = socket.gaierror(socket.EAI_AGAIN, "ask again later") if is_lost else None
        monkeypatch.setattr(EveryName, "fault", fault)

    return lose


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    """The engine without sockets, for what takes a month."""
    press = Press(tmp_path)
    yield press
    press.writer.close()
