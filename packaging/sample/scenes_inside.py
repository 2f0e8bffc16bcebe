"""Scenes in rooms and streets close by: portraits, galleries, stairs, shelves, choirs, stalls, lanterns."""

from __future__ import annotations

import math

from canvas import Canvas, mix
from objects import draw_bust, draw_person


def draw_portrait(
    sheet: Canvas,
    backdrop: tuple[str, ...],
    coat: str,
    hair: str,
    skin: str,
    long: bool = False,
    rails: bool = False,
) -> None:
    """One person against a plain wall, light from the left."""
    sheet.gradient(backdrop)
    sheet.glow(380, 230, 620, mix(backdrop[-1], "#ffffff", 0.6), 0.75)
    if rails:
        for k in range(7):
            sheet.line([(700 + k * 70, 0), (760 + k * 40, 675)], mix(backdrop[0], "#ffffff", 0.25), 3, 0.4)
        sheet.rect(0, 500, 1200, 5, mix(backdrop[0], "#ffffff", 0.3), 0.5)
    sheet.mist([(690, 620, 330, 130)], mix(backdrop[0], "#000000", 0.4), 50, 0.4)
    draw_bust(sheet, 600, 690, 640, skin, coat, hair, long)
    sheet.glow(500, 330, 240, "#fff4e0", 0.18)


def draw_gallery(sheet: Canvas) -> None:
    """Pictures on a wall and one visitor."""
    sheet.gradient(("#f0e9dc", "#e3d8c4", "#d2c4ab"), 0, 540)
    sheet.gradient(("#a88562", "#7d5d40"), 540)
    frames = (
        (110, 130, 240, 300, ("#5d7f9e", "#f2d6b0", "#3f5f78")),
        (440, 96, 400, 340, ("#3b3f66", "#d1806f", "#f6b97c")),
        (930, 150, 190, 250, ("#a9c6c4", "#dbe5d0", "#3c5a41")),
    )
    for x, y, w, h, tones in frames:
        sheet.mist([(x + w / 2 + 8, y + h / 2 + 12, w / 2 + 10, h / 2 + 10)], "#5d4a30", 14, 0.5)
        sheet.rect(x - 14, y - 14, w + 28, h + 28, "#4b3524")
        sheet.rect(x - 6, y - 6, w + 12, h + 12, "#f8f3e6")
        sheet.rect(x, y, w, h, tones)
        sheet.ellipse(x + w * 0.66, y + h * 0.32, w * 0.09, w * 0.09, "#fff1d0")
        for k in range(3):
            base = y + h * (0.62 + k * 0.12)
            hill = [(x + w * t / 20, base - h * 0.07 * math.sin(t * 0.5 + k * 2 + x)) for t in range(21)]
            sheet.polygon([*hill, (x + w, y + h), (x, y + h)], mix(tones[0], "#14202c", 0.2 + k * 0.22), 0.9)
        sheet.glow(x + w / 2, y - 20, w * 0.8, "#fff8e2", 0.35)
    sheet.polygon([(700, 610), (790, 610), (900, 650), (760, 660)], "#3b2a1c", 0.3)
    draw_person(sheet, 740, 622, 300, "#2a2a33", "#8c3f35")


