"""What a feed document becomes, whichever reader takes it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.errors import BrokenFeed, EmptyDocument, ForbiddenXml, NotAFeed
from reader.model import ParsedFeed
from reader.parse.feed import parse

NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:atom="http://www.w3.org/2005/Atom"'
)
HEAD = "<title>The Harbour Post</title><link>https://harbour.example/</link><description>News</description>"


def rss(items: str, head: str = HEAD) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0" {NAMES}><channel>{head}{items}</channel></rss>'.encode()


def atom(entries: str, attributes: str = "") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Tide Tables</title>'
        f'<link href="https://tide.example/"/>{entries}</feed>'
    ).encode()


def careful(data: bytes) -> ParsedFeed:
    """The same document through the careful reader: an undeclared encoding trick of no effect."""
    from reader.parse import careful as reader
    from reader.parse.entries import finish

    head, entries, _ = reader.read(data, "https://harbour.example/feed")
    return ParsedFeed(head, finish(entries)[0], "feedparser")


ITEM = (
    "<item><title>Ferry delayed</title><link>https://harbour.example/1</link><guid>tag:1</guid>"
    "<pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate><dc:creator>Ada Lind</dc:creator>"
    "<category>Port</category><description>Short</description>"
    "<content:encoded><![CDATA[<p>Long text of the ferry</p>]]></content:encoded></item>"
)


@pytest.mark.parametrize("read", [parse, careful], ids=["fast", "careful"])
def test_both_readers_give_the_same_entry(read):
    (entry,) = read(rss(ITEM)).entries
    assert entry.uid == "tag:1"
    assert entry.title == "Ferry delayed"
    assert entry.link == "https://harbour.example/1"
    assert entry.published_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert entry.author == "Ada Lind"
    assert entry.categories == ("Port",)
    assert entry.raw_html == "<p>Long text of the ferry</p>"
    assert entry.raw_summary_html == "Short"


def test_clean_documents_take_the_fast_reader():
    assert parse(rss(ITEM)).parser == "fast"


def test_the_head_says_when_to_come_back():
    head = parse(
        rss(
            ITEM,
            HEAD + "<language>en</language><ttl>90</ttl><sy:updatePeriod>daily</sy:updatePeriod>"
            "<sy:updateFrequency>2</sy:updateFrequency><skipHours><hour>3</hour><hour>24</hour></skipHours>"
            "<skipDays><day>sunday</day></skipDays><atom:link rel='hub' href='https://hub.example/'/>"
            "<atom:link rel='self' href='https://harbour.example/feed'/>"
            "<image><url>/icon.png</url></image>",
        )
    ).head
    assert (head.title, head.site, head.language) == ("The Harbour Post", "https://harbour.example/", "en")
    assert (head.ttl, head.update_period) == (90, 43_200)
    assert (head.skip_hours, head.skip_days) == ((0, 3), ("Sunday",))
    assert (head.hub, head.address) == ("https://hub.example/", "https://harbour.example/feed")
    assert head.icon == "https://harbour.example/icon.png"


# ---- titles ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("<![CDATA[Tom &amp; Jerry]]>", "Tom & Jerry"),
        ("It&amp;#8217;s on", "It’s on"),
        ("&lt;b&gt;Bold&lt;/b&gt; claims", "Bold claims"),
        ("<![CDATA[Use of the <template> element]]>", "Use of the <template> element"),
        ("One\n   line", "One line"),
        ("5 &lt; 6 and 7 &gt; 6", "5 < 6 and 7 > 6"),
        ("<![CDATA[x<script>alert(1)</script>y]]>", "xy"),
    ],
)
def test_titles_are_text_with_entities_decoded_once(sent, shown):
    assert parse(rss(f"<item><title>{sent}</title></item>")).entries[0].title == shown


@pytest.mark.parametrize(
    ("kind", "sent", "shown"),
    [
        ("", "The &lt;blink&gt; tag", "The <blink> tag"),
        ('type="text"', "a &amp;lt; b", "a &lt; b"),
        ('type="html"', "The &lt;b&gt;tide&lt;/b&gt; &amp;amp; wind", "The tide & wind"),
        ('type="xhtml"', '<div xmlns="http://www.w3.org/1999/xhtml">The <b>tide</b></div>', "The tide"),
    ],
)
def test_atom_titles_follow_their_type(kind, sent, shown):
    parsed = parse(atom(f"<entry><id>1</id><title {kind}>{sent}</title></entry>"))
    assert parsed.entries[0].title == shown


def test_markup_inside_a_title_is_not_lost():
    assert parse(rss("<item><title>The <b>high</b> tide</title></item>")).entries[0].title == "The high tide"


# ---- identity -------------------------------------------------------------------------------


def test_identity_is_the_id_else_the_link_else_a_hash():
    items = (
        "<item><guid>a</guid><link>https://x.example/1</link></item><item><link>https://x.example/2</link></item>"
        "<item><title>Only a title</title></item>"
    )
    uids = [entry.uid for entry in parse(rss(items)).entries]
    assert uids[:2] == ["a", "https://x.example/2"]
    assert uids[2].startswith("hash:")
    assert uids == [entry.uid for entry in careful(rss(items)).entries]


def test_an_id_repeated_within_one_document_is_one_article():
    items = "<item><guid>a</guid><title>First</title></item><item><guid>a</guid><title>Second</title></item>"
    assert [entry.title for entry in parse(rss(items)).entries] == ["First"]


def test_of_a_repeated_id_the_newest_update_wins():
    entries = (
        "<entry><id>a</id><title>Old</title><updated>2026-01-01T00:00:00Z</updated></entry>"
        "<entry><id>a</id><title>New</title><updated>2026-01-02T00:00:00Z</updated></entry>"
    )
    assert [entry.title for entry in parse(atom(entries)).entries] == ["New"]


def test_a_guid_that_says_it_is_no_permalink_is_not_a_link():
    items = '<item><guid isPermaLink="false">https://x.example/1</guid><title>T</title></item>'
    (entry,) = parse(rss(items)).entries
    assert (entry.uid, entry.link) == ("https://x.example/1", "")


def test_only_the_newest_of_very_many_entries_are_kept():
    items = "".join(
        f"<item><guid>{n}</guid><pubDate>2026-01-01T00:{n // 60 % 60:02}:{n % 60:02}Z</pubDate></item>"
        for n in range(2_100)
    )
    parsed = parse(rss(items))
    assert len(parsed.entries) == 2_000
    assert (parsed.entries[0].uid, parsed.entries[-1].uid) == ("100", "2099")
    assert parsed.flaw == "cut short"


# ---- links ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", " java\nscript:x", "file:///etc/passwd"]
)
def test_links_that_run_or_embed_are_dropped(link):
    assert parse(rss(f"<item><guid>1</guid><link>{link}</link></item>")).entries[0].link == ""


def test_relative_links_are_made_absolute():
    data = atom('<entry><id>1</id><link href="/a"/></entry>')
    assert parse(data, "https://tide.example/feeds/all.xml").entries[0].link == "https://tide.example/a"


def test_the_base_on_the_root_counts():
    data = atom('<entry><id>1</id><link href="a"/></entry>', 'xml:base="https://base.example/x/"')
    assert parse(data, "https://tide.example/feed").entries[0].link == "https://base.example/x/a"


def test_pictures_in_content_with_its_own_base_are_made_absolute():
    data = atom(
        '<entry><id>1</id><link href="https://tide.example/a"/>'
        '<content type="html" xml:base="https://other.example/b/">&lt;img src="c.png"&gt;</content></entry>'
    )
    parsed = parse(data, "https://tide.example/feed")
    assert parsed.parser == "feedparser"
    assert "https://other.example/b/c.png" in parsed.entries[0].raw_html


def test_the_page_of_an_entry_is_its_alternate_whatever_comes_first():
    links = '<link rel="replies" href="https://t.example/r"/><link href="https://t.example/a"/>'
    assert parse(atom(f"<entry><id>1</id>{links}</entry>")).entries[0].link == "https://t.example/a"


def test_a_link_after_another_kind_of_link_is_found():
    items = '<item><atom:link rel="standout" href="https://x.example/s"/><title>T</title><link>https://x.example/1</link></item>'
    assert parse(rss(items)).entries[0].link == "https://x.example/1"


def test_addresses_escaped_twice_are_mended():
    assert parse(rss("<item><link>https://x.example/?a=1&amp;amp;b=2</link></item>")).entries[0].link == (
        "https://x.example/?a=1&b=2"
    )


# ---- authors, files, pictures ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("<author>ada@x.example (Ada Lind)</author>", "Ada Lind"),
        ("<dc:creator><![CDATA[Ada Lind]]></dc:creator>", "Ada Lind"),
        ("<author><name>Ada Lind</name></author>", "Ada Lind"),
        ("<author>ada@x.example</author>", "ada@x.example"),
    ],
)
def test_authors_are_names(sent, shown):
    assert parse(rss(f"<item><guid>1</guid>{sent}</item>")).entries[0].author == shown


def test_an_atom_entry_without_author_has_the_feeds():
    data = atom("<author><name>Ada Lind</name></author><entry><id>1</id><title>T</title></entry>")
    assert parse(data).entries[0].author == "Ada Lind"


def test_several_authors_are_all_named():
    both = "<author><name>Ada</name></author><author><name>Bo</name></author>"
    assert parse(atom(f"<entry><id>1</id>{both}</entry>")).entries[0].author == "Ada, Bo"


def test_a_podcast_episode_has_its_file_length_and_picture():
    item = (
        '<item><guid>1</guid><enclosure url="https://x.example/1.mp3" type="audio/mpeg" length="1234"/>'
        '<itunes:duration>1:02:03</itunes:duration><itunes:image href="https://x.example/1.jpg"/></item>'
    )
    (entry,) = parse(rss(item)).entries
    (file,) = entry.enclosures
    assert (file.address, file.media_type, file.length, file.duration) == (
        "https://x.example/1.mp3", "audio/mpeg", 1234, 3723,
    )  # fmt: skip
    assert entry.picture == "https://x.example/1.jpg"


def test_of_several_pictures_the_widest_is_taken():
    media = (
        '<media:content url="https://x.example/s.jpg" medium="image" width="140"/>'
        '<media:content url="https://x.example/l.jpg" medium="image" width="1000"/>'
    )
    assert parse(rss(f"<item><guid>1</guid>{media}</item>")).entries[0].picture == "https://x.example/l.jpg"


def test_a_film_has_its_thumbnail_and_its_description_as_text():
    group = (
        '<media:group><media:content url="https://v.example/1" type="application/x-shockwave-flash"/>'
        '<media:thumbnail url="https://v.example/1.jpg" width="480"/>'
        "<media:description>Two lines\nof text</media:description></media:group>"
    )
    data = atom(f"<entry><id>1</id>{group}</entry>", 'xmlns:media="http://search.yahoo.com/mrss/"')
    (entry,) = parse(data).entries
    assert entry.picture == "https://v.example/1.jpg"
    assert entry.raw_html == "<p>Two lines<br>of text</p>"


def test_a_caption_does_not_replace_the_text():
    item = (
        "<item><guid>1</guid><description>&lt;b&gt;The text&lt;/b&gt;</description>"
        '<media:content url="https://x.example/a.jpg"><media:description>Caption</media:description></media:content></item>'
    )
    assert parse(rss(item)).entries[0].raw_html == "<b>The text</b>"
    assert careful(rss(item)).entries[0].raw_html == "<b>The text</b>"


def test_plain_text_content_becomes_paragraphs():
    data = atom('<entry><id>1</id><content type="text">1 &lt; 2\n\nNext</content></entry>')
    assert parse(data).entries[0].raw_html == "<p>1 &lt; 2</p><p>Next</p>"


@pytest.mark.parametrize("read", [parse, careful], ids=["fast", "careful"])
def test_a_summary_is_the_text_where_there_is_no_other(read):
    (entry,) = read(
        atom("<entry><id>urn:1</id><link href='https://t.example/1'/><summary>Low</summary></entry>")
    ).entries
    assert (entry.raw_html, entry.raw_summary_html) == ("<p>Low</p>", "")
    assert (entry.uid, entry.link) == ("urn:1", "https://t.example/1")


def test_xhtml_content_is_its_inner_html():
    inside = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Hi <b>you</b></p></div>'
    data = atom(f'<entry><id>1</id><content type="xhtml">{inside}</content></entry>')
    assert "<p>Hi <b>you</b></p>" in parse(data).entries[0].raw_html


# ---- formats --------------------------------------------------------------------------------


def test_rss_1_0_is_read():
    data = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://x.example/"><title>Old</title>'
        b'<link>https://x.example/</link></channel><item rdf:about="https://x.example/1"><title>One</title>'
        b"<link>https://x.example/1</link><dc:date>2026-01-02</dc:date></item></rdf:RDF>"
    )
    parsed = parse(data)
    assert (parsed.head.title, parsed.head.site) == ("Old", "https://x.example/")
    assert parsed.entries[0].title == "One"
    assert parsed.entries[0].published_at == datetime(2026, 1, 2, tzinfo=UTC)


def test_atom_0_3_is_read():
    data = (
        b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry><id>1</id><title>One</title>'
        b'<link rel="alternate" type="text/html" href="https://x.example/1"/><issued>2026-01-02T03:04:05Z</issued>'
        b'<content type="text/html" mode="escaped">&lt;p&gt;Text&lt;/p&gt;</content></entry></feed>'
    )
    (entry,) = parse(data).entries
    assert (entry.link, entry.raw_html) == ("https://x.example/1", "<p>Text</p>")
    assert entry.published_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_an_entry_that_only_says_when_it_was_updated_has_that_date():
    (entry,) = parse(atom("<entry><id>1</id><updated>2026-01-02T03:04:05Z</updated></entry>")).entries
    assert entry.published_at == entry.updated_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_a_number_as_id_is_not_taken_for_a_date():
    assert parse(rss("<item><guid>1520932969</guid><title>T</title></item>")).entries[0].published_at is None


# ---- broken and hostile ---------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b"  \n", b"\xef\xbb\xbf", b"\0\0"])
def test_nothing_is_an_empty_document(body):
    with pytest.raises(EmptyDocument):
        parse(body)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"<!DOCTYPE html><html><head><title>404</title></head></html>", "HTML"),
        (b"<html><body>Sorry</body></html>", "HTML"),
        (b"<!doctype html><meta charset=utf-8><p>Hi", "HTML"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "archive"),
        (b'{"status": 404}', "JSON"),
        (b"[1, 2]", "JSON"),
        (b'<opml version="2.0"><body/></opml>', "OPML"),
        (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "sitemap"),
        (b"<note><to>you</to></note>", "XML"),
        (b"Not found", "text"),
    ],
)
def test_what_is_no_feed_is_named(body, what):
    with pytest.raises(NotAFeed) as caught:
        parse(body)
    assert caught.value.detail == what


def test_entries_before_a_break_are_kept():
    data = rss(ITEM + ITEM.replace("tag:1", "tag:2") + "<item><title>Cut of")
    parsed = parse(data[: data.index(b"Cut of") + 4])
    assert [entry.uid for entry in parsed.entries] == ["tag:1", "tag:2"]
    assert parsed.flaw == "broken XML"


def test_mismatched_tags_cost_no_entry():
    data = rss(ITEM + "<item><title>Odd</i></title><guid>2</guid></item>" + ITEM.replace("tag:1", "tag:3"))
    assert [entry.uid for entry in parse(data).entries] == ["tag:1", "2", "tag:3"]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Fish&nbsp;&amp;&nbsp;chips", "Fish & chips"),
        ("Fish & chips", "Fish & chips"),
        ("Fish\x08 &eacute;", "Fish é"),
    ],
)
def test_small_damage_is_mended_for_the_fast_reader(sent, shown):
    parsed = parse(rss(f"<item><title>{sent}</title></item>"))
    assert parsed.entries[0].title == shown
    assert (parsed.parser, parsed.flaw) == ("fast", "characters")


def test_what_comes_before_the_document_is_skipped():
    parsed = parse(b"<br />\n<b>Warning</b>: something on line 3\n" + rss(ITEM))
    assert len(parsed.entries) == 1
    assert parsed.flaw == "leading junk"


def test_plain_entities_of_a_doctype_are_written_out():
    data = (
        b'<!DOCTYPE rss [<!ENTITY house "The Post">]>' + rss("<item><title>&house; today</title></item>")[21:]
    )
    assert parse(data).entries[0].title == "The Post today"


def test_the_doctype_of_rss_0_91_is_no_trick():
    doctype = b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    assert len(parse(doctype + rss(ITEM)[21:]).entries) == 1


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY a PUBLIC "x" "https://x.example/">',
        '<!ENTITY % a "x"> %a;',
        '<!ENTITY % a SYSTEM "https://x.example/a.dtd"> %a;',
        f'<!ENTITY a "{"x" * 10_000}">',
        "<!ENTITY a '&#38;b;'><!ENTITY b 'x'>",
        "<!ENTITY",
    ],
)
def test_entity_tricks_are_refused(subset):
    data = f"<!DOCTYPE rss [{subset}]>".encode() + rss("<item><title>&a;</title></item>")[21:]
    with pytest.raises(ForbiddenXml):
        parse(data)


def test_too_large_a_document_is_refused():
    with pytest.raises(BrokenFeed):
        parse(rss("") + b" " * 15_000_000)


def test_a_broken_document_without_anything_is_broken():
    with pytest.raises(BrokenFeed):
        parse(b"<rss><channel><item>")


def test_a_feed_without_entries_is_a_feed():
    parsed = parse(rss(""))
    assert (parsed.head.title, parsed.entries) == ("The Harbour Post", ())
