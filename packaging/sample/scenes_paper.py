"""Scenes on a table or a page: charts, maps, screens, keyboards, clocks, tickets, soup."""

from __future__ import annotations

import math

from canvas import Canvas, mix


def draw_chart(
    sheet: Canvas, ground: tuple[str, str], lines: tuple[str, ...], trend: float, bars: bool = False
) -> None:
    """A printed chart: bars or lines over a pale grid."""
    sheet.gradient(ground)
    ink = mix(ground[1], "#000000", 0.55)
    for k in range(6):
        sheet.line([(120, 120 + k * 88), (1080, 120 + k * 88)], ink, 1.2, 0.22)
    rng = sheet.rng
    if bars:
        for k in range(12):
            h = 130 + 270 * (0.5 + trend * (k / 11 - 0.5)) + rng.uniform(-24, 24)
            tone = mix(lines[0], lines[1], k / 11)
            sheet.rounded(140 + k * 78, 560 - h, 50, h, 6, (mix(tone, "#ffffff", 0.15), tone))
    else:
        for index, colour in enumerate(lines):
            y, points = 340.0 + trend * 150 + (index - 1) * 60, []
            for k in range(49):
                y += rng.uniform(-19, 19) - trend * 6.2 + (340 - y) * 0.012
                points.append((120 + k * 20, y))
            if index == len(lines) - 1:
                sheet.polygon([*points, (1080, 560), (120, 560)], (colour, ground[1]), 0.3)
            sheet.line(points, colour, 5)
            sheet.ellipse(*points[-1], 11, 11, colour)
            sheet.ellipse(*points[-1], 5, 5, ground[0])
    sheet.rect(120, 560, 960, 3, ink)


def draw_keyboard(sheet: Canvas) -> None:
    """A small, tilted keyboard for one hand on a workbench."""
    sheet.gradient(("#c9a882", "#a67c55", "#7b5638"))
    for k in range(26):
        y = k * 27 + sheet.rng.uniform(-6, 6)
        sheet.line([(0, y), (600, y + sheet.rng.uniform(-8, 8)), (1200, y)], "#5c3d26", 1.4, 0.25)
    sheet.mist([(620, 400, 330, 190)], "#2a190d", 34, 0.6)
    sheet.rounded(290, 150, 620, 390, 54, ("#3a4149", "#23282e"))
    sheet.rounded(304, 162, 592, 362, 46, ("#454d56", "#2d333a"))
    for column in range(6):
        drop = (26, 8, 0, 10, 24, 46)[column]
        for row in range(4):
            x, y = 338 + column * 88, 186 + row * 74 + drop
            tone = (
                "#c2523f" if (column, row) == (2, 1) else "#d9a441" if column == 5 and row == 3 else "#ece5d6"
            )
            sheet.rounded(x, y + 6, 72, 62, 12, mix(tone, "#000000", 0.45))
            sheet.rounded(x, y, 72, 60, 12, (mix(tone, "#ffffff", 0.2), tone))
            sheet.rounded(x + 8, y + 5, 56, 44, 9, mix(tone, "#ffffff", 0.32))
    points = [(910, 260), (980, 240), (1040, 150), (1120, 120), (1210, 60)]
    sheet.line(points, "#1e2328", 9)


def draw_clock(sheet: Canvas) -> None:
    """A wall clock that shows the tide instead of the hour."""
    sheet.gradient(("#e9e0cf", "#d3c5ab", "#b7a586"))
    sheet.mist([(630, 370, 250, 250)], "#5d4a30", 40, 0.55)
    sheet.ellipse(600, 338, 262, 262, ("#8a5f3c", "#563822"))
    sheet.ellipse(600, 338, 240, 240, ("#f8f3e6", "#e8dec9"))
    wave = [(600 + 232 * math.cos(math.pi * t), 0) for t in [k / 60 for k in range(61)]]
    level = [(x, 372 + 17 * math.sin(x / 33)) for x, _ in reversed(wave)]
    below = [
        (600 + 232 * math.cos(a), 338 + 232 * math.sin(a)) for a in [math.pi * k / 60 for k in range(8, 53)]
    ]
    sheet.polygon([*[pt for pt in level if abs(pt[0] - 600) < 228], *below], ("#6fa3b3", "#2d6077"))
    for k in range(24):
        turn = math.tau * k / 24
        inner = 206 if k % 6 == 0 else 218
        sheet.line(
            [
                (600 + inner * math.sin(turn), 338 - inner * math.cos(turn)),
                (600 + 230 * math.sin(turn), 338 - 230 * math.cos(turn)),
            ],
            "#3b2a1c",
            5 if k % 6 == 0 else 2,
        )
    sheet.line([(600, 338), (712, 206)], "#b2402f", 9)
    sheet.line([(600, 338), (574, 370)], "#b2402f", 9)
    sheet.ellipse(600, 338, 15, 15, "#3b2a1c")


