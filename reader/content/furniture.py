"""Lines that belong to the publisher's website and not to the article.

Blocks enter; blocks leave without share bars, "Previous story" and the like, and with lines such
as "ALSO READ: ..." turned into what they are. Conservative: only lines that say nothing else.
"""

from __future__ import annotations

import re

from reader.content.blocks import (
    AlsoRead,
    Block,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    read_spans,
)
from reader.content.boilerplate import find_origin_note

_ALSO_READ_WORDS = """
also read|read also|also see|see also|also watch|watch also|read more|more to read|read next|must read|don't miss|don’t miss|related
|related story|related stories|related article|related articles|related post|related posts|recommended|recommended reading|further reading|in case you missed it|more on this|more on this story|you may also like|see more
|lesen sie auch|lies auch|auch interessant|mehr zum thema|mehr dazu|siehe auch|passend dazu|lesetipp|auch lesen|weitere themen|mehr themen|empfohlene beiträge|weitere artikel
|lire aussi|à lire aussi|a lire aussi|lire également|à lire également|voir aussi|sur le même sujet
|lea también|lea tambien|lee también|lee tambien|leer también|te puede interesar|también te puede interesar|puede leer|ver también|vea también|vea tambien|mira también|mire también|le puede interesar|más información
|leia também|leia mais|leia ainda|veja também|saiba mais
|leggi anche|potrebbe interessarti|vedi anche|per approfondire
|lees ook|lees verder|bekijk ook|meer lezen
|czytaj też|czytaj także|czytaj również|zobacz też|zobacz także|zobacz również|przeczytaj także|przeczytaj też
|čtěte také|přečtěte si také|čtěte i|prečítajte si aj|čítajte aj|viac na tému
|läs också|läs även|läs mer|læs også|les også|lue myös|lue lisää|loe ka|skaitykite taip pat|lasi arī
|olvassa el ezt is|ezt is olvassa el|kapcsolódó cikk|citește și|citeşte şi|vezi și|прочетете още|вижте още|pročitajte i|čitajte i|beri tudi|lexo edhe
|διαβάστε επίσης|διαβάστε ακόμα|δείτε επίσης
|читайте также|читайте еще|см. также|по теме|читайте також|дивіться також
|ayrıca okuyun|bunu da oku|ilgili haber|oxşar xəbər
|baca juga|lihat juga|simak juga|xem thêm|đọc thêm|basahin din|tingnan din|อ่านเพิ่มเติม|อ่านต่อ
|اقرأ أيضا|اقرأ أيضاً|اقرأ أيضًا|اقرا ايضا|إقرأ أيضا|شاهد أيضا|بیشتر بخوانید|همچنین بخوانید|یہ بھی پڑھیں|מעניין גם|קראו גם|לקריאה נוספת
|यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|আরও পড়ুন|আরো পড়ুন|ಇದನ್ನೂ ಓದಿ|இதையும் படிக்க|ఇది కూడా చదవండి|ఇవీ చదవండి|ഇതും വായിക്കുക|આ પણ વાંચો|हे ही वाचा|हेही वाचा
|延伸阅读|相关阅读|延伸閱讀|相關閱讀|相關新聞|相关新闻|推荐阅读|関連記事|あわせて読みたい|こちらもおすすめ|관련기사|관련 기사
"""
# Looked for by comparing, not by a pattern: compiling one of this size would cost the start 20 ms.
_ALSO_READ_STARTS = tuple(sorted(_ALSO_READ_WORDS.replace("\n", "").split("|"), key=len, reverse=True))
_MARK = re.compile(r"\s*[:|：–—>»›-]+\s*|\s*$|[ \xa0]*\n\s*")
_SHARE_WORDS_WRITTEN = """
facebook twitter x whatsapp email e-mail mail share tweet pinterest pin linkedin telegram reddit print
copy link flipboard messenger tumblr pocket threads bluesky mastodon sms viber line vk this on via post
story article more like loading save comment comments teilen drucken partager compartir condividi
compartilhar delen del dela stumbleupon digg delicious google plus instagram youtube skype xing weibo
wechat to the opens in new window click
"""
_SHARE_WORDS = frozenset(_SHARE_WORDS_WRITTEN.split())
_SHARE_NAMES_WRITTEN = """
facebook twitter whatsapp pinterest linkedin telegram reddit flipboard tumblr bluesky mastodon viber digg
"""
_SHARE_NAMES = frozenset(_SHARE_NAMES_WRITTEN.split())
_SHARE_LINE = re.compile(
    r"(?:share|like|share this|like this|share on|loading|print|email|comments?)\W*", re.IGNORECASE
)
_NEIGHBOUR = re.compile(
    r"\W*(?:previous|next|prev)\s+(?:story|article|post)\W*|\W*(?:latest from|more from|latest news|top stories|trending(?: now)?)\b.{0,60}"
    r"|\W*don['’]t miss\W*",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(
    r"\W*(?:advertisement|advertising|story continues below(?: this)? ad(?:vertisement)?|article continues below advertisement|continue reading below"
    r"|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|reklama|реклама)\W*",
    re.IGNORECASE,
)
_TAIL = 8  # blocks at the end among which furniture is looked for


def drop_furniture(blocks: list[Block]) -> list[Block]:
    """The blocks of a whole page, without furniture."""
    kept = [block for block in mark_also_read(blocks) if not _is_advertisement(block)]
    kept = _drop_tail(kept)
    while kept and isinstance(kept[-1], Rule):
        kept.pop()
    while kept and isinstance(kept[0], Rule):
        kept.pop(0)
    return kept


def mark_also_read(blocks: list[Block]) -> list[Block]:
    """Turn lines that only point to other articles into `AlsoRead`."""
    marked: list[Block] = []
    for block in blocks:
        found = _read_also_read(block)
        if found is not None:
            marked.append(found)
            continue
        # The words alone on a line, the links in the next block.
        if marked and _is_marker(marked[-1]) and (links := _read_link_list(block)):
            marked[-1] = AlsoRead(links, _is_rtl(block))
            continue
        marked.append(block)
    return marked


def _read_also_read(block: Block) -> AlsoRead | None:
    if not isinstance(block, Paragraph | Heading) or not any(span.link for span in block.spans):
        return None
    end = find_also_read(read_spans(block.spans))
    if end < 0:
        return None
    links = _gather_links(block.spans)
    said = sum(len(span.text.strip()) for span in block.spans if not span.link)
    # All else must be links, or the line is a sentence that happens to begin so.
    return AlsoRead(links, block.rtl) if links and said <= end + 3 * len(links) else None


def _gather_links(spans: tuple[Span, ...]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for span in spans:
        if span.link and not span.link.startswith("#"):
            found[span.link] = found.get(span.link, "") + span.text
    links = []
    for address, text in found.items():
        headline = " ".join(text.split())
        headline = headline[max(0, find_also_read(headline)) :]
        if headline:
            links.append((headline, address))
    return tuple(links)


def _is_marker(block: Block) -> bool:
    if not isinstance(block, Paragraph | Heading):
        return False
    return len(text := read_spans(block.spans)) < 60 and find_also_read(text) == len(text)


def find_also_read(text: str) -> int:
    """Where the words "Also read:" and their mark end at the beginning of a text, -1 without them."""
    head = text[:60].lower()
    bare = head.lstrip(" \n\xa0[(►▶→>»*•-–|👉🔴📌")
    if not bare.startswith(_ALSO_READ_STARTS):
        return -1
    begin = len(head) - len(bare)
    for words in _ALSO_READ_STARTS:
        if bare.startswith(words) and (mark := _MARK.match(text, begin + len(words))):
            return mark.end()
    return -1


def _read_link_list(block: Block) -> tuple[tuple[str, str], ...]:
    """The links of a block that holds nothing else."""
    inner = [inside for item in block.items for inside in item] if isinstance(block, ListBlock) else [block]
    links: list[tuple[str, str]] = []
    for part in inner:
        if not isinstance(part, Paragraph) or any(span.text.strip() and not span.link for span in part.spans):
            return ()
        links += _gather_links(part.spans)
    return tuple(links)


def _is_advertisement(block: Block) -> bool:
    if not isinstance(block, Paragraph | Heading):
        return False
    return len(text := read_spans(block.spans)) < 60 and _ADVERTISEMENT.fullmatch(text) is not None


def _drop_tail(blocks: list[Block]) -> list[Block]:
    """Look through the last blocks for the line where the website begins again."""
    while blocks and (
        _is_share_bar(blocks[-1]) or _is_origin_note(blocks[-1]) or isinstance(blocks[-1], Rule)
    ):
        blocks = blocks[:-1]
    for at in range(max(1, len(blocks) - _TAIL), len(blocks)):
        block = blocks[at]
        if not isinstance(block, Paragraph | Heading):
            continue
        text = read_spans(block.spans)
        if len(text) < 80 and _NEIGHBOUR.fullmatch(text) and all(map(_is_only_links, blocks[at + 1 :])):
            return blocks[:at]
    return blocks


def _is_only_links(block: Block) -> bool:
    if (
        isinstance(block, Paragraph | Heading)
        and len(text := read_spans(block.spans)) < 80
        and _NEIGHBOUR.fullmatch(text)
    ):
        return True
    return isinstance(block, Rule | AlsoRead) or bool(_read_link_list(block)) or _is_share_bar(block)


def _is_origin_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and find_origin_note(read_spans(block.spans)) == 0


def _is_share_bar(block: Block) -> bool:
    """A line or list of nothing but the names of networks."""
    if isinstance(block, ListBlock):
        texts = [
            read_spans(part.spans) for item in block.items for part in item if isinstance(part, Paragraph)
        ]
        if not texts or len(texts) != sum(map(len, block.items)):
            return False
        text = " ".join(texts)
    elif isinstance(block, Paragraph | Heading):
        text = read_spans(block.spans)
    else:
        return False
    if len(text) > 300:
        return False
    words = re.findall(r"[\w-]+", text.lower())
    if not words or not all(word in _SHARE_WORDS for word in words):
        return False
    return bool(_SHARE_NAMES.intersection(words)) or _SHARE_LINE.fullmatch(text.strip()) is not None


def _is_rtl(block: Block) -> bool:
    return isinstance(block, Paragraph | Heading | ListBlock | Quote | AlsoRead) and block.rtl
