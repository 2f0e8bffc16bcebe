"""Renders the README's pictures from the sample newspaper, offscreen. Run by `dev.py shots`.

The window is the real one, in a profile of its own and with a clock that stands still, so that
the same checkout gives the same pictures. One process a picture: there is one QApplication in
each. `--keys` presses others than the usual ones, `--size` makes the window another size.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from reader.ui.application import Application

SHOTS = ROOT / "packaging" / "shots"
NOW = datetime(2026, 3, 9, 10, 45, tzinfo=UTC)
READING = "g a Ctrl+Down j"  # the first section's newest article
FEEDS = "g f j j"
PICTURES = {"reading-light": READING, "reading-dark": READING, "feeds-light": FEEDS, "feeds-dark": FEEDS}
STILL = 1500  # ms without a change that mean: everything is here
LONGEST = 60_000  # ms


class Frozen(datetime):
    """`datetime` for the window's modules: it is always NOW."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return NOW.astimezone(tz) if tz else NOW.astimezone().replace(tzinfo=None)  # type: ignore[arg-type]


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py shots", description=__doc__)
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help="with --out")
    parser.add_argument("--size", default="1440x900")
    parser.add_argument(
        "--keys", default=READING, help="pressed one after the other; '' for none; with --out"
    )
    parser.add_argument("--out", type=Path, help="file to write, instead of the README's pictures")
    options = parser.parse_args()
    if options.out:
        width, height = map(int, options.size.split("x"))
        return take(options.theme, width, height, options.keys.split(), options.out)
    failed = 0
    for name, keys in PICTURES.items():
        theme = name.rpartition("-")[2]
        again = [sys.executable, __file__, "--theme", theme, "--size", options.size, "--keys", keys]
        failed |= subprocess.call([*again, "--out", str(SHOTS / f"{name}.png")])
    return failed


def take(theme: str, width: int, height: int, keys: list[str], place: Path) -> int:
    """Open the window, press the keys, write what it shows."""
    os.environ.update(QT_QPA_PLATFORM="offscreen", TZ="UTC", LC_ALL="C.UTF-8", QT_SCALE_FACTOR="1")
    with tempfile.TemporaryDirectory(prefix="broadsheet-shots-") as folder:
        application, close = _open(theme, Path(folder))
        window = application.window
        window.resize(width, height)
        begun = []
        application.painted.connect(lambda: begun.append(True))
        _when_still(window, lambda: _press(application, keys, place), ready=lambda: bool(begun))
        application.run()
        close()
    print(place)
    return 0 if place.exists() else 1


def _open(theme: str, folder: Path) -> tuple[Application, Callable[[], None]]:
    """The application as `reader.app` puts it together, but for the clock."""
    from reader import paths, sample
    from reader.arguments import Asked
    from reader.engine.library import Library
    from reader.settings import Settings

    profile = paths.profile_in(folder)
    settings = Settings(profile.settings)
    settings.set("theme", theme)
    posted: list[object] = []
    post: list[Callable[[object], None]] = [posted.append]
    library = Library(
        profile,
        settings,
        lambda event: post[0](event),
        make_transport=sample.make_transport(sample.prepare(profile, NOW)),
        clock=lambda: NOW.astimezone(),
    )
    library.open()
    sample.subscribe(library)

    from reader.ui.application import Application

    application = Application(library, settings, Asked(profile=profile, sample=True))
    _freeze()
    post[0] = application.mailbox.post
    for event in posted:
        application.mailbox.post(event)
    application.painted.connect(library.start)

    def close() -> None:
        application.mailbox.close()
        library.close()
        application.destroy()

    return application, close


def _freeze() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("reader.ui") and getattr(module, "datetime", None) is datetime:
            module.datetime = Frozen  # type: ignore[attr-defined]


def _press(application: Application, keys: list[str], place: Path) -> None:
    """Press the first key, wait, go on with the rest; then take the picture and close."""
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    window = application.window
    if not keys:
        place.parent.mkdir(parents=True, exist_ok=True)
        window.grab().save(str(place))
        window.close()
        return
    combination = QKeySequence(keys[0])[0]
    target = QApplication.focusWidget() or window
    QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
    _freeze()  # what the key brought in too
    _when_still(window, lambda: _press(application, keys[1:], place), still=300 if len(keys) > 1 else STILL)


def _when_still(
    window: object, then: Callable[[], None], still: int = STILL, ready: Callable[[], bool] = lambda: True
) -> None:
    """Call `then` once the window has looked the same for `still` ms."""
    from PySide6.QtCore import QElapsedTimer, QTimer

    timer, unchanged, all_in_all = QTimer(window), QElapsedTimer(), QElapsedTimer()
    seen = [None]
    unchanged.start()
    all_in_all.start()

    def look() -> None:
        picture = window.grab().toImage()
        if picture != seen[0] or not ready():
            seen[0] = picture
            unchanged.restart()
        if unchanged.hasExpired(still) or all_in_all.hasExpired(LONGEST):
            timer.stop()
            timer.deleteLater()
            then()

    timer.timeout.connect(look)
    timer.start(100)


if __name__ == "__main__":
    sys.exit(main())
