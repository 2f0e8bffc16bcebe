"""Scenes on land: ridges, fields, valleys, roads, winter trails, towns by night."""

from __future__ import annotations

import math

from canvas import Canvas, mix
from objects import draw_cyclist, draw_house, draw_person, draw_train
from palettes import PALETTES
from scenery import (
    draw_conifer,
    draw_forest,
    draw_gulls,
    draw_hills,
    draw_round_tree,
    draw_rows,
    draw_sea,
    draw_sky,
    draw_snowfall,
    draw_stars,
    fill_below,
    make_ridge,
)


def draw_peaks(sheet: Canvas, light: str, climbers: int = 0, snow: bool = False) -> None:
    """Snow peaks above mist and forest."""
    p = PALETTES[light]
    draw_sky(sheet, p, (210, 130), 30, 5, 600)
    far, near = mix(p.hills[0], p.sky[1], 0.35), mix(p.hills[0], p.hills[1], 0.55)
    for x, top, wide in ((80, 300, 330), (1130, 270, 380), (420, 250, 360), (930, 215, 340)):
        draw_peak(sheet, x, top, wide, 560, mix(far, p.sky[2], 0.25), far, mix(p.sky[3], far, 0.12))
    draw_peak(sheet, 250, 270, 330, 600, mix(far, near, 0.3), mix(far, near, 0.65), p.sky[3])
    crest = draw_peak(sheet, 690, 105, 520, 620, mix(far, near, 0.45), near, "#fdfbf8")
    for k in range(climbers):
        x, y = crest[4 + k]
        draw_person(sheet, x, y + 3, 30, p.ink, "#c2452f" if k % 2 == 0 else "#d9a441")
    sheet.mist(
        [(sheet.rng.uniform(0, 1200), sheet.rng.uniform(500, 560), 260, 20) for _ in range(7)],
        "#ffffff",
        22,
        0.6,
    )
    ridge = make_ridge(sheet, 585, 60)
    draw_forest(sheet, ridge, mix(p.hills[1], p.ink, 0.2), 66, 11)
    fill_below(sheet, ridge, (mix(p.hills[1], p.ink, 0.2), p.ink), 690)
    if snow:
        draw_snowfall(sheet)


def draw_peak(
    sheet: Canvas, x: float, top: float, wide: float, base: float, lit: str, shade: str, snow: str
) -> list[tuple[float, float]]:
    """One mountain, `wide` to each side: a lit face, a shaded face and a snow cap. Returns its left edge, top first."""
    rng = sheet.rng
    steps = 15

    def descend(reach: float, jitter: float, bend: float) -> list[tuple[float, float]]:
        points = []
        for k in range(steps + 1):
            t = k / steps
            wobble = rng.uniform(-jitter, jitter) if 0 < k < steps else 0.0
            points.append((x + reach * t**bend + wobble, top + (base - top) * t + (wobble * 0.5 if k else 0)))
        return points

    left, right = descend(-wide, wide * 0.025, 0.92), descend(wide, wide * 0.025, 0.96)
    spine = descend(wide * 0.16, wide * 0.055, 1.1)
    sheet.polygon([*left, *reversed(right)], (shade, mix(shade, lit, 0.25)))
    sheet.polygon([*left, *reversed(spine)], (lit, mix(lit, shade, 0.35)))
    deep = 7
    for edge, tone in ((left, snow), (right, mix(snow, shade, 0.38))):
        count = 9
        start, end = edge[deep], spine[deep]
        hem = [
            (
                start[0] + (end[0] - start[0]) * k / count,
                start[1]
                + (end[1] - start[1]) * k / count
                + (rng.uniform(8, 46) if k % 2 else rng.uniform(-46, -6)),
            )
            for k in range(1, count)
        ]
        sheet.polygon([*edge[: deep + 1], *hem, *reversed(spine[: deep + 1])], tone)
    for _ in range(9):
        row = rng.randrange(3, 8)
        t = rng.uniform(0.25, 0.85)
        rx = left[row][0] + (spine[row][0] - left[row][0]) * t
        ry = left[row][1] + rng.uniform(-6, 10)
        size = wide * rng.uniform(0.02, 0.05)
        sheet.polygon(
            [(rx, ry - size), (rx + size * 0.7, ry + size * 0.9), (rx - size * 0.2, ry + size * 0.5)],
            mix(lit, snow, 0.25),
        )
    return left


