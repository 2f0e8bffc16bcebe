"""Read a feed at another address. In: its health, the address to begin with. Out: `chosen` with the
address, once it was looked at, and the credentials it was shown.

An address that leads to a feed is taken at once; one that leads to a page shows what that offers.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from reader.model import FeedHealth
from reader.ui import words
from reader.ui.dialogs.dialog import Dialog, make_text
from reader.ui.dialogs.finding import FeedFinder, complete_address
from reader.ui.words import tr


class ChangeAddressDialog(Dialog):
    chosen = Signal(str, object)  # address, Credentials | None

    def __init__(self, library: Any, health: FeedHealth, address: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Change address"), parent, button=tr("Look there"))
        self._health = health
        self.finder = FeedFinder(library, tr("&New address, of the feed or of its site"), address)
        self.column.addWidget(
            make_text(tr("{} is read from {}.", health.title, words.say_address(health.address)))
        )
        if health.moved_to:
            offer = QPushButton(tr("Use {}, where it moved to", shorten(words.say_address(health.moved_to))))
            offer.setAutoDefault(False)
            offer.clicked.connect(lambda: self.finder.address.setText(health.moved_to))
            offer.setVisible(address != health.moved_to)
            self.column.addWidget(offer)
        self.column.addWidget(self.finder)
        self.inner_layouts = [self.finder.credentials.column, self.finder.column]
        self.column.addWidget(make_text(tr("Its articles stay, read and saved as they are."), is_quiet=True))
        self.finder.changed.connect(self._show_step)
        self.finder.said.connect(self.tell)
        self.finder.found.connect(self._take_found)
        self._show_step()
        self.finder.setFocus()

    def accept(self) -> None:
        if self.finder.is_looking:
            return
        if self.finder.has_found:
            self._choose()
        elif complete_address(self.finder.address.text()) == self._health.address:
            self.tell(tr("That is the address it has."))
        else:
            self.finder.look()

    def done(self, result: int) -> None:
        self.finder.stop()
        super().done(result)

    def _take_found(self) -> None:
        """The feed itself, and nothing to choose: done."""
        typed = complete_address(self.finder.address.text())
        if self.finder.candidates.count() == 1 and self.finder.chosen == typed:
            self._choose()

    def _choose(self) -> None:
        if self.finder.chosen == self._health.address:
            self.tell(tr("That is the address it has."))
        elif self.finder.chosen:
            self.chosen.emit(self.finder.chosen, self.finder.shown_credentials)
            super().accept()

    def _show_step(self) -> None:
        if self.accept_button is not None:
            has_found = self.finder.has_found
            self.accept_button.setText(tr("Use this feed") if has_found else tr("Look there"))
            self.accept_button.setEnabled(not self.finder.is_looking)
        self.fit()


def shorten(text: str, longest: int = 44) -> str:
    """The middle gives way."""
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half]}…{text[-half:]}"
