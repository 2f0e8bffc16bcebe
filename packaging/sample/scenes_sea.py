"""Scenes with water in them: ferries, harbours, lighthouses, banks, races."""

from __future__ import annotations

from canvas import Canvas, mix
from objects import (
    draw_beam,
    draw_bridge,
    draw_crane,
    draw_dhow,
    draw_ferry,
    draw_fishing_boat,
    draw_house,
    draw_lighthouse,
    draw_sail,
    draw_seal,
    draw_train,
)
from palettes import PALETTES
from scenery import (
    draw_gulls,
    draw_hills,
    draw_rain,
    draw_sea,
    draw_sky,
    draw_snowfall,
    draw_stars,
    fill_below,
    make_ridge,
)

WALLS = ("#d9c5a3", "#b86f52", "#8a9ba6", "#c9a35f", "#a9584b", "#7d8f7c", "#e3d8c4", "#6f7f92")


def draw_ferry_scene(sheet: Canvas, light: str, sun_x: float, ferry_x: float, size: float = 430) -> None:
    p = PALETTES[light]
    dark = light == "night"
    draw_sky(sheet, p, (sun_x, 250 if not dark else 130), 30, 5, 385)
    if dark:
        draw_stars(sheet, 150, 330)
    draw_hills(sheet, p, 345, 392, 3, 60, 0.35)
    draw_sea(sheet, p, 385, 675, sun_x)
    draw_ferry(
        sheet,
        ferry_x,
        500,
        size,
        mix(p.ink, "#000000", 0.15),
        mix("#f4efe4", p.ink, 0.45 if dark else 0.08),
        mix("#b8402f", p.ink, 0.35 if dark else 0.05),
        p.lamp,
    )
    draw_gulls(sheet, 7, mix("#ffffff", p.ink, 0.1), (ferry_x - 330, 180, ferry_x + 200, 380))


def draw_quay(sheet: Canvas, light: str, boats: int = 3, stepped: bool = False, weather: str = "") -> None:
    """A row of harbour houses with their picture in the water."""
    p = PALETTES[light]
    draw_sky(sheet, p, (sheet.rng.uniform(200, 1000), 120), 28, 4, 430)
    ridge = make_ridge(sheet, 290, 60)
    fill_below(sheet, ridge, (mix(p.hills[0], p.hills[1], 0.25), p.hills[0]), 440)
    x = -20.0
    while x < sheet.width:
        w, h = sheet.rng.uniform(66, 112), sheet.rng.uniform(90, 190)
        wall = mix(sheet.rng.choice(WALLS), p.sky[1], 0.22 if light != "night" else 0.6)
        draw_house(sheet, x, 436, w, h, wall, mix(p.ink, wall, 0.25), p.lamp, stepped)
        x += w + 2
    sheet.rect(0, 430, 1200, 12, mix(p.ink, "#ffffff", 0.12))
    sheet.mirror(442, 675, p.sea[2], 0.38)
    for _ in range(90):
        y = sheet.rng.uniform(450, 675)
        left = sheet.rng.uniform(-20, 1180)
        sheet.line([(left, y), (left + sheet.rng.uniform(20, 90), y)], p.sea[0], 1.4, 0.22)
    for k in range(boats):
        draw_fishing_boat(
            sheet,
            190 + k * (860 / max(boats - 1, 1)),
            545 + (k % 2) * 62,
            170 + (k % 2) * 60,
            mix(p.ink, WALLS[(k * 3 + 1) % 8], 0.3),
            mix("#f1ead9", p.ink, 0.12),
            p.lamp,
        )
    if weather == "rain":
        draw_rain(sheet)
    if weather == "snow":
        draw_snowfall(sheet)