def draw_field(sheet: Canvas, light: str, silos: bool = False) -> None:
    """A harvested field running to the horizon, with silos or a farm on it."""
    p = PALETTES[light]
    draw_sky(sheet, p, (900, 180), 40, 6, 380)
    draw_hills(sheet, p, 335, 392, 3, 46, 0.5)
    draw_rows(sheet, 390, (mix(p.sky[2], p.hills[0], 0.5), p.hills[1]), 720)
    if silos:
        for k, (x, h) in enumerate(((190, 190), (262, 214), (334, 190), (406, 160))):
            tone = mix("#d8d2c2", p.hills[1], 0.12 + k * 0.06)
            sheet.rect(x, 420 - h, 66, h, tone)
            sheet.rect(x + 42, 420 - h, 24, h, mix(tone, p.ink, 0.3), 0.55)
            sheet.ellipse(x + 33, 420 - h, 33, 15, mix(tone, "#ffffff", 0.25))
            for ring in range(1, 6):
                sheet.rect(x, 420 - h + ring * h / 6, 66, 1.6, mix(tone, p.ink, 0.3))
        draw_house(sheet, 490, 420, 120, 56, mix("#a9523f", p.ink, 0.1), p.ink, p.lamp)
    else:
        for x in (120, 180, 1010, 1070, 1120):
            draw_round_tree(sheet, x, 402, sheet.rng.uniform(60, 105), mix(p.hills[1], "#7d8a45", 0.5), p.ink)
        for x, y, r in ((300, 560, 54), (760, 500, 34), (980, 600, 66)):
            sheet.mist([(x, y + r * 0.9, r * 1.2, 9)], p.ink, 8, 0.5)
            sheet.ellipse(x, y, r, r * 0.94, (mix("#f0d692", p.hills[0], 0.2), p.hills[1]))
            for k in range(1, 5):
                sheet.arc(x, y, r * k / 5, 0, 360, mix(p.hills[0], p.hills[1], 0.6), 2)
    draw_gulls(sheet, 6, p.ink, (300, 120, 800, 300))


def draw_commuters(sheet: Canvas, light: str, riders: int = 4) -> None:
    """Cyclists on an embankment before a town."""
    p = PALETTES[light]
    draw_sky(sheet, p, (870, 240), 42, 5, 560)
    for share, base in ((0.75, 470), (0.45, 500)):
        x = -30.0
        while x < 1200:
            w, h = sheet.rng.uniform(44, 92), sheet.rng.uniform(70, 215) * (1.15 - share * 0.3)
            tone = mix(p.hills[1], p.sky[2], share)
            sheet.rect(x, base - h, w, h + 100, (tone, mix(tone, p.sky[3], 0.45)))
            if sheet.rng.random() < 0.4:
                sheet.polygon([(x, base - h), (x + w / 2, base - h - w * 0.4), (x + w, base - h)], tone)
            x += w + sheet.rng.uniform(-6, 16)
    sheet.gradient((mix(p.hills[1], p.ink, 0.3), p.ink), 575)
    for x in range(20, 1200, 54):
        sheet.rect(x, 538, 4, 40, p.ink)
    sheet.rect(0, 538, 1200, 4, p.ink)
    coats = ("#c2452f", "#e0a848", "#3f7487", "#efe6d4", "#7f8f5c")
    for k in range(riders):
        size = 200 + sheet.rng.uniform(-14, 14)
        draw_cyclist(
            sheet,
            170 + k * (880 / max(riders - 1, 1)),
            622,
            size,
            mix(p.ink, "#000000", 0.3),
            mix(coats[k % 5], p.ink, 0.12),
            mix("#d6a283", p.ink, 0.15),
        )


def draw_dam(sheet: Canvas, light: str) -> None:
    """A reservoir between hills with its wall in front."""
    p = PALETTES[light]
    draw_sky(sheet, p, (330, 150), 32, 5, 330)
    draw_hills(sheet, p, 240, 340, 4, 110, 0.45)
    sheet.mirror(335, 520, p.sea[1], 0.35)
    for _ in range(50):
        y, left = sheet.rng.uniform(342, 500), sheet.rng.uniform(-20, 1180)
        sheet.line([(left, y), (left + sheet.rng.uniform(20, 120), y)], p.sun, 1.2, 0.25)
    wall = [(0, 470), (200, 490), (420, 502), (640, 506), (860, 500), (1200, 474), (1200, 690), (0, 690)]
    sheet.polygon(wall, ("#d9d3c4", "#a8a294", "#6f6c66"))
    sheet.polygon(
        [
            (0, 470),
            (200, 490),
            (420, 502),
            (640, 506),
            (860, 500),
            (1200, 474),
            (1200, 488),
            (860, 515),
            (640, 521),
            (420, 517),
            (200, 504),
            (0, 484),
        ],
        "#efeadd",
    )
    for k in range(17):
        x = k * 75
        sheet.line([(x, 500), (x + (600 - x) * 0.12, 690)], "#8b867b", 1.5, 0.6)
    for x in (540, 610, 680):
        sheet.polygon([(x, 520), (x + 34, 520), (x + 40, 690), (x - 6, 690)], "#f6fbfb", 0.6)
    sheet.mist([(630, 670, 150, 24)], "#ffffff", 16, 0.7)


