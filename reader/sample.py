"""The sample newspaper: a profile of its own, fed from the program's own resources.

Its articles are dated from the moment the newspaper was opened first, so that it always has a
today; one opened more than half a day ago is printed anew. Nothing of the reader's own profile
is touched, and nothing is asked of the network.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader import paths
from reader.engine import commands as c
from reader.errors import ProfileTaken

if TYPE_CHECKING:
    from reader.engine.library import Library
    from reader.parse.opml import OpmlOutline

FRESH_FOR = timedelta(hours=12)
NOTE = "sample.json"


def prepare(profile: paths.Profile, now: datetime) -> datetime:
    """The moment the newspaper in this profile was printed; prints it anew where it is too old.

    Raises ProfileTaken for a profile that holds something else: nobody's own news is mixed with
    the sample's, or thrown away with it."""
    note = profile.state / NOTE
    if profile.store.exists() and not note.exists():
        raise ProfileTaken(str(profile.data))
    printed_at = _read_note(note)
    if printed_at is not None and timedelta(0) <= now - printed_at < FRESH_FOR:
        return printed_at
    for old in (profile.store, profile.pictures):
        for name in (old, old.with_name(old.name + "-wal"), old.with_name(old.name + "-shm")):
            name.unlink(missing_ok=True)
    profile.make()
    note.write_text(json.dumps({"printed_at": now.isoformat()}), "utf-8")
    return now


def _read_note(note: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads(note.read_text("utf-8"))["printed_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def make_transport(printed_at: datetime) -> Callable[[], Any]:
    """What makes the httpx transport that answers for the network, when it is first needed."""

    def make() -> Any:
        from reader.fetch.sample import SampleTransport

        return SampleTransport(paths.resources() / "sample", printed_at.astimezone(UTC))

    return make


def outline_file() -> Path:
    return paths.resources() / "sample" / "sample.opml"


def subscription(outline: OpmlOutline) -> c.Subscribe:
    """What subscribes to the newspaper's feeds."""
    return c.Subscribe(tuple((p.path, p.title, p.address, p.site) for p in outline.places))


def subscribe(library: Library) -> None:
    """Subscribe to the newspaper's feeds; those that are there already stay as they are."""

    def take(outline: Any) -> None:
        if isinstance(outline, Exception):
            raise outline
        library.do(subscription(outline))

    library.read_opml(outline_file(), take)
