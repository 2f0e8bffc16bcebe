"""What the operating system says of proxies: the environment everywhere, beside it the registry
on Windows and SystemConfiguration on macOS (both through urllib).

Not read: scripts that compute a proxy (PAC), which need a JavaScript engine; and the settings of
a Linux desktop, which lie in that desktop's own database behind its own libraries. Whoever has
only those writes the proxy into this program's settings.
"""

from __future__ import annotations

import sys
import urllib.request
from collections.abc import Mapping

from reader.fetch.bypass import Bypass
from reader.frozen import frozen


@frozen
class SystemProxies:
    proxies: Mapping[str, str]  # scheme of the address asked ("all", "socks" too) -> proxy's address
    bypass: Bypass


def read_system() -> SystemProxies:
    """Takes well under a millisecond; asks nobody."""
    named = urllib.request.getproxies_environment()
    if any(scheme != "no" for scheme in named):
        return SystemProxies(named, Bypass(named.get("no", "").split(",")))
    return SystemProxies(urllib.request.getproxies(), _read_exceptions())


def _read_exceptions() -> Bypass:
    if sys.platform == "win32":
        import winreg

        path = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
                return Bypass(
                    str(winreg.QueryValueEx(key, "ProxyOverride")[0]).split(";"), covers_below=False
                )
        except OSError:
            return Bypass()
    if sys.platform == "darwin":
        from _scproxy import _get_proxy_settings

        settings = _get_proxy_settings()
        entries = [str(entry) for entry in settings.get("exceptions", ()) if entry]
        if settings.get("exclude_simple"):
            entries.append("<local>")
        return Bypass(entries, covers_below=False)
    return Bypass()