def draw_lens(sheet: Canvas) -> None:
    """The great lens in the lantern room, seen from inside, the sea beyond the panes."""
    sheet.gradient(("#3b3f66", "#a2617a", "#f2a56b", "#f7c98b"), 0, 430)
    sheet.gradient(("#b87f77", "#5b4a72", "#2a2c4e"), 430)
    sheet.glow(600, 400, 500, "#ffe0a6", 0.6)
    for x in (60, 300, 900, 1140):
        sheet.rect(x - 9, 0, 18, 600, "#17182b")
    for y in (96, 420):
        sheet.rect(0, y, 1200, 10, "#17182b")
    sheet.rect(0, 586, 1200, 100, ("#22233c", "#12131f"))
    sheet.polygon([(440, 600), (470, 530), (730, 530), (760, 600)], ("#8c6a3a", "#4b3520"))
    for ring in range(9):
        h = 205 - ring * 23
        w = 168 - ring * 9
        tone = mix("#fff3cf", "#86a7a5", ring / 11)
        sheet.ellipse(600, 318, w, h, (mix(tone, "#ffffff", 0.3), tone), 0.38)
        sheet.ellipse(600, 318, w - 5, h - 6, ("#dfeee6", "#c9a86a"), 0.22)
    for k in range(-5, 6):
        y = 318 + k * 36
        half = 168 * math.sqrt(max(0.02, 1 - (k * 36 / 212) ** 2))
        sheet.line([(600 - half, y), (600 + half, y)], "#f8fbf0", 3, 0.6)
    sheet.glow(600, 318, 250, "#fff6d6", 0.95)
    for x in (438, 762):
        sheet.rect(x - 6, 120, 12, 420, "#8c6a3a")
    sheet.rect(430, 104, 340, 18, "#8c6a3a")
    sheet.rect(430, 520, 340, 18, "#a8834a")


def draw_stairs(sheet: Canvas) -> None:
    """A spiral stair looked at from below."""
    sheet.gradient(("#38424a", "#1c2329"))
    for step in range(66):
        turn = step * 0.33
        r1, r2 = 790 - step * 11.8, 190 - step * 2.7
        grow = 0.34
        shade = mix("#2a353d", "#d9c9a6", min(1.0, step / 52) * (0.72 + 0.28 * math.sin(turn * 2)))
        sheet.polygon(
            [
                (600 + r1 * math.cos(turn), 340 + r1 * math.sin(turn)),
                (600 + r1 * math.cos(turn + grow), 340 + r1 * math.sin(turn + grow)),
                (600 + r2 * math.cos(turn + grow), 340 + r2 * math.sin(turn + grow)),
                (600 + r2 * math.cos(turn), 340 + r2 * math.sin(turn)),
            ],
            mix(shade, "#fff4d8", (step / 80) ** 2),
        )
        sheet.line(
            [
                (600 + r1 * math.cos(turn), 340 + r1 * math.sin(turn)),
                (600 + r2 * math.cos(turn), 340 + r2 * math.sin(turn)),
            ],
            "#151b20",
            7 - step * 0.09,
            0.55,
        )
    sheet.glow(600, 340, 190, "#fff6d8", 1.0)
    sheet.ellipse(600, 340, 34, 34, "#fffbef")


def draw_books(sheet: Canvas, tones: tuple[str, ...], wall: tuple[str, str] = ("#5b4636", "#3b2c21")) -> None:
    sheet.gradient(wall)
    for shelf in range(3):
        base = 212 + shelf * 218
        x = 26.0
        while x < 1160:
            w, h = sheet.rng.uniform(22, 54), sheet.rng.uniform(128, 186)
            tone = sheet.rng.choice(tones)
            if sheet.rng.random() < 0.06:
                x += 34
                continue
            sheet.rect(x, base - h, w, h, (mix(tone, "#ffffff", 0.1), mix(tone, "#000000", 0.22)))
            sheet.rect(x + w * 0.18, base - h * 0.84, w * 0.64, 5, mix(tone, "#f8e9c8", 0.6))
            sheet.rect(x + w * 0.18, base - h * 0.2, w * 0.64, 3, mix(tone, "#f8e9c8", 0.5))
            x += w + 2
        sheet.rect(0, base, 1200, 16, ("#8a6a4c", "#5a4330"))
        sheet.rect(0, base + 16, 1200, 16, "#000000", 0.25)
    sheet.glow(330, 180, 620, "#ffe2ac", 0.35)


