"""The composition root: builds every part, connects them, runs, shuts down in order.

The order of a start is the order of what a person waits for: the store begins to open on its
own thread while Qt is being loaded here; the window is shown with its lists; everything else
(network, worker process, schedule) comes after the first picture is on the screen.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader import instance
from reader.arguments import Asked
from reader.engine.library import Library, local_now
from reader.errors import InstanceError, ProfileTaken
from reader.sentences import describe_error
from reader.settings import Settings

if TYPE_CHECKING:
    from reader.engine.events import Event

NO_DISPLAY = 2


def run(asked: Asked) -> int:
    """Open the window and stay until it is closed. Returns the exit code."""
    held = instance.claim(asked.profile)
    if held is None:
        return _hand_over(asked)
    try:
        if not _has_display():
            print(
                "broadsheet: there is no display to open a window on. "
                "On a machine without one, try: xvfb-run broadsheet, or the commands of broadsheet --help.",
                file=sys.stderr,
            )
            return NO_DISPLAY
        return _run_window(asked, held)
    except ProfileTaken as error:
        print(f"broadsheet: {describe_error(error)}", file=sys.stderr)
        return 1
    finally:
        held.close()


def _hand_over(asked: Asked) -> int:
    try:
        instance.hand_over(asked.profile, tuple(_name_fully(word) for word in asked.open))
    except InstanceError:
        print(
            "broadsheet: Broadsheet is already running with this profile, but does not answer.",
            file=sys.stderr,
        )
        return 1
    return 0


def _name_fully(word: str) -> str:
    """The running program stands in another folder than this one."""
    return os.path.abspath(word) if os.path.exists(word) else word


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


class _Outbox:
    """Where the engine posts: kept until the window has a mailbox, then straight into it."""

    def __init__(self) -> None:
        self._kept: list[Event] = []
        self._lock = threading.Lock()
        self._post: Callable[[Event], None] = self._kept.append

    def post(self, event: Event) -> None:
        with self._lock:
            self._post(event)

    def connect(self, post: Callable[[Event], None]) -> None:
        with self._lock:
            for event in self._kept:
                post(event)
            self._post = post


def _run_window(asked: Asked, held: instance.Instance) -> int:
    # Hand-overs of the interpreter lock are what the window would feel of the other threads.
    sys.setswitchinterval(0.001)
    outbox = _Outbox()
    transport = None
    if asked.sample:
        from reader import sample

        transport = sample.make_transport(sample.prepare(asked.profile, local_now()))
    settings = Settings(asked.profile.settings)
    library = Library(asked.profile, settings, outbox.post, make_transport=transport)
    library.open()
    if asked.sample:
        sample.subscribe(library)

    from reader.ui.application import Application

    application = Application(library, settings, asked)
    outbox.connect(application.mailbox.post)

    from reader.engine.events import HandedOver

    held.listen(lambda arguments: outbox.post(HandedOver(arguments)))

    def begin() -> None:
        """The first picture is on the screen."""
        library.start()
        gc.collect()
        gc.freeze()

    application.painted.connect(begin)
    try:
        code = application.run()
    finally:
        application.mailbox.close()
        library.close()
    application.destroy()
    return code
