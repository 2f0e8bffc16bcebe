"""Who works in the newsroom: every part of the network's side, built and connected.

Imported on the loop thread when the first feed is to be fetched; what it imports (httpx,
aiohttp, ssl) costs a fifth of a second that no start-up waits for.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reader import __version__
from reader.engine.connection import can_send
from reader.engine.events import ConnectionChanged, Event
from reader.engine.loop import LoopThread
from reader.engine.pictures import PictureFetcher
from reader.engine.refresh import Refresher
from reader.engine.schedule import Schedule
from reader.engine.secrets import Secrets
from reader.engine.subscribe import FeedFinder
from reader.engine.threads import WriterThread
from reader.engine.workers import Worker
from reader.fetch.client import Client
from reader.settings import Settings
from reader.store import traffic

USER_AGENT = f"Broadsheet/{__version__} (+https://broadsheet.example/about)"
PICTURE_NICENESS = 10
FILES = 4096  # open at once: some systems allow 256, and 500 feeds may have 500 hosts


@dataclass(slots=True)
class Staff:
    client: Client
    worker: Worker
    refresher: Refresher
    schedule: Schedule
    pictures: PictureFetcher
    finder: FeedFinder


def hire(
    loop: LoopThread,
    writer: WriterThread,
    settings: Settings,
    post: Callable[[Event], None],
    now: Callable[[], datetime],
    secrets: Secrets,
    make_transport: Callable[[], Any] | None = None,
) -> Staff:
    """Build everything, on the loop thread; what must be closed is closed with the loop."""
    _allow_files()
    client = Client(USER_AGENT, settings.get("proxy"), make_transport() if make_transport else None)
    worker = Worker()
    picture_worker = Worker(niceness=PICTURE_NICENESS)

    def tell(event: Event) -> None:
        post(event)
        if isinstance(event, ConnectionChanged) and event.online:
            pictures.wake()

    refresher = Refresher(
        writer=writer,
        worker=worker,
        client=client,
        settings=settings,
        post=tell,
        now=now,
        secrets=secrets,
    )
    pictures = PictureFetcher(
        writer=writer,
        worker=picture_worker,
        client=client,
        settings=settings,
        post=post,
        now=now,
        declared=refresher.icons,
        is_online=lambda: refresher.online and not client.barred_by,
    )
    refresher.came_late = pictures.wake

    schedule = Schedule(
        refresher=refresher,
        writer=writer,
        settings=settings,
        now=now,
        fetched=pictures.wake,
        # The sample is fetched from nowhere, a proxy may stand beside this machine.
        can_send=lambda: make_transport is not None or is_proxied(settings) or can_send(),
    )
    loop.on_close(client.aclose)
    loop.on_close(picture_worker.aclose)
    loop.on_close(worker.aclose)

    def count_pages(requests: int, size: int) -> None:
        at = now()
        writer.put(lambda db: traffic.note_requests(db, at, "page", requests, 0, size, 0), background=True)

    finder = FeedFinder(client=client, worker=worker, count=count_pages)
    return Staff(client, worker, refresher, schedule, pictures, finder)


def is_proxied(settings: Settings) -> bool:
    """Whether a proxy of the person's own is asked for everything."""
    return settings.get("proxy") not in ("", "direct")


def _allow_files() -> None:
    """Raise this process's own limit of open files as far as needed and allowed."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
