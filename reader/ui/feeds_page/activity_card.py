"""What was asked of the network lately, of all feeds. In: visits, traffic. Out: the id of a feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.model import FeedId, Traffic, VisitRecord
from reader.ui import fonts
from reader.ui.feeds_page.activity_words import list_traffic, list_visits
from reader.ui.feeds_page.feed_card import BELOW, MARGIN
from reader.ui.feeds_page.labels import make_heading, make_label, set_text
from reader.ui.feeds_page.records import RecordList
from reader.ui.theme import Theme
from reader.ui.words import tr


class ActivityCard(QWidget):
    feed_entered = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Activity of all feeds"))
        title = make_label(self, fonts.serif(21, 500))
        title.setText(tr("Activity"))
        self._hint = make_label(self, fonts.sans(12), is_muted=True)
        self._requests = make_heading(self, tr("Recent requests"))
        self.visits = RecordList(tr("Recent requests of all feeds"), theme, self)
        self._traffic = make_heading(self, tr("Traffic of the last days"))
        self.traffic = RecordList(tr("Traffic of the last days"), theme, self)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(4)
        for widget in (title, self._hint, self._requests, self.visits, self._traffic, self.traffic):
            column.addWidget(widget)
        column.addStretch(1)
        self.visits.entered.connect(self.feed_entered)
        self.show_visits((), {}, None)
        self.show_traffic((), None)
        self.stand_below(False)

    def stand_below(self, is_below: bool) -> None:
        """Under the table it lines up with the rows."""
        side = BELOW if is_below else MARGIN
        self._column.setContentsMargins(side, 10 if is_below else 18, side, 20)

    def show_visits(
        self, visits: Sequence[VisitRecord], titles: Mapping[FeedId, str], now: datetime | None
    ) -> None:
        self.visits.show_records(list_visits(visits, titles, now) if now is not None else ())
        for widget in (self._requests, self.visits):
            widget.setVisible(bool(visits))
        hint = tr("Choose a feed to see how it is doing.") if visits else tr("Nothing was asked for yet.")
        set_text(self._hint, hint)

    def show_traffic(self, traffic: Sequence[Traffic], now: datetime | None) -> None:
        lines = list_traffic(traffic, now) if now is not None else []
        self.traffic.show_records(lines)
        for widget in (self._traffic, self.traffic):
            widget.setVisible(bool(lines))
