"""Subscribe to a feed. In: an address of a feed or of a site. Out: the command `AddFeed`.

Two steps in one dialog: find what the address offers (`finding`), then choose one and the section
it goes to.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from reader.engine.commands import AddFeed
from reader.model import Outline, SectionId
from reader.ui import words
from reader.ui.dialogs.dialog import Dialog
from reader.ui.dialogs.finding import FeedFinder
from reader.ui.dialogs.section_box import SectionBox
from reader.ui.words import tr


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
        label = tr("&Address of the feed or of its site")
        self.finder = FeedFinder(library, label, address or read_clipboard_address())
        self.column.addWidget(self.finder)
        self.inner_layouts = [self.finder.credentials.column, self.finder.column]
        self.section = SectionBox(outline, section_id)
        self._section_label = self.add_labelled(tr("&Section"), self.section)
        self.section.changed.connect(self._allow)
        self.finder.changed.connect(self._show_step)
        self.finder.said.connect(self.tell)
        self._show_step()
        self.finder.setFocus()

    def accept(self) -> None:
        """The next step: find, then subscribe."""
        if self.finder.is_looking:
            return
        if not self.finder.has_found:
            self.finder.look()
        elif self.section.is_complete() and self.finder.chosen:
            self._subscribe()
        else:
            self.section.name.setFocus()

    def done(self, result: int) -> None:
        self.finder.stop()
        super().done(result)

    def _subscribe(self) -> None:
        address = self.finder.chosen
        already = next((feed for feed in self._outline.feeds if feed.address == address), None)
        if already is not None:
            self.tell(words.say_kind("AlreadySubscribed", already.title))
            return
        self._library.do(AddFeed(address, self.section.section_id, self.section.new_name))
        super().accept()

    def _show_step(self) -> None:
        has_found = self.finder.has_found
        for widget in (self._section_label, self.section):
            widget.setVisible(has_found)
        if self.accept_button is not None:
            again = tr("Try again") if self.finder.asks_credentials else tr("Find feeds")
            self.accept_button.setText(tr("Subscribe") if has_found else again)
        self._allow()
        self.fit()

    def _allow(self) -> None:
        if self.accept_button is not None:
            is_ready = not self.finder.has_found or (self.section.is_complete() and bool(self.finder.chosen))
            self.accept_button.setEnabled(is_ready and not self.finder.is_looking)


def read_clipboard_address() -> str:
    """A web address that lies on the clipboard, or ""."""
    text = QGuiApplication.clipboard().text().strip()
    is_address = text.lower().startswith(("http://", "https://", "feed:")) and len(text) < 2000
    return text if is_address and len(text.split()) == 1 else ""
