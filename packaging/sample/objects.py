"""What pictures are about: boats, houses, bridges, trains, people and their tools.

Each function draws one thing at a place and size; colours come from the caller's palette.
"""

from __future__ import annotations

import math

from canvas import Canvas, mix


def draw_ferry(
    sheet: Canvas, x: float, y: float, size: float, hull: str, white: str, stripe: str, lamp: str
) -> None:
    """A small car ferry, bow to the right, waterline at y; `size` is its length."""
    u = size / 100

    def at(px: float, py: float) -> tuple[float, float]:
        return (x + px * u, y - py * u)

    sheet.polygon([at(-50, 11), at(50, 13), at(43, 0), at(-47, 0)], hull)
    sheet.polygon([at(-49, 4.2), at(45.5, 4.2), at(44.6, 2.6), at(-48.2, 2.6)], stripe)
    sheet.polygon([at(-44, 11), at(-42, 20), at(34, 20), at(38, 12.5)], white)
    sheet.polygon([at(-34, 20), at(-33, 27), at(22, 27), at(25, 20)], mix(white, hull, 0.07))
    sheet.polygon([at(2, 27), at(3, 33), at(18, 33), at(21, 27)], white)
    sheet.polygon([at(4, 29.3), at(4.6, 31.8), at(18.3, 31.8), at(19.6, 29.3)], mix(hull, lamp, 0.35))
    sheet.polygon([at(-22, 27), at(-20.5, 37), at(-12.5, 37), at(-11.5, 27)], stripe)
    sheet.polygon([at(-21, 34), at(-20.5, 37), at(-12.5, 37), at(-12.1, 34)], hull)
    sheet.line([at(10, 33), at(10, 43)], hull, 0.5 * u)
    sheet.line([at(6, 39), at(14, 39)], hull, 0.4 * u)
    for k in range(17):
        sheet.rounded(*at(-39 + k * 4.3, 17.6), 2.3 * u, 2.8 * u, 0.7 * u, mix(hull, lamp, 0.75))
    for k in range(12):
        sheet.rounded(*at(-30 + k * 4.2, 25), 2.3 * u, 2.4 * u, 0.7 * u, mix(hull, lamp, 0.6))
    sheet.mist([(x, y + 2, size * 0.5, 3 * u)], hull, 5 * u, 0.5)
    for _ in range(14):
        dx = sheet.rng.uniform(-70, -38)
        sheet.line([at(dx, -0.6), at(dx + 16, -0.8 - sheet.rng.random() * 2)], "#ffffff", 0.5 * u, 0.35)


def draw_sail(
    sheet: Canvas, x: float, y: float, size: float, sail: str, hull: str, lean: float = 0.06
) -> None:
    """A sloop under sail; the hull sits at y."""
    top = (x + size * lean, y - size)
    sheet.polygon([(x - size * 0.03, y - size * 0.09), top, (x - size * 0.42, y - size * 0.12)], sail)
    sheet.polygon(
        [(x + size * 0.02, y - size * 0.1), (top[0], y - size * 0.86), (x + size * 0.3, y - size * 0.1)],
        mix(sail, hull, 0.14),
    )
    sheet.line([(x, y - size * 0.05), top], hull, max(1.2, size * 0.012))
    sheet.polygon(
        [
            (x - size * 0.45, y - size * 0.09),
            (x + size * 0.4, y - size * 0.08),
            (x + size * 0.28, y),
            (x - size * 0.36, y),
        ],
        hull,
    )


def draw_dhow(sheet: Canvas, x: float, y: float, size: float, sail: str, hull: str) -> None:
    """A dhow with its one slanted sail."""
    sheet.polygon(
        [
            (x - size * 0.3, y - size * 0.2),
            (x + size * 0.42, y - size * 0.92),
            (x + size * 0.3, y - size * 0.14),
        ],
        sail,
    )
    sheet.line([(x - size * 0.34, y - size * 0.18), (x + size * 0.45, y - size * 0.96)], hull, size * 0.018)
    sheet.line([(x + size * 0.03, y - size * 0.04), (x + size * 0.08, y - size * 0.6)], hull, size * 0.022)
    sheet.polygon(
        [
            (x - size * 0.5, y - size * 0.2),
            (x - size * 0.38, y - size * 0.09),
            (x + size * 0.4, y - size * 0.09),
            (x + size * 0.62, y - size * 0.2),
            (x + size * 0.4, y + size * 0.02),
            (x - size * 0.36, y + size * 0.02),
        ],
        hull,
    )


