"""Icons and typefaces that come with the program."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication

from reader import paths
from reader.ui import fonts, icons
from reader.ui.theme import Theme

NAMES = sorted(path.stem for path in (paths.resources() / "icons").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_can_be_drawn_in_any_colour(qapp: QApplication, name: str) -> None:
    image = icons.pixmap(name, QColor("#00ff00"), 20, 2.0).toImage()
    assert (image.width(), image.height()) == (40, 40)
    seen = {
        image.pixelColor(x, y).name()
        for x in range(40)
        for y in range(40)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert seen
    if name != "broadsheet":
        assert seen == {"#00ff00"}


def test_the_application_has_an_icon_in_every_size(qapp: QApplication) -> None:
    icon = icons.application_icon()
    assert {size.width() for size in icon.availableSizes()} == {16, 32, 48, 128, 256}


@pytest.mark.parametrize(
    ("font", "style"),
    [
        (("serif", 16, 400), "Regular"),
        (("serif", 16, 600), "SemiBold"),
        (("serif", 16, 600, True), "SemiBold Italic"),
        (("serif", 16, 400, True), "Italic"),
        (("sans", 13, 400), "Regular"),
        (("sans", 13, 500), "Medium"),
        (("sans", 13, 600), "SemiBold"),
    ],
)
def test_each_style_of_the_typefaces_is_found(theme: Theme, font: tuple[object, ...], style: str) -> None:
    kind, *rest = font
    raw = QRawFont.fromFont(getattr(fonts, str(kind))(*rest))
    assert raw.familyName() in (fonts.SERIF, fonts.SANS)
    assert raw.styleName() == style


def test_headlines_have_a_cut_of_their_own(theme: Theme) -> None:
    assert QFontDatabase.hasFamily(fonts.DISPLAY)
    assert QRawFont.fromFont(fonts.display(38)).familyName() == fonts.DISPLAY


@pytest.mark.parametrize("letters", ["Harbour “talks” — 1 2", "Łódź ğüş", "Việt Nam"])
def test_both_typefaces_have_the_letters_of_latin_scripts(theme: Theme, letters: str) -> None:
    for font in (fonts.serif(16), fonts.sans(13)):
        raw = QRawFont.fromFont(font)
        assert all(raw.supportsCharacter(ord(letter)) for letter in letters)


def test_the_interface_has_cyrillic_and_greek(theme: Theme) -> None:
    raw = QRawFont.fromFont(fonts.sans(13))
    assert all(raw.supportsCharacter(ord(letter)) for letter in "ЖяΩλ")


def test_half_a_pixel_is_rounded_up(theme: Theme) -> None:
    assert fonts.sans(12.5).pixelSize() == 13
    assert fonts.sans(12.4).pixelSize() == 12
