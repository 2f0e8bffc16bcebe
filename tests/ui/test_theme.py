"""Themes: complete, legible, following the system."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from reader import paths
from reader.ui.theme import Colours, Theme, read_colours

THEMES = sorted((paths.resources() / "themes").glob("*.toml"))
GROUNDS = ("page", "list", "side", "card", "selection", "hover", "tile")
TEXTS = ("ink", "muted", "accent")


def measure_light(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = []
    for part in (colour.redF(), colour.greenF(), colour.blueF()):
        parts.append(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def measure_contrast(first: QColor, second: QColor) -> float:
    lighter, darker = sorted((measure_light(first), measure_light(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.stem)
def test_every_text_is_legible_on_every_ground(path: Path) -> None:
    colours = read_colours(path)
    for text in TEXTS:
        for ground in GROUNDS:
            contrast = measure_contrast(getattr(colours, text), getattr(colours, ground))
            assert contrast >= 4.5, f"{text} on {ground}: {contrast:.2f}"
    assert measure_contrast(colours.on_accent, colours.accent) >= 4.5


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.stem)
def test_every_role_names_a_colour(path: Path) -> None:
    colours = read_colours(path)
    assert all(getattr(colours, field.name).isValid() for field in fields(Colours))


def test_a_theme_written_in_any_toml_is_read(tmp_path: Path) -> None:
    plain = (paths.resources() / "themes" / "light.toml").read_text("utf-8")
    unusual = plain.replace('page = "white"', "page = 'white'").replace("[colours]", "[ colours ]")
    (tmp_path / "mine.toml").write_text(unusual, "utf-8")
    assert read_colours(tmp_path / "mine.toml") == read_colours(paths.resources() / "themes" / "light.toml")


def test_a_missing_role_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[colours]\nwhite = "#ffffff"\n[roles]\npage = "white"\n', "utf-8")
    with pytest.raises(KeyError):
        read_colours(tmp_path / "mine.toml")


def test_choosing_dark_changes_the_colours_and_says_so(theme: Theme) -> None:
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.is_dark))
    theme.choose("dark")
    assert told == [True]
    assert measure_light(theme.colours.page) < 0.1 < measure_light(theme.colours.ink)
