"""Serves a world on the loopback: validators, 304, gzip, keep-alive, latency on request.

    server.py WORLD_FOLDER [--latency MILLISECONDS]

One asyncio.Protocol without a framework, in a process of its own, so that it costs little of
what is measured. `/stats` and `/reset` on 127.0.0.1 are for the benchmark; `stats` and `reset`
below ask for them.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from email.utils import formatdate
from pathlib import Path

from world import World

REASONS = {200: "OK", 304: "Not Modified", 404: "Not Found"}


class Server:
    """The server as a process beside the benchmark."""

    def __init__(self, world: World, latency: int = 0) -> None:
        self._base = f"http://127.0.0.1:{world.port}"
        command = [sys.executable, __file__, world.folder, "--latency", str(latency)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        if self._process.stdout.readline().strip() != "ready":
            raise RuntimeError("the feed server did not start")

    def stats(self) -> dict:
        return self._ask("/stats")

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

    def __init__(self, folder: Path) -> None:
        self.modified = formatdate((folder / "world.json").stat().st_mtime, usegmt=True)
        self.documents: dict[str, tuple[bytes, bytes, str, str]] = {}
        for path in (folder / "feeds").glob("*.xml"):
            self._add(f"/feeds/{path.name}", path.read_bytes(), "application/xml", path.with_suffix(".gz"))
        for path in (folder / "pictures").glob("*.png"):
            self._add(f"/pictures/{path.name}", path.read_bytes(), "image/png")

    def _add(self, address: str, data: bytes, kind: str, packed: Path | None = None) -> None:
        tag = f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()[:16]}"'
        self.documents[address] = (data, packed.read_bytes() if packed else b"", tag, kind)


class Log:
    def __init__(self) -> None:
        self.feeds: Counter[int] = Counter()  # by status
        self.others = 0
        self.last_at = 0.0  # time.monotonic, which all processes of this machine share
        self.open = self.most_open = 0

    def describe(self) -> dict:
        return {
            "feeds": {str(status): count for status, count in self.feeds.items()},
            "answered": self.feeds.total(),
            "others": self.others,
            "last_at": self.last_at,
            "most_connections": self.most_open,
        }


class Connection(asyncio.Protocol):
    def __init__(self, shelf: Shelf, logs: list[Log], latency: float) -> None:
        self.shelf, self.logs, self.latency = shelf, logs, latency
        self.pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        log = self.logs[-1]
        log.open += 1
        log.most_open = max(log.most_open, log.open)

    def connection_lost(self, error: Exception | None) -> None:
        self.logs[-1].open -= 1

    def data_received(self, data: bytes) -> None:
        self.pending += data
        while b"\r\n\r\n" in self.pending:
            head, _, self.pending = self.pending.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            path = lines[0].split(" ")[1]
            if self.latency and path not in ("/stats", "/reset"):
                asyncio.get_running_loop().call_later(self.latency, self.answer, path, fields)
            else:
                self.answer(path, fields)

    def answer(self, path: str, fields: dict[str, str]) -> None:
        if self.transport.is_closing():
            return
        if path in ("/stats", "/reset"):
            self.report(path)
            return
        log = self.logs[-1]
        status, data, kind, more = self.find(path, fields)
        if path.startswith("/feeds/"):
            log.feeds[status] += 1
        else:
            log.others += 1
        log.last_at = time.monotonic()
        self.send(status, data, kind, more)

    def find(self, path: str, fields: dict[str, str]) -> tuple[int, bytes, str, str]:
        document = self.shelf.documents.get(path)
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
            fresh = Log()
            fresh.open = self.logs[-1].open
            self.logs.append(fresh)
        self.send(200, json.dumps(self.logs[-1].describe()).encode(), "application/json", "")

    def send(self, status: int, data: bytes, kind: str, more: str) -> None:
        length = "" if status == 304 else f"Content-Type: {kind}\r\nContent-Length: {len(data)}\r\n"
        head = f"HTTP/1.1 {status} {REASONS[status]}\r\n{length}{more}\r\n"
        self.transport.write(head.encode() + data)


async def serve(world: World, latency: float) -> None:
    shelf = Shelf(Path(world.folder))
    logs = [Log()]
    loop = asyncio.get_running_loop()
    hosts = {"127.0.0.1", *(world.host(feed) for feed in range(world.feeds))}
    for host in sorted(hosts):
        await loop.create_server(lambda: Connection(shelf, logs, latency), host, world.port, backlog=512)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--latency", type=int, default=0)
    options = parser.parse_args()
    shape = json.loads((options.folder / "world.json").read_text("utf-8"))
    asyncio.run(serve(World(**shape), options.latency / 1000))