def draw_fishing_boat(
    sheet: Canvas, x: float, y: float, size: float, hull: str, cabin: str, lamp: str
) -> None:
    u = size / 100
    sheet.polygon(
        [
            (x - 50 * u, y - 16 * u),
            (x + 20 * u, y - 14 * u),
            (x + 52 * u, y - 26 * u),
            (x + 38 * u, y),
            (x - 44 * u, y),
        ],
        hull,
    )
    sheet.polygon(
        [
            (x - 49 * u, y - 12 * u),
            (x + 46 * u, y - 14 * u),
            (x + 45 * u, y - 11 * u),
            (x - 48 * u, y - 9 * u),
        ],
        cabin,
    )
    sheet.rect(x - 34 * u, y - 40 * u, 30 * u, 25 * u, cabin)
    sheet.rect(x - 36 * u, y - 43 * u, 34 * u, 4 * u, hull)
    for k in range(3):
        sheet.rect(x + (-31 + k * 9) * u, y - 36 * u, 6.5 * u, 8 * u, mix(hull, lamp, 0.7))
    sheet.line([(x + 12 * u, y - 14 * u), (x + 12 * u, y - 76 * u)], hull, 1.8 * u)
    sheet.line([(x + 12 * u, y - 70 * u), (x - 28 * u, y - 46 * u)], hull, 1 * u)
    sheet.line([(x + 12 * u, y - 70 * u), (x + 48 * u, y - 26 * u)], hull, 0.8 * u)


def draw_house(
    sheet: Canvas,
    x: float,
    base: float,
    w: float,
    h: float,
    wall: str,
    roof: str,
    lamp: str,
    stepped: bool = False,
) -> None:
    """A gabled house, its left corner at (x, base); some windows are lit."""
    shade = mix(wall, roof, 0.22)
    sheet.rect(x, base - h, w, h, (mix(wall, "#ffffff", 0.06), shade))
    if stepped:
        for k in range(5):
            inset = w * 0.1 * k
            sheet.rect(
                x + inset, base - h - w * 0.13 * (k + 1), w - inset * 2, w * 0.14, mix(wall, roof, 0.1)
            )
    else:
        sheet.polygon(
            [(x - w * 0.06, base - h), (x + w / 2, base - h - w * 0.52), (x + w * 1.06, base - h)], roof
        )
    columns, rows = max(2, round(w / 26)), max(2, round(h / 40))
    for i in range(columns):
        for j in range(rows):
            lit = sheet.rng.random() < 0.42
            sheet.rect(
                x + w * (i + 0.5) / columns - w * 0.2 / columns,
                base - h + h * (j + 0.28) / rows,
                w * 0.4 / columns,
                h * 0.46 / rows,
                lamp if lit else mix(roof, wall, 0.25),
            )


def draw_lighthouse(
    sheet: Canvas, x: float, base: float, size: float, white: str, red: str, lamp: str
) -> None:
    w = size * 0.15
    for k in range(5):
        low, high = k / 5, (k + 1) / 5
        a, b = w * (1 - 0.4 * low), w * (1 - 0.4 * high)
        y1, y2 = base - size * 0.8 * low, base - size * 0.8 * high
        colour = red if k % 2 else white
        sheet.polygon([(x - a, y1), (x + a, y1), (x + b, y2), (x - b, y2)], colour)
        sheet.polygon([(x + a * 0.3, y1), (x + a, y1), (x + b, y2), (x + b * 0.3, y2)], "#000000", 0.13)
    top = base - size * 0.8
    sheet.rect(x - w * 0.8, top - size * 0.02, w * 1.6, size * 0.025, mix(red, "#000000", 0.5))
    sheet.rect(x - w * 0.42, top - size * 0.12, w * 0.84, size * 0.1, lamp)
    sheet.line([(x, top), (x, top - size * 0.12)], mix(red, "#000000", 0.5), 2)
    sheet.polygon(
        [(x - w * 0.55, top - size * 0.12), (x, top - size * 0.2), (x + w * 0.55, top - size * 0.12)], red
    )


def draw_beam(sheet: Canvas, x: float, y: float, reach: float, spread: float, colour: str) -> None:
    """A lighthouse's beam to both sides."""
    for k in range(7):
        part = reach * (1 - k * 0.12)
        for side in (-1, 1):
            sheet.polygon(
                [
                    (x, y - 3),
                    (x + side * part, y - spread * (1 - k * 0.1)),
                    (x + side * part, y + spread * 0.5),
                    (x, y + 3),
                ],
                colour,
                0.05,
            )


