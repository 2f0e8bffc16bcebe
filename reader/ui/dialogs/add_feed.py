"""Subscribe to a feed. In: an address of a feed or of a site. Out: the command `AddFeed`.

Two steps in one dialog: find what the address offers (in the library; it may take seconds, shows
that it works, can be stopped), then choose one and the section it goes to.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QWidget,
)

from reader.engine.commands import AddFeed
from reader.engine.events import Ticket
from reader.model import Outline, SectionId
from reader.ui import words
from reader.ui.dialogs.dialog import Dialog
from reader.ui.dialogs.section_box import SectionBox
from reader.ui.words import tr

MOST_CANDIDATES = 50


class AddFeedDialog(Dialog):
    """`address` prefills the field; without it a web address on the clipboard does."""

    def __init__(
        self,
        library: Any,
        outline: Outline,
        parent: QWidget | None = None,
        *,
        address: str = "",
        section_id: SectionId | None = None,
    ) -> None:
        super().__init__(tr("Add a feed"), parent, button=tr("Find feeds"))
        self._library, self._outline = library, outline
        self._ticket: Ticket | None = None
        self.address = QLineEdit(address or read_clipboard_address())
        self.address.setPlaceholderText(tr("example.org or https://example.org/feed.xml"))
        self.address.setClearButtonEnabled(True)
        self.address.selectAll()
        self.add_labelled(tr("&Address of the feed or of its site"), self.address)
        self._working = self._make_progress()
        self.candidates = QListWidget()
        self.candidates.setUniformItemSizes(False)
        self.candidates.setMinimumHeight(110)
        self._candidates_label = self.add_labelled(tr("&Feeds found"), self.candidates)
        self.section = SectionBox(outline, section_id)
        self._section_label = self.add_labelled(tr("&Section"), self.section)
        self.address.textChanged.connect(self._begin_again)
        self.section.changed.connect(self._allow)
        self.candidates.currentRowChanged.connect(self._allow)
        self._show_step()
        self.address.setFocus()

    # ---- steps ------------------------------------------------------------------------

    def accept(self) -> None:
        """The next step: find, then subscribe."""
        if self._ticket is not None:
            return
        if self.candidates.count() == 0:
            self.look()
        elif self.section.is_complete() and self.candidates.currentRow() >= 0:
            self._subscribe()
        else:
            self.section.name.setFocus()

    def look(self) -> None:
        address = complete_address(self.address.text())
        if not address:
            self.say(tr("Type the address of a feed or of a site."))
            self.address.setFocus()
            return
        self.say("")
        self._ticket = self._library.find_feeds(address, self._take)
        self._show_step()

    def stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
            self._show_step()
            self.address.setFocus()

    def done(self, result: int) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        super().done(result)

    def _take(self, found: Any) -> None:
        self._ticket = None
        if found.error is not None:
            self.say(words.say_error(found.error))
        elif not found.candidates:
            self.say(tr("No feed was found there."))
        for candidate in found.candidates[:MOST_CANDIDATES]:
            self._add_candidate(candidate)
        if self.candidates.count():
            self.candidates.setCurrentRow(0)
        self._show_step()
        (self.candidates if self.candidates.count() else self.address).setFocus()

    def _add_candidate(self, candidate: Any) -> None:
        title = candidate.title or candidate.address
        item = QListWidgetItem(f"{title}\n{candidate.address}")
        item.setData(Qt.ItemDataRole.UserRole, (candidate.address, candidate.title))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, title)
        item.setToolTip(candidate.address)
        self.candidates.addItem(item)

    def _subscribe(self) -> None:
        address, _ = self.candidates.currentItem().data(Qt.ItemDataRole.UserRole)
        already = next((feed for feed in self._outline.feeds if feed.address == address), None)
        if already is not None:
            self.say(words.say_kind("AlreadySubscribed", already.title))
            return
        self._library.do(AddFeed(address, self.section.section_id, self.section.new_name))
        super().accept()

    # ---- what is on view --------------------------------------------------------------

    def _begin_again(self) -> None:
        """Another address: what was found belongs to the one before."""
        self.stop()
        self.candidates.clear()
        self.say("")
        self._show_step()

    def _show_step(self) -> None:
        has_found, is_working = self.candidates.count() > 0, self._ticket is not None
        for widget in (self._candidates_label, self.candidates, self._section_label, self.section):
            widget.setVisible(has_found)
        self._working.setVisible(is_working)
        if self.accept_button is not None:
            self.accept_button.setText(tr("Subscribe") if has_found else tr("Find feeds"))
        self._allow()
        self.fit()

    def _allow(self) -> None:
        if self.accept_button is not None:
            is_ready = self.candidates.count() == 0 or (
                self.section.is_complete() and self.candidates.currentRow() >= 0
            )
            self.accept_button.setEnabled(self._ticket is None and is_ready)

    def _make_progress(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(tr("Looking for feeds"))
        stop = QPushButton(tr("Stop"))
        stop.setAutoDefault(False)
        stop.clicked.connect(self.stop)
        row.addWidget(bar, 1)
        row.addWidget(stop)
        self.column.addWidget(line)
        return line


def read_clipboard_address() -> str:
    """A web address that lies on the clipboard, or ""."""
    text = QGuiApplication.clipboard().text().strip()
    is_address = text.lower().startswith(("http://", "https://", "feed:")) and len(text) < 2000
    return text if is_address and len(text.split()) == 1 else ""


def complete_address(typed: str) -> str:
    """What was typed as an address: without a scheme it is the web."""
    address = typed.strip()
    if not address:
        return ""
    if address.lower().startswith("feed:"):
        address = address[5:].removeprefix("//")
    return address if "://" in address else f"https://{address}"
