"""Serves a world on the loopback: validators, 304, gzip, keep-alive, latency on request.

    server.py WORLD_FOLDER [--latency MILLISECONDS] [--weather]

With `--weather` each feed is as far away, or as broken, as `weather` says, and every second host
has an icon. One asyncio.Protocol without a framework, in a process of its own, so that it costs
little of what is measured. `/stats`, `/detail` and `/reset` on 127.0.0.1 are for the benchmark;
`stats`, `read_detail` and `reset` below ask for them.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from email.utils import formatdate
from functools import partial
from pathlib import Path

from weather import Temper, forecast
from world import World

REASONS = {200: "OK", 304: "Not Modified", 404: "Not Found", 500: "Internal Server Error"}
OWN = ("/stats", "/detail", "/reset")
ICON = "/favicon.ico"


class Server:
    """The server as a process beside the benchmark."""

    def __init__(self, world: World, latency: int = 0, *, weather: bool = False) -> None:
        self._base = f"http://127.0.0.1:{world.port}"
        command = [sys.executable, __file__, world.folder, "--latency", str(latency)]
        command += ["--weather"] if weather else []
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        if self._process.stdout.readline().strip() != "ready":
            raise RuntimeError("the feed server did not start")

    def stats(self) -> dict:
        return self._ask("/stats")

    def read_detail(self) -> dict:
        """When each feed was asked and answered (time.monotonic), when requests were given up, and
        how many there were beside the feeds."""
        return self._ask("/detail")

    def reset(self) -> None:
        self._ask("/reset")

    def _ask(self, path: str) -> dict:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(self._base + path, timeout=10) as answer:
            return json.load(answer)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


class Shelf:
    """Every document in memory, with its validators."""

    def __init__(self, folder: Path, *, has_icons: bool) -> None:
        self.has_icons = has_icons
        self.modified = formatdate((folder / "world.json").stat().st_mtime, usegmt=True)
        self.documents: dict[str, tuple[bytes, bytes, str, str]] = {}
        for path in (folder / "feeds").glob("*.xml"):
            self._add(f"/feeds/{path.name}", path.read_bytes(), "application/xml", path.with_suffix(".gz"))
        for path in (folder / "pictures").glob("*.png"):
            self._add(f"/pictures/{path.name}", path.read_bytes(), "image/png")

    def find(self, host: str, path: str) -> tuple[bytes, bytes, str, str] | None:
        """The document, packed, its tag and its type. Every second host has an icon."""
        if path == ICON and self.has_icons and int(host.rpartition(".")[2]) % 2:
            return self.documents["/pictures/0.png"]
        return self.documents.get(path)

    def _add(self, address: str, data: bytes, kind: str, packed: Path | None = None) -> None:
        tag = f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()[:16]}"'
        self.documents[address] = (data, packed.read_bytes() if packed else b"", tag, kind)


class Log:
    def __init__(self) -> None:
        self.feeds: Counter[int] = Counter()  # by status
        self.others: Counter[str] = Counter()  # by host and path
        self.last_at = 0.0  # time.monotonic, which all processes of this machine share
        self.open = self.most_open = 0
        self.under_way: Counter[str] = Counter()  # requests without an answer yet, by host
        self.most_requests = self.most_to_one_host = 0
        self.asked_at: dict[str, float] = {}  # by path
        self.answered_at: dict[str, float] = {}
        self.given_up_at: list[float] = []

    def begin(self, host: str, path: str) -> None:
        self.under_way[host] += 1
        self.most_to_one_host = max(self.most_to_one_host, self.under_way[host])
        self.most_requests = max(self.most_requests, self.under_way.total())
        if path.startswith("/feeds/"):
            self.asked_at[path] = time.monotonic()
        else:
            self.others[host + path] += 1

    def end(self, host: str, path: str, status: int) -> None:
        self.under_way[host] -= 1
        self.last_at = time.monotonic()
        if path.startswith("/feeds/"):
            self.feeds[status] += 1
            self.answered_at[path] = self.last_at

    def give_up(self, host: str) -> None:
        self.under_way[host] -= 1
        self.given_up_at.append(time.monotonic())

    def follow(self) -> Log:
        """A fresh one, which knows what is open still."""
        fresh = Log()
        fresh.open, fresh.under_way = self.open, self.under_way
        return fresh

    def describe(self) -> dict:
        return {
            "feeds": {str(status): count for status, count in self.feeds.items()},
            "answered": self.feeds.total(),
            "others": self.others.total(),
            "last_at": self.last_at,
            "most_connections": self.most_open,
        }

    def describe_detail(self) -> dict:
        icons = {place: count for place, count in self.others.items() if place.endswith(ICON)}
        return {
            **self.describe(),
            "most_requests": self.most_requests,
            "most_to_one_host": self.most_to_one_host,
            "under_way": self.under_way.total(),
            "asked_at": self.asked_at,
            "answered_at": self.answered_at,
            "given_up_at": self.given_up_at,
            "icons": [sum(icons.values()), len(icons)],  # requests, addresses
            "pictures": [self.others.total() - sum(icons.values()), len(self.others) - len(icons)],
        }


class Connection(asyncio.Protocol):
    def __init__(self, shelf: Shelf, logs: list[Log], read_temper: Callable[[str, str], Temper]) -> None:
        self.shelf, self.logs, self.read_temper = shelf, logs, read_temper
        self.pending = b""
        self.under_way = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.host = transport.get_extra_info("sockname")[0]
        log = self.logs[-1]
        log.open += 1
        log.most_open = max(log.most_open, log.open)

    def connection_lost(self, error: Exception | None) -> None:
        self.logs[-1].open -= 1
        for _ in range(self.under_way):
            self.logs[-1].give_up(self.host)

    def data_received(self, data: bytes) -> None:
        self.pending += data
        while b"\r\n\r\n" in self.pending:
            head, _, self.pending = self.pending.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            self.take(lines[0].split(" ")[1], fields)

    def take(self, path: str, fields: dict[str, str]) -> None:
        if path in OWN:
            self.report(path)
            return
        self.under_way += 1
        self.logs[-1].begin(self.host, path)
        temper = self.read_temper(self.host, path)
        if temper.fault == "hang":
            return
        if temper.delay:
            asyncio.get_running_loop().call_later(temper.delay, self.answer, path, fields, temper.fault)
        else:
            self.answer(path, fields, temper.fault)

    def answer(self, path: str, fields: dict[str, str], fault: str) -> None:
        if self.transport.is_closing():
            return
        self.under_way -= 1
        if fault == "reset":
            self.logs[-1].end(self.host, path, 0)
            self.reset()
            return
        status, data, kind, more = (
            (int(fault), b"not today", "text/plain", "") if fault.isdigit() else self.find(path, fields)
        )
        self.logs[-1].end(self.host, path, status)
        self.send(status, data, kind, more, sent=len(data) // 2 if fault == "cut" else None)

    def reset(self) -> None:
        """Break the connection off as a host does that has crashed."""
        raw: socket.socket = self.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def find(self, path: str, fields: dict[str, str]) -> tuple[int, bytes, str, str]:
        document = self.shelf.find(self.host, path)
        if document is None:
            return 404, b"nothing here", "text/plain", ""
        data, packed, tag, kind = document
        validators = f"ETag: {tag}\r\nLast-Modified: {self.shelf.modified}\r\n"
        if fields.get("if-none-match") == tag:
            return 304, b"", kind, validators
        if packed and "gzip" in fields.get("accept-encoding", ""):
            return 200, packed, kind, validators + "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n"
        return 200, data, kind, validators

    def report(self, path: str) -> None:
        if path == "/reset":
            self.logs.append(self.logs[-1].follow())
        log = self.logs[-1]
        said = log.describe_detail() if path == "/detail" else log.describe()
        self.send(200, json.dumps(said).encode(), "application/json", "")

    def send(self, status: int, data: bytes, kind: str, more: str, sent: int | None = None) -> None:
        """`sent`: of the bytes, before the connection is cut; None: all."""
        length = "" if status == 304 else f"Content-Type: {kind}\r\nContent-Length: {len(data)}\r\n"
        head = f"HTTP/1.1 {status} {REASONS[status]}\r\n{length}{more}\r\n"
        self.transport.write(head.encode() + data[:sent])
        if sent is not None:
            self.transport.close()


def make_forecast(world: World) -> Callable[[str, str], Temper]:
    """Host and path -> how it answers. A host that hangs hangs for everything; pictures are near."""
    tempers = forecast(world)
    by_path = {f"/feeds/{feed:05}.xml": temper for feed, temper in enumerate(tempers)}
    hanging = {world.host(feed) for feed, temper in enumerate(tempers) if temper.fault == "hang"}
    near, hangs = Temper(), Temper(fault="hang")

    def read(host: str, path: str) -> Temper:
        return by_path.get(path) or (hangs if host in hanging else near)

    return read


def list_hosts(world: World, weather: bool) -> list[str]:
    """The addresses to listen on."""
    refused = {
        world.host(feed)
        for feed, temper in enumerate(forecast(world) if weather else ())
        if temper.fault == "refused"
    }
    return sorted({"127.0.0.1", *(world.host(feed) for feed in range(world.feeds))} - refused)


async def serve(world: World, latency: float, weather: bool) -> None:
    shelf = Shelf(Path(world.folder), has_icons=weather)
    logs = [Log()]
    temper = Temper(latency)
    read_temper = make_forecast(world) if weather else lambda host, path: temper
    loop = asyncio.get_running_loop()
    for host in list_hosts(world, weather):
        await loop.create_server(partial(Connection, shelf, logs, read_temper), host, world.port, backlog=512)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--latency", type=int, default=0)
    parser.add_argument("--weather", action="store_true")
    options = parser.parse_args()
    shape = json.loads((options.folder / "world.json").read_text("utf-8"))
    asyncio.run(serve(World(**shape), options.latency / 1000, options.weather))