def draw_circuit(sheet: Canvas) -> None:
    sheet.gradient(("#1f5a4c", "#17463d", "#0f332f"))
    rng = sheet.rng
    for _ in range(64):
        x, y = rng.randrange(0, 40) * 30, rng.randrange(0, 23) * 30
        points = [(x, y)]
        for _ in range(rng.randrange(2, 5)):
            dx, dy = rng.choice(((90, 0), (0, 90), (60, 60), (-60, 60), (120, 0)))
            x, y = x + dx, y + dy
            points.append((x, y))
        tone = rng.choice(("#c9a24a", "#8fc2a3", "#5e9c83"))
        sheet.line(points, tone, 4, 0.75)
        for end in (points[0], points[-1]):
            sheet.ellipse(*end, 8, 8, tone)
            sheet.ellipse(*end, 3.5, 3.5, "#0f332f")
    for x, y, w, h in ((430, 210, 250, 250), (850, 120, 170, 110), (160, 420, 150, 150), (860, 430, 210, 90)):
        for k in range(int(w / 22)):
            sheet.rect(x + 10 + k * 22, y - 14, 9, h + 28, "#d6d2c6")
        sheet.rounded(x, y, w, h, 10, ("#33383d", "#1b1f23"))
        sheet.ellipse(x + 22, y + 22, 7, 7, "#565d64")
    sheet.glow(560, 330, 420, "#e7ffd9", 0.16)


