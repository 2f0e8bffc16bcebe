"""The two typefaces. In: resources/fonts/*.ttf. Out: QFonts by size in pixels.

Sizes are rounded to whole pixels, halves up: Qt does so itself when a size is given in points.

Newsreader (serif) is for everything that is news, Inter (sans) for everything that is
interface; scripts neither has fall back to the system's own. Fonts are shared and cached:
copy one (`QFont(font)`) before changing it.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from reader import paths

SERIF = "Newsreader"
DISPLAY = "Newsreader Display"
SANS = "Inter"

# Measured: 0.15 ms a file, after 6 ms in which the first one wakes the system's font list,
# which the first painted letter would have cost anyway. So all are loaded at once.
FILES = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "Newsreader-Regular.ttf",
    "Newsreader-Medium.ttf",
    "Newsreader-SemiBold.ttf",
    "Newsreader-Italic.ttf",
    "Newsreader-SemiBoldItalic.ttf",
    "NewsreaderDisplay-Medium.ttf",
)


@cache
def load() -> None:
    """Make the bundled typefaces known to Qt. Needs a QGuiApplication; once per process."""
    folder = paths.resources() / "fonts"
    for name in FILES:
        QFontDatabase.addApplicationFont(str(folder / name))


def serif(pixels: float, weight: int = 400, italic: bool = False) -> QFont:
    return _font(SERIF, pixels, weight, italic)


def display(pixels: float) -> QFont:
    """The headline cut: made for 30 pixels and more."""
    return _font(DISPLAY, pixels, 500, False)


def sans(pixels: float, weight: int = 400) -> QFont:
    return _font(SANS, pixels, weight, False)


def caps(pixels: float, weight: int = 600) -> QFont:
    """Small headings in capitals, a little spaced: SECTIONS, LATEST FROM ..."""
    return _caps(pixels, weight)


def mono(pixels: float) -> QFont:
    return _mono(pixels)


@cache
def _font(family: str, pixels: float, weight: int, italic: bool) -> QFont:
    font = QFont(family)
    font.setPixelSize(round_size(pixels))
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _caps(pixels: float, weight: int) -> QFont:
    font = QFont(_font(SANS, pixels, weight, False))
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
    return font


@cache
def _mono(pixels: float) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(round_size(pixels))
    return font


def round_size(pixels: float) -> int:
    return max(1, int(pixels + 0.5))
