"""Above the rows: one calm line on what is the matter with the feed, and what can be done.

In: a Notice, or None. Out: the name of the repair that is wanted.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from reader.ui import fonts, icons
from reader.ui.article_list.notice import Notice
from reader.ui.text_button import TextButton
from reader.ui.theme import Theme

ABREAST_FROM = 520  # px: buttons stand beside the sentence, else below it
INSET = 18  # px: where the name of the list above begins
PADDING = 6  # px: of a button's word


class NoticeStrip(QWidget):
    repair_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notice: Notice | None = None
        self._sentence = QLabel(self)
        self._sentence.setFont(fonts.sans(12.5))
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = [self._make_button(number) for number in range(2)]
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._sentence.setContentsMargins(PADDING, 0, 0, 0)
        self._line.setSpacing(2)
        self._place_buttons(QBoxLayout.Direction.TopToBottom)
        self._line.addWidget(self._sentence, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        self._line.addLayout(row)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What it shows, None where it is hidden."""
        return None if self.isHidden() else self._notice

    def show_notice(self, notice: Notice | None) -> None:
        if notice is None:
            self.hide()
            return
        if notice != self._notice:
            self._notice = notice
            self._sentence.setText(notice.sentence)
            self.setAccessibleName(notice.sentence)
            for number, button in enumerate(self.buttons):
                has_repair = number < len(notice.repairs)
                button.setVisible(has_repair)
                if has_repair:
                    button.setText(notice.repairs[number][1])
                    button.setAccessibleName(notice.repairs[number][1])
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        abreast = self.width() >= ABREAST_FROM
        way = QBoxLayout.Direction.LeftToRight if abreast else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != way:
            self._place_buttons(way)

    def _place_buttons(self, way: QBoxLayout.Direction) -> None:
        abreast = way == QBoxLayout.Direction.LeftToRight
        self._line.setDirection(way)
        self._line.setContentsMargins(
            INSET + icons.SMALL + 8 - PADDING, 6 if abreast else 9, 10, 7 if abreast else 6
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = self._theme.colours
        painter.fillRect(self.rect(), colours.side)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
        if self._notice is not None:
            drawn = icons.pixmap(self._notice.icon, colours.accent, icons.SMALL, self.devicePixelRatioF())
            line = self._sentence.fontMetrics().height()
            top = self._sentence.y() + (line - icons.SMALL) // 2
            if self._line.direction() == QBoxLayout.Direction.LeftToRight:
                top = (self.height() - 1 - icons.SMALL) // 2
            painter.drawPixmap(INSET, top, icons.SMALL, icons.SMALL, drawn)

    def _make_button(self, number: int) -> TextButton:
        button = TextButton(self._theme, 12.5, self, is_accented=True)
        button.clicked.connect(lambda: self._ask(number))
        return button

    def _ask(self, number: int) -> None:
        if self._notice is not None and number < len(self._notice.repairs):
            self.repair_requested.emit(self._notice.repairs[number][0])
