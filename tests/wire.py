"""A scripted HTTP server on 127.0.0.1 that forgets nothing: every request stays in its log byte for byte.

    with Wire() as wire:
        address = wire.serve("news.example/feed", reply(feed, ETag='"1"'), reply(status=304))

The answers of one address are given one after the other, the last one for ever. A reply may be a
function of the request. Raw sockets, since no HTTP library shows what was really sent, nor sends
what is sent here. Nothing sleeps: whoever waits, waits for the other side.
"""

from __future__ import annotations

import contextlib
import itertools
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

BODILESS = (204, 304)


@dataclass
class Asked:
    """One request as it came. `began` and `ended` number the moments of a wire, in order."""

    head: bytes  # with the empty line at its end
    began: int
    ended: int = 0  # 0: never answered

    @property
    def line(self) -> str:
        return self.head.partition(b"\r\n")[0].decode("latin-1")

    @property
    def method(self) -> str:
        return self.line.split(" ")[0]

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]

    @property
    def fields(self) -> list[tuple[bytes, bytes]]:
        """Names and values in the order and the case in which they were sent."""
        lines = self.head.split(b"\r\n")[1:-2]
        return [(name, value) for name, _, value in (line.partition(b": ") for line in lines)]

    @property
    def names(self) -> list[str]:
        return [name.decode("latin-1") for name, _ in self.fields]

    @property
    def host(self) -> str:
        """Without the port."""
        return (self.get("Host") or b"").decode("latin-1").rpartition(":")[0]

    @property
    def place(self) -> str:
        return self.host + self.target

    def get(self, name: str) -> bytes | None:
        """The bytes of a field, None where it was not sent; two of one name are a fault."""
        found = [value for key, value in self.fields if key.decode("latin-1").lower() == name.lower()]
        assert len(found) <= 1, f"{name} was sent {len(found)} times"
        return found[0] if found else None

    @property
    def condition(self) -> tuple[bytes | None, bytes | None]:
        return self.get("If-None-Match"), self.get("If-Modified-Since")


@dataclass
class Reply:
    """The bytes of an answer. `then`: "keep" the connection, "close" it, or "hang" until it is closed
    from the other side."""

    data: bytes
    then: str = "keep"


Answering = Reply | Callable[[Asked], Reply]
HANG = Reply(b"", "hang")
HANG_UP = Reply(b"", "close")


def reply(body: bytes = b"", status: int = 200, *more: tuple[str, str | bytes], **fields: str) -> Reply:
    """An answer; `more` for names or bytes that no keyword can be."""
    return Reply(_write_head(status, len(body), [*_spell(fields), *more]) + body)


def cut(body: bytes, sent: int, **fields: str) -> Reply:
    """Announces the whole body, sends so many bytes of it and hangs up."""
    return Reply(_write_head(200, len(body), _spell(fields)) + body[:sent], "close")


def stall(body: bytes, sent: int, **fields: str) -> Reply:
    """Announces the whole body, sends so many bytes of it and falls silent."""
    return Reply(_write_head(200, len(body), _spell(fields)) + body[:sent], "hang")


def redirect(status: int, location: str, **fields: str) -> Reply:
    return reply(b"", status, ("Location", location), **fields)


def conditional(body: bytes, etag: str = '"1"', **fields: str) -> Callable[[Asked], Reply]:
    """A server that knows what "not modified" is."""

    def answer(asked: Asked) -> Reply:
        if asked.get("If-None-Match") == etag.encode():
            return reply(b"", 304, ("ETag", etag), **fields)
        return reply(body, 200, ("ETag", etag), **fields)

    return answer


def _spell(fields: dict[str, str]) -> list[tuple[str, str | bytes]]:
    return [(name.replace("_", "-"), value) for name, value in fields.items()]


def _write_head(status: int, size: int, fields: list[tuple[str, str | bytes]]) -> bytes:
    reason = HTTPStatus(status).phrase if status in {x.value for x in HTTPStatus} else "Status"
    lines = [f"HTTP/1.1 {status} {reason}".encode()]
    for name, value in fields:
        lines.append(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
    if status not in BODILESS:
        lines.append(b"Content-Length: %d" % size)
    return b"\r\n".join(lines) + b"\r\n\r\n"


@dataclass
class Script:
    replies: list[Answering] = field(default_factory=list)

    def next(self) -> Answering:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


class Wire:
    """The server. Its port answers for every host name that a test can make lead here."""

    def __init__(self) -> None:
        self.log: list[Asked] = []
        self._scripts: dict[str, Script] = {}
        self._moments = itertools.count(1)
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._server = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port: int = self._server.getsockname()[1]
        self._begin(self._accept)

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        with self._lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=5)

    def serve(self, place: str, *replies: Answering) -> str:
        """From now on `place` ("host/path?query", or "host" for all of its paths) answers so.
        Returns its address."""
        with self._lock:
            self._scripts[place] = Script(list(replies))
        return self.address(place)

    def address(self, place: str) -> str:
        host, slash, rest = place.partition("/")
        return f"http://{host}:{self.port}{slash}{rest}"

    def asked_for(self, place: str) -> list[Asked]:
        with self._lock:
            return [asked for asked in self.log if place in (asked.place, asked.host)]

    # ---- threads ------------------------------------------------------------------------

    def _begin(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name="wire", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._server.accept()
                with self._lock:
                    self._connections.add(connection)
                self._begin(self._talk, connection)

    def _talk(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            unread = b""
            while True:
                while b"\r\n\r\n" not in unread:
                    more = connection.recv(65536)
                    if not more:
                        return
                    unread += more
                head, _, unread = unread.partition(b"\r\n\r\n")
                if not self._answer(connection, head + b"\r\n\r\n"):
                    return
        with self._lock:
            self._connections.discard(connection)

    def _answer(self, connection: socket.socket, head: bytes) -> bool:
        """Whether the connection may be used again."""
        with self._lock:
            asked = Asked(head, next(self._moments))
            self.log.append(asked)
            script = self._scripts.get(asked.place) or self._scripts.get(asked.host)
            answering = script.next() if script is not None else reply(status=404)
        answer = answering if isinstance(answering, Reply) else answering(asked)
        if answer.then != "hang":
            with self._lock:
                asked.ended = next(self._moments)  # before it is sent: the next may come at once
        if answer.data:
            connection.sendall(answer.data)
        if answer.then == "hang":
            while connection.recv(65536):
                pass
        return answer.then == "keep"
