"""What pictures stand on: skies, hills, seas, trees, fields, rain and snow."""

from __future__ import annotations

import math

from canvas import Canvas, Point, mix
from palettes import Palette


def draw_sky(
    sheet: Canvas,
    light: Palette,
    sun: Point | None = None,
    radius: float = 34,
    clouds: int = 4,
    horizon: float = 675,
) -> None:
    """Sky down to the horizon, the sun or moon with its glow, and bands of soft cloud."""
    sheet.gradient(light.sky, 0, horizon)
    if sun:
        sheet.glow(*sun, radius * 11, light.sun, 0.75)
        sheet.glow(*sun, radius * 4, light.sun, 0.6)
        sheet.ellipse(*sun, radius, radius, light.sun)
    rng = sheet.rng
    for _ in range(clouds):
        x, y = rng.uniform(0, sheet.width), rng.uniform(horizon * 0.08, horizon * 0.62)
        spots = [
            (x + rng.uniform(-170, 170), y + rng.uniform(-14, 14), rng.uniform(60, 190), rng.uniform(6, 17))
            for _ in range(6)
        ]
        sheet.mist(spots, light.cloud, 14, rng.uniform(0.28, 0.5))


def draw_stars(sheet: Canvas, count: int, bottom: float) -> None:
    for _ in range(count):
        x, y, r = sheet.rng.uniform(0, sheet.width), sheet.rng.uniform(0, bottom), sheet.rng.uniform(0.6, 1.8)
        sheet.ellipse(x, y, r, r, "#fdf6df", sheet.rng.uniform(0.35, 0.95))


def make_ridge(sheet: Canvas, y: float, height: float, rough: float = 1.0, step: int = 5) -> list[Point]:
    """A skyline of hills from edge to edge around `y`; `rough` adds the small stones."""
    rng = sheet.rng
    waves = [
        (rng.uniform(0.7, 1.3) * k, rng.uniform(0, math.tau), 1 / k**1.1)
        for k in (1.1, 2.3, 4.1, 7.7, 13.0, 23.0)
    ]
    points = []
    for x in range(-step, sheet.width + step + 1, step):
        turn = x / sheet.width * math.tau
        rise = sum(weight * math.sin(turn * pace + phase) for pace, phase, weight in waves)
        points.append((float(x), y - height * rise * 0.5 + rng.uniform(-1, 1) * rough))
    return points


def fill_below(
    sheet: Canvas, ridge: list[Point], fill: str | tuple[str, ...], bottom: float, alpha: float = 1
) -> None:
    sheet.polygon([*ridge, (ridge[-1][0], bottom), (ridge[0][0], bottom)], fill, alpha)


def draw_hills(
    sheet: Canvas,
    light: Palette,
    top: float,
    bottom: float,
    layers: int = 4,
    height: float = 70,
    haze: float = 0.5,
) -> None:
    """Layered hills, pale and far first, each fading into haze at its foot."""
    for layer in range(layers):
        share = layer / max(layers - 1, 1)
        y = top + (bottom - top) * 0.75 * share
        colour = mix(*light.hills, share)
        foot = mix(colour, light.sky[-1], haze * (1 - share * 0.6))
        ridge = make_ridge(sheet, y, height * (1 - 0.25 * share), 0.6 + share)
        fill_below(sheet, ridge, (colour, colour, foot), bottom)


def draw_sea(
    sheet: Canvas, light: Palette, horizon: float, bottom: float = 675, sun_x: float | None = None
) -> None:
    """Water from the horizon to the shore with glints, and the sun's path where there is a sun."""
    sheet.gradient(light.sea, horizon, bottom)
    rng = sheet.rng
    for _ in range(260):
        depth = rng.random() ** 1.6
        y = horizon + 3 + depth * (bottom - horizon - 3)
        x, length = rng.uniform(-40, sheet.width), rng.uniform(10, 40) * (0.5 + depth * 3)
        tone = mix(light.sea[0], light.sun, 0.4) if rng.random() < 0.6 else light.sea[2]
        sheet.line([(x, y), (x + length, y)], tone, 0.6 + depth * 1.6, rng.uniform(0.08, 0.3))
    if sun_x is None:
        return
    for _ in range(150):
        depth = rng.random() ** 1.3
        y = horizon + 2 + depth * (bottom - horizon) * 0.9
        spread = 12 + depth * 90
        x, length = rng.gauss(sun_x, spread * 0.5), rng.uniform(8, 26) * (0.5 + depth * 1.6)
        sheet.line([(x - length, y), (x + length, y)], light.sun, 0.8 + depth * 1.8, rng.uniform(0.25, 0.75))


