"""Which proxy an address is asked through: the settings' one, else the system's, else none."""

from __future__ import annotations

import urllib.request

import httpx

from reader.errors import AddressRefused
from reader.fetch.address import is_loopback

SCHEMES = ("http", "https", "socks5", "socks5h")


class ProxyChoice:
    """Read once; `of(url)` is asked for every request."""

    def __init__(self, setting: str = "") -> None:
        """`setting` as the person wrote it; "" means as the system says. Raises AddressRefused."""
        self._fixed = _check(setting) if setting.strip() else ""
        self._system = {} if self._fixed else urllib.request.getproxies()

    def of(self, url: httpx.URL) -> str:
        """The proxy's address, or "" for a direct connection. This machine is always direct."""
        if is_loopback(url.host):
            return ""
        if self._fixed:
            return self._fixed
        found = self._system.get(url.scheme) or self._system.get("all") or ""
        if not found or urllib.request.proxy_bypass(url.host):
            return ""
        try:
            return _check(found)
        except AddressRefused:
            return ""


def _check(raw_proxy: str) -> str:
    text = raw_proxy.strip()
    if "://" not in text:
        text = "http://" + text
    text = text.replace("socks://", "socks5://", 1)
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressRefused(raw_proxy[:200]) from error
    if url.scheme not in SCHEMES or not url.host:
        raise AddressRefused(raw_proxy[:200])
    return text
