"""Favicons: a 64-pixel tile with a drawn mark for each source."""

from __future__ import annotations

import io
import math
from collections.abc import Callable

from canvas import Canvas, mix
from PIL import Image, ImageDraw

SIZE = 256  # drawn on a sheet four times the icon's size

Mark = Callable[[Canvas, str, str], None]


def _draw_anchor(c: Canvas, paper: str, ink: str) -> None:
    c.arc(128, 66, 24, 0, 360, ink, 13)
    c.rect(120, 88, 16, 118, ink)
    c.rect(84, 108, 88, 16, ink)
    c.arc(128, 134, 76, 12, 168, ink, 16)


def _draw_wire(c: Canvas, paper: str, ink: str) -> None:
    c.rect(52, 60, 20, 136, ink)
    c.rect(184, 60, 20, 136, ink)
    c.polygon([(52, 60), (76, 60), (204, 196), (180, 196)], ink)


def _draw_hills(c: Canvas, paper: str, ink: str) -> None:
    c.ellipse(176, 84, 28, 28, ink)
    c.polygon([(20, 204), (100, 88), (180, 204)], ink)
    c.polygon([(110, 204), (172, 130), (236, 204)], mix(ink, paper, 0.35))


def _draw_sun(c: Canvas, paper: str, ink: str) -> None:
    c.ellipse(128, 130, 62, 62, ink)
    c.rect(30, 136, 196, 90, paper)
    for k in range(3):
        c.rounded(44 + k * 22, 148 + k * 26, 168 - k * 44, 12, 6, ink)


def _draw_gable(c: Canvas, paper: str, ink: str) -> None:
    for k in range(4):
        c.rect(56 + k * 18, 112 - k * 22, 144 - k * 36, 24, ink)
    c.rect(56, 132, 144, 76, ink)
    for x in (84, 146):
        c.rect(x, 148, 26, 38, paper)


def _draw_disc(c: Canvas, paper: str, ink: str) -> None:
    c.ellipse(128, 118, 62, 62, ink)
    c.rounded(40, 200, 176, 14, 7, ink)


def _draw_crescent(c: Canvas, paper: str, ink: str) -> None:
    c.polygon([(84, 176), (150, 52), (150, 176)], ink)
    c.polygon([(48, 188), (214, 188), (184, 216), (82, 216)], ink)


def _draw_bars(c: Canvas, paper: str, ink: str) -> None:
    for k, h in enumerate((56, 92, 74, 132)):
        c.rounded(48 + k * 42, 204 - h, 30, h, 5, ink)


def _draw_key(c: Canvas, paper: str, ink: str) -> None:
    c.rounded(52, 52, 152, 152, 28, ink)
    c.rounded(72, 64, 112, 108, 18, paper)
    c.rounded(112, 96, 32, 44, 6, ink)


def _draw_signal(c: Canvas, paper: str, ink: str) -> None:
    c.ellipse(72, 184, 20, 20, ink)
    for r in (64, 112):
        c.arc(72, 184, r, 270, 360, ink, 20)


def _draw_ball(c: Canvas, paper: str, ink: str) -> None:
    c.ellipse(128, 128, 82, 82, ink)
    c.polygon(
        [(128 + 34 * math.sin(k * math.tau / 5), 128 - 34 * math.cos(k * math.tau / 5)) for k in range(5)],
        paper,
    )
    for k in range(5):
        turn = k * math.tau / 5
        c.line(
            [
                (128 + 34 * math.sin(turn), 128 - 34 * math.cos(turn)),
                (128 + 82 * math.sin(turn), 128 - 82 * math.cos(turn)),
            ],
            paper,
            10,
        )


def _draw_lantern(c: Canvas, paper: str, ink: str) -> None:
    c.polygon([(76, 88), (128, 44), (180, 88)], ink)
    c.rect(88, 98, 80, 78, ink)
    c.rect(122, 98, 12, 78, paper)
    c.rect(72, 184, 112, 20, ink)


def _draw_wave(c: Canvas, paper: str, ink: str) -> None:
    for k, h in enumerate((34, 78, 136, 92, 150, 70, 40)):
        c.rounded(42 + k * 26, 128 - h / 2, 16, h, 8, ink)


MARKS: dict[str, Mark] = {
    "anchor": _draw_anchor,
    "wire": _draw_wire,
    "hills": _draw_hills,
    "sun": _draw_sun,
    "gable": _draw_gable,
    "disc": _draw_disc,
    "crescent": _draw_crescent,
    "bars": _draw_bars,
    "key": _draw_key,
    "signal": _draw_signal,
    "ball": _draw_ball,
    "lantern": _draw_lantern,
    "wave": _draw_wave,
}


def draw_favicon(mark: str, colours: tuple[str, str]) -> bytes:
    """A PNG of 64 x 64 with rounded corners."""
    sheet = Canvas(mark, SIZE, SIZE)
    sheet.gradient((mix(colours[0], "#ffffff", 0.08), colours[0]))
    MARKS[mark](sheet, *colours)
    mask = Image.new("L", sheet.image.size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *sheet.image.size), radius=sheet.image.width // 5, fill=255)
    tile = sheet.image.convert("RGBA")
    tile.putalpha(mask)
    out = io.BytesIO()
    tile.resize((64, 64), Image.Resampling.BOX).save(out, "PNG", optimize=True)
    return out.getvalue()
