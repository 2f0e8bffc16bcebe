"""HTML as plain text: for the index, and for the lines below a headline.

HTML enters (sanitised, or a summary as the feed sent it); plain text leaves, entities decoded.
"""

from __future__ import annotations

import html
import re

from reader.content.boilerplate import strip_tail

STANDFIRST = 300  # characters at most
_ENOUGH = 110  # characters after which a standfirst may end with a sentence

_TAG = re.compile(r"<(/?[a-zA-Z][^\s>/]*+)[^>]*+>")
_INLINE_NAMES = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "cite",
    "code",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "var",
    "wbr",
]
_BLOCK_NAMES = [
    "p",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "img",
    "figure",
    "figcaption",
    "blockquote",
    "pre",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "div",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "details",
    "summary",
    "center",
    "address",
    "rt",
]
# What stands for a tag in the text. A block begins with a space and ends with a line break, so
# that spaces alone count its words.
_SEPARATORS = (
    dict.fromkeys((slash + name for name in _INLINE_NAMES for slash in ("", "/")), "")
    | dict.fromkeys(_BLOCK_NAMES, " ")
    | dict.fromkeys(("/" + name for name in _BLOCK_NAMES), "\n")
)
_UNSEEN = re.compile(
    r"<(script|style|svg|textarea|template)\b.*?</\1\s*>|<!--.*?-->|<!\[CDATA\[|\]\]>", re.S | re.I
)
_MARKS = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|[。！？]")
_OPENING = 16_000  # characters of HTML that hold any summary
_LOOKED_AT = 1_000  # characters of text that hold any standfirst


def to_text(safe_html: str) -> str:
    """The words of sanitised HTML; blocks are separated by line breaks."""
    parts = _TAG.split(safe_html)
    # Splitting and joining is what keeps this at a quarter of the sanitiser's time.
    parts[1::2] = [_SEPARATORS.get(name, " ") for name in parts[1::2]]
    text = "".join(parts)
    if "&" in text:
        text = html.unescape(text).replace("\xa0", " ")
    while "    " in text:  # indented source
        text = text.replace("    ", " ")
    return text.strip()


def to_line(raw_html: str) -> str:
    """The words of any HTML on one line; scripts and styles are not words."""
    text = raw_html[:_OPENING]
    if "<" in text:
        text = to_text(_UNSEEN.sub(" ", text))
    elif "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


def make_standfirst(summary_html: str, body_html: str) -> str:
    """At most 300 characters that say what the article is about, ending at a word or sentence.

    The publisher's summary where it says something the body does not begin with; otherwise the
    body's first sentences; "" where there is nothing but boilerplate.
    """
    return choose_standfirst(summary_html, to_text(body_html))


def choose_standfirst(summary_html: str, text: str) -> str:
    """`make_standfirst` for a body already turned into text."""
    if summary_html:
        summary = strip_tail(to_line(summary_html))
        if summary and not is_opening(summary, text[:_LOOKED_AT]):
            return shorten(summary)
    opening = " ".join(text[:_LOOKED_AT].split())
    return shorten(strip_tail(opening) if len(text) <= _LOOKED_AT else opening)


def is_opening(summary: str, text: str) -> bool:
    """Whether `summary` is nothing but the beginning of `text`, give or take marks and a cut."""
    if not _bare(text[:80]).startswith(_bare(summary[:16].rstrip(" .…[]"))):
        return False
    start = _bare(summary[:_LOOKED_AT].rstrip(" .…[]"))
    head = _bare(text[: 2 * len(summary) + 40])
    return head.startswith(start) or (0 < len(head) < len(start) and start.startswith(head))


def shorten(line: str, limit: int = STANDFIRST) -> str:
    """The first sentences of a line within `limit` characters, else its words and an ellipsis."""
    if len(line) <= limit:
        return line
    head = line[: limit + 1]
    ends = [match.end() for match in _SENTENCE_END.finditer(head) if match.end() <= limit]
    if ends and ends[-1] >= min(_ENOUGH, limit // 2):
        return head[: ends[-1]]
    cut = head.rfind(" ", limit // 2, limit)
    return head[: cut if cut > 0 else limit - 1].rstrip(" ,;:–—-") + "…"


def _bare(text: str) -> str:
    return _MARKS.sub("", text).lower()