def draw_roofs(sheet: Canvas, light: str, snow: bool = True) -> None:
    """Winter roofs with smoking chimneys."""
    p = PALETTES[light]
    draw_sky(sheet, p, (940, 150), 30, 4, 560)
    draw_hills(sheet, p, 330, 470, 2, 80, 0.5)
    for row, base in enumerate((470, 570, 690)):
        x = -60.0 - row * 20
        while x < 1220:
            w, h = (
                sheet.rng.uniform(120, 190) * (0.8 + row * 0.28),
                sheet.rng.uniform(50, 84) * (0.8 + row * 0.3),
            )
            wall = mix(
                sheet.rng.choice(("#b87d5e", "#c9b596", "#8f9aa8", "#a8685a", "#d8cbb4")),
                p.hills[0],
                0.42 - row * 0.14,
            )
            roof_y = base - h
            draw_house(sheet, x, base, w, h, wall, mix(p.ink, wall, 0.2), p.lamp)
            if snow:
                sheet.polygon(
                    [
                        (x - w * 0.06, roof_y),
                        (x + w / 2, roof_y - w * 0.52),
                        (x + w * 1.06, roof_y),
                        (x + w * 0.98, roof_y + 4),
                        (x + w / 2, roof_y - w * 0.4),
                        (x + w * 0.02, roof_y + 4),
                    ],
                    "#fbfaf8",
                )
            cx, cy = x + w * 0.7, roof_y - w * 0.3
            sheet.rect(cx, cy - w * 0.18, w * 0.09, w * 0.22, mix("#8c4a3c", p.ink, 0.3))
            puffs = [
                (cx + k * w * 0.09 + k * k * 1.5, cy - w * 0.24 - k * 20, 7 + k * 5, 6 + k * 4)
                for k in range(5)
            ]
            sheet.mist(puffs, "#ffffff", 9, 0.55)
            x += w * sheet.rng.uniform(1.04, 1.3)


def draw_ski_trail(sheet: Canvas) -> None:
    p = PALETTES["winter"]
    draw_sky(sheet, p, (900, 170), 34, 4, 500)
    draw_hills(sheet, p, 330, 470, 3, 90, 0.55)
    ridge = make_ridge(sheet, 440, 50)
    draw_forest(sheet, ridge, mix(p.hills[1], p.ink, 0.3), 90, 9)
    fill_below(sheet, ridge, ("#f3f4fa", "#fdfcfb", "#dfe4f1"), 690)
    for offset in (0, 26):
        track = [
            (180 + offset * 2.4 + 420 * math.sin(t * 2.2) * (1 - t) + 420 * t, 690 - 230 * t)
            for t in [k / 30 for k in range(31)]
        ]
        sheet.line(track, "#aab8d6", 4, 0.8)
    for x, y, size, coat in (
        (330, 640, 190, "#c2452f"),
        (640, 560, 120, "#3f7487"),
        (800, 510, 80, "#e0a848"),
    ):
        draw_skier(sheet, x, y, size, coat, p.ink)
    for x, size in ((60, 260), (1120, 300), (1010, 210)):
        draw_conifer(sheet, x, 690, size, mix(p.ink, p.hills[1], 0.2))
    draw_snowfall(sheet, 170)


