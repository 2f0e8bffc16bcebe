"""The network of the sample newspaper: a folder that answers for every host. No network at all.

`https://host/path` is the file `folder/host/path`; a path that ends in `/` is its `index.html`.
Text files may carry dates relative to now, in minutes: `{{rfc822:-125}}`, `{{iso:-125}}`. They
are counted from the moment given at the start, so an answer and its ETag stay the same for as
long as the program runs, and a second refresh is answered "not modified".
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import httpx

_DATE = re.compile(rb"\{\{(rfc822|iso):(-?\d{1,8})\}\}")
TEXT = {".xml", ".rss", ".atom", ".json", ".html", ".opml"}
TYPES = {
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".json": "application/feed+json",
    ".html": "text/html",
    ".ico": "image/x-icon",
}


class SampleTransport(httpx.AsyncBaseTransport):
    def __init__(self, folder: Path, now: datetime) -> None:
        """`now` is aware."""
        self._folder = folder.resolve()
        self._now = now.astimezone(UTC).replace(microsecond=0)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = self._find(request.url)
        if path is None:
            return httpx.Response(404, request=request)
        data = path.read_bytes()
        suffix = path.suffix.lower()
        if suffix in TEXT:
            data = _DATE.sub(self._write_date, data)
        etag = f'"{hashlib.blake2b(data, digest_size=8).hexdigest()}"'
        headers = {"etag": etag, "date": format_datetime(self._now, usegmt=True)}
        if request.headers.get("if-none-match") == etag:
            return httpx.Response(304, headers=headers, request=request)
        headers["content-type"] = TYPES.get(suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
        return httpx.Response(200, headers=headers, content=data, request=request)

    def _find(self, url: httpx.URL) -> Path | None:
        parts = [x for x in PurePosixPath(unquote(url.path)).parts if x != "/"]
        if not url.host or any(x == ".." or "\\" in x or ":" in x for x in [url.host, *parts]):
            return None
        path = self._folder.joinpath(url.host, *parts)
        if url.path.endswith("/") or path.is_dir():
            path = path / "index.html"
        return path if path.is_file() and path.resolve().is_relative_to(self._folder) else None

    def _write_date(self, match: re.Match[bytes]) -> bytes:
        at = self._now + timedelta(minutes=int(match[2]))
        text = format_datetime(at) if match[1] == b"rfc822" else at.isoformat().replace("+00:00", "Z")
        return text.encode("ascii")
