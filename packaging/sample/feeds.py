"""Write a source's feed in its own format: RSS 2.0, RSS 1.0, Atom 1.0 or JSON Feed 1.1.

Enters: a source and its texts. Leaves: the document, as text. Every date is a placeholder, {{rfc822:-N}} or
{{iso:-N}}: N minutes before the moment at which the sample is served.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape

from markup import Markup
from newsroom import Article, Source

# These say what their pictures are beside the text, so that a reader has to put them there.
PICTURE_BESIDE_TEXT = {"far-shore", "slack-water"}

RSS = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:media="http://search.yahoo.com/mrss/">'
)
RDF = (
    '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="{}">'
HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def write_feed(source: Source, articles: Mapping[str, Article]) -> str:
    """The whole document of a source; `articles` are everybody's, for links between papers."""
    markup = Markup(source, articles)
    bodies = {
        each.slug: markup.write(each, source.name not in PICTURE_BESIDE_TEXT) for each in source.articles
    }
    writers: dict[str, Callable[[Source, Mapping[str, str]], str]] = {
        "rss": write_rss,
        "rdf": write_rdf,
        "atom": write_atom,
        "json": write_json,
    }
    return writers[source.format](source, bodies)


def write_rss(source: Source, bodies: Mapping[str, str]) -> str:
    lines = [HEAD, RSS, "<channel>"]
    lines += [
        _tag("title", source.title),
        _tag("link", source.site),
        _tag("description", source.description),
        _tag("language", source.language),
        f'<atom:link rel="self" type="application/rss+xml" href="{source.feed}"/>',
        f"<image>{_tag('url', source.icon)}{_tag('title', source.title)}{_tag('link', source.site)}</image>",
        _tag("lastBuildDate", _date("rfc822", source.articles[0])),
    ]
    for article in source.articles:
        lines += [
            "<item>",
            _tag("title", article.title),
            _tag("link", article.address),
            f'<guid isPermaLink="true">{article.address}</guid>',
            _tag("pubDate", _date("rfc822", article)),
            _tag("dc:creator", article.author),
            *(_tag("category", tag) for tag in article.tags),
            _tag("description", article.standfirst),
            *_describe_media(source, article),
            f"<content:encoded><![CDATA[{bodies[article.slug]}]]></content:encoded>",
            "</item>",
        ]
    return "\n".join([*lines, "</channel>", "</rss>", ""])


def _describe_media(source: Source, article: Article) -> list[str]:
    lines = []
    if article.audio:
        address = f"{source.site}audio/{article.audio.file}"
        lines.append(f'<enclosure url="{address}" length="{article.audio.bytes}" type="audio/mpeg"/>')
        hours, rest = divmod(article.audio.seconds, 3600)
        lines.append(_tag("itunes:duration", f"{hours:02}:{rest // 60:02}:{rest % 60:02}"))
        if article.picture:
            lines.append(f'<itunes:image href="{source.picture_address(article.picture)}"/>')
    elif article.picture:
        address = source.picture_address(article.picture)
        told = f'<media:description type="plain">{escape(article.caption, quote=False)}</media:description>'
        lines.append(
            f'<media:content url="{address}" medium="image" type="image/jpeg" width="1200" height="675">{told}</media:content>'
        )
    return lines


def write_rdf(source: Source, bodies: Mapping[str, str]) -> str:
    order = "".join(f'<rdf:li rdf:resource="{article.address}"/>' for article in source.articles)
    lines = [
        HEAD,
        RDF,
        f'<channel rdf:about="{source.feed}">',
        _tag("title", source.title),
        _tag("link", source.site),
        _tag("description", source.description),
        _tag("dc:language", source.language),
        f'<image rdf:resource="{source.icon}"/>',
        f"<items><rdf:Seq>{order}</rdf:Seq></items>",
        "</channel>",
        f'<image rdf:about="{source.icon}">{_tag("title", source.title)}{_tag("url", source.icon)}'
        f"{_tag('link', source.site)}</image>",
    ]
    for article in source.articles:
        lines += [
            f'<item rdf:about="{article.address}">',
            _tag("title", article.title),
            _tag("link", article.address),
            _tag("description", article.standfirst),
            _tag("dc:creator", article.author),
            _tag("dc:date", _date("iso", article)),
            *(_tag("dc:subject", tag) for tag in article.tags),
            _tag("content:encoded", bodies[article.slug]),
            "</item>",
        ]
    return "\n".join([*lines, "</rdf:RDF>", ""])


