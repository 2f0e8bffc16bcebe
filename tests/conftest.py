"""What every test stands on: no display, no home, no network but this machine's own, one clock
zone; and after a test of the window nothing of it may be left behind.

The variables are set while this file is read, before Qt or platformdirs look at them.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
HOME = Path(tempfile.mkdtemp(prefix="broadsheet-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

os.environ.update(
    QT_QPA_PLATFORM="offscreen",
    HOME=str(HOME),
    USERPROFILE=str(HOME),
    APPDATA=str(HOME / "config"),
    LOCALAPPDATA=str(HOME / "data"),
    XDG_DATA_HOME=str(HOME / "data"),
    XDG_CONFIG_HOME=str(HOME / "config"),
    XDG_STATE_HOME=str(HOME / "state"),
    XDG_CACHE_HOME=str(HOME / "cache"),
    TZ="UTC",
    LC_ALL="C.UTF-8",
    DBUS_SESSION_BUS_ADDRESS="disabled:",  # no portal, no notifications of the machine's own desktop
)
for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
    os.environ.pop(name, None)
    os.environ.pop(name.upper(), None)
if hasattr(time, "tzset"):
    time.tzset()


# A machine that builds looks at the same examples every time; elsewhere new ones are tried. No
# deadline for one example: a busy machine is no bug.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")


# ---- no network but the loopback ----------------------------------------------------------

LOCAL = ("127.", "::1", "localhost", "0.0.0.0")
NOWHERE = (".invalid", ".test", ".example", "example.com", "example.org", "example.net")
strays: list[str] = []


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        _judge(arguments[0])
    elif event in ("socket.connect", "socket.sendto"):
        address = arguments[-1]
        if isinstance(address, tuple):
            _judge(address[0])


def _judge(host: object) -> None:
    """Refuse what is not this machine. Reserved names fail as they would in the world, without
    asking it; anything else is a test's fault and noted."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "localhost")
    if name.startswith(LOCAL):
        return
    if not name.endswith(NOWHERE):
        strays.append(name)
    import socket

    raise socket.gaierror(socket.EAI_NONAME, f"{name}: tests reach no network")


sys.addaudithook(_guard)


@pytest.fixture(autouse=True)
def _stay_at_home():
    """Fails a test during which something tried to reach the network."""
    strays.clear()
    yield
    assert not strays, f"tried to reach {sorted(set(strays))}"


# ---- real material ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real feeds, outlines and pages; not part of the project."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real feeds is not beside this checkout")
    return CORPUS


# ---- nothing of the window is left behind -------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    return report


PASSED = pytest.StashKey[bool]()


@pytest.fixture(autouse=True)
def _leave_nothing_behind(request: pytest.FixtureRequest):
    """Fails a test of the window that leaves a thread, a running timer or a window."""
    if "qapp" not in request.fixturenames:
        yield
        return
    threads = set(threading.enumerate())
    timers = {id(timer) for timer in _list_timers()}
    windows = set(_list_windows())
    yield
    if not request.node.stash.get(PASSED, False):
        return  # its traceback keeps what it made alive
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if set(_list_windows()) - windows:
        gc.collect()
    for thread in set(threading.enumerate()) - threads:
        thread.join(timeout=5)
    left = [f"thread {thread.name}" for thread in set(threading.enumerate()) - threads]
    left += [f"window {window!r}" for window in set(_list_windows()) - windows]
    left += [f"timer of {timer.parent()!r}" for timer in _list_timers() if id(timer) not in timers]
    assert not left, f"left behind: {left}"


def _list_windows() -> list[QWidget]:
    from PySide6.QtWidgets import QApplication

    return QApplication.topLevelWidgets()


def _list_timers() -> list[QTimer]:
    """Those running that Python knows of."""
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    return [
        thing for thing in gc.get_objects() if type(thing) is QTimer and isValid(thing) and thing.isActive()
    ]
