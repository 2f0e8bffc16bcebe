"""Looking hosts up: nobody waits for a name server that is silent but those who asked it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable

import pytest

from reader.fetch import resolver
from reader.fetch.resolver import AT_ONCE, ThreadResolver

PLACE = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 80))


def answer_with(monkeypatch: pytest.MonkeyPatch, look: Callable[[str], list[object]]) -> None:
    monkeypatch.setattr(resolver.socket, "getaddrinfo", lambda host, *_, **__: look(host))


def test_hosts_whose_name_server_is_silent_hold_up_no_others(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(resolver, "PATIENCE", 0.001)
    release = threading.Event()

    def look(host: str) -> list[object]:
        if host.startswith("dead"):
            release.wait(30)
        return [PLACE]

    async def run() -> None:
        names = ThreadResolver()
        dead = [asyncio.create_task(names.resolve(f"dead{i}.example")) for i in range(AT_ONCE * 2)]
        try:
            found = await asyncio.wait_for(names.resolve("alive.example"), 20)
            assert found[0]["host"] == "192.0.2.1"
            assert not any(task.done() for task in dead)
        finally:
            release.set()
            await asyncio.gather(*dead)

    answer_with(monkeypatch, look)
    asyncio.run(run())


def test_no_more_look_ups_run_at_once_than_there_are_turns(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(resolver, "PATIENCE", 60.0)
    running, most, lock = 0, 0, threading.Lock()
    release = threading.Event()

    def look(host: str) -> list[object]:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            if running == AT_ONCE:
                release.set()
        release.wait(30)
        with lock:
            running -= 1
        return [PLACE]

    async def run() -> None:
        names = ThreadResolver()
        found = await asyncio.gather(*(names.resolve(f"host{i}.example") for i in range(AT_ONCE * 3)))
        assert len(found) == AT_ONCE * 3

    answer_with(monkeypatch, look)
    asyncio.run(run())
    assert most == AT_ONCE


@pytest.mark.parametrize("fault", [socket.gaierror(socket.EAI_NONAME, "no"), UnicodeError("label too long")])
def test_a_host_that_is_not_found_gives_its_turn_back(fault: Exception, monkeypatch: pytest.MonkeyPatch):
    def look(host: str) -> list[object]:
        raise fault

    async def run() -> None:
        names = ThreadResolver()
        for _ in range(AT_ONCE + 1):
            with pytest.raises(socket.gaierror):
                await names.resolve("nowhere.example")

    answer_with(monkeypatch, look)
    asyncio.run(run())
