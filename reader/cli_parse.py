"""`broadsheet parse`: feed files -> JSON, exactly as the store would receive them.

One line a file, in order. A file that cannot be read is one sentence on standard error where it
is the only one, else a line with its name and the sentence. The files go through the same worker
process, limits and deadline as feeds from the network.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import BroadsheetError, ParseError
from reader.model import Digest, Draft
from reader.sentences import describe_error

if TYPE_CHECKING:
    from reader.engine.workers import Worker

FILE_LIMIT = 100_000_000  # bytes read of a file; the parser's own limit is lower and says so


def run(files: tuple[str, ...], address: str) -> int:
    """Print each file. Returns 1 where one could not be read."""
    return asyncio.run(_print_all(files, address))


async def _print_all(files: tuple[str, ...], address: str) -> int:
    from reader.engine.workers import Worker

    worker = Worker()
    code = 0
    try:
        for name in files:
            try:
                said = _describe(await _digest(worker, name, address))
            except (BroadsheetError, OSError) as error:
                code = 1
                complain_of(name, error, alone=len(files) == 1)
                continue
            print(json.dumps({"file": name, **said}, ensure_ascii=False), flush=True)
    finally:
        await worker.aclose()
    return code


async def _digest(worker: Worker, name: str, address: str) -> Digest:
    if name == "-":
        data = sys.stdin.buffer.read(FILE_LIMIT)
    else:
        with open(Path(name), "rb") as file:
            data = file.read(FILE_LIMIT)
    digest = await worker.run("digest_feed", data, "", address, "")
    if not isinstance(digest, Digest):
        raise ParseError(type(digest).__name__)
    return digest


def complain_of(name: str, error: BroadsheetError | OSError, alone: bool) -> None:
    """A file that could not be read: a sentence where it was the only one, else a line like the others'."""
    if isinstance(error, BroadsheetError):
        kind, sentence = error.kind, describe_error(error)
    else:
        kind, sentence = "OSError", error.strerror or str(error)
    if alone:
        print(f"broadsheet: {name}: {sentence}", file=sys.stderr)
    else:
        print(json.dumps({"file": name, "error": kind, "sentence": sentence}, ensure_ascii=False), flush=True)


def _describe(digest: Digest) -> dict[str, Any]:
    head = digest.head
    return {
        "title": head.title,
        "link": head.site,
        "description": head.description,
        "language": head.language,
        "parser": digest.parser,
        "flaw": digest.flaw,
        "entries": [_describe_entry(draft) for draft in digest.drafts],
    }


def _describe_entry(draft: Draft) -> dict[str, Any]:
    from reader.content.drafts import unpack

    return {
        "id": draft.uid,
        "title": draft.title,
        "link": draft.link,
        "published": draft.published_at.isoformat() if draft.published_at else None,
        "updated": draft.updated_at.isoformat() if draft.updated_at else None,
        "author": draft.author,
        "standfirst": draft.standfirst,
        "html": unpack(draft.body),
        "enclosures": [
            {"url": x.address, "type": x.media_type, "length": x.length, "duration": x.duration}
            for x in draft.enclosures
        ],
        "categories": list(draft.categories),
        "pictures": list(draft.pictures),
        "minutes": draft.minutes,
    }
