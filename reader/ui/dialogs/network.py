"""How Broadsheet goes to the network, and when by itself. In and out: the settings, at once."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QLineEdit, QWidget

from reader.settings import Settings
from reader.ui.dialogs.dialog import Dialog, make_text
from reader.ui.dialogs.section_box import ChoiceBox
from reader.ui.words import tr

SYSTEM, DIRECT, OWN = range(3)
SCHEMES = ("http", "https", "socks5", "socks5h")
MINUTES = (15, 30, 60, 120, 240, 480, 720, 1440)


class NetworkDialog(Dialog):
    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(tr("Network"), parent, button=tr("Save"))
        self._settings = settings
        proxy = settings.get("proxy")
        self.way = ChoiceBox()
        for name in (tr("As the system says"), tr("None"), tr("This address")):
            self.way.addItem(name)
        self.add_labelled(tr("&Proxy"), self.way)
        self.address = QLineEdit(proxy if proxy not in ("", "direct") else "")
        self.address.setPlaceholderText(tr("http://, https:// or socks5://, host and port"))
        self._address_label = self.add_labelled(tr("&Address of the proxy"), self.address)
        self.column.addSpacing(8)
        self.by_itself = ChoiceBox()
        self.by_itself.addItem(tr("By itself, when they are due"), True)
        self.by_itself.addItem(tr("Only when I ask for it"), False)
        self.by_itself.setCurrentIndex(0 if settings.get("refresh_by_itself") else 1)
        self.add_labelled(tr("&Fetch feeds"), self.by_itself)
        self.minutes = ChoiceBox()
        chosen = settings.get("refresh_minutes")
        for minutes in sorted({*MINUTES, chosen}):
            self.minutes.addItem(say_every(minutes), minutes)
        self.minutes.setCurrentIndex(self.minutes.findData(chosen))
        self._minutes_label = self.add_labelled(tr("&Usually"), self.minutes)
        self._hint = make_text(
            tr("A feed that names hours of its own, or has news seldom, is asked less often."), is_quiet=True
        )
        self.column.addWidget(self._hint)
        self.way.setCurrentIndex({"": SYSTEM, "direct": DIRECT}.get(proxy, OWN))
        self.way.currentIndexChanged.connect(self._follow)
        self.by_itself.currentIndexChanged.connect(self._follow)
        self.address.textChanged.connect(lambda: self.say(""))
        self.way.setFocus()
        self._follow()

    def accept(self) -> None:
        proxy = self._read_proxy()
        if proxy is None:
            self.say(tr("Write it as http://host:8080 or socks5://host:1080."))
            self.address.setFocus()
            self.fit()
            return
        for name, value in (
            ("proxy", proxy),
            ("refresh_by_itself", self.by_itself.currentData()),
            ("refresh_minutes", self.minutes.currentData()),
        ):
            self._settings.set(name, value)
        super().accept()

    def _read_proxy(self) -> str | None:
        """As the setting wants it; None for an address that is none."""
        choice = self.way.currentIndex()
        return {SYSTEM: "", DIRECT: "direct"}[choice] if choice != OWN else read_proxy(self.address.text())

    def _follow(self) -> None:
        is_own = self.way.currentIndex() == OWN
        for widget in (self.address, self._address_label):
            widget.setVisible(is_own)
        if is_own and self.way.hasFocus():
            self.address.setFocus()
        interval: tuple[QWidget, ...] = (self.minutes, self._minutes_label, self._hint)
        for part in interval:
            part.setVisible(self.by_itself.currentData())
        self.tell("")


def read_proxy(typed: str) -> str | None:
    """The address of a proxy as typed, http where it names no scheme; None where it is none."""
    address = typed.strip()
    if address and "://" not in address:
        address = f"http://{address}"
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    is_bare = url.path() in ("", "/") and not url.hasQuery() and not url.hasFragment()
    if not url.isValid() or url.scheme() not in SCHEMES or not url.host() or not is_bare or url.port() == 0:
        return None
    return address.rstrip("/")


def say_every(minutes: int) -> str:
    if minutes < 60 or minutes % 60:
        return tr("every {} minutes", minutes)
    return tr("every hour") if minutes == 60 else tr("every {} hours", minutes // 60)