def draw_skier(sheet: Canvas, x: float, y: float, size: float, coat: str, ink: str) -> None:
    s = size
    sheet.line([(x - s * 0.42, y), (x + s * 0.4, y), (x + s * 0.48, y - s * 0.05)], ink, s * 0.022)
    sheet.line(
        [(x - s * 0.26, y - s * 0.03), (x - s * 0.16, y - s * 0.22), (x - s * 0.02, y - s * 0.45)],
        ink,
        s * 0.075,
    )
    sheet.line(
        [(x + s * 0.16, y - s * 0.02), (x + s * 0.14, y - s * 0.24), (x - s * 0.02, y - s * 0.45)],
        ink,
        s * 0.075,
    )
    sheet.line([(x - s * 0.02, y - s * 0.46), (x + s * 0.13, y - s * 0.74)], coat, s * 0.15)
    sheet.line(
        [(x + s * 0.12, y - s * 0.7), (x + s * 0.28, y - s * 0.56), (x + s * 0.33, y - s * 0.62)],
        coat,
        s * 0.05,
    )
    sheet.line([(x + s * 0.33, y - s * 0.64), (x + s * 0.16, y)], ink, s * 0.014)
    sheet.line([(x + s * 0.08, y - s * 0.68), (x - s * 0.12, y - s * 0.5)], coat, s * 0.05)
    sheet.line([(x - s * 0.12, y - s * 0.5), (x - s * 0.36, y)], ink, s * 0.014)
    sheet.ellipse(x + s * 0.19, y - s * 0.87, s * 0.065, s * 0.075, "#d6a283")
    sheet.polygon(
        [
            (x + s * 0.12, y - s * 0.88),
            (x + s * 0.15, y - s * 0.97),
            (x + s * 0.25, y - s * 0.94),
            (x + s * 0.26, y - s * 0.89),
        ],
        coat,
    )


def draw_night_train(sheet: Canvas) -> None:
    p = PALETTES["night"]
    draw_sky(sheet, p, (240, 130), 32, 4, 480)
    draw_stars(sheet, 240, 400)
    draw_hills(sheet, p, 330, 480, 4, 110, 0.3)
    ridge = make_ridge(sheet, 480, 22)
    draw_forest(sheet, ridge, mix(p.hills[1], "#000000", 0.2), 70, 13)
    sheet.gradient((mix(p.hills[1], p.ink, 0.2), p.ink), 500)
    sheet.rect(0, 560, 1200, 16, "#141d2e")
    sheet.rect(0, 556, 1200, 4, "#6b7c90")
    draw_train(sheet, 930, 552, 5, 236, "#2b3f63", "#c9a24a", "#ffe2a0")
    for car in range(5):
        for window in range(6):
            sheet.mist([(930 - car * 240 - 215 + window * 32, 598, 15, 8)], "#ffdf9a", 6, 0.35)


def draw_orchard(sheet: Canvas, light: str) -> None:
    p = PALETTES[light]
    draw_sky(sheet, p, (880, 150), 32, 5, 400)
    draw_hills(sheet, p, 310, 410, 3, 80, 0.5)
    sheet.gradient((mix("#a9b878", p.sky[2], 0.3), "#7d9456", "#4f6b3c"), 400)
    for row, (y, size, gap) in enumerate(((430, 80, 92), (490, 130, 150), (590, 220, 250))):
        for k in range(int(1300 / gap) + 1):
            x = k * gap - 40 + row * 34
            sheet.mist([(x, y, size * 0.3, size * 0.05)], "#26402f", 6, 0.5)
            draw_round_tree(sheet, x, y, size, mix("#7f9c55", p.sky[1], 0.28 - row * 0.12), "#3c5a35")
            for _ in range(10 + row * 4):
                ax, ay = x + sheet.rng.uniform(-0.3, 0.3) * size, y - size * sheet.rng.uniform(0.42, 0.86)
                sheet.ellipse(ax, ay, size * 0.018, size * 0.018, "#c8432f")


def draw_bus_stop(sheet: Canvas, light: str) -> None:
    """A country bus stop under a lamp, the bus arriving."""
    p = PALETTES[light]
    draw_sky(sheet, p, None, 0, 5, 470)
    draw_hills(sheet, p, 350, 480, 4, 90, 0.4)
    sheet.gradient((mix(p.hills[1], p.ink, 0.4), p.ink), 500)
    sheet.polygon([(0, 590), (1200, 560), (1200, 640), (0, 690)], mix(p.ink, "#8a8fa0", 0.25))
    sheet.rounded(760, 400, 330, 172, 18, mix("#d9a441", p.ink, 0.08))
    sheet.rounded(776, 418, 298, 66, 8, mix(p.lamp, "#ffffff", 0.2))
    for k in range(1, 5):
        sheet.rect(776 + k * 60, 418, 6, 66, mix("#d9a441", p.ink, 0.3))
    sheet.rect(760, 520, 330, 10, mix("#8c4a3c", p.ink, 0.2))
    for x in (830, 1020):
        sheet.ellipse(x, 574, 30, 30, p.ink)
        sheet.ellipse(x, 574, 13, 13, "#8d93a0")
    sheet.glow(756, 545, 150, p.lamp, 0.8)
    sheet.rect(300, 380, 210, 12, mix(p.ink, "#ffffff", 0.15))
    sheet.polygon([(284, 380), (526, 380), (506, 352), (304, 352)], mix("#8c4a3c", p.ink, 0.3))
    sheet.rect(306, 392, 200, 178, mix(p.sky[1], p.ink, 0.45), 0.6)
    sheet.rect(306, 392, 8, 182, p.ink)
    sheet.rect(498, 392, 8, 182, p.ink)
    sheet.rect(330, 520, 150, 10, p.ink)
    draw_person(sheet, 380, 574, 138, p.ink, "#3f7487")
    draw_person(sheet, 445, 574, 112, p.ink, "#c2452f")
    sheet.rect(600, 340, 7, 236, p.ink)
    sheet.ellipse(603, 330, 30, 30, "#d9a441")
    sheet.ellipse(603, 330, 22, 22, mix(p.ink, "#ffffff", 0.1))
    sheet.glow(403, 400, 190, p.lamp, 0.45)


