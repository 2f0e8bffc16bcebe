from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from reader.fetch.sample import SampleTransport

NOW = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    host = tmp_path / "sample" / "courier.example"
    host.mkdir(parents=True)
    (host / "feed.xml").write_text("<rss>{{rfc822:-125}}|{{iso:-125}}</rss>")
    (host / "index.html").write_text("front")
    (host / "a.png").write_bytes(b"{{iso:0}}")
    (tmp_path / "secret.xml").write_text("secret")
    return tmp_path / "sample"


def get(folder: Path, address: str, **headers: str) -> httpx.Response:
    async def run() -> httpx.Response:
        request = httpx.Request("GET", address, headers=headers)
        return await SampleTransport(folder, NOW).handle_async_request(request)

    return asyncio.run(run())


def test_dates_are_written_relative_to_now(folder: Path):
    answer = get(folder, "https://courier.example/feed.xml")
    assert answer.text == "<rss>Mon, 05 Jan 2026 07:55:00 +0000|2026-01-05T07:55:00Z</rss>"


def test_an_unchanged_file_is_answered_not_modified(folder: Path):
    first = get(folder, "https://courier.example/feed.xml")
    again = get(folder, "https://courier.example/feed.xml", **{"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_pictures_are_left_alone_and_folders_have_an_index(folder: Path):
    assert get(folder, "https://courier.example/a.png").content == b"{{iso:0}}"
    assert get(folder, "https://courier.example/").text == "front"


@pytest.mark.parametrize(
    "address",
    [
        "https://other.example/feed.xml",
        "https://courier.example/none.xml",
        "https://courier.example/../../secret.xml",
        "https://courier.example/%2e%2e/%2e%2e/secret.xml",
        "https://courier.example/..%2f..%2fsecret.xml",
        "https://../secret.xml",
    ],
)
def test_what_is_not_in_the_folder_is_not_found(folder: Path, address: str):
    assert get(folder, address).status_code == 404