def draw_lighthouse_scene(sheet: Canvas, light: str, lit: bool, x: float = 840) -> None:
    p = PALETTES[light]
    draw_sky(sheet, p, None if lit else (280, 190), 32, 5, 450)
    if light == "night":
        draw_stars(sheet, 190, 420)
    draw_sea(sheet, p, 450, 675, None if lit else 280)
    cliff = [
        (x - 330, 690),
        (x - 250, 610),
        (x - 190, 560),
        (x - 110, 530),
        (x - 40, 508),
        (x + 90, 505),
        (x + 170, 520),
        (x + 230, 490),
        (x + 460, 470),
        (x + 460, 690),
    ]
    if lit:
        draw_beam(sheet, x, 508 - 390 * 0.86, 1100, 120, p.lamp)
    sheet.polygon(cliff, (mix(p.hills[1], p.ink, 0.25), p.ink))
    sheet.polygon(
        [(a, b + (24 if a < x + 400 else 40)) for a, b in cliff], (p.ink, mix(p.ink, "#000000", 0.3)), 0.6
    )
    dim = 0.45 if light == "night" else 0.08
    draw_house(sheet, x + 70, 509, 92, 54, mix("#e9e1d0", p.ink, dim), mix("#8c4a3c", p.ink, dim), p.lamp)
    draw_lighthouse(sheet, x, 512, 390, mix("#f4eee0", p.ink, dim), mix("#b2402f", p.ink, dim), p.lamp)
    if lit:
        sheet.glow(x, 508 - 390 * 0.86, 150, p.lamp, 0.95)
    for _ in range(26):
        fx = sheet.rng.uniform(x - 360, x - 130)
        fy = 690 - (fx - x + 360) * 0.55 + sheet.rng.uniform(-8, 14)
        sheet.mist([(fx, fy, sheet.rng.uniform(14, 40), 5)], "#ffffff", 7, 0.3)
    draw_gulls(sheet, 5, mix("#ffffff", p.ink, 0.15), (x - 420, 180, x - 90, 420))


def draw_bridge_scene(sheet: Canvas, light: str, with_train: bool = False, weather: str = "") -> None:
    p = PALETTES[light]
    draw_sky(sheet, p, (860, 190), 32, 5, 440)
    if light == "night":
        draw_stars(sheet, 150, 350)
    draw_hills(sheet, p, 375, 448, 3, 80, 0.4)
    draw_sea(sheet, p, 440, 675, 860)
    draw_bridge(sheet, 400, 400, 860, 230, mix(p.ink, "#9c4a3b", 0.12), 520)
    if with_train:
        draw_train(sheet, 760, 398, 6, 118, mix("#e8e2d4", p.ink, 0.55), "#c2523f", p.lamp)
    if weather == "rain":
        draw_rain(sheet, 260)


def draw_cranes(sheet: Canvas, light: str) -> None:
    p = PALETTES[light]
    draw_sky(sheet, p, (330, 230), 38, 4, 455)
    draw_hills(sheet, p, 410, 460, 2, 45, 0.5)
    for k, (x, size) in enumerate(((180, 250), (420, 330), (700, 380), (1010, 300))):
        draw_crane(sheet, x, 470, size, mix(p.ink, p.sky[2], 0.28 - k * 0.07))
    colours = ("#b2523e", "#c79648", "#4c7282", "#7b8c6a", "#8c5a6a", "#d6c19a")
    for row in range(3):
        for column in range(19):
            if sheet.rng.random() < 0.86 - row * 0.22:
                tone = mix(sheet.rng.choice(colours), p.ink, 0.2)
                sheet.rect(column * 64 - 10, 452 - row * 26, 60, 24, tone)
                for rib in range(5):
                    sheet.rect(column * 64 - 2 + rib * 11, 455 - row * 26, 2, 18, mix(tone, "#000000", 0.2))
    sheet.rect(0, 475, 1200, 14, mix(p.ink, "#000000", 0.2))
    sheet.mirror(489, 675, p.sea[2], 0.45)
    for _ in range(80):
        y, left = sheet.rng.uniform(495, 675), sheet.rng.uniform(-20, 1180)
        sheet.line([(left, y), (left + sheet.rng.uniform(20, 110), y)], p.sun, 1.4, 0.2)


def draw_seal_bank(sheet: Canvas) -> None:
    p = PALETTES["dawn"]
    draw_sky(sheet, p, (930, 200), 28, 5, 330)
    draw_hills(sheet, p, 305, 335, 2, 40, 0.4)
    draw_sea(sheet, p, 330, 520, 930)
    bank = make_ridge(sheet, 505, 34, 0.4)
    fill_below(sheet, bank, ("#e3cfa6", "#c2a878", "#9a8058"), 690)
    for x, y, size in (
        (300, 540, 170),
        (560, 528, 140),
        (820, 545, 190),
        (180, 610, 230),
        (520, 632, 250),
        (960, 626, 240),
    ):
        tone = mix("#6b6a68", "#a39a8b", sheet.rng.random())
        sheet.mist([(x, y, size * 0.5, 7)], "#5d4a30", 8, 0.5)
        draw_seal(sheet, x, y, size, tone, mix(tone, "#ded4c0", 0.5))
    draw_gulls(sheet, 6, "#ffffff", (200, 90, 900, 300))


