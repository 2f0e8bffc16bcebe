"""Pictures, players, formulas and code, before the sanitiser sees them.

Raw HTML enters and raw HTML leaves, in which every `img` has one absolute `src`, tracking pixels
are gone, players and other media are paragraphs with a link (`data-embed` names the player), formulas are text and
code says its language (`data-language`). Nothing here makes HTML safe: nh3 runs afterwards.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from reader.content.formulas import write_formula
from reader.content.links import is_web, resolve
from reader.content.players import Player, recognise
from reader.content.srcset import choose_source, identify, read_pixels
from reader.content.tags import TAG, read_attributes, write_tag
from reader.content.trackers import is_pixel_address

# Begins with a plain "<" so that the scan jumps from tag to tag: ten times faster than the names alone.
_START = re.compile(
    r"<(?:[iI][mMfF]|[pP][iIrR]|[sS][oO]|[vV][iI]|[aA][uUmM][dDpP]|/?[nN][oO][sS]|[mM][aA][tT]|[eE][mM][bB]"
    r"|[oO][bB][jJ]|[lL][iI][tT]|[cC][oO][dD]|/[pP][iI][cC])"
)
_LANGUAGE = re.compile(
    r"(?:language|lang|highlight-source|highlight-text|brush:|sourceCode)[-: ]\s?([a-zA-Z][\w+#-]{0,19})"
)
_TINY = ("", "0", "1", "0px", "1px")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:width|height)\s*:\s*[01]px", re.IGNORECASE
)
_EMOJI = re.compile(r"wp-smiley|\bemoji\b|/images/core/emoji/|twemoji|/emoji/", re.IGNORECASE)
_PLAIN_NAMES = frozenset(("src", "alt", "title", "width", "height"))
_AD_TITLE = re.compile(r"\bad(?:s|vert\w*)?\b|\bcookie|\bconsent|tracking|recaptcha", re.IGNORECASE)


def rewrite(raw_html: str, base: str) -> str:
    """See the module's docstring. Stops, leaving the rest to nh3, at a tag that never ends."""
    first = _START.search(raw_html)
    return _Rewriting(raw_html, base).run(first) if first else raw_html


