"""What a feed's server is told about who asks. In: the feed's health. Out: `chosen(text)`, "" for
Broadsheet's own."""

from __future__ import annotations

import sys

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from reader.model import FeedHealth
from reader.ui import words
from reader.ui.dialogs.dialog import Dialog, make_text
from reader.ui.dialogs.section_box import ChoiceBox
from reader.ui.words import tr

OWN, BROWSER, OTHER = range(3)
LONGEST = 300
# Firefox's long-term version, in the form Mozilla documents: developer.mozilla.org, "Firefox user
# agent string reference".
FIREFOX = "140.0"
SYSTEMS = {"win32": "Windows NT 10.0; Win64; x64", "darwin": "Macintosh; Intel Mac OS X 10.15"}


class UserAgentDialog(Dialog):
    chosen = Signal(str)

    def __init__(self, health: FeedHealth, parent: QWidget | None = None) -> None:
        super().__init__(tr("Introduce differently"), parent, button=tr("Use this"))
        self.column.addWidget(
            make_text(
                tr(
                    "Broadsheet says its own name, which lets publishers know who reads them. Some sites, {} "
                    "perhaps, turn away whatever is not a browser. Whether to say something else there is "
                    "for you to decide; it is said to this feed’s site only.",
                    words.say_host(health.address),
                )
            )
        )
        self.way = ChoiceBox()
        for name in (tr("Broadsheet, as everywhere"), tr("A browser: Firefox"), tr("Something else")):
            self.way.addItem(name)
        self.add_labelled(tr("&Introduce as"), self.way)
        self.text = QLineEdit()
        self.text.setMaxLength(LONGEST)
        self._text_label = self.add_labelled(tr("&What is said (User-Agent)"), self.text)
        agent, browser = health.user_agent, make_browser_agent()
        self.text.setText(agent or browser)
        self.text.setCursorPosition(0)
        self.way.setCurrentIndex(OWN if not agent else BROWSER if agent == browser else OTHER)
        self.way.currentIndexChanged.connect(self._follow)
        self.way.setFocus()
        self._follow()

    @property
    def value(self) -> str:
        """ "" for Broadsheet's own."""
        choice = self.way.currentIndex()
        return "" if choice == OWN else " ".join(self.text.text().split())

    def accept(self) -> None:
        if self.way.currentIndex() != OWN and not self.value:
            self._refuse(tr("Type what is to be said."))
        elif not (self.value.isascii() and (self.value.isprintable() or not self.value)):
            self._refuse(tr("Only plain Latin letters, digits and signs can be sent."))
        else:
            self.chosen.emit(self.value)
            super().accept()

    def _refuse(self, sentence: str) -> None:
        self.say(sentence)
        self.text.setFocus()
        self.fit()

    def _follow(self) -> None:
        choice = self.way.currentIndex()
        for widget in (self.text, self._text_label):
            widget.setHidden(choice == OWN)
        self.text.setReadOnly(choice == BROWSER)
        if choice == BROWSER:
            self.text.setText(make_browser_agent())
            self.text.setCursorPosition(0)
        self.tell("")


def make_browser_agent(platform: str = sys.platform) -> str:
    """What Firefox says on this system."""
    system = SYSTEMS.get(platform, "X11; Linux x86_64")
    return f"Mozilla/5.0 ({system}; rv:{FIREFOX}) Gecko/20100101 Firefox/{FIREFOX}"
