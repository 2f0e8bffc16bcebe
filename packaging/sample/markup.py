"""The small Markdown of the sample's articles, made into HTML.

Enters: an article's text. Leaves: the HTML its feed carries. Knows headings, lists, quotes, code, tables, figures,
footnotes and lines that begin with "ALSO READ: "; links to other articles go by their slug.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

from newsroom import Article, Source


class Markup:
    """Turns one source's texts into HTML; `articles` are all there are, by slug."""

    def __init__(self, source: Source, articles: Mapping[str, Article]) -> None:
        self._source, self._articles = source, articles

    def write(self, article: Article, lead: bool = True) -> str:
        """The article's HTML, led by its picture unless the feed shows that elsewhere."""
        notes = dict(re.findall(r"^\[\^(\w+)\]: (.+)$", article.text, re.M))
        text = re.sub(r"^\[\^\w+\]: .+\n?", "", article.text, flags=re.M)
        blocks = [self._block(block) for block in _split_blocks(text)]
        if lead and article.picture:
            blocks.insert(0, self._figure(article.caption, article.picture))
        if notes:
            items = "".join(f'<li id="note-{key}">{self._inline(note)}</li>' for key, note in notes.items())
            blocks.append(f'<hr><ol class="footnotes">{items}</ol>')
        html = "\n".join(blocks)
        if self._source.language in ("ar", "he"):
            return f'<div dir="rtl" lang="{self._source.language}">\n{html}\n</div>'
        return (
            html if self._source.language == "en" else f'<div lang="{self._source.language}">\n{html}\n</div>'
        )

    def _block(self, block: str) -> str:
        if block.startswith("```"):
            first, _, rest = block.partition("\n")
            code = rest.removesuffix("```").rstrip("\n")
            return f'<pre><code class="language-{first[3:]}">{escape(code, quote=False)}</code></pre>'
        for start, write in self._by_start().items():
            if block.startswith(start):
                return write(block)
        if re.match(r"\d+\. ", block):
            return "<ol>" + self._items(block, r"\d+\. ") + "</ol>"
        return f"<p>{self._inline(block.replace('**' + chr(10), '**<br>'))}</p>"

    def _by_start(self) -> dict[str, Callable[[str], str]]:
        return {
            "### ": lambda block: f"<h3>{self._inline(block[4:])}</h3>",
            "## ": lambda block: f"<h2>{self._inline(block[3:])}</h2>",
            "- ": lambda block: "<ul>" + self._items(block, "- ") + "</ul>",
            "> ": self._quote,
            "| ": self._table,
            "![": self._picture,
            "ALSO READ: ": self._also_read,
        }

    def _items(self, block: str, marker: str) -> str:
        return "".join(
            f"<li>{self._inline(re.sub('^' + marker, '', line))}</li>" for line in block.split("\n")
        )

    def _quote(self, block: str) -> str:
        lines = [line.removeprefix("> ") for line in block.split("\n")]
        said = "".join(f"<p>{self._inline(line)}</p>" for line in lines if not line.startswith("— "))
        by = "".join(f"<footer>{self._inline(line)}</footer>" for line in lines if line.startswith("— "))
        return f"<blockquote>{said}{by}</blockquote>"

    def _table(self, block: str) -> str:
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.split("\n")]
        sides = [' align="right"' if rule.endswith(":") else "" for rule in rows[1]]
        head = "".join(
            f"<th{side}>{self._inline(cell)}</th>" for side, cell in zip(sides, rows[0], strict=True)
        )
        body = "".join(
            "<tr>"
            + "".join(f"<td{s}>{self._inline(c)}</td>" for s, c in zip(sides, row, strict=True))
            + "</tr>"
            for row in rows[2:]
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _picture(self, block: str) -> str:
        caption, name = re.fullmatch(r"!\[(.*)\]\((.+)\)", block).groups()  # type: ignore[union-attr]
        return self._figure(caption, name)

    def _figure(self, caption: str, name: str) -> str:
        address = self._source.picture_address(name)
        told = f"<figcaption>{self._inline(caption)}</figcaption>" if caption else ""
        return (
            f'<figure><img src="{address}" alt="{escape(caption)}" width="1200" height="675">{told}</figure>'
        )

    def _also_read(self, block: str) -> str:
        """Papers write this line in two ways; so does the sample."""
        other = self._articles[block.removeprefix("ALSO READ: ")]
        link = f'<a href="{other.address}">{escape(other.title, quote=False)}</a>'
        label = "ALSO READ:" if self._source.format == "atom" else "<strong>ALSO READ:</strong>"
        return f"<p>{label} {link}</p>"

    def _inline(self, text: str) -> str:
        parts = re.split(r"(`[^`]+`)", text.replace("<br>", "\x00"))
        return "".join(
            f"<code>{escape(part[1:-1], quote=False)}</code>" if part.startswith("`") else _write_spans(part)
            for part in parts
        ).replace("\x00", "<br>")


def _write_spans(text: str) -> str:
    text = escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"\*(.+?)\*", r"<em>\1</em>", text)
    return re.sub(r"\[\^(\w+)\]", r'<sup><a href="#note-\1">\1</a></sup>', text)


def _split_blocks(text: str) -> list[str]:
    """Blocks are parted by empty lines, except inside code."""
    blocks: list[str] = []
    for part in re.split(r"(^```.*?^```$)", text, flags=re.M | re.S):
        if part.startswith("```"):
            blocks.append(part)
        else:
            blocks += [block.strip("\n") for block in re.split(r"\n\s*\n", part) if block.strip()]
    return blocks
