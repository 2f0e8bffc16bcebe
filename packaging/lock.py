"""Writes requirements.lock: one version of everything, with the hashes of every file that any
supported platform and Python would take. Run by `dev.py lock`, inside the environment.

pip resolves pyproject's dependencies once for this machine; those versions are then asked
for, one platform at a time, without resolving again. Markers are not evaluated for foreign
platforms by pip, so requirements that only Windows has are collected from the metadata.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
GLIBC = ("2_39", "2_34", "2_31", "2_28", "2_26", "2_24", "2_17", "2_12", "2_5")
PLATFORMS = {
    "linux x86_64": tuple(f"manylinux_{glibc}_x86_64" for glibc in GLIBC),
    "linux aarch64": tuple(f"manylinux_{glibc}_aarch64" for glibc in GLIBC),
    "macos x86_64": ("macosx_14_0_x86_64", "macosx_13_0_x86_64"),
    "macos arm64": ("macosx_14_0_arm64", "macosx_13_0_arm64"),
    "windows amd64": ("win_amd64",),
    "windows arm64": ("win_arm64",),
}
ON_WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}


def main() -> int:
    wanted = _read_wanted()
    resolved = _ask(["--ignore-installed", *wanted])
    pins = {_name(item): item["metadata"]["version"] for item in resolved}
    hashes = {name: set[str]() for name in pins}
    only = _find_windows_only(resolved, set(pins))
    for item in _ask(["--ignore-installed", *only]) if only else ():
        pins[_name(item)] = item["metadata"]["version"]
        hashes[_name(item)] = set()
    holes = []
    for platform, tags in PLATFORMS.items():
        for python in PYTHONS:
            holes += _collect(platform, tags, python, pins, hashes, only)
    LOCK.write_text(_write(pins, hashes, only), "utf-8")
    print(f"{LOCK.name}: {len(pins)} packages, {sum(map(len, hashes.values()))} files")
    for hole in holes:
        print("no file:", hole)
    return 0


def _read_wanted() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["dev"]]


def _collect(
    platform: str,
    tags: tuple[str, ...],
    python: str,
    pins: dict[str, str],
    hashes: dict[str, set[str]],
    only: list[str],
) -> list[str]:
    """Add the hashes of this platform's files; the packages that offer none for it."""
    names = [name for name in pins if "windows" in platform or name not in only]
    flags = [f"--platform={tag}" for tag in tags]
    flags += [f"--python-version={python}", "--implementation=cp", "--only-binary=:all:", "--no-deps"]
    with tempfile.TemporaryDirectory() as nowhere:
        flags += ["--target", nowhere]
        try:
            items = _ask([*flags, *(f"{name}=={pins[name]}" for name in names)])
            missing = []
        except subprocess.CalledProcessError:
            items, missing = _ask_one_by_one(flags, names, pins)
    for item in items:
        hashes[_name(item)].add(item["download_info"]["archive_info"]["hashes"]["sha256"])
    return [f"{name} on {platform}, Python {python}" for name in missing]


def _ask_one_by_one(
    flags: list[str], names: list[str], pins: dict[str, str]
) -> tuple[list[dict[str, Any]], list[str]]:
    items: list[dict[str, Any]] = []
    missing = []
    for name in names:
        try:
            items += _ask([*flags, f"{name}=={pins[name]}"])
        except subprocess.CalledProcessError:
            missing.append(name)
    return items, missing


def _ask(arguments: list[str]) -> list[dict[str, Any]]:
    """What pip would install. Raises CalledProcessError where it finds no way."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--no-input", "--report", "-"]
    done = subprocess.run([*command, *arguments], check=True, capture_output=True, text=True)
    return list(json.loads(done.stdout)["install"])


def _find_windows_only(resolved: list[dict[str, Any]], known: set[str]) -> list[str]:
    here = {**default_environment(), "extra": ""}
    there = {**here, **ON_WINDOWS}
    found = set()
    for item in resolved:
        for text in item["metadata"].get("requires_dist", ()):
            needed = Requirement(text)
            if needed.marker and needed.marker.evaluate(there) and not needed.marker.evaluate(here):
                found.add(canonicalize_name(needed.name))
    return sorted(found - known)


def _write(pins: dict[str, str], hashes: dict[str, set[str]], only: list[str]) -> str:
    lines = ["# Written by `python3 packaging/dev.py lock`; change pyproject.toml instead."]
    for name in sorted(pins):
        marker = ' ; sys_platform == "win32"' if name in only else ""
        lines.append(f"{name}=={pins[name]}{marker} \\")
        lines.append(" \\\n".join(f"    --hash=sha256:{digest}" for digest in sorted(hashes[name])))
    return "\n".join(lines) + "\n"


def _name(item: dict[str, Any]) -> str:
    return str(canonicalize_name(item["metadata"]["name"]))


if __name__ == "__main__":
    sys.exit(main())
