"""A parsed document as plain values that JSON can hold: for tests and for looking at a feed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from reader.model import Entry, ParsedFeed


def describe(parsed: ParsedFeed) -> dict[str, Any]:
    """Head, entries, reader and flaw. Times are ISO 8601 in UTC; HTML is as it was sent, not safe."""
    return {
        "head": asdict(parsed.head),
        "entries": [_describe_entry(entry) for entry in parsed.entries],
        "parser": parsed.parser,
        "flaw": parsed.flaw,
    }


def _describe_entry(entry: Entry) -> dict[str, Any]:
    values = asdict(entry)
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()
    }
