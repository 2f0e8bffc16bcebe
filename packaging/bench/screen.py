"""A private X screen to measure on: pixels, keys, and which window is up. Linux only.

The screen is Xvfb's framebuffer file, mapped: looking at it costs the X server nothing. Keys go
through XTest, so that they travel the whole way a pressed key does.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import mmap
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 1280, 900
TILE_WIDTH, TILE_HEIGHT = 32, 20
Box = tuple[int, int, int, int]  # left, top, width, height
CARET = 0.005  # share of the tiles that may differ in what counts as the same picture
NEEDED = ("Xvfb", "openbox")
MAXIMISE = """<openbox_config xmlns="http://openbox.org/3.4/rc"><focus><focusNew>yes</focusNew></focus>
<applications><application class="*" type="normal"><maximized>yes</maximized><focus>yes</focus></application>
</applications></openbox_config>"""
NAMES = {"/": "slash", " ": "space", "?": "question", "ctrl": "Control_L", "shift": "Shift_L"}


def find_missing() -> list[str]:
    """What this machine lacks for measuring from outside."""
    if not sys.platform.startswith("linux"):
        return ["Linux"]
    missing = [name for name in NEEDED if shutil.which(name) is None]
    return missing + [f"lib{name}" for name in ("X11", "Xtst") if not ctypes.util.find_library(name)]


class Screen:
    """Xvfb with a window manager that makes every window as large as the screen."""

    def __enter__(self) -> Screen:
        self._folder = Path(tempfile.mkdtemp(prefix="broadsheet-bench-screen-"))
        self._processes: list[subprocess.Popen] = []
        self.display = _find_free_display()
        size = f"{WIDTH}x{HEIGHT}x24"
        self._start(
            "Xvfb", self.display, "-screen", "0", size, "-fbdir", str(self._folder), "-noreset", "-dpi", "96"
        )
        frame = self._folder / "Xvfb_screen0"
        wait_for(lambda: frame.exists() and frame.stat().st_size > WIDTH * HEIGHT * 4, "Xvfb")
        self._map(frame)
        self.keys = wait_for(lambda: _try_open(self.display), "the display")
        (self._folder / "rc.xml").write_text(MAXIMISE)
        self.environment = {
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "XDG_RUNTIME_DIR": str(self._folder),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }
        self._start("openbox", "--config-file", str(self._folder / "rc.xml"))
        wait_for(lambda: self.keys.read_property("_NET_SUPPORTING_WM_CHECK"), "the window manager")
        self.keys.move(WIDTH - 1, HEIGHT - 1)
        return self

    def __exit__(self, *_: object) -> None:
        self.keys.close()
        for process in reversed(self._processes):
            process.terminate()
            process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def grab(self, box: Box | None = None) -> bytes:
        """The pixels of the screen, or of a part of it."""
        if box is None:
            return self._pixels[self._offset : self._offset + self._stride * HEIGHT]
        left, top, width, height = box
        begin = self._offset + top * self._stride + left * 4
        rows = range(begin, begin + height * self._stride, self._stride)
        return b"".join([self._pixels[row : row + width * 4] for row in rows])

    def wait_still(self, quiet: float = 0.4, limit: float = 30.0) -> None:
        """Until nothing but a caret changed for `quiet` seconds."""
        seen, since, end = self.grab(), time.monotonic(), time.monotonic() + limit
        while time.monotonic() - since < quiet and time.monotonic() < end:
            time.sleep(0.01)
            now = self.grab()
            if now != seen and not are_alike(now, seen):
                since = time.monotonic()
            seen = now

    def follow(
        self,
        pressed_at: float,
        before: bytes,
        quiet: float,
        limit: float,
        caret: bool = False,
        box: Box | None = None,
    ) -> tuple[float, float] | None:
        """Seconds from a key press to the first and to the last change of the screen, looked at
        every 2 ms or so; None where nothing changed. With `caret`, one that blinks is no change."""
        first = last = 0.0
        seen = before
        while True:
            now, at = self.grab(box), time.monotonic() - pressed_at
            if now != seen:
                if not (caret and are_alike(now, seen)):
                    first, last = first or at, at
                seen = now
            if at > limit or (first and at - last > quiet):
                return (first, last) if first else None
            time.sleep(0.0005)

    def save(self, path: Path) -> None:
        from PIL import Image

        Image.frombuffer("RGB", (WIDTH, HEIGHT), self.grab(), "raw", "BGRX", self._stride, 1).save(path)

    def _map(self, frame: Path) -> None:
        """Xvfb writes the screen as an XWD file: a head of 25 big-endian words, a colour map, pixels."""
        with open(frame, "rb") as file:
            self._pixels = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        head = struct.unpack(">25I", self._pixels[:100])
        self._stride = head[12]
        self._offset = head[0] + head[19] * 12

    def _start(self, *command: str) -> None:
        surroundings = {**os.environ, "DISPLAY": self.display, "HOME": str(self._folder)}
        nowhere = subprocess.DEVNULL
        process = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, env=surroundings)
        self._processes.append(process)


class Keys:
    """Input through XTest and the window manager's list of windows, over Xlib."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        pointer, number, long = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
        self._x.XOpenDisplay.restype = pointer
        self._x.XStringToKeysym.restype = long
        self._x.XKeysymToKeycode.argtypes = [pointer, long]
        self._x.XInternAtom.restype = long
        self._x.XInternAtom.argtypes = [pointer, ctypes.c_char_p, number]
        self._x.XDefaultRootWindow.restype = long
        self._x.XGetWindowProperty.argtypes = [
            *(pointer, long, long, ctypes.c_long, ctypes.c_long, number, long),
            *(pointer, pointer, pointer, pointer, pointer),
        ]
        for call in (self._x.XDefaultRootWindow, self._x.XCloseDisplay, self._x.XFree):
            call.argtypes = [pointer]
        self._x.XSync.argtypes = [pointer, number]
        self._test.XTestFakeKeyEvent.argtypes = [pointer, ctypes.c_uint, number, long]
        self._test.XTestFakeButtonEvent.argtypes = [pointer, ctypes.c_uint, number, long]
        self._test.XTestFakeMotionEvent.argtypes = [pointer, number, number, number, long]
        # A window that went while it was asked about is not worth dying for.
        self._deaf = ctypes.CFUNCTYPE(number, pointer, pointer)(lambda display, error: 0)
        self._x.XSetErrorHandler(self._deaf)
        self._display = self._x.XOpenDisplay(display.encode())
        if not self._display:
            raise OSError(display)
        self._root = self._x.XDefaultRootWindow(self._display)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)

    def press(self, combination: str) -> float:
        """`j`, `A`, `ctrl+q`, `Escape`; the moment the press was sent (time.monotonic)."""
        names = combination.split("+")
        if len(combination) == 1 and combination.isupper():
            names = ["shift", combination.lower()]
        codes = [self._code(name) for name in names]
        for code in codes:
            self._test.XTestFakeKeyEvent(self._display, code, 1, 0)
        self._x.XSync(self._display, 0)
        at = time.monotonic()
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._display, code, 0, 0)
        self._x.XSync(self._display, 0)
        return at

    def type(self, text: str) -> float:
        """The moment the last letter was sent."""
        return [self.press(letter) for letter in text][-1]

    def move(self, x: int, y: int) -> None:
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._x.XSync(self._display, 0)

    def click(self, x: int, y: int) -> float:
        self.move(x, y)
        at = time.monotonic()
        for down in (1, 0):
            self._test.XTestFakeButtonEvent(self._display, 1, down, 0)
        self._x.XSync(self._display, 0)
        return at

    def find_window(self, words: str) -> int | None:
        """A window of the window manager's list whose title holds these words."""
        for window in self.read_property("_NET_CLIENT_LIST"):
            if words in self.read_title(window):
                return window
        return None

    def read_title(self, window: int) -> str:
        data = self._read(window, "_NET_WM_NAME")
        return data[0].decode("utf-8", "replace") if data else ""

    def read_property(self, name: str) -> list[int]:
        """A property of the root window that is a list of windows."""
        data = self._read(self._root, name)
        return list(struct.unpack(f"@{data[1]}L", data[0])) if data else []

    def _read(self, window: int, name: str) -> tuple[bytes, int] | None:
        atom = self._x.XInternAtom(self._display, name.encode(), 0)
        kind, width, data = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_void_p()
        count, left = ctypes.c_ulong(), ctypes.c_ulong()
        places = [ctypes.byref(place) for place in (kind, width, count, left, data)]
        self._x.XGetWindowProperty(self._display, window, atom, 0, 4096, 0, 0, *places)
        if not data.value:
            return None
        size = 8 if width.value == 32 else width.value // 8
        text = ctypes.string_at(data.value, count.value * size)
        self._x.XFree(data)
        return text, count.value

    def _code(self, name: str) -> int:
        symbol = self._x.XStringToKeysym(NAMES.get(name, name).encode())
        return int(self._x.XKeysymToKeycode(self._display, symbol) & 0xFF)


def are_alike(one: bytes, other: bytes) -> bool:
    """Whether two pictures of the screen differ in no more than a caret's worth of tiles."""
    if one == other:
        return True
    row = WIDTH * 4
    differing = set()
    for y in range(HEIGHT):
        a, b = one[y * row : (y + 1) * row], other[y * row : (y + 1) * row]
        if a != b:
            for x in range(0, row, TILE_WIDTH * 4):
                if a[x : x + TILE_WIDTH * 4] != b[x : x + TILE_WIDTH * 4]:
                    differing.add((x, y // TILE_HEIGHT))
    return len(differing) <= CARET * (WIDTH // TILE_WIDTH) * (HEIGHT // TILE_HEIGHT)


def wait_for(question: Callable[[], Any], what: str, limit: float = 30.0) -> Any:
    """The first answer that is something. Raises TimeoutError naming `what`."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        answer = question()
        if answer:
            return answer
        time.sleep(0.005)
    raise TimeoutError(what)


def _try_open(display: str) -> Keys | None:
    with contextlib.suppress(OSError):
        return Keys(display)
    return None


def _find_free_display() -> str:
    return next(f":{number}" for number in range(90, 400) if not os.path.exists(f"/tmp/.X{number}-lock"))
