"""When the next feed is due: one timer, no polling (signatures first)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from reader.engine.threads import WriterThread
from reader.settings import Settings

if TYPE_CHECKING:
    from reader.engine.refresh import Refresher


class Schedule:
    """Wakes the refresher when feeds are due. Lives on the loop thread."""

    def __init__(
        self,
        *,
        refresher: Refresher,
        writer: WriterThread,
        settings: Settings,
        now: Callable[[], datetime],
    ) -> None: ...

    async def run(self) -> None:
        """Until cancelled: wait for the next due moment, refresh what is due, again."""

    def wake(self) -> None:
        """Feeds or settings changed, or the machine woke up: look again. On the loop thread."""
