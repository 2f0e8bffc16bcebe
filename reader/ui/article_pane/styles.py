"""How an article is set. In: the theme's colours and the size of the text. Out: Qt's formats.

Every format is made once for a theme and a size and then shared by all articles: building a
page must not build formats. All lengths are pixels at 19 px text and scale with it.

Lines are of fixed height, so that a line with a letter of another script is no taller than its
neighbours. Qt puts the baseline at four fifths of such a line, a little lower than a browser
would; the margins make up for it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
)

from reader.frozen import frozen
from reader.ui import fonts
from reader.ui.theme import Colours

COLUMN = 520  # px at 19 px text: about 66 characters
DESIGNED_FOR = 19

# What the painter finds on a block (see decorations).
DECORATION = QTextFormat.Property.UserProperty.value + 1
DEPTH = DECORATION + 1  # quotes: how many rules stand at the left
MARKER = DECORATION + 2  # lists: the bullet or number in front
PICTURE = DECORATION + 3  # custom picture objects: the address
PICTURE_WIDTH = DECORATION + 4
PICTURE_HEIGHT = DECORATION + 5
PICTURE_WORDS = DECORATION + 6

RULE_BELOW, BOX, ALSO, RULE_ABOVE, RULE, ROW = "rule-below", "box", "also", "rule-above", "rule", "row"

BOX_PADDING = 10  # px around code, above and below
CELL_PADDING = 6  # px within the cells of a table
DIVIDER = "\u00a0\u00a0·  "  # between the parts of the byline; never at the beginning of a line
RULE_GAP = 18  # px between the byline and the line below it

BOLD, ITALIC, CODE, STRUCK, RAISED, LOWERED, LINK, MARKED = 1, 2, 4, 8, 16, 32, 64, 128


@frozen
class Style:
    """One kind of paragraph."""

    block: QTextBlockFormat
    letters: QTextCharFormat
    is_serif: bool = True
    weight: int = 400
    pixels: float = DESIGNED_FOR
    is_muted: bool = False


class Styles:
    """All formats of one theme at one size."""

    def __init__(self, colours: Colours, text_size: int) -> None:
        self.colours = colours
        self.text_size = text_size
        self.scale = text_size / DESIGNED_FOR
        self.column = round(COLUMN * self.scale)
        small = min(max(self.scale, 1.0), 1.5)  # interface words grow less than the text
        s = self.scale
        self.kicker = self._style(fonts.caps(12 * small), colour=colours.accent, line=17.4 * small)
        self.headline = self._style(
            _space(fonts.display(38 * s), -0.57 * s), line=42.6 * s, above=5 * s, below=10 * s
        )
        self.standfirst = self._style(
            _space(fonts.serif(20 * s), -0.39 * s), colour=colours.muted, line=28 * s, below=16 * s
        )
        self.byline = self._style(
            fonts.sans(12.5 * small),
            colour=colours.muted,
            line=18 * small,
            below=RULE_GAP + 1 + 11 * s,
            mark=RULE_BELOW,
        )
        self.source = QTextCharFormat(self.byline.letters)
        self.source.setFont(fonts.sans(12.5 * small, 600))
        self.divider = QTextCharFormat(self.byline.letters)
        self.divider.setForeground(Qt.GlobalColor.transparent)  # see decorations
        self.gap = 15 * s
        self.text = self._style(_space(fonts.serif(text_size), -0.37 * s), line=30 * s, below=self.gap)
        self.caption = self._style(
            fonts.sans(13 * small), colour=colours.muted, line=19 * small, above=6, below=18 * s
        )
        self.code = self._style(fonts.mono(14.5 * s), line=22 * s, below=self.gap + BOX_PADDING, mark=BOX)
        self.code.block.setLeftMargin(14)
        self.code.block.setRightMargin(14)
        self.code_first = Style(QTextBlockFormat(self.code.block), self.code.letters, False)
        self.code_first.block.setTopMargin(self.gap + BOX_PADDING)
        self.cell = self._style(fonts.sans(14 * small), line=20 * small)
        self.cell_head = self._style(fonts.sans(14 * small, 600), line=20 * small)
        self.also_word = self._style(
            fonts.caps(11 * small), colour=colours.accent, line=13 * small, above=18 * s, mark=ALSO
        )
        self.also = self._style(fonts.serif(16 * s, 500), line=19.5 * s, mark=ALSO, below=0)
        for style in (self.also_word, self.also):
            style.block.setLeftMargin(17)
        self.media_title = self._style(
            fonts.sans(14 * small, 500), line=20 * small, above=self.gap + BOX_PADDING, mark=BOX
        )
        self.media_detail = self._style(
            fonts.sans(12.5 * small),
            colour=colours.muted,
            line=18 * small,
            mark=BOX,
            below=self.gap + BOX_PADDING,
        )
        for style in (self.media_title, self.media_detail):
            style.block.setLeftMargin(14)
            style.block.setRightMargin(14)
        self.picture = QTextBlockFormat()
        self.picture.setTopMargin(6 * s)
        self.picture.setBottomMargin(self.gap)
        self.note = self._style(fonts.serif(16 * s), line=24 * s, below=6 * s)
        self.table_caption = self._style(
            fonts.sans(13 * small, 600), colour=colours.ink, line=19 * small, above=12 * s, below=4
        )
        self.rule = self._style(fonts.serif(8), line=8, above=12 * s, below=24 * s, mark=RULE)
        self.table_gap = QTextBlockFormat()
        self.table_gap.setLineHeight(self.gap / 2, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self.row_start = QTextBlockFormat()
        self.row_start.setProperty(DECORATION, ROW)
        self.headings = tuple(self._heading(pixels * s) for pixels in (27, 24, 21, 19))
        self._inline: dict[tuple[int, int], QTextCharFormat] = {}
        self._nested: dict[tuple[int, int, int, str, bool, bool], QTextBlockFormat] = {}

    def nested(
        self,
        style: Style,
        quotes: int,
        lists: int,
        marker: str,
        *,
        is_tight: bool = False,
        is_rtl: bool = False,
    ) -> QTextBlockFormat:
        """A paragraph inside quotes and lists; `marker` stands before its first line."""
        key = (id(style), quotes, lists, marker, is_tight, is_rtl)
        made = self._nested.get(key)
        if made is None:
            made = self._nested[key] = QTextBlockFormat(style.block)
            made.setIndent(quotes + lists)
            if quotes:
                made.setProperty(DEPTH, quotes)
            if marker:
                made.setProperty(MARKER, marker)
            if is_tight:
                made.setBottomMargin(min(style.block.bottomMargin(), self.gap / 2))
            if is_rtl:
                made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
                made.setRightMargin(style.block.leftMargin())
                made.setLeftMargin(style.block.rightMargin())
        return made

    def inline(self, style: Style, flags: int) -> QTextCharFormat:
        """The letters of `style`, bold, italic, code, link ... by flags. Shared: copy to add an address."""
        if not flags:
            return style.letters
        key = (id(style), flags)
        made = self._inline.get(key)
        if made is None:
            made = self._inline[key] = self._make_inline(style, flags)
        return made

    def _make_inline(self, style: Style, flags: int) -> QTextCharFormat:
        made = QTextCharFormat(style.letters)
        if flags & CODE:
            font = QFont(fonts.mono(style.pixels * 0.82))
        elif flags & (BOLD | ITALIC) and style.is_serif:
            weight = 600 if flags & BOLD else style.weight
            font = QFont(fonts.serif(style.pixels, min(weight, 600), bool(flags & ITALIC)))
            spacing = style.letters.font().letterSpacing()
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
        else:
            font = QFont(style.letters.font())
            if flags & BOLD:
                font.setWeight(QFont.Weight.DemiBold)
            font.setItalic(bool(flags & ITALIC))
        made.setFont(font)
        if flags & CODE:
            made.setBackground(self.colours.card)
        if flags & MARKED:
            made.setBackground(self.colours.selection)
        if flags & STRUCK:
            made.setFontStrikeOut(True)
        if flags & RAISED:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        if flags & LOWERED:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
        if flags & LINK:
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            made.setUnderlineColor(self.colours.muted)
            made.setAnchor(True)
        return made

    def _heading(self, pixels: float) -> Style:
        return self._style(
            fonts.serif(pixels, 600),
            line=pixels * 1.25,
            above=12 * self.scale,
            below=8 * self.scale,
            weight=600,
        )

    def _style(
        self,
        font: QFont,
        *,
        line: float,
        colour: QColor | None = None,
        above: float = 0,
        below: float = 0,
        mark: str = "",
        weight: int = 400,
    ) -> Style:
        block = QTextBlockFormat()
        block.setLineHeight(line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        block.setTopMargin(above)
        block.setBottomMargin(below)
        if mark:
            block.setProperty(DECORATION, mark)
        letters = QTextCharFormat()
        letters.setFont(font)
        letters.setForeground(colour or self.colours.ink)
        is_serif = font.family() in (fonts.SERIF, fonts.DISPLAY)
        pixels = font.pointSizeF() * 96 / 72 if font.pixelSize() < 0 else float(font.pixelSize())
        return Style(block, letters, is_serif, weight, pixels, colour is not None)


def _space(font: QFont, pixels: float) -> QFont:
    """Letters set closer: what the type's optical sizes do by themselves in a browser."""
    spaced = QFont(font)
    spaced.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, pixels)
    return spaced
