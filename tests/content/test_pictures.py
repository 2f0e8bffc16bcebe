"""Pictures become small, still and upright, or are refused."""

from __future__ import annotations

import contextlib
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from reader.content.pictures import prepare, prepare_icon
from reader.errors import PictureError


def write(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def photograph(width: int, height: int) -> Image.Image:
    return Image.effect_noise((64, 64), 60).convert("RGB").resize((width, height))


def claim_png(width: int, height: int) -> bytes:
    """A PNG whose header promises more than any memory holds."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + b"\0" * 50
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_large_picture_is_no_wider_than_the_page(kind: str) -> None:
    prepared = prepare(write(photograph(2600, 1300), kind), "image/anything")
    assert prepared.page_size == (1280, 640)
    assert Image.open(BytesIO(prepared.page)).size == (1280, 640)
    assert Image.open(BytesIO(prepared.page)).format == "JPEG"
    assert prepared.thumb_size == (136, 136)
    assert Image.open(BytesIO(prepared.thumb)).size == (136, 136)


def test_a_small_picture_is_not_enlarged_nor_made_heavier() -> None:
    data = write(photograph(640, 400), "JPEG", quality=50)
    prepared = prepare(data)
    assert prepared.page_size == (640, 400)
    assert len(prepared.page) <= len(data) * 1.05


def test_transparency_is_kept_for_the_page_and_white_in_the_thumbnail() -> None:
    data = write(Image.new("RGBA", (300, 200), (0, 0, 0, 0)), "PNG")
    prepared = prepare(data)
    assert Image.open(BytesIO(prepared.page)).convert("RGBA").getpixel((5, 5))[3] == 0
    assert min(Image.open(BytesIO(prepared.thumb)).getpixel((60, 60))) > 250


def test_a_turned_photograph_is_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert prepare(write(photograph(800, 400), "JPEG", exif=exif)).page_size == (400, 800)


def test_an_animation_stands_still() -> None:
    frames = [Image.new("RGB", (200, 100), colour) for colour in ("red", "blue", "green")]
    prepared = prepare(write(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    red, _, blue = Image.open(BytesIO(prepared.page)).convert("RGB").getpixel((100, 50))
    assert red > 200 > 60 > blue


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!doctype html><p>not found",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        claim_png(50_000, 50_000),
        claim_png(60_000, 100),
        claim_png(100, 100),
        write(photograph(400, 400), "JPEG")[:1500],
        write(photograph(400, 400), "PNG")[:200],
        b"\xff\xd8\xff\xe0" * 100,
        b"\0" * 8_000_001,
    ],
    ids=range(10),
)
def test_what_is_no_picture_or_too_large_a_one_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError):
        prepare(data)
    with pytest.raises(PictureError):
        prepare_icon(data)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 3000),
    st.binary(min_size=1, max_size=30),
    st.sampled_from(["PNG", "JPEG", "GIF", "WEBP", "BMP"]),
)
def test_damage_anywhere_is_a_picture_or_a_refusal(at: int, noise: bytes, kind: str) -> None:
    data = bytearray(write(Image.linear_gradient("L").resize((60, 60)), kind))
    data[at % len(data) : at % len(data) + len(noise)] = noise
    with contextlib.suppress(PictureError):
        assert prepare(bytes(data)).thumb_size == (136, 136)


def test_an_icon_is_small_and_of_the_best_size_inside() -> None:
    icon = write(Image.new("RGBA", (64, 64), (200, 10, 10, 128)), "ICO", sizes=[(16, 16), (32, 32), (64, 64)])
    data, width, height = prepare_icon(icon)
    assert (width, height) == (32, 32)
    assert Image.open(BytesIO(data)).format == "PNG"
    assert prepare_icon(write(photograph(400, 200), "PNG"))[1:] == (32, 16)
