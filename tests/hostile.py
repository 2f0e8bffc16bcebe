"""A web of bad servers on this machine: every path is another way to go wrong.

`with Hostile() as web: web.address("bomb")`. Raw sockets, since no HTTP server library would send
what is sent here. `python tests/hostile.py PORT` serves it to a program started by hand.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import subprocess
import sys
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

Handler = Callable[["Request"], Iterator[bytes]]
HANDLERS: dict[str, Handler] = {}
PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\x01"
    b"\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82"
)


class Request:
    def __init__(self, path: str, headers: dict[str, str], base: str, ended: threading.Event) -> None:
        self.path = path
        self.headers = headers
        self.base = base
        self.ended = ended  # set when the web is taken down: whoever hangs, wakes


def make_feed(*titles: str, head: str = "", title: str = "Courier") -> bytes:
    items = "".join(
        f"<item><title>{x}</title><guid>{x}</guid><link>https://courier.example/{x}</link>"
        f"<description>About {x}.</description></item>"
        for x in titles
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://courier.example/</link>{head}{items}</channel></rss>"
    ).encode()


def head(
    status: str = "200 OK", length: int | None = None, kind: str = "application/xml", **more: str
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close"]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def whole(body: bytes, kind: str = "application/xml", **more: str) -> Iterator[bytes]:
    yield head(length=len(body), kind=kind, **more) + body


def page(links: str) -> bytes:
    return f"<!doctype html><html><head><title>Site</title>{links}</head><body>Hello</body></html>".encode()


def handle(function: Handler) -> Handler:
    HANDLERS[function.__name__.replace("_", "-")] = function
    return function


@handle
def good(request: Request) -> Iterator[bytes]:
    return whole(make_feed("one", "two", title="Good"))


@handle
def conditional(request: Request) -> Iterator[bytes]:
    if request.headers.get("if-none-match") == '"v1"':
        return iter([head("304 Not Modified")])
    return whole(make_feed("one", title="Conditional"), ETag='"v1"')


@handle
def no_links(request: Request) -> Iterator[bytes]:
    return whole(page(""), "text/html")


@handle
def site(request: Request) -> Iterator[bytes]:
    return whole(
        page(
            '<link rel="alternate" type="application/rss+xml" title="Comments" href="/good?comments/feed">'
            '<link rel="alternate" type="application/rss+xml" title="All news" href="good">'
            '<link rel="alternate" type="application/atom+xml" title="Atom" href="/good?atom">'
        ),
        "text/html",
    )


@handle
def html_instead(request: Request) -> Iterator[bytes]:
    return whole(page(""), "application/rss+xml")


@handle
def image_instead(request: Request) -> Iterator[bytes]:
    return whole(PIXEL, "application/rss+xml")


@handle
def empty(request: Request) -> Iterator[bytes]:
    return whole(b"")


@handle
def cut_off(request: Request) -> Iterator[bytes]:
    """Announces more than it sends."""
    body = make_feed(*(f"cut {number}" for number in range(20)), title="Cut off")
    yield head(length=len(body)) + body[: len(body) // 2]


@handle
def cut_off_gzip(request: Request) -> Iterator[bytes]:
    body = gzip.compress(make_feed(*(f"gz {number} {zlib.crc32(bytes([number]))}" for number in range(200))))
    yield head(length=len(body), Content_Encoding="gzip") + body[: len(body) // 2]


@handle
def cut_off_chunks(request: Request) -> Iterator[bytes]:
    body = make_feed(*(f"chunk {number}" for number in range(20)))
    part = body[: len(body) // 2]
    yield head(Transfer_Encoding="chunked") + b"%x\r\n" % len(part) + part + b"\r\n"


@handle
def loop(request: Request) -> Iterator[bytes]:
    yield head("302 Found", 0, Location="/loop-back")


@handle
def loop_back(request: Request) -> Iterator[bytes]:
    yield head("302 Found", 0, Location="/loop")


@handle
def far(request: Request) -> Iterator[bytes]:
    """Eleven hops and more."""
    number = int(request.path.partition("?")[2] or 0)
    yield head("302 Found", 0, Location=f"/far?{number + 1}")


@handle
def hang(request: Request) -> Iterator[bytes]:
    request.ended.wait()
    yield b""


@handle
def hang_in_body(request: Request) -> Iterator[bytes]:
    yield head(length=100_000) + make_feed("early")[:-20]
    request.ended.wait()


@handle
def drip(request: Request) -> Iterator[bytes]:
    yield head()
    while not request.ended.wait(0.5):
        yield b" "


@handle
def broken_xml(request: Request) -> Iterator[bytes]:
    body = make_feed("before", "after", title="Broken").replace(b"<title>after", b"<title>after</oops> < & <")
    return whole(body)


@handle
def bomb(request: Request) -> Iterator[bytes]:
    entities = "".join(
        f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "ha"}{"&a" + str(n - 1) + ";" if n else "ha"}">'
        for n in range(40)
    )
    body = f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel><title>&a39;</title>'
    return whole((body + "<item><title>&a39;</title></item></channel></rss>").encode())


@handle
def external(request: Request) -> Iterator[bytes]:
    body = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">'
        f'<!ENTITY y SYSTEM "{request.base}/fetched">]>'
        '<rss version="2.0"><channel><title>&x;&y;</title><item><title>&x;&y;</title></item></channel></rss>'
    )
    return whole(body.encode())


@handle
def huge(request: Request) -> Iterator[bytes]:
    """100 MB that say nothing of their size."""
    yield head() + b'<?xml version="1.0"?><rss version="2.0"><channel><title>Huge</title>'
    for _ in range(1600):
        yield b"<!-- " + b"x" * 65_000 + b" -->"


@handle
def huge_stated(request: Request) -> Iterator[bytes]:
    yield head(length=100 << 20) + b"<rss>"


@handle
def gzip_bomb(request: Request) -> Iterator[bytes]:
    return whole(_squeeze(64), Content_Encoding="gzip")


@handle
def nested_gzip_bomb(request: Request) -> Iterator[bytes]:
    return whole(gzip.compress(_squeeze(200)), Content_Encoding="gzip, gzip")


@handle
def not_gzip(request: Request) -> Iterator[bytes]:
    return whole(make_feed("plain", title="Not gzip"), Content_Encoding="gzip")


@handle
def wrong_charset(request: Request) -> Iterator[bytes]:
    body = make_feed("Grüße", title="Café").decode().encode("latin-1")
    return whole(body, "application/rss+xml; charset=utf-8")


@handle
def huge_headers(request: Request) -> Iterator[bytes]:
    return whole(make_feed("x", title="Huge headers"), X_Long="y" * 50_000)


@handle
def endless_headers(request: Request) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(20_000):
        yield b"X-%d: %s\r\n" % (number, b"z" * 1000)


@handle
def no_http(request: Request) -> Iterator[bytes]:
    yield b"220 smtp.example ready\r\n"


@handle
def closes(request: Request) -> Iterator[bytes]:
    yield b""


@handle
def always_304(request: Request) -> Iterator[bytes]:
    yield head("304 Not Modified")


@handle
def no_content(request: Request) -> Iterator[bytes]:
    yield head("204 No Content")


@handle
def missing(request: Request) -> Iterator[bytes]:
    yield head("404 Not Found", 0)


@handle
def gone(request: Request) -> Iterator[bytes]:
    yield head("410 Gone", 0)


@handle
def trouble(request: Request) -> Iterator[bytes]:
    yield head("500 Internal Server Error", 0)


@handle
def to_file(request: Request) -> Iterator[bytes]:
    yield head("302 Found", 0, Location="file:///etc/passwd")


def _squeeze(megabytes: int) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [squeeze.compress(b'<?xml version="1.0"?><rss version="2.0"><channel><title>Bomb</title>')]
    block = b" " * (1 << 20)
    parts += [squeeze.compress(block) for _ in range(megabytes)]
    return b"".join([*parts, squeeze.flush()])


class Hostile:
    """Listens on 127.0.0.1."""

    def __init__(self, port: int = 0, certificate: Path | None = None) -> None:
        self._server = socket.create_server(("127.0.0.1", port), backlog=200)
        self.port: int = self._server.getsockname()[1]
        self.asked: Counter[str] = Counter()
        self._ended = threading.Event()
        self._tls = None
        if certificate is not None:
            import ssl

            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(certificate)
        threading.Thread(target=self._serve, name="hostile", daemon=True).start()

    def __enter__(self) -> Hostile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def address(self, name: str) -> str:
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}/{name}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), connection:
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                request = self._read(connection)
                if request is None:
                    return
                name = request.path.lstrip("/").partition("?")[0]
                self.asked[name] += 1
                for part in HANDLERS.get(name, missing)(request):
                    connection.sendall(part)

    def _read(self, connection: socket.socket) -> Request | None:
        received = b""
        while b"\r\n\r\n" not in received:
            piece = connection.recv(4096)
            if not piece:
                return None
            received += piece
        first, *lines = received.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        return Request(first.split(" ")[1], headers, f"http://127.0.0.1:{self.port}", self._ended)


def make_certificate(folder: Path) -> Path:
    """One that nobody vouches for. Raises OSError where there is no openssl."""
    made = folder / "self-signed.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=127.0.0.1",
    ]
    subprocess.run(
        [*command, "-keyout", str(made), "-out", str(folder / "cert.pem")], check=True, capture_output=True
    )
    made.write_bytes(made.read_bytes() + (folder / "cert.pem").read_bytes())
    return made


if __name__ == "__main__":
    with Hostile(int(sys.argv[1]) if len(sys.argv) > 1 else 0) as web:
        print(web.port, *HANDLERS, flush=True)
        threading.Event().wait()