def draw_map(sheet: Canvas, ground: tuple[str, str], dots: tuple[str, ...]) -> None:
    """A street map with a coast and hundreds of stops."""
    sheet.gradient(ground)
    rng = sheet.rng
    coast = [(0.0, 150.0)]
    while coast[-1][0] < 1200:
        coast.append(
            (coast[-1][0] + rng.uniform(20, 60), min(190, max(50, coast[-1][1] + rng.uniform(-40, 40))))
        )
    sheet.polygon([(0, 0), *coast, (1200, 0)], ("#8fb4bf", "#a9c7c9"))
    river = [(760 + 90 * math.sin(k / 4), 160 + k * 22) for k in range(26)]
    sheet.line(river, "#a2c3c7", 24)
    road = mix(ground[0], "#ffffff", 0.75)
    hubs = [
        (110 + 196 * (k % 6) + rng.uniform(-50, 50), 270 + 165 * (k // 6) + rng.uniform(-44, 44))
        for k in range(18)
    ]
    for index, hub in enumerate(hubs):
        for other in hubs[index + 1 :]:
            if math.dist(hub, other) < 265:
                bend = (
                    (hub[0] + other[0]) / 2 + rng.uniform(-40, 40),
                    (hub[1] + other[1]) / 2 + rng.uniform(-30, 30),
                )
                curve = [
                    (
                        (1 - t) ** 2 * hub[0] + 2 * t * (1 - t) * bend[0] + t * t * other[0],
                        (1 - t) ** 2 * hub[1] + 2 * t * (1 - t) * bend[1] + t * t * other[1],
                    )
                    for t in [k / 13 for k in range(14)]
                ]
                sheet.line(curve, road, 9)
                for x, y in curve[1:-1]:
                    sheet.ellipse(x, y, 4.2, 4.2, rng.choice(dots))
    for hub in hubs:
        sheet.ellipse(*hub, 17, 17, "#ffffff")
        sheet.ellipse(*hub, 12, 12, dots[0])


def draw_terminal(sheet: Canvas, accent: str) -> None:
    """A window with lines of code, drawn as bars."""
    sheet.gradient((mix(accent, "#ffffff", 0.55), mix(accent, "#1b1b1f", 0.25)))
    sheet.mist([(610, 370, 440, 250)], "#101014", 34, 0.5)
    sheet.rounded(160, 80, 880, 515, 20, "#1d2026")
    sheet.rounded(160, 80, 880, 46, 20, "#2b2f37")
    sheet.rect(160, 108, 880, 18, "#2b2f37")
    for k, tone in enumerate(("#d1604f", "#d9a441", "#6f9c6b")):
        sheet.ellipse(192 + k * 30, 103, 9, 9, tone)
    tones = ("#c9c5bb", mix(accent, "#ffffff", 0.35), "#d9a441", "#8fb39a", "#868b95")
    depth = 0
    for row in range(17):
        depth = max(0, min(4, depth + sheet.rng.choice((-1, 0, 0, 1))))
        x = 200.0 + depth * 38
        for _ in range(sheet.rng.randrange(2, 6)):
            w = sheet.rng.uniform(30, 140)
            if x + w > 1000:
                break
            sheet.rounded(x, 152 + row * 25, w, 11, 5, sheet.rng.choice(tones))
            x += w + 14


def draw_wave(sheet: Canvas, ground: tuple[str, ...], colour: str) -> None:
    """A sound wave over slow water: the podcast's cover."""
    sheet.gradient(ground)
    sheet.glow(600, 330, 460, mix(colour, "#ffffff", 0.3), 0.5)
    for k in range(61):
        x = 150 + k * 15
        h = (26 + 190 * abs(math.sin(k * 0.37) * math.cos(k * 0.11))) * (
            0.35 + 0.65 * math.sin(math.pi * k / 60)
        )
        sheet.rounded(x - 4, 330 - h, 8, h * 2, 4, (mix(colour, "#ffffff", 0.45), colour))
    for layer in range(4):
        line = [
            (x, 560 + layer * 30 + 9 * math.sin(x / (90 - layer * 12) + layer * 2))
            for x in range(-10, 1221, 10)
        ]
        sheet.polygon([*line, (1220, 690), (-20, 690)], mix(ground[-1], "#000000", 0.08 * layer), 0.6)


def draw_bowl(sheet: Canvas) -> None:
    """A bowl of soup on a checked cloth."""
    sheet.gradient(("#dfe6e2", "#c7d3d0"))
    for k in range(0, 1200, 80):
        sheet.rect(k, 0, 40, 675, "#5b8a94", 0.28)
    for k in range(0, 675, 80):
        sheet.rect(0, k, 1200, 40, "#5b8a94", 0.28)
    sheet.mist([(625, 390, 310, 250)], "#24404a", 36, 0.55)
    sheet.ellipse(600, 338, 300, 262, ("#fbf6ea", "#d9cfbb"))
    sheet.ellipse(600, 338, 246, 212, ("#e6dcc6", "#f6efde"))
    sheet.ellipse(600, 342, 224, 190, ("#e8b25f", "#cf7f3e"))
    for _ in range(60):
        turn, r = sheet.rng.uniform(0, math.tau), sheet.rng.random() ** 0.6
        x, y = 600 + math.cos(turn) * 195 * r, 342 + math.sin(turn) * 162 * r
        tone = sheet.rng.choice(("#f8e6c4", "#6f9c57", "#d1604f", "#f2d493", "#88b06b"))
        size = sheet.rng.uniform(6, 17)
        sheet.ellipse(x, y, size, size * 0.75, tone)
    sheet.mist([(520, 280, 70, 24)], "#fff6e2", 16, 0.6)
    sheet.line([(930, 560), (1010, 300), (1036, 190)], "#b9b6ad", 15)
    sheet.ellipse(1044, 150, 34, 56, ("#d9d6cc", "#a5a298"))


def draw_ballots(sheet: Canvas, ground: tuple[str, ...]) -> None:
    """Bundles of counted papers under a lamp."""
    sheet.gradient(ground)
    sheet.glow(600, 190, 640, "#ffe9b8", 0.7)
    sheet.polygon([(600 - 150, 90), (600 - 60, 10), (600 + 60, 10), (600 + 150, 90)], ("#2f5a4e", "#1b3b35"))
    sheet.ellipse(600, 90, 150, 16, "#fff3cf")
    sheet.gradient(("#8f6a47", "#5f4229"), 470)
    for x, layers, tone in (
        (130, 9, "#c2523f"),
        (350, 15, "#3f7487"),
        (570, 12, "#d9a441"),
        (790, 18, "#3f7487"),
        (1000, 7, "#7f8f5c"),
    ):
        sheet.mist([(x + 60, 566, 110, 18)], "#2a190d", 12, 0.6)
        for k in range(layers):
            dx = sheet.rng.uniform(-7, 7)
            sheet.rect(x + dx, 556 - k * 13, 160, 12, ("#fbf6ea", "#ddd3bf"))
        sheet.rect(x + 58, 556 - (layers - 1) * 13 - 2, 34, layers * 13 + 2, tone)


def draw_tickets(sheet: Canvas) -> None:
    """Ferry tickets fanned out on a table."""
    sheet.gradient(("#3f6272", "#2c4a5c", "#1f3646"))
    for k, (tone, turn) in enumerate(
        (("#c9a24a", -0.34), ("#e9dfc9", -0.16), ("#b8523f", 0.03), ("#e9dfc9", 0.22))
    ):
        cx, cy = 330 + k * 170, 350 - 24 * math.sin(k)

        def at(
            px: float, py: float, cx: float = cx, cy: float = cy, turn: float = turn
        ) -> tuple[float, float]:
            return (
                cx + px * math.cos(turn) - py * math.sin(turn),
                cy + px * math.sin(turn) + py * math.cos(turn),
            )

        sheet.mist([(cx + 14, cy + 26, 140, 190)], "#0b1720", 24, 0.45)
        sheet.polygon([at(-125, -215), at(125, -215), at(125, 215), at(-125, 215)], tone)
        ink = mix(tone, "#1b2730", 0.7)
        sheet.polygon([at(-105, -195), at(105, -195), at(105, -120), at(-105, -120)], ink)
        for row in range(5):
            sheet.line([at(-100, -88 + row * 26), at(100 - (row * 37) % 80, -88 + row * 26)], ink, 7, 0.55)
        for hole in range(-6, 7):
            sheet.ellipse(*at(hole * 19, 78), 4, 4, "#22394a")
        sheet.polygon([at(-70, 150), at(70, 146), at(46, 178), at(-56, 178)], ink)
        sheet.polygon([at(-40, 148), at(-36, 122), at(34, 122), at(42, 148)], mix(tone, ink, 0.6))
