"""The refresh, written as the pipeline it is (signatures first; the stages follow)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from reader.engine.events import Event
from reader.engine.threads import WriterThread
from reader.model import FeedId
from reader.settings import Settings

if TYPE_CHECKING:
    from reader.engine.workers import Worker
    from reader.fetch.client import Client


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a refresh came to."""

    done: int = 0
    failed: int = 0
    added: int = 0
    unchanged: int = 0
    cancelled: bool = False
    offline: bool = False


class Refresher:
    """Feeds -> news. Lives on the loop thread; only `cancel` may be called from any."""

    def __init__(
        self,
        *,
        writer: WriterThread,
        worker: Worker,
        client: Client,
        settings: Settings,
        post: Callable[[Event], None],
        now: Callable[[], datetime],
    ) -> None: ...

    async def refresh(self, feed_ids: Sequence[FeedId] | None = None, *, by_hand: bool = True) -> Outcome:
        """Fetch the feeds named (None: by hand all, else those that are due), store what is new.

        Posts Changed, RefreshProgressed and ConnectionChanged as it goes. A refresh asked for
        while one runs joins it: its feeds are added, and both callers get the same Outcome.
        Never raises for a feed's failure.
        """
        raise NotImplementedError

    def cancel(self) -> None:
        """Stop within 200 ms; what is stored stays. From any thread."""

    @property
    def online(self) -> bool:
        return True