def draw_regatta(sheet: Canvas, light: str) -> None:
    p = PALETTES[light]
    draw_sky(sheet, p, (250, 160), 30, 6, 360)
    draw_hills(sheet, p, 325, 366, 3, 60, 0.4)
    draw_sea(sheet, p, 360, 675)
    sails = ("#fbf6ea", "#f3d9b0", "#d9654c", "#f8f1e2", "#4f86a0")
    for x, y, size in (
        (150, 392, 70),
        (330, 400, 84),
        (980, 396, 76),
        (560, 430, 150),
        (860, 470, 220),
        (300, 545, 330),
    ):
        sail = mix(sheet.rng.choice(sails), p.sky[2], 0.08)
        for k in range(7):
            half = size * 0.3 * (1 - k / 8) * sheet.rng.uniform(0.6, 1)
            sheet.line(
                [(x - half, y + 4 + k * size * 0.04), (x + half * 0.8, y + 4 + k * size * 0.04)],
                sail,
                size * 0.014,
                0.4,
            )
        draw_sail(sheet, x, y, size, sail, p.ink)


def draw_rowing(sheet: Canvas, light: str) -> None:
    """Two eights side by side on a still river."""
    p = PALETTES[light]
    draw_sky(sheet, p, (600, 170), 36, 4, 330)
    draw_hills(sheet, p, 285, 335, 3, 70, 0.5)
    sheet.mirror(330, 675, p.sea[1], 0.4)
    for _ in range(120):
        y, left = sheet.rng.uniform(340, 675), sheet.rng.uniform(-20, 1180)
        sheet.line([(left, y), (left + sheet.rng.uniform(20, 120), y)], p.sun, 1.3, 0.2)
    for x, y, size, shirt in ((690, 425, 620, "#4c7282"), (540, 550, 860, "#b8432f")):
        sheet.mist([(x, y + 9, size * 0.5, 7)], p.ink, 9, 0.45)
        sheet.polygon(
            [
                (x - size * 0.5, y - size * 0.006),
                (x - size * 0.3, y - size * 0.016),
                (x + size * 0.3, y - size * 0.016),
                (x + size * 0.52, y - size * 0.01),
                (x + size * 0.3, y + size * 0.006),
                (x - size * 0.3, y + size * 0.006),
            ],
            p.ink,
        )
        for seat in range(8):
            sx = x - size * 0.3 + seat * size * 0.075
            sheet.line([(sx, y - size * 0.012), (sx - size * 0.03, y - size * 0.062)], shirt, size * 0.021)
            sheet.line(
                [(sx - size * 0.028, y - size * 0.058), (sx + size * 0.012, y - size * 0.034)],
                "#d9a98a",
                size * 0.008,
            )
            sheet.ellipse(
                sx - size * 0.035, y - size * 0.083, size * 0.0115, size * 0.0135, mix("#4a3426", p.ink, 0.4)
            )
            oar_y = y + size * 0.075
            sheet.line(
                [(sx + size * 0.012, y - size * 0.034), (sx + size * 0.075, oar_y)], "#f2e7d2", size * 0.0045
            )
            sheet.polygon(
                [
                    (sx + size * 0.07, oar_y - 3),
                    (sx + size * 0.092, oar_y + size * 0.006),
                    (sx + size * 0.086, oar_y + size * 0.014),
                    (sx + size * 0.066, oar_y + 2),
                ],
                shirt,
            )
            sheet.ellipse(sx + size * 0.08, oar_y + size * 0.012, size * 0.024, size * 0.004, "#ffffff", 0.4)
        cox = x + size * 0.34
        sheet.rounded(cox - size * 0.012, y - size * 0.055, size * 0.025, size * 0.042, 5, p.ink)
        sheet.ellipse(cox, y - size * 0.066, size * 0.011, size * 0.013, "#d9a98a")


