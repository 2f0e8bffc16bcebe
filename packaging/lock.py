"""Writes requirements.lock: one version of everything, with the hashes of every file that any
supported platform and Python would take. Run by `dev.py lock`, inside the environment.

pip resolves pyproject's dependencies once for this machine; those versions are then asked
for, one platform at a time, without resolving again. Markers are not evaluated for foreign
platforms by pip, so what each system needs is followed through the metadata, and what not all of
them need is marked.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from packaging.markers import Marker, default_environment
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
SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}


def main() -> int:
    wanted = _read_wanted()
    resolved = _ask(["--ignore-installed", *wanted])
    pins = {_name(item): item["metadata"]["version"] for item in resolved}
    hashes = {name: set[str]() for name in pins}
    elsewhere = set().union(*(_find_reached(resolved, system) for system in SYSTEMS)) - set(pins)
    for item in _ask(["--ignore-installed", *sorted(elsewhere)]) if elsewhere else ():
        pins[_name(item)] = item["metadata"]["version"]
        hashes[_name(item)] = set()
        resolved.append(item)
    reached = {system: _find_reached(resolved, system) for system in SYSTEMS}
    systems = {name: [system for system in SYSTEMS if name in reached[system]] for name in pins}
    holes = []
    for platform, tags in PLATFORMS.items():
        for python in PYTHONS:
            holes += _collect(platform, tags, python, pins, hashes, systems)
    LOCK.write_text(_write(pins, hashes, systems), "utf-8")
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
    systems: dict[str, list[str]],
) -> list[str]:
    """Add the hashes of this platform's files; the packages that offer none for it."""
    names = [name for name in pins if platform.split()[0] in systems[name]]
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


def _find_reached(resolved: list[dict[str, Any]], system: str) -> set[str]:
    """The packages that pyproject's dependencies lead to on a system, with any of the Pythons."""
    needs = {_name(item): item["metadata"].get("requires_dist", ()) for item in resolved}
    reached: set[tuple[str, str]] = set()
    todo = [(Requirement(text), "") for text in _read_wanted()]
    while todo:
        needed, of_extra = todo.pop()
        if needed.marker and not _holds(needed.marker, system, of_extra):
            continue
        for extra in ("", *needed.extras):
            place = (canonicalize_name(needed.name), extra)
            if place not in reached:
                reached.add(place)
                todo += [(Requirement(text), extra) for text in needs.get(place[0], ())]
    return {name for name, _ in reached}


def _holds(marker: Marker, system: str, extra: str) -> bool:
    here = {**default_environment(), **SYSTEMS[system], "extra": extra}
    return any(
        marker.evaluate({**here, "python_version": python, "python_full_version": f"{python}.0"})
        for python in PYTHONS
    )


def _write(pins: dict[str, str], hashes: dict[str, set[str]], systems: dict[str, list[str]]) -> str:
    lines = ["# Written by `python3 packaging/dev.py lock`; change pyproject.toml instead."]
    for name in sorted(pins):
        named = " or ".join(f'sys_platform == "{SYSTEMS[x]["sys_platform"]}"' for x in systems[name])
        marker = f" ; {named}" if len(systems[name]) < len(SYSTEMS) else ""
        lines.append(f"{name}=={pins[name]}{marker} \\")
        lines.append(" \\\n".join(f"    --hash=sha256:{digest}" for digest in sorted(hashes[name])))
    return "\n".join(lines) + "\n"


def _name(item: dict[str, Any]) -> str:
    return str(canonicalize_name(item["metadata"]["name"]))


if __name__ == "__main__":
    sys.exit(main())
