"""Show a feed's site who asks. In: the feed's health. Out: `library.sign_in`, and `signed_in` when
it is done; the wish to sign out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from reader.engine.events import Ticket
from reader.errors import BroadsheetError
from reader.model import FeedHealth
from reader.ui import words
from reader.ui.dialogs.credentials import CredentialsFields
from reader.ui.dialogs.dialog import Dialog, make_text
from reader.ui.words import tr


class SignInDialog(Dialog):
    """Stays open where the keyring did not take the password, to say so."""

    signed_in = Signal()
    sign_out_requested = Signal()

    def __init__(self, library: Any, health: FeedHealth, parent: QWidget | None = None) -> None:
        super().__init__(tr("Sign in"), parent, button=tr("Sign in"))
        self._library, self._health = library, health
        self._ticket: Ticket | None = None
        self._is_told = False
        host = words.say_host(health.address)
        self.column.addWidget(make_text(tr("For {}, at {}.", health.title, host)))
        self.fields = CredentialsFields(health.signs_in or "basic")
        self.column.addWidget(self.fields)
        self.inner_layouts = [self.fields.column]
        where = tr("Sent to {} only, and kept in this system’s keyring.", host)
        if health.address.startswith("http://"):
            where += " " + tr("The address is not encrypted: others on the way could read it all.")
        self._where = make_text(where, is_quiet=True)
        self.column.addWidget(self._where)
        if health.signs_in:
            self.add_choice(tr("Sign out"), self._sign_out)
        self.fields.changed.connect(self._follow)
        self.fields.setFocus()
        self._follow()

    def accept(self) -> None:
        if self._is_told:
            super().accept()
            return
        if self._ticket is not None:
            return
        credentials = self.fields.value
        if credentials is None:
            self.say(self.fields.missing)
            self.fields.focus_missing()
            self.fit()
            return
        self.fields.setEnabled(False)
        self._ticket = self._library.sign_in(self._health.id, credentials, self._take)

    def done(self, result: int) -> None:
        # A password on its way to the keyring arrives there; only nobody is told any more.
        if self._ticket is not None:
            self._ticket.cancel()
        super().done(result)

    def _take(self, answer: Any) -> None:
        self._ticket = None
        self.signed_in.emit()
        if not isinstance(answer, BroadsheetError):
            super().accept()
            return
        self._is_told = True
        for widget in (self.fields, self._where):
            widget.hide()
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.NoButton)
        sentences = [words.say_error(answer)]
        if answer.kind == "KeyringRefused":
            sentences.append(tr("You are signed in until Broadsheet is closed."))
        self.say(" ".join(sentences))
        if self.accept_button is not None:
            self.accept_button.setText(tr("Understood"))
            self.accept_button.setFocus()
        self.fit()

    def _sign_out(self) -> None:
        self.sign_out_requested.emit()
        self.reject()

    def _follow(self) -> None:
        self.tell("")
