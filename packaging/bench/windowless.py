"""The reader's engine without a window, in a process of its own, timed by its own events.

    windowless.py PROFILE

Each line on standard input is a step: `start` (what a window starts once it is painted),
`refresh`, `pictures` (until none is missing any more), `cancel SECONDS` (of a refresh so many
seconds old). Each is answered with one line of JSON; moments are time.monotonic. The other side
of this is `subject.Windowless`.
"""

from __future__ import annotations

import json
import queue
import sys
import time
from pathlib import Path
from typing import Any

from reader.engine.events import Answered, Changed, Event, RefreshProgressed, Ticket
from reader.engine.library import Library
from reader.paths import Profile, profile_in
from reader.settings import Settings

LONGEST = 300.0  # seconds of one step
STILL = 1.5  # seconds without an event, after which none is expected any more


class Steps:
    def __init__(self, profile: Profile) -> None:
        self._events: queue.Queue[tuple[float, Event]] = queue.Queue()
        self._library = Library(profile, Settings(profile.settings), self._post)
        self._library.open()

    def close(self) -> None:
        self._library.close()

    def do(self, step: str) -> dict[str, Any]:
        name, _, argument = step.partition(" ")
        if name == "start":
            self._library.start()
            return {"at": time.monotonic()}
        if name == "pictures":
            return self._finish_pictures()
        if name == "cancel":
            return self._cancel(float(argument))
        return self._refresh()

    def _post(self, event: Event) -> None:
        self._events.put((time.monotonic(), event))

    def _refresh(self) -> dict[str, Any]:
        begun = time.monotonic()
        self._library.refresh()
        ended, progress = self._wait_for_end()
        return {"begun": begun, "ended": ended, "waiting": progress.waiting, "done": progress.done}

    def _cancel(self, after: float) -> dict[str, Any]:
        self._library.refresh()
        time.sleep(after)
        asked = time.monotonic()
        self._library.cancel_refresh()
        last, progress = self._wait_for_end()
        try:
            while True:
                at, event = self._events.get(timeout=STILL)
                last = last if _is_of_pictures(event) else at
        except queue.Empty:
            return {"asked": asked, "last": last, "done": progress.done, "cancelled": progress.cancelled}

    def _wait_for_end(self) -> tuple[float, RefreshProgressed]:
        while True:
            at, event = self._events.get(timeout=LONGEST)
            if isinstance(event, RefreshProgressed) and not event.active:
                return at, event

    def _finish_pictures(self) -> dict[str, Any]:
        begun = time.monotonic()
        ticket: Ticket = self._library.finish_pictures(lambda _: None)
        while True:
            at, event = self._events.get(timeout=LONGEST)
            if isinstance(event, Answered) and event.ticket is ticket:
                return {"begun": begun, "ended": at}


def _is_of_pictures(event: Event) -> bool:
    return isinstance(event, Changed) and bool(event.changes.pictures)


def main() -> int:
    steps = Steps(profile_in(Path(sys.argv[1])))
    try:
        for line in sys.stdin:
            print(json.dumps(steps.do(line.strip())), flush=True)
    finally:
        steps.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
