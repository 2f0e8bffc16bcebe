"""What a page says of itself: title, author, date, lead picture, language.

The page's tree and address enter; `Facts` leave. JSON-LD is believed first, then the page's meta
elements, then what it shows; trafilatura and htmldate are asked only for what is still missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from reader.content.extract.choose import bare, is_alike
from reader.content.links import is_web, resolve
from reader.frozen import frozen

_ARTICLE_TYPE = re.compile(r"Article|Posting|Report$|Review$|Recipe|WebPage$|VideoObject|Blog$|Book")
_LOGO = re.compile(
    r"logo|placeholder|default[-_.]|favicon|sprite|avatar|blank\.|spacer|fallback|share[-_](?:image|default)|/icons?/",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^\W*(?:written |posted |reported |story |words )?(?:by|von|par|por|di|door|av|af|autor(?:in|a)?|author|text|texte?)\b[:\s]+",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s[|•·/]\s|,?\s(?:published|updated|posted|on|more stories|link copied|see full bio|is (?:a|an|the)\s|\d+ min)"
    r"|,?\s(?:jan|feb|m[aä]r|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?=\s|$)|\s?\d{4}[-/年]|\s\d{1,2}[./ ]|\s[\w.]+@",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"\W*|by|see full bio|lesedauer|admin|more (?:from|stories).*|\d.*", re.IGNORECASE)
_SITE_CUT = re.compile(r"\s+[|·•«»–—-]+\s+|\s*\|\s*|\s+::\s+")
_DIGITS_DATE = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ]?(\d{2}):?(\d{2}))?")
_TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title")
_AUTHORS = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author",
    "og:author", "author_name", "authors", "twitter:data1",
)  # fmt: skip
_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.created", "dcterms.issued", "dc.date", "dcterms.date", "publish-date", "publish_date", "publishdate", "pubdate", "publication_date", "published_time",
    "cxenseparse:recs:publishtime", "article.published", "date", "displaydate", "dateissued",
)  # fmt: skip
_PICTURES = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "thumbnail",
    "image",
)
_LD_MOST = 2_000  # nodes of JSON-LD looked at
_LONGEST_TITLE = 1_000  # characters
_LONGEST_NAME = 120  # characters of a byline


@frozen
class Facts:
    title: str = ""
    author: str = ""
    published: datetime | None = None
    language: str = ""
    picture: str = ""
    base: str = ""  # relative links are meant against it
    headlines: frozenset[str] = frozenset()  # every wording of the title, bare
    summaries: frozenset[str] = frozenset()  # every wording of the summary, bare
    body: str = ""  # the article's text where the page gives it to machines


def read_facts(root: Any, address: str) -> Facts:
    """Never raises for what a page may hold."""
    metas = _read_metas(root)
    nodes = list(_read_nodes(root))
    base = _find_base(root, metas, address)
    titles = _list_titles(root, metas, nodes)
    summaries = [metas.get(name, "") for name in ("description", "og:description", "twitter:description")]
    summaries += [_text(node.get("description")) for node in nodes]
    return Facts(
        title=titles[0] if titles else "",
        author=_find_author(root, metas, nodes),
        published=_find_date(root, metas, nodes),
        language=_find_language(root, metas, nodes),
        picture=_find_picture(metas, nodes, base),
        base=base,
        headlines=frozenset(filter(None, map(bare, titles))),
        summaries=frozenset(filter(None, map(bare, summaries))),
        body=max((_text(node.get("articleBody")) for node in nodes), key=len, default=""),
    )


def _read_metas(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        content = " ".join((meta.get("content") or meta.get("value") or "").split())
        for key in ("property", "name", "itemprop"):
            if content and (name := (meta.get(key) or "").strip().lower()):
                found.setdefault(name, content)
    return found


def _read_nodes(root: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD nodes that describe an article, the most telling first."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            waiting: list[Any] = [json.loads(script.text.strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        seen = 0
        while waiting and seen < _LD_MOST:
            node = waiting.pop(0)
            seen += 1
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                kinds = node.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(name, str) and _ARTICLE_TYPE.search(name) for name in names):
                    found.append(node)
                waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]
    return iter(sorted(found, key=lambda node: "headline" not in node))


def _text(value: Any) -> str:
    """The first text in a value of JSON-LD."""
    if isinstance(value, list):
        return next(filter(None, map(_text, value[:5])), "")
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("url") or value.get("@value"))
    return value.strip() if isinstance(value, str) else ""


def _find_base(root: Any, metas: dict[str, str], address: str) -> str:
    if not address:
        links = [
            link.get("href") or ""
            for link in root.iter("link")
            if (link.get("rel") or "").lower() == "canonical"
        ]
        address = next(filter(is_web, [*links, metas.get("og:url", "")]), "")
    for element in root.iter("base"):
        return resolve(element.get("href") or "", address) or address
    return address


def _list_titles(root: Any, metas: dict[str, str], nodes: list[dict[str, Any]]) -> list[str]:
    """The title first, then its other wordings."""
    written = " ".join(next((" ".join(title.itertext()) for title in root.iter("title")), "").split())
    said = [_text(node.get("headline")) for node in nodes if node.get("headline")]
    said += [metas[name] for name in _TITLES if name in metas]
    site = metas.get("og:site_name", "")
    said = [cut_site(" ".join(title[:_LONGEST_TITLE].split()), site) for title in said if title]
    said += filter(None, [cut_site(written[:_LONGEST_TITLE], site)])
    shown = [" ".join(" ".join(element.itertext()).split()) for element in root.iter("h1")]
    shown = [title for title in shown if 0 < len(title) < 400]
    whole = bare(" ".join([written, *said]))
    likely = [
        title
        for title in shown
        if bare(title) and (bare(title) in whole or any(is_alike(bare(title), bare(other)) for other in said))
    ]
    if len(shown) == 1 and not said:
        likely = shown
    titles = [*likely[:1], *said, *likely[1:], *(shown if len(shown) == 1 else []), written]
    return [title for title in titles if title]


def cut_site(title: str, site: str = "") -> str:
    """A title without the name of the site behind it (or before it)."""
    parts = [(match.start(), match.end()) for match in _SITE_CUT.finditer(title)]
    if not parts:
        return title
    start, end = parts[-1]
    before, after = title[:start], title[end:]
    if site and bare(title[: parts[0][0]]) == bare(site):
        return title[parts[0][1] :]
    if site and bare(after) == bare(site):
        return (
            cut_site(before, "")
            if len(parts) > 1
            and title[parts[-2][0] : parts[-2][1]] == title[start:end]
            and "|" in title[start:end]
            else before
        )
    if ("|" in title[start:end] or len(after.split()) <= 4) and len(before) >= max(15, len(after)):
        return cut_site(before) if "|" in title[start:end] else before
    return title


def _find_author(root: Any, metas: dict[str, str], nodes: list[dict[str, Any]]) -> str:
    houses = {bare(metas.get("og:site_name", "")), *(bare(_text(node.get("publisher"))) for node in nodes)}
    said = [_name_authors(node.get("author")) for node in nodes]
    said += [_read_element(element) for query in _MARKED for element in root.xpath(query)[:2]]
    said += [_clean_name(metas.get(name, "")) for name in _AUTHORS]
    said += [_read_element(element) for query in _BYLINES for element in root.xpath(query)[:3]]
    said = [name for name in said if name]
    return next((name for name in said if bare(name) not in houses), said[0] if said else "")


def _name_authors(authors: Any) -> str:
    names = [_text(one) for one in (authors if isinstance(authors, list) else [authors])]
    return ", ".join(dict.fromkeys(filter(None, map(_clean_name, names))))


def _read_element(element: Any) -> str:
    return _clean_name(element.get("content") or " ".join(element.itertext()))


_CLASS = "contains(concat(' ', translate(normalize-space(@class), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), ' '), '{}')"
_MARKED = ("//*[@itemprop='author']//*[@itemprop='name']", "//*[@itemprop='author']", "//a[@rel='author']")
_BYLINES = (
    *(
        f"//*[{_CLASS.format(name)}]"
        for name in (
            "author-name",
            "author__name",
            "byline-name",
            " byline",
            "__byline",
            " author ",
            "-byline",
            " autor",
        )
    ),
)


def _clean_name(name: str) -> str:
    name = _BY.sub("", " ".join(name.split())).strip(" ,;|·•-–")
    if not name or len(name) > _LONGEST_NAME or is_web(name) or name.startswith(("@", "/")) or "@" in name:
        return ""
    name = _AFTER_NAME.split(name, maxsplit=1)[0].strip(" ,;|·•-–[](")
    return "" if _NO_NAME.fullmatch(name) else name


def _find_date(root: Any, metas: dict[str, str], nodes: list[dict[str, Any]]) -> datetime | None:
    said = [_text(node.get(key)) for key in ("datePublished", "dateCreated", "uploadDate") for node in nodes]
    said += [metas[name] for name in _DATES if name in metas]
    said += [
        element.get("datetime") or element.get("content") or ""
        for element in root.xpath(
            "//*[@itemprop='datePublished']|//time[@pubdate]|//article//time[@datetime]|//time[@datetime]"
        )[:5]
    ]
    for words in said:
        if (found := read_date(words)) is not None:
            return found
    return None


def read_date(words: str) -> datetime | None:
    """A moment as pages write it for machines; one without a zone is taken for UTC."""
    words = words[:100].strip()
    if not words:
        return None
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        try:
            found = parsedate_to_datetime(words)
        except (ValueError, TypeError, IndexError):
            match = _DIGITS_DATE.match(words)
            if match is None:
                return None
            try:
                found = datetime(*(int(part) for part in match.groups() if part))  # type: ignore[arg-type]
            except ValueError:
                return None
    if not 1990 <= found.year < 2100:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _find_language(root: Any, metas: dict[str, str], nodes: list[dict[str, Any]]) -> str:
    said = [_text(node.get("inLanguage")) for node in nodes]
    said = [
        root.get("lang") or "",
        metas.get("og:locale", ""),
        metas.get("language", ""),
        metas.get("dc.language", ""),
        *said,
    ]
    for words in said:
        code = words.strip().replace("_", "-")
        if re.fullmatch(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*", code):
            return code
    return ""


def _find_picture(metas: dict[str, str], nodes: list[dict[str, Any]], base: str) -> str:
    said = [metas[name] for name in _PICTURES if name in metas]
    said += [_picture_of(node.get("image")) for node in nodes]
    for address in said:
        found = resolve(address, base)
        if is_web(found) and not _LOGO.search(found.rpartition("/")[2] or found):
            return found
    return ""


def _picture_of(value: Any) -> str:
    if isinstance(value, list):
        return _picture_of(value[0]) if value else ""
    if isinstance(value, dict):
        return _text(value.get("url") or value.get("contentUrl"))
    return value if isinstance(value, str) else ""
