"""`broadsheet extract` and `broadsheet sanitize`: what the reader makes of pages, to look inside.

`extract` prints one line of JSON a page, in order; a page that cannot be read is one sentence on
standard error where it is the only one, else a line with its name and the sentence. Pages go
through the same worker process and deadline as those from the network. `sanitize` prints HTML.
Neither needs a profile, a network or a window.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader import cli_parse
from reader.arguments import Asked
from reader.errors import BroadsheetError

if TYPE_CHECKING:
    from reader.content.extract import Extracted

FILE_LIMIT = 10 << 20  # bytes read of a file, as of a page from the network


def run(asked: Asked) -> int:
    """Print what was asked for. Returns 1 where a file could not be read."""
    if asked.command == "parse":
        return cli_parse.run(asked.files, asked.address)
    if asked.command == "sanitize":
        return _sanitize_all(asked.files or ("-",), asked.address)
    return asyncio.run(_extract_all(asked.files, asked.address))


async def _extract_all(files: tuple[str, ...], address: str) -> int:
    from reader.engine.workers import Worker

    worker = Worker()
    code = 0
    try:
        for name in files:
            try:
                found, safe = await worker.run("extract_page", _read(name), "", address, "")
            except (BroadsheetError, OSError) as error:
                code = 1
                cli_parse.complain_of(name, error, alone=len(files) == 1)
                continue
            print(json.dumps({"file": name, **_describe(found, safe)}, ensure_ascii=False), flush=True)
    finally:
        await worker.aclose()
    return code


def _sanitize_all(files: tuple[str, ...], address: str) -> int:
    from reader.content.extract.tree import decode
    from reader.content.sanitize import sanitize

    code = 0
    for name in files:
        try:
            raw_html = decode(_read(name))
        except OSError as error:
            code = 1
            cli_parse.complain_of(name, error, alone=True)
            continue
        print(sanitize(raw_html, address), flush=True)
    return code


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(FILE_LIMIT)
    with open(Path(name), "rb") as file:
        return file.read(FILE_LIMIT)


def _describe(found: Extracted, safe: str) -> dict[str, Any]:
    return {
        "title": found.title,
        "author": found.author,
        "published": found.published.isoformat() if found.published else None,
        "language": found.language,
        "image": found.picture,
        "text": found.text,
        "html": safe,
    }
