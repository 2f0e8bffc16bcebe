"""Following a refresh. In: its progress, counts, what is to be told of single feeds. Out: the sentence
"3 new in Top News" when it is over, or why nothing was asked; what was noticed, once; and how much
is kept on disk, asked for when that may have changed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from reader.engine.events import Noticed, RefreshProgressed
from reader.engine.questions import StorageUsed
from reader.model import Counts
from reader.ui import words
from reader.ui.outline import CurrentOutline
from reader.ui.words import tr


class Refreshing(QObject):
    progressed = Signal(object)  # RefreshProgressed
    news_counted = Signal(str)
    storage_measured = Signal(int)
    said = Signal(str)
    settings_doubted = Signal(str)  # why the settings of the network want a look

    def __init__(self, library: Any, outline: CurrentOutline, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._outline = library, outline
        self._before: Counts | None = None
        self._noticed = 0  # since the last refresh began

    @property
    def is_active(self) -> bool:
        return self._before is not None

    def start(self) -> None:
        """Refresh every feed. A refresh that is under way takes on what it lacked."""
        self.said.emit("")  # what the one before noticed
        self._library.refresh()

    def cancel(self) -> None:
        self._library.cancel_refresh()

    def show_progress(self, progress: RefreshProgressed) -> None:
        if progress.active and self._before is None:
            self._before = self._outline.counts
            self._noticed = 0
            self.news_counted.emit("")
        self.progressed.emit(progress)
        if not progress.active:
            before, self._before = self._before or self._outline.counts, None
            place = find_place_of_news(before, self._outline)
            self.news_counted.emit(words.count_new(progress.added, place) if progress.added else "")
            if progress.spared and not progress.done and not progress.cancelled:
                self._say_spared()
            self.measure_storage()

    def note(self, notice: Noticed) -> None:
        """Something a person should hear of a feed. One line has room for one such sentence."""
        told = words.say_notice(notice)
        if notice.what.startswith("proxy"):
            self.settings_doubted.emit(told)
            return
        self._noticed += 1
        if self._noticed > 1:
            told = tr("{} And {} more: see the feeds and their health (g f).", told, self._noticed - 1)
        self.said.emit(told)

    def _say_spared(self) -> None:
        """A refresh was wanted, and every feed was asked a moment ago or its site rests."""
        checked = [feed.checked_at for feed in self._outline.value.feeds if feed.checked_at is not None]
        if checked:
            ago = words.say_ago(max(checked), datetime.now().astimezone())
            self.said.emit(tr("Checked {}; nothing was asked again.", ago))

    def measure_storage(self) -> None:
        self._library.ask(StorageUsed(), self.storage_measured.emit)


def find_place_of_news(before: Counts, outline: CurrentOutline) -> str:
    """The one section that all of the news went to, or ""."""
    grown = [
        section
        for section in outline.value.sections
        if outline.counts.by_section.get(section.id, 0) > before.by_section.get(section.id, 0)
    ]
    inner = [section for section in grown if not any(other.parent_id == section.id for other in grown)]
    return inner[0].name if len(inner) == 1 else ""
