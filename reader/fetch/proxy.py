"""Which proxy an address is asked through: the settings' one, else the system's, else none."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import httpx

from reader.errors import AddressRefused
from reader.fetch.address import is_loopback
from reader.fetch.system import SystemProxies, read_system

DIRECT = "direct"  # the setting that wants no proxy at all
SOCKS = ("socks4", "socks4a", "socks5", "socks5h")  # with a or h, the proxy looks names up
SCHEMES = ("http", "https", *SOCKS)
READ_AGAIN = 60.0  # seconds: a laptop that is carried elsewhere has other proxies there


class ProxyChoice:
    """`of(url)` is asked for every request. Belongs to one thread."""

    def __init__(
        self,
        setting: str = "",
        read: Callable[[], SystemProxies] = read_system,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`setting` as the person wrote it; "" means as the system says. Raises AddressRefused."""
        setting = setting.strip()
        self._is_direct = setting.lower() == DIRECT
        self._fixed = check_proxy(setting) if setting and not self._is_direct else ""
        self._read = read
        self._clock = clock
        self._read_at = 0.0
        self._system: SystemProxies | None = None

    def of(self, url: httpx.URL) -> str:
        """The proxy's address, or "" for a direct connection. This machine is always direct."""
        if self._is_direct or is_loopback(url.host):
            return ""
        return self._fixed or self._ask_system(url)

    def _ask_system(self, url: httpx.URL) -> str:
        system = self._system
        if system is None or self._clock() - self._read_at >= READ_AGAIN:
            system = self._system = self._read()
            self._read_at = self._clock()
        found = system.proxies.get(url.scheme) or system.proxies.get("all") or ""
        if not found and "socks" in system.proxies:
            found = re.sub(r"^(?:http|socks)://", "socks5h://", system.proxies["socks"])
        port = url.port or (443 if url.scheme == "https" else 80)
        if not found or any(
            system.bypass.holds(name, port) for name in {url.host, url.raw_host.decode("ascii")}
        ):
            return ""
        try:
            return check_proxy(found)
        except AddressRefused:
            return ""


def check_proxy(raw_proxy: str) -> str:
    """The address of a proxy, with its scheme: http where none was written. Raises AddressRefused."""
    text = raw_proxy.strip()
    if "://" not in text:
        text = "http://" + text
    text = re.sub(r"^socks://", "socks5h://", text, flags=re.IGNORECASE)
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressRefused(raw_proxy[:200]) from error
    if url.scheme not in SCHEMES or not url.host or " " in text or not text.isprintable():
        raise AddressRefused(raw_proxy[:200])
    return text
