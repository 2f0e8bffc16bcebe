"""Fields for what a site asks for. In: how one signed in before. Out: Credentials, or None while a
field is empty."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from reader.model import Credentials
from reader.ui.dialogs.dialog import add_labelled
from reader.ui.dialogs.section_box import ChoiceBox
from reader.ui.words import tr

BASIC, BEARER = "basic", "bearer"


class CredentialsFields(QWidget):
    """User name and password, or a token."""

    changed = Signal()

    def __init__(self, scheme: str = BASIC, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way = ChoiceBox()
        self.way.addItem(tr("User name and password"), BASIC)
        self.way.addItem(tr("Token"), BEARER)
        self.user, self.secret = QLineEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        add_labelled(column, tr("Sign in &with"), self.way)
        self._user_label = add_labelled(column, tr("&User name"), self.user)
        self._secret_label = add_labelled(column, tr("&Password"), self.secret)
        self.setFocusProxy(self.user)
        self.way.currentIndexChanged.connect(self._follow)
        for field in (self.user, self.secret):
            field.setMaxLength(4000)
            field.textChanged.connect(self.changed)
        self.way.setCurrentIndex(max(0, self.way.findData(scheme)))
        self._follow()

    @property
    def value(self) -> Credentials | None:
        """None where something is missing. A password may be empty, a user name and a token not."""
        if self.is_token:
            token = self.secret.text().strip()
            return Credentials(BEARER, "", token) if token else None
        user = self.user.text().strip()
        return Credentials(BASIC, user, self.secret.text()) if user else None

    @property
    def is_token(self) -> bool:
        return bool(self.way.currentData() == BEARER)

    @property
    def missing(self) -> str:
        """A sentence that asks for what is missing."""
        return tr("Type the token.") if self.is_token else tr("Type the user name.")

    def focus_missing(self) -> None:
        (self.secret if self.is_token or self.user.text() else self.user).setFocus()

    def _follow(self) -> None:
        self.user.setHidden(self.is_token)
        self._user_label.setHidden(self.is_token)
        name = tr("&Token") if self.is_token else tr("&Password")
        self._secret_label.setText(name)
        self.secret.setAccessibleName(name.replace("&", ""))
        self.setFocusProxy(self.secret if self.is_token else self.user)
        self.changed.emit()
