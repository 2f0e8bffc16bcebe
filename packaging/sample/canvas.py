"""A sheet to draw on: shapes, gradients, glows and blurs over Pillow.

Enters: coordinates on a 1200 x 675 sheet, colours as "#rrggbb". Leaves: a Pillow image. Shapes are drawn at twice
the size and reduced at the end, which is what makes their edges smooth. Knows nothing of subjects.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT, SCALE = 1200, 675, 2

Point = tuple[float, float]
Stops = Sequence[str]


def mix(first: str, second: str, share: float) -> str:
    """The colour that is `share` (0 to 1) of the way from the first to the second."""
    one, two = ImageColor.getrgb(first), ImageColor.getrgb(second)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(one[:3], two[:3], strict=True))


def make_gradient(stops: Stops, size: tuple[int, int]) -> Image.Image:
    """A vertical gradient through evenly spaced stops, `size` pixels."""
    height = max(size[1], 1)
    strip = Image.new("RGB", (1, height))
    for y in range(height):
        place = y / max(height - 1, 1) * (len(stops) - 1)
        left = min(int(place), len(stops) - 2) if len(stops) > 1 else 0
        colour = mix(stops[left], stops[min(left + 1, len(stops) - 1)], place - left)
        strip.putpixel((0, y), ImageColor.getrgb(colour))
    return strip.resize((max(size[0], 1), height), Image.Resampling.NEAREST)


class Canvas:
    """One picture in the making. The seed fixes everything that looks random."""

    def __init__(self, seed: str, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.width, self.height = width, height
        self.rng = random.Random(seed)
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), "#888888")
        self._pen = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], fill: str | Stops, alpha: float = 1.0) -> None:
        """A filled shape; a list of colours fills it with a vertical gradient."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        if isinstance(fill, str) and alpha >= 1:
            self._pen.polygon(scaled, fill=fill)
            return
        self._fill_masked(scaled, fill, lambda pen, local: pen.polygon(local, fill=round(255 * alpha)))

    def rect(self, x: float, y: float, w: float, h: float, fill: str | Stops, alpha: float = 1.0) -> None:
        self.polygon([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], fill, alpha)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: str | Stops, alpha: float = 1.0
    ) -> None:
        """An ellipse around the centre (x, y)."""
        box = [((x - rx) * SCALE, (y - ry) * SCALE), ((x + rx) * SCALE, (y + ry) * SCALE)]
        if isinstance(fill, str) and alpha >= 1:
            self._pen.ellipse(box, fill=fill)
            return
        self._fill_masked(box, fill, lambda pen, local: pen.ellipse(local, fill=round(255 * alpha)))

    def rounded(
        self, x: float, y: float, w: float, h: float, r: float, fill: str | Stops, alpha: float = 1.0
    ) -> None:
        box = [(x * SCALE, y * SCALE), ((x + w) * SCALE, (y + h) * SCALE)]
        radius = r * SCALE
        shade = round(255 * alpha)
        self._fill_masked(box, fill, lambda pen, local: pen.rounded_rectangle(local, radius, fill=shade))

    def line(self, points: Sequence[Point], fill: str, width: float = 2, alpha: float = 1.0) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        thick = max(1, round(width * SCALE))
        if alpha >= 1:
            self._pen.line(scaled, fill=fill, width=thick, joint="curve")
            return
        shade = round(255 * alpha)
        self._fill_masked(
            scaled, fill, lambda pen, local: pen.line(local, fill=shade, width=thick, joint="curve"), thick
        )

    def arc(
        self, x: float, y: float, r: float, start: float, end: float, fill: str, width: float = 2
    ) -> None:
        box = [(x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE]
        self._pen.arc(box, start, end, fill=fill, width=max(1, round(width * SCALE)))

    def gradient(self, stops: Stops, top: float = 0, bottom: float | None = None) -> None:
        """Fill the sheet's whole width between two heights."""
        last = self.height if bottom is None else bottom
        low, high = round(top * SCALE), round(last * SCALE)
        self.image.paste(make_gradient(stops, (self.width * SCALE, high - low)), (0, low))

    def glow(
        self, x: float, y: float, radius: float, colour: str, strength: float = 0.7, flat: float = 1.0
    ) -> None:
        """Light that fades out towards its edge; `flat` squeezes it vertically."""
        size = (round(radius * 2 * SCALE), max(2, round(radius * 2 * SCALE * flat)))
        ramp = [round(max(0.0, 1 - v / 181) ** 2 * 255 * strength) for v in range(256)]
        mask = Image.radial_gradient("L").point(ramp).resize(size, Image.Resampling.BICUBIC)
        corner = (round((x - radius) * SCALE), round((y - radius * flat) * SCALE))
        self.image.paste(Image.new("RGB", size, colour), corner, mask)

    def mist(
        self, spots: Sequence[tuple[float, float, float, float]], colour: str, blur: float, alpha: float
    ) -> None:
        """Soft ellipses (x, y, rx, ry), blurred together: clouds, fog, smoke, shadows."""
        shrink = 4
        mask = Image.new("L", (self.width // shrink, self.height // shrink))
        pen = ImageDraw.Draw(mask)
        for x, y, rx, ry in spots:
            pen.ellipse(
                [(x - rx) / shrink, (y - ry) / shrink, (x + rx) / shrink, (y + ry) / shrink], fill=255
            )
        mask = mask.filter(ImageFilter.GaussianBlur(blur / shrink)).point(
            [round(v * alpha) for v in range(256)]
        )
        mask = mask.resize(self.image.size, Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask)

    def mirror(self, top: float, bottom: float, colour: str, veil: float, squeeze: float = 1.0) -> None:
        """Copy what stands above `top` upside down below it, squeezed and veiled with a colour: still water."""
        depth = round((bottom - top) * SCALE)
        source_height = min(round(depth / squeeze), round(top * SCALE))
        source = self.image.crop(
            (0, round(top * SCALE) - source_height, self.image.width, round(top * SCALE))
        )
        flipped = source.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((self.image.width, depth))
        flipped = flipped.filter(ImageFilter.GaussianBlur(3 * SCALE))
        tinted = Image.blend(flipped, Image.new("RGB", flipped.size, colour), veil)
        self.image.paste(tinted, (0, round(top * SCALE)))

    def finish(self, grain: int = 5) -> Image.Image:
        """The picture at its own size, with a breath of grain that keeps gradients from showing steps."""
        small = self.image.resize((self.width, self.height), Image.Resampling.BOX)
        noise = Image.frombytes("L", small.size, self.rng.randbytes(self.width * self.height))
        noise = noise.point([v * grain // 256 for v in range(256)])
        return ImageChops.add(small, Image.merge("RGB", (noise, noise, noise)), 1, -(grain // 2))

    def _fill_masked(
        self,
        points: Sequence[Point],
        fill: str | Stops,
        draw: Callable[[ImageDraw.ImageDraw, list[Point]], None],
        margin: int = 0,
    ) -> None:
        """Paint through a mask no larger than the shape's own bounds."""
        left = max(0, int(min(x for x, _ in points)) - margin)
        top = max(0, int(min(y for _, y in points)) - margin)
        right = min(self.image.width, int(max(x for x, _ in points)) + 2 + margin)
        bottom = min(self.image.height, int(max(y for _, y in points)) + 2 + margin)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        draw(ImageDraw.Draw(mask), [(x - left, y - top) for x, y in points])
        if isinstance(fill, str):
            colour = Image.new("RGB", mask.size, fill)
        else:
            # A gradient spans the whole shape, even where part of it lies outside the sheet.
            full_top, full_bottom = int(min(y for _, y in points)), int(max(y for _, y in points)) + 2
            full = make_gradient(fill, (1, full_bottom - full_top))
            colour = full.crop((0, top - full_top, 1, bottom - full_top)).resize(
                mask.size, Image.Resampling.NEAREST
            )
        self.image.paste(colour, (left, top), mask)