def draw_choir(sheet: Canvas) -> None:
    """Singers in a half circle below tall windows."""
    sheet.gradient(("#6b5a52", "#4b3d3c", "#2c2528"))
    for x in (190, 600, 1010):
        sheet.rounded(x - 84, 40, 168, 330, 82, ("#ffe9bd", "#f0b874", "#a9685a"))
        sheet.rect(x - 84, 250, 168, 130, ("#d99460", "#a9685a"))
        sheet.rect(x - 3, 40, 6, 340, "#3b2f30")
        for y in (130, 220, 310):
            sheet.rect(x - 84, y, 168, 5, "#3b2f30")
        sheet.glow(x, 210, 270, "#ffdf9e", 0.4)
    sheet.polygon([(0, 580), (1200, 580), (1200, 690), (0, 690)], ("#6f4e37", "#3b281c"))
    for row, (base, size, count) in enumerate(((540, 210, 13), (620, 250, 11))):
        for k in range(count):
            x = 130 + k * (940 / (count - 1))
            y = base + 44 * math.cos((k / (count - 1) - 0.5) * 2.6) - 44
            draw_person(
                sheet,
                x,
                y + 40,
                size,
                mix("#2a2228", "#c99a7a", 0.12 + row * 0.06),
                mix("#7b2f35", "#20242c", 0.5 * (k % 2)),
            )
            sheet.ellipse(x, y + 40 - size * 0.91, size * 0.068, size * 0.082, "#d9ac8c")
            sheet.rect(x - 20, y + 40 - size * 0.62, 40, 28, "#f6eedd")


def draw_stall(sheet: Canvas) -> None:
    """A fish stall: striped awning, ice and the morning's catch."""
    sheet.gradient(("#40525e", "#6c7f86", "#a9b0a8"))
    sheet.glow(600, 330, 640, "#ffdf9e", 0.6)
    for k in range(14):
        tone = "#f4ecdb" if k % 2 else "#b8432f"
        x = k * 86 - 4
        sheet.polygon(
            [(x + 20, 0), (x + 106, 0), (x + 86, 150), (x, 150)], (tone, mix(tone, "#000000", 0.18))
        )
        sheet.ellipse(x + 43, 150, 43, 26, mix(tone, "#000000", 0.18))
    sheet.polygon([(0, 390), (1200, 390), (1200, 690), (0, 690)], ("#e9f1f2", "#c3d3d8", "#8ba3ad"))
    for _ in range(420):
        x, y = sheet.rng.uniform(0, 1200), sheet.rng.uniform(396, 675)
        sheet.ellipse(x, y, sheet.rng.uniform(3, 10), sheet.rng.uniform(2, 7), "#ffffff", 0.5)
    for row, (y, size) in enumerate(((440, 120), (520, 150), (610, 180))):
        for k in range(8 - row):
            x = 80 + k * (1080 / (7 - row)) + sheet.rng.uniform(-14, 14)
            tone = sheet.rng.choice(("#7f95a3", "#94a5ac", "#b98a77", "#6b8290"))
            sheet.mist([(x, y + size * 0.14, size * 0.42, 8)], "#4b626d", 7, 0.5)
            sheet.ellipse(x, y, size * 0.42, size * 0.15, (mix(tone, "#26343d", 0.35), tone, "#eef2f0"))
            sheet.polygon(
                [
                    (x + size * 0.36, y),
                    (x + size * 0.6, y - size * 0.15),
                    (x + size * 0.54, y),
                    (x + size * 0.6, y + size * 0.15),
                ],
                tone,
            )
            sheet.ellipse(x - size * 0.3, y - size * 0.025, size * 0.03, size * 0.03, "#1a2126")
    for x in (220, 600, 980):
        sheet.line([(x, 150), (x, 226)], "#1d252b", 3)
        sheet.ellipse(x, 240, 22, 22, "#fff0c4")
        sheet.glow(x, 240, 130, "#ffe09a", 0.7)


