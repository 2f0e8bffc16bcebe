"""The distribution's package manager: install where that is allowed, else say how.

Enters package names per package manager. Never asks for a password: it acts as root or
through a sudo that answers without one, and otherwise leaves one line to copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

MANAGERS: Mapping[str, Sequence[str]] = {
    "apt-get": ("apt-get", "install", "-y", "--no-install-recommends"),
    "dnf": ("dnf", "install", "-y"),
    "pacman": ("pacman", "-S", "--needed", "--noconfirm"),
    "zypper": ("zypper", "--non-interactive", "install"),
    "apk": ("apk", "add"),
}


def install(packages: Mapping[str, Sequence[str]]) -> bool:
    """Install the packages named for this machine's manager; False where that is not allowed,
    not known or did not work."""
    manager = find_manager()
    rights = _rights()
    if manager is None or rights is None or not packages.get(manager):
        return False
    print("Installing", *packages[manager], file=sys.stderr, flush=True)
    if _run([*rights, *MANAGERS[manager], *packages[manager]]):
        return True
    if manager != "apt-get":
        return False
    # A fresh container has no package lists yet.
    return _run([*rights, "apt-get", "update"]) and _run(
        [*rights, *MANAGERS[manager], *packages[manager]], aloud=True
    )


def copyable_line(packages: Mapping[str, Sequence[str]]) -> str:
    """The command a person would type, or "" for a manager we do not know."""
    manager = find_manager()
    if manager is None or not packages.get(manager):
        return ""
    words = [word for word in MANAGERS[manager] if word not in ("-y", "--noconfirm", "--non-interactive")]
    rights = [] if _is_root() else ["sudo"]
    return " ".join([*rights, *words, *packages[manager]])


def find_manager() -> str | None:
    return next((name for name in MANAGERS if shutil.which(name)), None)


def is_musl() -> bool:
    return sys.platform.startswith("linux") and os.path.exists("/etc/alpine-release")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _rights() -> list[str] | None:
    """What goes before a command that needs root; None where we may not."""
    if _is_root():
        return []
    if shutil.which("sudo") and _run(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def _run(command: Sequence[str], aloud: bool = False) -> bool:
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    output = None if aloud else subprocess.DEVNULL
    done = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=surroundings
    )
    return done.returncode == 0