def draw_pitch(sheet: Canvas, light: str) -> None:
    """A floodlit ground with a goal and a keeper."""
    p = PALETTES[light]
    draw_sky(sheet, p, None, 0, 5, 420)
    draw_hills(sheet, p, 320, 420, 2, 70, 0.3)
    sheet.rect(0, 360, 1200, 66, mix(p.ink, p.hills[1], 0.4))
    for _ in range(900):
        x, y = sheet.rng.uniform(0, 1200), sheet.rng.uniform(366, 416)
        sheet.ellipse(
            x, y, 3.4, 3.8, mix(sheet.rng.choice(("#c2452f", "#e0a848", "#d9d3c4", "#3f7487")), p.ink, 0.4)
        )
    sheet.gradient(("#5c8a4d", "#3c6b3b", "#2a5231"), 424)
    for k in range(8):
        sheet.polygon(
            [
                (600 + (k - 4) * 150, 424),
                (675 + (k - 4) * 150, 424),
                (750 + (k - 4) * 330, 690),
                (585 + (k - 4) * 330, 690),
            ],
            "#8fb86f",
            0.14,
        )
    sheet.line([(0, 470), (1200, 470)], "#f1f4ea", 3, 0.8)
    for x in (110, 1090):
        sheet.rect(x - 4, 120, 8, 300, p.ink)
        for row in range(3):
            for column in range(5):
                sheet.ellipse(x - 36 + column * 18, 96 + row * 18, 7, 7, "#fff8df")
        sheet.glow(x, 112, 320, "#fff6d6", 0.7)
    sheet.line([(380, 470), (380, 288), (820, 288), (820, 470)], "#fbfaf4", 7)
    for k in range(1, 22):
        sheet.line([(380 + k * 20, 290), (392 + k * 19, 462)], "#ffffff", 1, 0.35)
    for k in range(1, 9):
        sheet.line([(382, 290 + k * 20), (818, 290 + k * 20)], "#ffffff", 1, 0.35)
    draw_person(sheet, 600, 482, 150, p.ink, "#e0a848")
    sheet.line([(590, 372), (520, 330)], "#e0a848", 15)
    sheet.line([(610, 372), (680, 330)], "#e0a848", 15)
    sheet.mist([(820, 622, 40, 7)], "#0f2a18", 6, 0.6)
    sheet.ellipse(820, 596, 25, 25, "#fbfaf4")
    for dx, dy in ((0, 0), (-16, -10), (15, -12), (10, 15), (-13, 13)):
        sheet.ellipse(820 + dx, 596 + dy, 6, 6, "#2a2f33")


def draw_crowd(sheet: Canvas, light: str) -> None:
    """Crews waiting on the quay in the morning."""
    p = PALETTES[light]
    draw_sky(sheet, p, (860, 215), 46, 5, 430)
    draw_hills(sheet, p, 385, 440, 2, 50, 0.4)
    draw_sea(sheet, p, 430, 570, 860)
    sheet.gradient((mix(p.ink, p.sky[1], 0.35), p.ink), 560)
    coats = ("#d9a441", "#c2452f", "#3f7487", "#2f4356", "#d9a441", "#7f8f5c", "#2f4356")
    for k in range(9):
        size = 230 + sheet.rng.uniform(-22, 22)
        x = 120 + k * 112 + sheet.rng.uniform(-24, 24)
        sheet.polygon([(x - 20, 640), (x + 20, 640), (x - 50, 675), (x - 110, 675)], "#000000", 0.2)
        draw_person(sheet, x, 640, size, mix(p.ink, "#000000", 0.25), mix(coats[k % 7], p.ink, 0.25))