def draw_lanterns(sheet: Canvas) -> None:
    """Paper lanterns over an evening street."""
    sheet.gradient(("#1f2344", "#3f3560", "#7b4c68", "#c77f63"))
    for side in (0, 1):
        for k in range(5):
            x = k * 92 if side == 0 else 1200 - (k + 1) * 92
            h = 330 - k * 46
            sheet.rect(x, 640 - h, 90, h, ("#2c2a40", "#1b1828"))
            sheet.polygon(
                [(x - 16, 640 - h), (x + 106, 640 - h), (x + 84, 612 - h), (x + 6, 612 - h)], "#15131f"
            )
            for row in range(3):
                sheet.rect(
                    x + 14, 664 - h + row * 60, 62, 30, mix("#f6c06e", "#2c2a40", 0.25 + 0.2 * (row % 2))
                )
    sheet.gradient(("#4b3a4c", "#231d2c"), 600)
    for strand in range(3):
        for k in range(9):
            t = k / 8
            x, y = -20 + 1240 * t, 70 + strand * 84 + 90 * math.sin(math.pi * t) - strand * 12
            size = 26 + strand * 5
            sheet.glow(x, y + size, size * 3.1, "#ffb45f", 0.55)
            sheet.ellipse(x, y + size, size * 0.8, size, ("#ffe0a0", "#e8734a", "#c2452f"))
            sheet.rect(x - size * 0.35, y - 4, size * 0.7, 6, "#221a22")
            sheet.rect(x - size * 0.35, y + size * 2 - 4, size * 0.7, 6, "#221a22")
    for x, size, coat in ((500, 150, "#3f5f78"), (570, 138, "#8c3f4a"), (690, 160, "#2f3350")):
        draw_person(sheet, x, 650, size, "#17131d", coat)


def draw_hall(sheet: Canvas) -> None:
    """A customs house in the morning: a pediment on columns above the steps."""
    sheet.gradient(("#7fa0b4", "#c9cfc6", "#f0dfbf"), 0, 560)
    sheet.glow(930, 170, 420, "#fff1d0", 0.6)
    sheet.mist([(300, 130, 190, 14), (700, 90, 230, 12), (1000, 210, 170, 10)], "#ffffff", 14, 0.6)
    stone, shade = "#e6dcc6", "#a4957c"
    sheet.rect(170, 250, 860, 310, (stone, mix(stone, shade, 0.5)))
    sheet.polygon([(130, 216), (600, 84), (1070, 216)], (stone, mix(stone, shade, 0.4)))
    sheet.polygon([(220, 206), (600, 104), (980, 206)], mix(stone, shade, 0.55))
    sheet.ellipse(600, 165, 30, 30, stone)
    sheet.line([(600, 165), (600, 145)], "#4b4236", 3)
    sheet.line([(600, 165), (614, 170)], "#4b4236", 3)
    sheet.rect(130, 214, 940, 38, (mix(stone, "#ffffff", 0.3), shade))
    for k in range(5):
        sheet.rect(262 + k * 152, 300, 68, 240, ("#4d5b62", "#333f47"))
        sheet.rect(270 + k * 152, 308, 24, 90, "#f3c77a")
    for k in range(6):
        x = 190 + k * 156
        sheet.rect(x, 252, 42, 300, stone)
        sheet.rect(x + 26, 252, 16, 300, shade, 0.5)
        sheet.rect(x - 6, 252, 54, 12, mix(stone, "#ffffff", 0.3))
        sheet.rect(x - 6, 544, 54, 12, shade)
    for step in range(5):
        sheet.rect(
            150 - step * 24, 556 + step * 14, 900 + step * 48, 14, mix(stone, shade, 0.2 + step * 0.13)
        )
    sheet.gradient(("#8a8272", "#5d574c"), 626)
    for x, coat in ((330, "#3f5f78"), (392, "#8c3f35"), (840, "#2f4356")):
        draw_person(sheet, x, 648, 118, "#23211f", coat)
