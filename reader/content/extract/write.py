"""The chosen runs of a page as HTML: its own structure, without what was not chosen.

Enters: the tree (which is used up), its runs, the numbers of those to keep. Leaves: raw HTML with
absolute addresses; it is not safe yet, the sanitiser is to read it.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import html as lxml_html

from reader.content.extract.tree import UNREAD, Run
from reader.content.links import resolve

_MEDIA = (
    "img",
    "iframe",
    "video",
    "audio",
    "embed",
    "object",
    "amp-img",
    "amp-iframe",
    "amp-video",
    "amp-audio",
    "amp-youtube",
    "lite-youtube",
)
_PICTURES = ("img", "amp-img")
_SHAPE_WRITTEN = (
    "br wbr rt rp annotation col colgroup source track param td th hr"  # kept with what is around them
)
_SHAPE = frozenset(_SHAPE_WRITTEN.split())
_UNSHOWN_WRITTEN = "script style template svg head link meta button select option input textarea datalist"
_UNSHOWN = frozenset(_UNSHOWN_WRITTEN.split())
_ADDRESSES = ("href", "src", "poster", "data-src", "data-lazy-src", "data-original", "cite")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_CANDIDATE = re.compile(r"(^|,\s+)([^\s,]\S*)")
_CAPTION = 250  # characters beside a picture that may be its caption
_LEAD = 60  # elements before the text among which its lead picture is looked for


def write_html(root: Any, runs: list[Run], kept: set[int], base: str) -> str:
    """Raw HTML of the runs numbered in `kept`, with the pictures and players among them."""
    if not kept:
        return ""
    order = {element: at for at, element in enumerate(root.iter())}
    count = _count(runs, kept)
    first, last = order[runs[min(kept)].block], order[runs[max(kept)].block]
    media = [
        element for element in root.iter(*_MEDIA) if _belongs(element, order[element], first, last, count)
    ]
    shown = kept | _find_captions(runs, media)
    wanted = _gather(runs, shown, media)
    _blank(runs, shown)
    _prune(root, wanted)
    home = _find_home(root, wanted)
    _make_absolute(home, base)
    inner = [lxml_html.tostring(child, encoding="unicode", with_tail=True) for child in home]
    text = (home.text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    body = text + "".join(inner)
    if home.tag in ("ul", "ol", "table", "tr", "tbody", "blockquote", "dl", "pre", "p"):
        return f"<{home.tag}>{body}</{home.tag}>"
    return body


def _count(runs: list[Run], kept: set[int]) -> dict[Any, tuple[int, int]]:
    """For each element around a run: characters kept and characters left out below it."""
    found: dict[Any, tuple[int, int]] = {}
    for number, run in enumerate(runs):
        size, is_kept = len(run.text), number in kept
        element = run.block
        while element is not None:
            good, bad = found.get(element, (0, 0))
            found[element] = (good + size, bad) if is_kept else (good, bad + size)
            element = element.getparent()
    return found


def _belongs(element: Any, at: int, first: int, last: int, count: dict[Any, tuple[int, int]]) -> bool:
    """Whether a picture or player stands among the text kept, or just before it."""
    if not first - _LEAD <= at <= last + _LEAD // 4:
        return False
    around = element.getparent()
    while around is not None:
        if around.tag in ("nav", "aside", "footer", "form") or around.tag in _UNSHOWN:
            return False
        good, bad = count.get(around, (0, 0))
        if good:
            return at >= first or (around.tag not in ("body", "html") and element.tag in _PICTURES)
        if bad > _CAPTION or (bad and around.tag == "a"):
            return False
        around = around.getparent()
    return False


def _find_captions(runs: list[Run], media: list[Any]) -> set[int]:
    figures = set()
    for element in media:
        figures |= set(element.iterancestors("figure"))
    if not figures:
        return set()
    return {
        number
        for number, run in enumerate(runs)
        if (
            captions := [run.block]
            if run.block.tag == "figcaption"
            else list(run.block.iterancestors("figcaption"))
        )
        and not figures.isdisjoint(captions[0].iterancestors("figure"))
    }


def _gather(runs: list[Run], shown: set[int], media: list[Any]) -> set[Any]:
    """The elements that stay: those of the text and of the media, and all around them."""
    wanted: set[Any] = set()
    starts = [element for number in shown for element, is_tail in runs[number].nodes]
    starts += [element.getparent() for number in shown for element, is_tail in runs[number].nodes if is_tail]
    for element in [*starts, *media, *(below for one in media for below in one.iterdescendants())]:
        while element is not None and element not in wanted:
            wanted.add(element)
            element = element.getparent()
    return wanted


def _blank(runs: list[Run], shown: set[int]) -> None:
    for number, run in enumerate(runs):
        if number in shown:
            continue
        for element, is_tail in run.nodes:
            if is_tail:
                element.tail = None
            else:
                element.text = None


def _prune(root: Any, wanted: set[Any]) -> None:
    for element in list(root.iter()):
        around = element.getparent()
        if around is None or around not in wanted:
            continue
        if element.tag in UNREAD and element.tag not in ("rt", "rp", "annotation", *_MEDIA):
            element.text = None
        if element not in wanted and not (element.tag in _SHAPE and around.tag not in _UNSHOWN):
            _remove(element)
        for name in ("style", "hidden"):
            element.attrib.pop(name, None)


def _remove(element: Any) -> None:
    """Take an element away; the text after it stays."""
    around, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        around.text = (around.text or "") + tail
    around.remove(element)


def _find_home(root: Any, wanted: set[Any]) -> Any:
    """The smallest element that holds everything wanted."""
    home = root
    while True:
        inside = [child for child in home if child in wanted]
        if (
            len(inside) != 1
            or (home.text or "").strip()
            or (inside[0].tail or "").strip()
            or inside[0].tag in ("p", "figure", *_MEDIA, "h1", "h2", "h3")
        ):
            return home
        home = inside[0]


def _make_absolute(home: Any, base: str) -> None:
    if not base:
        return
    for element in home.iter():
        for name in _ADDRESSES:
            value = element.get(name)
            if value and not value.startswith("#") and (found := resolve(value, base)):
                element.set(name, found)
        for name in _SETS:
            if value := element.get(name):
                element.set(
                    name,
                    _CANDIDATE.sub(lambda match: match[1] + (resolve(match[2], base) or match[2]), value),
                )
