"""Which of a picture's addresses to take.

The attributes of `img` and `source` enter, one address leaves: the widest that fits the page,
because what is wider is scaled down before it is stored anyway.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

WIDEST = 1280  # pixels of a page picture, as `pictures` stores it

_CANDIDATE = re.compile(r"([^\s,]\S*?)(?:,(?=\s|$)|\s+(\d+(?:\.\d+)?)([wx])[^,]*(?:,|$)|\s*$)")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-lazy-set", "data-original-set", "data-srcset-lazy")
_LAZY_SOURCES = (
    "data-src", "data-lazy-src", "data-original", "data-lazy", "data-orig-src", "data-actualsrc",
    "data-hi-res-src", "data-large-file", "data-full-url", "data-image", "data-img-src", "data-lazyload",
    "data-echo", "data-src-large", "data-fallback-src", "data-cfsrc", "data-delayed-url", "data-orig-file",
)  # fmt: skip
_PLACEHOLDER = re.compile(
    r"^(?:data:|about:|$)|(?:^|[/_.-])(?:blank|placeholder|spacer|transparent|1x1|lazy|lazyload|loading|loader"
    r"|pixel|grey|gray|dummy|empty)[\w-]*\.(?:gif|png|svg|jpe?g|webp)",
    re.IGNORECASE,
)
_SIZE_SUFFIX = re.compile(r"[-_](?:\d{2,4}x\d{2,4}|scaled|\d{3,4}w)(?=\.\w+$|$)", re.IGNORECASE)


def choose_source(attributes: dict[str, str]) -> str:
    """The best address an `img` or `source` names, as written there; "" where it names none."""
    for name in ("srcset", *_LAZY_SETS):
        if chosen := choose_candidate(attributes.get(name, ""), read_pixels(attributes.get("width", ""))):
            return chosen
    source = attributes.get("src", "").strip()
    for name in _LAZY_SOURCES:
        lazy = attributes.get(name, "").strip()
        if lazy and not _PLACEHOLDER.search(lazy) and not lazy.startswith(("{", "[")):
            return lazy
    return "" if source[:5].lower() in ("data:", "about") else source


def choose_candidate(srcset: str, width: int = 0) -> str:
    """The widest candidate that fits the page, else the narrowest; "" for none worth having."""
    fitting, exceeding = (0.0, ""), (float("inf"), "")
    for address, number, unit in _CANDIDATE.findall(srcset[:20_000]):
        if _PLACEHOLDER.search(address):
            continue
        amount = float(number) if number else 1.0
        # Densities without a width: take up to twice, which is what most screens show.
        wide = amount if unit == "w" else amount * (width or WIDEST / 2)
        if fitting[0] < wide <= WIDEST:
            fitting = (wide, address)
        elif WIDEST < wide < exceeding[0]:
            exceeding = (wide, address)
    return fitting[1] or exceeding[1]


def read_pixels(value: str) -> int:
    """A width or height attribute in pixels, 0 where it says nothing usable."""
    number = value.strip().lower().removesuffix("px").partition(".")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0


def identify(address: str) -> str:
    """The same word for the same picture at different sizes, as far as the address tells."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    path = _SIZE_SUFFIX.sub("", parts.path.rsplit("/", 1)[-1]).lower()
    folder = parts.path.rsplit("/", 2)[-2].lower() if parts.path.count("/") > 1 else ""
    is_plain = "." in path
    return f"{folder}/{path}" if is_plain else f"{parts.netloc}{parts.path}?{parts.query}"