@dataclass(slots=True)
class _Rewriting:
    raw: str
    base: str
    pieces: list[str] = field(default_factory=list)
    sources: list[dict[str, str]] = field(default_factory=list)  # of the `picture` now open
    in_noscript: bool = False
    last_picture: str = ""  # its address
    unclosed: set[str] = field(default_factory=set)

    def run(self, start: re.Match[str] | None) -> str:
        copied = 0
        while start:
            tag = TAG.match(self.raw, start.start())
            if tag is None:
                break
            written, position = self.write(tag)
            if written is not None:
                self.pieces += (self.raw[copied : tag.start()], written)
                copied = position
            start = _START.search(self.raw, position)
        if not copied:
            return self.raw
        self.pieces.append(self.raw[copied:])
        return "".join(self.pieces)

    def write(self, tag: re.Match[str]) -> tuple[str | None, int]:
        """What to put for a tag (None: the tag itself) and where to go on."""
        name, end = tag[2].lower(), tag.end()
        if name in ("img", "image", "amp-img"):
            return self.write_picture(read_attributes(tag[3])), end
        if name == "noscript":
            self.in_noscript = not tag[1]
            return "", end
        if name == "picture":
            self.sources = []
            return "", end
        if tag[1]:
            return None, end
        if name == "source":
            self.sources.append(read_attributes(tag[3]))
            return "", end
        if name in ("pre", "code"):
            return self.write_code(tag, name), end
        if name == "math":
            inner, end = self.skip(tag, name)
            return write_formula(tag[3], inner), end
        if name in ("iframe", "video", "audio", "amp-iframe", "amp-video", "amp-audio"):
            inner, end = self.skip(tag, name)
            return self.write_player(name.removeprefix("amp-"), read_attributes(tag[3]), inner), end
        if name in ("embed", "object"):
            return self.write_player(name, read_attributes(tag[3]), ""), end
        if name in ("amp-youtube", "lite-youtube"):
            attributes = read_attributes(tag[3])
            video = attributes.get("data-videoid") or attributes.get("videoid", "")
            return self.write_player("iframe", {"src": f"https://www.youtube.com/embed/{video}"}, ""), end
        return None, end

    def skip(self, tag: re.Match[str], name: str) -> tuple[str, int]:
        """The text up to the closing tag and the place after it."""
        if tag[0].endswith("/>") or name in self.unclosed:
            return "", tag.end()
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.raw, tag.end())
        if closing is None:
            self.unclosed.add(name)  # nor will the next one be: do not look through all the rest again
            return "", tag.end()
        return self.raw[tag.end() : closing.start()], closing.end()

    def write_picture(self, attributes: dict[str, str]) -> str | None:
        if _is_hidden(attributes) or "mwe-math-fallback" in attributes.get("class", ""):
            return ""
        source = attributes.get("src", "")
        if attributes.keys() <= _PLAIN_NAMES and is_web(source) and not (self.sources or self.in_noscript):
            self.last_picture = source
            return "" if is_pixel_address(source) else None  # as most pictures are: nothing to choose
        sources, self.sources = self.sources, []
        chosen = choose_source(attributes)
        if sources and not ("srcset" in attributes or "data-srcset" in attributes):
            wider = (
                choose_source(source)
                for source in sources
                if source.get("srcset") or source.get("data-srcset")
            )
            chosen = next(filter(None, wider), chosen)
        address = resolve(chosen, self.base)
        if not is_web(address) or is_pixel_address(address):
            return ""
        alt = attributes.get("alt", "").strip()
        if alt and len(alt) < 9 and _EMOJI.search(f"{attributes.get('class', '')} {address}"):
            return html.escape(alt)
        if self.in_noscript and identify(address) == identify(self.last_picture):
            return ""  # the same picture again, for browsers that run no scripts
        self.last_picture = address
        width, height = (read_pixels(attributes.get(name, "")) for name in ("width", "height"))
        return write_tag(
            "img",
            {
                "src": address,
                "alt": alt[:2000],
                "title": attributes.get("title", "")[:2000],
                "width": str(width or ""),
                "height": str(height or ""),
            },
        )

    def write_code(self, tag: re.Match[str], name: str) -> str | None:
        attributes = read_attributes(tag[3])
        if "data-language" in attributes and "class" not in attributes:
            return None
        found = _LANGUAGE.search(attributes.get("class", ""))
        if found is None and name == "pre":
            # Jekyll and GitHub name the language on a box around the code.
            around = self.raw[max(0, tag.start() - 160) : tag.start()]
            found = _LANGUAGE.search(around[around.rfind("<div") :]) if "<div" in around else None
        language = found[1].lower() if found else ""
        return write_tag(name, {**attributes, "data-language": language}) if language else None

    def write_player(self, name: str, attributes: dict[str, str], inner: str) -> str:
        source = _first(attributes, "src", "data-src", "data-lazy-src", "data-litespeed-src", "data")
        if not is_web(resolve(source, self.base)) and (
            found := re.search(r"<source\b([^>]*)>", inner, re.IGNORECASE)
        ):
            source = read_attributes(found[1]).get("src", "")
        address = resolve(source, self.base)
        title = " ".join(_first(attributes, "title", "aria-label").split())[:300]
        if not is_web(address) or is_pixel_address(address) or _AD_TITLE.search(title):
            return ""
        player = recognise(address)
        if name in ("video", "audio"):
            still = resolve(attributes.get("poster", ""), self.base)
            player = Player(name, address, still)
            title = title or unquote(address.partition("?")[0].rstrip("/").rpartition("/")[2])
        elif player is None and name == "iframe" and title:
            player = Player("page", address)
        return _write_embed(player, title) if player else ""


def _write_embed(player: Player, title: str) -> str:
    still = write_tag("img", {"src": player.still, "alt": title}) + "<br>" if player.still else ""
    link = write_tag("a", {"href": player.address})
    return f"{write_tag('p', {'data-embed': player.name})}{link}{still}{html.escape(title or player.name)}</a></p>"


def _is_hidden(attributes: dict[str, str]) -> bool:
    """A picture nobody is meant to see: one pixel large, or styled away."""
    width, height = attributes.get("width", ""), attributes.get("height", "")
    if (width or height) and width in _TINY and height in _TINY:
        return True
    style = attributes.get("style", "")
    return bool(style) and _HIDDEN.search(style) is not None


def _first(attributes: dict[str, str], *names: str) -> str:
    return next(
        (value for name in names if (value := attributes.get(name, "").strip()) and value != "about:blank"),
        "",
    )