def draw_conifer(sheet: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """A spruce standing at (x, y), `size` tall."""
    for tier in range(5):
        share = tier / 5
        wide = size * (0.07 + 0.17 * share)
        top = y - size + size * 0.17 * tier
        sheet.polygon([(x, top), (x - wide, top + size * 0.3), (x + wide, top + size * 0.3)], colour)
    sheet.rect(x - size * 0.02, y - size * 0.08, size * 0.04, size * 0.08, colour)


def draw_round_tree(sheet: Canvas, x: float, y: float, size: float, colour: str, shade: str) -> None:
    sheet.rect(x - size * 0.03, y - size * 0.45, size * 0.06, size * 0.45, shade)
    for _ in range(9):
        dx, dy = sheet.rng.uniform(-0.26, 0.26), sheet.rng.uniform(-0.2, 0.16)
        r = sheet.rng.uniform(0.13, 0.23) * size
        tone = mix(colour, shade, sheet.rng.uniform(0, 0.45))
        sheet.ellipse(x + dx * size, y - size * 0.62 + dy * size, r, r * 0.92, tone)


def draw_forest(sheet: Canvas, ridge: list[Point], colour: str, size: float, gap: int = 14) -> None:
    """Spruces along a ridge."""
    for x, y in ridge:
        if sheet.rng.random() < 5 / gap:
            draw_conifer(sheet, x, y + size * 0.12, size * sheet.rng.uniform(0.6, 1.15), colour)


def draw_snowfall(sheet: Canvas, count: int = 260) -> None:
    for _ in range(count):
        size = sheet.rng.uniform(0.8, 3.6)
        x, y = sheet.rng.uniform(0, sheet.width), sheet.rng.uniform(0, sheet.height)
        sheet.ellipse(x, y, size, size, "#ffffff", sheet.rng.uniform(0.3, 0.9))


def draw_rain(sheet: Canvas, count: int = 220, slant: float = 10) -> None:
    for _ in range(count):
        x, y, length = sheet.rng.uniform(0, 1250), sheet.rng.uniform(-20, 675), sheet.rng.uniform(18, 52)
        sheet.line(
            [(x, y), (x - slant * length / 40, y + length)], "#e9f0f2", 0.8, sheet.rng.uniform(0.1, 0.35)
        )


def draw_gulls(sheet: Canvas, count: int, colour: str, area: tuple[float, float, float, float]) -> None:
    """Gulls somewhere inside (left, top, right, bottom)."""
    for _ in range(count):
        x, y = sheet.rng.uniform(area[0], area[2]), sheet.rng.uniform(area[1], area[3])
        span = sheet.rng.uniform(9, 22)
        tilt = sheet.rng.uniform(-4, 4)
        sheet.line(
            [
                (x - span, y - span * 0.28 + tilt),
                (x - span * 0.45, y - span * 0.42),
                (x, y),
                (x + span * 0.45, y - span * 0.42),
                (x + span, y - span * 0.28 - tilt),
            ],
            colour,
            1.9,
        )


def draw_rows(
    sheet: Canvas, horizon: float, colours: tuple[str, str], vanish: float = 600, rows: int = 34
) -> None:
    """Ploughed or planted rows that meet at the horizon."""
    sheet.gradient((colours[0], mix(*colours, 0.5)), horizon, 675)
    for row in range(-rows, rows):
        near = vanish + row * 105
        far = vanish + row * 17
        sheet.polygon([(far, horizon), (far + 7, horizon), (near + 48, 675), (near, 675)], colours[1], 0.55)
