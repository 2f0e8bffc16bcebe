"""The light of each picture: sky, sun, hills, sea and ink for the hours and weathers of the coast."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one hour. Hills run from the farthest to the nearest; the sea from the horizon to the shore."""

    sky: tuple[str, ...]
    sun: str
    hills: tuple[str, str]
    sea: tuple[str, str, str]
    ink: str
    lamp: str = "#ffd98c"
    cloud: str = "#ffffff"


PALETTES = {
    "dawn": Palette(
        ("#5f7f9c", "#a9b4b8", "#ead0ab", "#f5dfc0"),
        "#fff1d0",
        ("#a9b0b2", "#3c5163"),
        ("#e0c7a4", "#8aa0ac", "#36546a"),
        "#22323f",
    ),
    "day": Palette(
        ("#5b93bb", "#93bbd0", "#d5e3e2", "#f0efe3"),
        "#fffbe8",
        ("#a5bec4", "#466c68"),
        ("#bcd3d6", "#6b9cae", "#2f6178"),
        "#23404d",
    ),
    "dusk": Palette(
        ("#38406b", "#7b5a7e", "#d1806f", "#f6b97c"),
        "#ffe0a6",
        ("#9a6f83", "#2c2c4b"),
        ("#efb184", "#8d6482", "#2b3155"),
        "#1d1f38",
        cloud="#f3b59a",
    ),
    "night": Palette(
        ("#0b1429", "#16274a", "#2c4a70", "#5a7b98"),
        "#f2ecd2",
        ("#33506f", "#0d1930"),
        ("#52728f", "#223d5f", "#0b162c"),
        "#070d1c",
        cloud="#5d7793",
    ),
    "storm": Palette(
        ("#3f4b57", "#66737d", "#98a4a6", "#c3c7bf"),
        "#e9ead9",
        ("#8d999c", "#38464e"),
        ("#a5b1b1", "#637680", "#2e414c"),
        "#1f2a31",
        cloud="#2f3a45",
    ),
    "spring": Palette(
        ("#8bb7c4", "#bcd6d2", "#e6ecd3", "#f7f1da"),
        "#fffbe2",
        ("#a9c2a6", "#3f6446"),
        ("#cfdfcf", "#88b0a8", "#416f70"),
        "#26402f",
    ),
    "harvest": Palette(
        ("#93a8ab", "#cfc6a6", "#eed79e", "#f8e9c4"),
        "#fff5d3",
        ("#c9ad73", "#7b5626"),
        ("#ecd6a1", "#b39a6f", "#6e5a3a"),
        "#43301a",
        cloud="#fff3d8",
    ),
    "winter": Palette(
        ("#7b92bd", "#adbcd9", "#dcdfec", "#f5f0ee"),
        "#fffaf0",
        ("#aab6d3", "#44547d"),
        ("#d3d9e8", "#93a5c6", "#4d618c"),
        "#293454",
        cloud="#ffffff",
    ),
    "rose": Palette(
        ("#a9574d", "#cb7f68", "#e6b294", "#f7e0cb"),
        "#fff2df",
        ("#d09a83", "#71353a"),
        ("#efc9ad", "#bf7e6d", "#6f3b41"),
        "#43202a",
        cloud="#ffe9d8",
    ),
    "teal": Palette(
        ("#1f5661", "#4c8a8c", "#a3c5b4", "#e8e6c9"),
        "#fbf7d8",
        ("#7fae9f", "#17424c"),
        ("#c9d9bf", "#5d9593", "#1b4a57"),
        "#0f2d36",
    ),
}