def draw_person(
    sheet: Canvas, x: float, base: float, size: float, colour: str, coat: str | None = None
) -> None:
    """A standing figure, feet at base."""
    cloth = coat or colour
    sheet.ellipse(x, base - size * 0.91, size * 0.075, size * 0.088, colour)
    sheet.rounded(x - size * 0.15, base - size * 0.81, size * 0.3, size * 0.46, size * 0.11, cloth)
    sheet.polygon(
        [
            (x - size * 0.14, base - size * 0.5),
            (x + size * 0.14, base - size * 0.5),
            (x + size * 0.16, base - size * 0.26),
            (x - size * 0.16, base - size * 0.26),
        ],
        cloth,
    )
    sheet.rect(x - size * 0.11, base - size * 0.3, size * 0.09, size * 0.3, colour)
    sheet.rect(x + size * 0.02, base - size * 0.3, size * 0.09, size * 0.3, colour)


def draw_bust(
    sheet: Canvas, x: float, base: float, size: float, skin: str, coat: str, hair: str, long: bool
) -> None:
    """Head and shoulders in three tones: a portrait as a silhouette."""
    if long:
        sheet.rounded(x - size * 0.2, base - size * 0.98, size * 0.4, size * 0.56, size * 0.19, hair)
    sheet.rounded(
        x - size * 0.075, base - size * 0.5, size * 0.15, size * 0.26, size * 0.05, mix(skin, coat, 0.35)
    )
    sheet.ellipse(x, base - size * 0.05, size * 0.46, size * 0.33, coat)
    sheet.polygon(
        [(x - size * 0.1, base - size * 0.36), (x, base - size * 0.17), (x + size * 0.1, base - size * 0.36)],
        mix(coat, "#ffffff", 0.72),
    )
    sheet.ellipse(x, base - size * 0.66, size * 0.145, size * 0.19, skin)
    sheet.polygon(
        [
            (x - size * 0.165, base - size * 0.7),
            (x - size * 0.15, base - size * 0.86),
            (x - size * 0.05, base - size * 0.92),
            (x + size * 0.09, base - size * 0.91),
            (x + size * 0.165, base - size * 0.82),
            (x + size * 0.165, base - size * 0.68),
            (x + size * 0.11, base - size * 0.79),
            (x - size * 0.04, base - size * 0.8),
            (x - size * 0.12, base - size * 0.76),
        ],
        hair,
    )


def draw_cyclist(sheet: Canvas, x: float, base: float, size: float, frame: str, coat: str, skin: str) -> None:
    """A rider going right; wheels on base, `size` tall."""
    r = size * 0.2
    back, front = (x - size * 0.3, base - r), (x + size * 0.3, base - r)
    for hub in (back, front):
        sheet.arc(*hub, r, 0, 360, frame, max(1.5, size * 0.018))
        for spoke in range(6):
            turn = spoke * math.pi / 6 + 0.2
            dx, dy = math.cos(turn) * r, math.sin(turn) * r
            sheet.line([(hub[0] - dx, hub[1] - dy), (hub[0] + dx, hub[1] + dy)], frame, 0.7, 0.5)
    crank, seat, bar = (
        (x - size * 0.03, base - r),
        (x - size * 0.12, base - size * 0.5),
        (x + size * 0.21, base - size * 0.54),
    )
    thick = max(2, size * 0.024)
    for path in ([back, crank, bar, seat, crank], [back, seat], [front, bar]):
        sheet.line(path, frame, thick)
    hip, shoulder = (seat[0], seat[1] - size * 0.04), (x + size * 0.06, base - size * 0.82)
    sheet.line(
        [hip, (x + size * 0.07, base - size * 0.39), (crank[0] + size * 0.03, crank[1] + size * 0.1)],
        frame,
        size * 0.07,
    )
    sheet.line([hip, shoulder], coat, size * 0.15)
    sheet.line([shoulder, (x + size * 0.14, base - size * 0.62), bar], coat, size * 0.055)
    sheet.ellipse(shoulder[0], shoulder[1] + size * 0.01, size * 0.075, size * 0.075, coat)
    sheet.ellipse(x + size * 0.11, base - size * 0.95, size * 0.065, size * 0.075, skin)
    sheet.polygon(
        [
            (x + size * 0.035, base - size * 0.96),
            (x + size * 0.06, base - size * 1.04),
            (x + size * 0.14, base - size * 1.05),
            (x + size * 0.2, base - size * 0.97),
        ],
        frame,
    )


