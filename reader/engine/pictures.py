"""Pictures and favicons, fetched behind the articles (signatures first)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reader.engine.events import Event
from reader.engine.threads import WriterThread
from reader.settings import Settings

if TYPE_CHECKING:
    from reader.engine.workers import Worker
    from reader.fetch.client import Client


class PictureFetcher:
    """Lives on the loop thread. Posts `Changed(Changes(pictures=..., feeds=...))` in batches."""

    def __init__(
        self,
        *,
        writer: WriterThread,
        worker: Worker,  # one of its own, with niceness
        client: Client,
        settings: Settings,
        post: Callable[[Event], None],
        now: Callable[[], datetime],
    ) -> None: ...

    async def run(self) -> None:
        """Until cancelled: wait to be woken, then fetch what the articles want, newest first."""

    def wake(self) -> None:
        """New articles are stored. On the loop thread."""

    async def fetch(self, addresses: Sequence[str]) -> None:
        """These now, ahead of the others, whatever the settings say: the person asked for them."""
