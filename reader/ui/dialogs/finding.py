"""An address, and the feeds it offers. In: what is typed. Out: the candidate chosen, sentences.

Looking is the library's; it may take seconds, shows that it works, can be stopped. A site that asks
for a password gets its fields here, and is looked at again with what they hold. Usual places are
tried only when the reader says so.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.engine.events import Ticket
from reader.errors import BroadsheetError
from reader.model import Credentials
from reader.ui import words
from reader.ui.dialogs.credentials import CredentialsFields
from reader.ui.dialogs.dialog import add_labelled
from reader.ui.words import tr

MOST_CANDIDATES = 50


class FeedFinder(QWidget):
    changed = Signal()  # another step, another choice: what is on view and may be done moved
    said = Signal(str)
    found = Signal()  # candidates are there

    def __init__(self, library: Any, label: str, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._ticket: Ticket | None = None
        self._tried: Credentials | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.address = QLineEdit(address)
        self.address.setPlaceholderText(tr("example.org or https://example.org/feed.xml"))
        self.address.setClearButtonEnabled(True)
        self.address.selectAll()
        add_labelled(self.column, label, self.address)
        self.setFocusProxy(self.address)
        self.credentials = CredentialsFields()
        self.column.addWidget(self.credentials)
        self._asks_credentials = False
        self._working = self._make_progress()
        self._may_guess = False
        self.guess = QPushButton(tr("Try the &usual places"))
        self.guess.setToolTip(tr("Asks the site for /feed, /rss, /atom.xml and the like"))
        self.guess.setAutoDefault(False)
        self.guess.clicked.connect(lambda: self.look(guess=True))
        self.column.addWidget(self.guess, 0, Qt.AlignmentFlag.AlignLeft)
        self.candidates = QListWidget()
        self.candidates.setUniformItemSizes(False)
        self.candidates.setMinimumHeight(110)
        self._candidates_label = add_labelled(self.column, tr("&Feeds found"), self.candidates)
        self.address.textChanged.connect(self.begin_again)
        self.credentials.changed.connect(lambda: self.said.emit(""))
        self.candidates.currentRowChanged.connect(lambda _: self.changed.emit())
        self._show_step()

    # ---- what was found -------------------------------------------------------------------

    @property
    def is_looking(self) -> bool:
        return self._ticket is not None

    @property
    def has_found(self) -> bool:
        return self.candidates.count() > 0

    @property
    def asks_credentials(self) -> bool:
        return self._asks_credentials

    @property
    def chosen(self) -> str:
        """The address of the candidate chosen, "" where none is."""
        item = self.candidates.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    @property
    def shown_credentials(self) -> Credentials | None:
        """What the site was shown when it gave what was found."""
        return self._tried

    # ---- looking --------------------------------------------------------------------------

    def look(self, *, guess: bool = False) -> None:
        address = complete_address(self.address.text())
        if not address:
            self.said.emit(tr("Type the address of a feed or of a site."))
            self.address.setFocus()
            return
        credentials = self.credentials.value if self._asks_credentials else None
        if self._asks_credentials and credentials is None:
            self.said.emit(self.credentials.missing)
            self.credentials.focus_missing()
            return
        self.said.emit("")
        self._tried = credentials
        self._ticket = self._library.find_feeds(address, self._take, credentials=credentials, guess=guess)
        self._show_step()

    def stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
            self._show_step()
            self.address.setFocus()

    def begin_again(self) -> None:
        """Another address: what was found belongs to the one before, and so does a password."""
        self.stop()
        self.candidates.clear()
        self._asks_credentials = self._may_guess = False
        self._tried = None
        self.said.emit("")
        self._show_step()

    def _take(self, found: Any) -> None:
        self._ticket = None
        self._may_guess = found.may_guess
        if asks_credentials(found.error):
            self._asks_credentials = True
            refused = self._tried is not None
            self.said.emit(tr("The site did not accept that.") if refused else words.say_error(found.error))
        elif found.error is not None:
            self.said.emit(words.say_error(found.error))
        elif not found.candidates:
            self.said.emit(tr("No feed was found there."))
        for candidate in found.candidates[:MOST_CANDIDATES]:
            self._add_candidate(candidate)
        if self.has_found:
            self.candidates.setCurrentRow(0)
        self._show_step()
        self._focus_step()
        if self.has_found:
            self.found.emit()

    def _focus_step(self) -> None:
        if self.has_found:
            self.candidates.setFocus()
        elif self._asks_credentials:
            self.credentials.focus_missing()
        else:
            (self.guess if self._may_guess else self.address).setFocus()

    def _add_candidate(self, candidate: Any) -> None:
        title = candidate.title or candidate.address
        item = QListWidgetItem(f"{title}\n{words.say_address(candidate.address)}")
        item.setData(Qt.ItemDataRole.UserRole, candidate.address)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, title)
        item.setToolTip(words.say_address(candidate.address))
        self.candidates.addItem(item)

    def _show_step(self) -> None:
        for widget in (self._candidates_label, self.candidates):
            widget.setVisible(self.has_found)
        self.credentials.setVisible(self._asks_credentials and not self.has_found)
        self.credentials.setEnabled(not self.is_looking)
        self._working.setVisible(self.is_looking)
        self.guess.setVisible(self._may_guess and not self.is_looking and not self.has_found)
        self.changed.emit()

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


def asks_credentials(error: BroadsheetError | None) -> bool:
    return error is not None and error.kind == "HttpFailed" and error.detail == "401"


def complete_address(typed: str) -> str:
    """What was typed as an address: without a scheme it is the web."""
    address = typed.strip()
    if not address:
        return ""
    if address.lower().startswith("feed:"):
        address = address[5:].removeprefix("//")
    return address if "://" in address else f"https://{address}"