def draw_bridge(
    sheet: Canvas, deck: float, left: float, right: float, tower: float, colour: str, water: float
) -> None:
    """A suspension bridge: deck height, the two towers' places, their height."""
    for x in (left, right):
        sheet.polygon(
            [(x - 12, water), (x - 7, deck - tower), (x + 7, deck - tower), (x + 12, water)], colour
        )
        sheet.rect(x - 16, water - 10, 32, 16, mix(colour, "#000000", 0.2))
    spans = ((left - (right - left) * 0.62, left), (left, right), (right, right + (right - left) * 0.62))
    for index, (start, end) in enumerate(spans):
        points = []
        for k in range(41):
            t = k / 40
            sag = (2 * t - 1) ** 2 if index == 1 else (t**2 if index == 0 else (1 - t) ** 2)
            x, y = start + (end - start) * t, deck - 8 - (tower - 8) * sag
            points.append((x, y))
            if k % 2 == 0:
                sheet.line([(x, y), (x, deck)], colour, 1.2, 0.75)
        sheet.line(points, colour, 3.2)
    sheet.rect(-10, deck, sheet.width + 20, 9, colour)
    sheet.rect(-10, deck + 9, sheet.width + 20, 5, mix(colour, "#000000", 0.3))


def draw_train(
    sheet: Canvas, x: float, base: float, cars: int, size: float, body: str, stripe: str, lamp: str
) -> None:
    """A train going right, its nose at x; `size` is a car's length."""
    h = size * 0.3
    for car in range(cars):
        right = x - car * (size + 4)
        left = right - size
        if car == 0:
            sheet.polygon(
                [
                    (left, base),
                    (left, base - h),
                    (right - size * 0.22, base - h),
                    (right - size * 0.03, base - h * 0.42),
                    (right, base),
                ],
                body,
            )
        else:
            sheet.rounded(left, base - h, size, h, 4, body)
        sheet.rect(left, base - h * 0.3, size * (0.985 if car == 0 else 1), h * 0.1, stripe)
        for k in range(7 if car else 5):
            sheet.rounded(left + size * (0.06 + k * 0.13), base - h * 0.82, size * 0.09, h * 0.36, 3, lamp)
        for wheel in (0.15, 0.27, 0.73, 0.85):
            sheet.ellipse(left + size * wheel, base + 2, h * 0.09, h * 0.09, mix(body, "#000000", 0.6))
    sheet.glow(x + 6, base - h * 0.25, size * 0.4, lamp, 0.9)


def draw_crane(sheet: Canvas, x: float, base: float, size: float, colour: str) -> None:
    """A quay crane with its arm out over the water to the right."""
    for leg in (-0.16, 0.12):
        sheet.line([(x + size * leg, base), (x + size * leg * 0.7, base - size * 0.6)], colour, size * 0.03)
    sheet.line(
        [(x - size * 0.14, base - size * 0.3), (x + size * 0.1, base - size * 0.3)], colour, size * 0.02
    )
    sheet.rect(x - size * 0.5, base - size * 0.64, size * 1.2, size * 0.045, colour)
    sheet.line([(x, base - size * 0.6), (x, base - size)], colour, size * 0.03)
    sheet.line(
        [(x - size * 0.48, base - size * 0.63), (x, base - size), (x + size * 0.66, base - size * 0.63)],
        colour,
        2,
    )
    sheet.line([(x + size * 0.45, base - size * 0.6), (x + size * 0.45, base - size * 0.3)], colour, 1.6)
    sheet.rect(x - size * 0.1, base - size * 0.62, size * 0.14, size * 0.1, colour)


def draw_seal(sheet: Canvas, x: float, base: float, size: float, colour: str, belly: str) -> None:
    """A seal resting on a bank, head to the right."""
    sheet.ellipse(x, base - size * 0.16, size * 0.5, size * 0.17, colour)
    sheet.ellipse(x - size * 0.06, base - size * 0.1, size * 0.36, size * 0.1, belly)
    sheet.ellipse(x + size * 0.37, base - size * 0.28, size * 0.16, size * 0.15, colour)
    sheet.ellipse(x + size * 0.49, base - size * 0.3, size * 0.085, size * 0.07, belly)
    sheet.ellipse(x + size * 0.41, base - size * 0.33, size * 0.016, size * 0.018, "#15181b")
    sheet.ellipse(x + size * 0.565, base - size * 0.315, size * 0.018, size * 0.014, "#15181b")
    sheet.polygon(
        [
            (x - size * 0.44, base - size * 0.18),
            (x - size * 0.68, base - size * 0.32),
            (x - size * 0.62, base - size * 0.16),
            (x - size * 0.7, base - size * 0.06),
        ],
        colour,
    )
    sheet.polygon(
        [
            (x + size * 0.1, base - size * 0.1),
            (x + size * 0.26, base + size * 0.03),
            (x + size * 0.3, base - size * 0.06),
        ],
        mix(colour, "#000000", 0.25),
    )
