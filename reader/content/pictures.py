"""Pictures from strangers -> pictures we store: small, still, upright, written by us.

Bytes of any kind enter; a page picture and a thumbnail leave, or `PictureError`. Meant for the
worker process: memory stays below what one picture of `MOST_PIXELS` needs, because the size is
read from the header before anything is decoded, and large JPEGs are decoded scaled down. No I/O.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from reader.errors import PictureError
from reader.frozen import frozen

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 8_000_000  # bytes
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 20_000
PAGE_WIDTH = 1280
PAGE_HEIGHT = 4096  # infographics may be tall
THUMB = 136
ICON = 32
_QUALITY = 82
_DRAWINGS = ("PNG", "GIF", "BMP")  # kinds without loss
_DRAWN = 0.25  # bytes a pixel, below which such a one is a drawing and no photograph
_KINDS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "ICO", "TIFF")


@frozen
class PreparedPicture:
    page: bytes  # JPEG, or PNG where there is transparency
    page_size: tuple[int, int]
    thumb: bytes  # JPEG, 136 x 136
    thumb_size: tuple[int, int]


def prepare(data: bytes, content_type: str = "") -> PreparedPicture:
    """The first frame, turned upright, no wider than the page. `content_type` may be wrong or ""."""
    picture = _open(data, content_type, _KINDS)
    small_enough = _fit(picture.size, PAGE_WIDTH, PAGE_HEIGHT)
    try:
        return _prepare(picture, small_enough, data)
    except (OSError, ValueError, SyntaxError, MemoryError, ArithmeticError, LookupError, TypeError) as error:
        # What Pillow raises over damaged files, by format.
        raise PictureError("damaged") from error


def prepare_icon(data: bytes) -> tuple[bytes, int, int]:
    """A favicon as PNG of at most 32 x 32 pixels: (bytes, width, height)."""
    from PIL.Image import Resampling

    icon = _open(data, "", _KINDS)
    try:
        _choose_icon_size(icon)
        upright = _make_plain(icon)
        upright.thumbnail((ICON, ICON), Resampling.LANCZOS)
        return _write_png(upright), *upright.size
    except (OSError, ValueError, SyntaxError, MemoryError, ArithmeticError, LookupError, TypeError) as error:
        raise PictureError("damaged") from error


def _open(data: bytes, content_type: str, kinds: tuple[str, ...]) -> Image:
    from PIL import Image, UnidentifiedImageError

    if not data:
        raise PictureError("empty")
    if len(data) > LARGEST:
        raise PictureError("too large")
    if "svg" in content_type or b"<svg" in data[:1000].lower():
        raise PictureError("SVG")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(BytesIO(data), formats=kinds)
    except UnidentifiedImageError as error:
        raise PictureError("not a picture") from error
    except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError) as error:
        raise PictureError("damaged") from error
    except Image.DecompressionBombError as error:
        raise PictureError("too large") from error
    width, height = picture.size
    if width < 1 or height < 1 or width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise PictureError("too large")
    return picture


def _prepare(picture: Image, target: tuple[int, int], data: bytes) -> PreparedPicture:
    from PIL.Image import Resampling

    kind = picture.format
    if kind in ("JPEG", "MPO"):
        # The decoder halves as often as it may, staying at or above what is needed. Turned
        # pictures swap sides, so ask for the longer side both ways.
        picture.draft("RGB", (max(target), max(target)))
    upright = _make_plain(picture)
    target = _fit(upright.size, PAGE_WIDTH, PAGE_HEIGHT)
    page = upright if upright.size == target else upright.resize(target, Resampling.BICUBIC, reducing_gap=2.0)
    written = _write(picture, page, len(data))
    thumb = _crop(page)
    return PreparedPicture(written, page.size, _write_jpeg(thumb, 80), thumb.size)


def _write(picture: Image, page: Image, came_in: int) -> bytes:
    """The page picture, as few bytes as its kind allows. `came_in`: the bytes it came in."""
    if page.mode == "RGBA":
        return _write_png(page)
    if picture.format in _DRAWINGS and came_in < page.width * page.height * _DRAWN:
        written = _write_drawing(picture, page)  # JPEG would be larger, and smear its edges
        if len(written) <= came_in:
            return written
        return min(written, _write_jpeg(page, _QUALITY), key=len)
    written = _write_jpeg(page, _QUALITY)
    return written if len(written) <= came_in else min(written, _write_smaller(picture, page), key=len)


def _write_drawing(picture: Image, page: Image) -> bytes:
    if picture.mode != "P" or page.size != picture.size:
        out = BytesIO()
        page.save(out, "PNG", compress_level=6)
        return out.getvalue()
    return _write_png(page)


def _write_smaller(picture: Image, page: Image) -> bytes:
    """Another way to write a picture that came in fewer bytes than we would make of it."""
    if picture.format in _DRAWINGS:
        return _write_png(page)
    if picture.format != "JPEG":  # WebP, AVIF: stronger than JPEG; without loss they would grow tenfold
        return _write_jpeg(page, 70)
    if page.size != picture.size:  # turned or scaled
        return _write_jpeg(page, 70)
    out = BytesIO()
    picture.save(out, "JPEG", quality="keep", exif=b"")  # the tables it came with: as many bytes again
    return out.getvalue()


def _make_plain(picture: Image) -> Image:
    """Decoded, upright, RGB or (where something shows through) RGBA; no larger than needed."""
    from PIL import ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture.seek(0)
        picture.load()
        picture = _reduce(picture)
        upright = ImageOps.exif_transpose(picture)
        if upright.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
            upright = upright.point(lambda value: value / 256).convert("L")
        if "A" in upright.getbands() or "transparency" in upright.info:
            clear = upright.convert("RGBA")
            lowest = clear.getchannel("A").getextrema()[0]
            return clear if isinstance(lowest, int | float) and lowest < 250 else clear.convert("RGB")
        return upright if upright.mode == "RGB" else upright.convert("RGB")


def _reduce(picture: Image) -> Image:
    """Scaled down by a whole number at once, so that no step copies all the pixels of a giant."""
    if picture.mode not in ("RGB", "RGBA", "L", "LA", "CMYK"):
        return picture
    target = _fit(picture.size, PAGE_WIDTH, PAGE_HEIGHT)
    factor = max(picture.size) // (max(target) * 2)
    if factor < 2:
        return picture
    exif = picture.getexif()
    smaller = picture.reduce(factor)
    smaller.info["exif"] = exif.tobytes()
    return smaller


def _fit(size: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    """`size` scaled down, never up, to lie within `width` and `height`."""
    scale = min(1.0, width / size[0], height / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _crop(page: Image) -> Image:
    """A square of the middle; on white where it is transparent."""
    from PIL import Image, ImageOps

    square = ImageOps.fit(page, (THUMB, THUMB), Image.Resampling.HAMMING)
    if square.mode != "RGBA":
        return square
    paper = Image.new("RGB", square.size, "white")
    paper.paste(square, mask=square.getchannel("A"))
    return paper


def _write_jpeg(picture: Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _write_png(picture: Image) -> bytes:
    """PNG, with a palette where no more than 256 colours are used."""
    from PIL.Image import Dither, Quantize

    out = BytesIO()
    colours = picture.getcolors(256)
    if colours is not None:
        picture = picture.quantize(
            len(colours),
            Quantize.FASTOCTREE if picture.mode == "RGBA" else Quantize.MEDIANCUT,
            dither=Dither.NONE,
        )
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _choose_icon_size(icon: Image) -> None:
    """Of the sizes inside an ICO the smallest that need not be enlarged."""
    sizes = sorted(icon.info.get("sizes", ()))
    if sizes and icon.format == "ICO":
        icon.size = next((size for size in sizes if min(size) >= ICON), sizes[-1])  # type: ignore[misc]