def write_atom(source: Source, bodies: Mapping[str, str]) -> str:
    lines = [
        HEAD,
        ATOM.format(source.language),
        _tag("id", source.feed),
        _tag("title", source.title),
        _tag("subtitle", source.description),
        f'<link rel="self" type="application/atom+xml" href="{source.feed}"/>',
        f'<link rel="alternate" type="text/html" href="{source.site}"/>',
        _tag("icon", source.icon),
        _tag("updated", _date("iso", source.articles[0])),
    ]
    for article in source.articles:
        picture = (
            f'<media:thumbnail url="{source.picture_address(article.picture)}" width="1200" height="675"/>'
        )
        lines += [
            "<entry>",
            _tag("id", article.address),
            _tag("title", article.title),
            f'<link rel="alternate" type="text/html" href="{article.address}"/>',
            _tag("published", _date("iso", article)),
            _tag("updated", _date("iso", article)),
            f"<author>{_tag('name', article.author)}</author>",
            *(f'<category term="{escape(tag)}"/>' for tag in article.tags),
            *([picture] if article.picture else []),
            _tag("summary", article.standfirst),
            f'<content type="html">{escape(bodies[article.slug], quote=False)}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def write_json(source: Source, bodies: Mapping[str, str]) -> str:
    items = []
    for article in source.articles:
        item: dict[str, object] = {
            "id": article.address,
            "url": article.address,
            "title": article.title,
            "summary": article.standfirst,
            "content_html": bodies[article.slug],
            "date_published": _date("iso", article),
            "authors": [{"name": article.author}],
            "tags": list(article.tags),
            "language": source.language,
        }
        if article.picture:
            item["image"] = source.picture_address(article.picture)
        items.append(item)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": source.title,
        "home_page_url": source.site,
        "feed_url": source.feed,
        "description": source.description,
        "language": source.language,
        "icon": source.icon,
        "favicon": source.icon,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def write_opml(title: str, sources: tuple[Source, ...]) -> str:
    """The subscription list, one folder a section, in the sources' order."""
    lines = [HEAD, '<opml version="2.0">', f"<head>{_tag('title', title)}</head>", "<body>"]
    for section in dict.fromkeys(source.section for source in sources):
        lines.append(f'<outline text="{escape(section)}" title="{escape(section)}">')
        lines += [
            f'  <outline type="rss" text="{escape(each.title)}" title="{escape(each.title)}" xmlUrl="{each.feed}"'
            f' htmlUrl="{each.site}" language="{each.language}"/>'
            for each in sources
            if each.section == section
        ]
        lines.append("</outline>")
    return "\n".join([*lines, "</body>", "</opml>", ""])


def write_home(source: Source) -> str:
    """The source's front door: a page that says where its feed and its icon are."""
    kind = {"json": "application/feed+json", "atom": "application/atom+xml"}.get(
        source.format, "application/rss+xml"
    )
    title = escape(source.title)
    return (
        f'<!doctype html>\n<html lang="{source.language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<link rel="icon" href="/favicon.png">\n<link rel="alternate" type="{kind}" title="{title}" href="/{source.feed_file}">\n'
        f"</head>\n<body>\n<h1>{title}</h1>\n<p>{escape(source.description)}</p>\n</body>\n</html>\n"
    )


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>"


def _date(kind: str, article: Article) -> str:
    return f"{{{{{kind}:-{article.minutes_ago}}}}}"