def draw_mudflat(sheet: Canvas) -> None:
    """Tidal flats: wet sand, winding water and birds."""
    p = PALETTES["dusk"]
    draw_sky(sheet, p, (380, 255), 38, 6, 320)
    sheet.gradient(("#c08a77", "#7c6670", "#45405a"), 320)
    sheet.rect(0, 312, 1200, 10, mix(p.hills[1], p.hills[0], 0.4))
    for k in range(11):
        y = 335 + k * k * 2.6
        wave = make_ridge(sheet, y, 14 + k * 2, 0.2)
        lower = [(a, b + 3 + k * 2.4) for a, b in make_ridge(sheet, y + 3, 10 + k * 2, 0.2)]
        sheet.polygon([*wave, *reversed(lower)], mix("#f6c08d", "#8c7d96", k / 13), 0.65)
    sheet.glow(380, 330, 330, p.sun, 0.5, 0.35)
    for _ in range(16):
        x, y = sheet.rng.uniform(430, 1150), sheet.rng.uniform(370, 590)
        size = 10 + (y - 360) * 0.11
        sheet.ellipse(x, y - size, size, size * 0.5, p.ink)
        sheet.ellipse(x + size * 0.95, y - size * 1.5, size * 0.32, size * 0.3, p.ink)
        sheet.line([(x + size * 1.2, y - size * 1.45), (x + size * 2.1, y - size * 1.2)], "#c9573a", 2)
        sheet.line([(x - 2, y - size * 0.6), (x - 2, y + size * 0.5)], p.ink, 1.6)
        sheet.line([(x + 5, y - size * 0.6), (x + 5, y + size * 0.5)], p.ink, 1.6)
    draw_gulls(sheet, 9, p.ink, (500, 80, 1100, 260))


def draw_dhows(sheet: Canvas) -> None:
    p = PALETTES["dusk"]
    draw_sky(sheet, p, (720, 300), 62, 4, 400)
    draw_old_town(sheet, mix(p.hills[0], p.ink, 0.35), 402, 150)
    draw_sea(sheet, p, 400, 675, 720)
    for x, y, size in ((930, 430, 110), (210, 450, 150), (520, 560, 330)):
        draw_dhow(sheet, x, y, size, mix("#f2dcb8", p.ink, 0.12), p.ink)


def draw_old_town(sheet: Canvas, colour: str, base: float, height: float) -> None:
    """A skyline of flat roofs, domes and towers."""
    x = -10.0
    while x < 1210:
        w, h = sheet.rng.uniform(34, 90), sheet.rng.uniform(0.18, 0.5) * height
        sheet.rect(x, base - h, w, h + 2, colour)
        pick = sheet.rng.random()
        if pick < 0.16:
            sheet.ellipse(x + w / 2, base - h, w * 0.36, w * 0.42, colour)
            sheet.line([(x + w / 2, base - h - w * 0.4), (x + w / 2, base - h - w * 0.62)], colour, 2)
        elif pick < 0.28:
            sheet.rect(x + w / 2 - 5, base - height, 10, height, colour)
            sheet.rect(x + w / 2 - 8, base - height * 0.84, 16, 4, colour)
            sheet.polygon(
                [
                    (x + w / 2 - 6, base - height),
                    (x + w / 2, base - height - 24),
                    (x + w / 2 + 6, base - height),
                ],
                colour,
            )
        x += w


def draw_island_port(sheet: Canvas) -> None:
    """A small fishing port below a snow-capped mountain, a red sun behind it."""
    p = PALETTES["rose"]
    draw_sky(sheet, p, None, 0, 3, 430)
    sheet.glow(820, 200, 420, "#fff1dc", 0.7)
    sheet.ellipse(820, 210, 88, 88, "#d1402f")
    peak = [
        (180, 440),
        (330, 330),
        (420, 250),
        (470, 200),
        (505, 182),
        (545, 184),
        (590, 214),
        (660, 280),
        (780, 352),
        (960, 440),
    ]
    sheet.polygon(peak, (mix("#7b5568", p.sky[1], 0.2), mix("#b58083", p.sky[2], 0.4)))
    sheet.polygon(
        [
            (420, 250),
            (470, 200),
            (505, 182),
            (545, 184),
            (590, 214),
            (632, 254),
            (600, 244),
            (578, 268),
            (548, 238),
            (520, 270),
            (492, 240),
            (456, 266),
        ],
        "#fbf1ea",
    )
    sheet.mist([(300, 380, 200, 12), (720, 372, 220, 12), (520, 330, 160, 9)], "#fff3e6", 12, 0.6)
    ridge = make_ridge(sheet, 415, 40)
    fill_below(sheet, ridge, (mix(p.hills[1], p.hills[0], 0.3), p.hills[1]), 450)
    draw_sea(sheet, p, 440, 675, 820)
    for x, y, size in ((180, 500, 150), (960, 520, 190), (480, 590, 260)):
        draw_fishing_boat(sheet, x, y, size, p.ink, "#efe1cf", "#f2b45f")
    draw_gulls(sheet, 7, p.ink, (150, 90, 700, 230))
