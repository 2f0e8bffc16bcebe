"""The script that sets up a checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT / "packaging" / "dev.py"


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(DEV.parent))
    import system_packages

    return system_packages


@pytest.fixture
def libraries(packages: ModuleType) -> ModuleType:
    import system_libraries

    return system_libraries


@pytest.fixture
def environment(packages: ModuleType) -> ModuleType:
    import environment

    return environment


def test_every_dependency_is_locked_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in asked}
    locked = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    pinned = dict(re.findall(r"^([\w.-]+)==.*\\\n +(--hash=sha256:)", locked, re.MULTILINE))
    assert names <= set(pinned)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_run_explains_and_exits_with_2() -> None:
    nowhere = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, str(DEV), "run"], env=nowhere, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "no display" in done.stderr
    assert "shots" in done.stderr


def test_an_unchanged_lock_is_not_installed_again(tmp_path: Path, environment: ModuleType) -> None:
    lock = tmp_path / "packaging" / "requirements.lock"
    lock.parent.mkdir()
    lock.write_text("nothing==1\n")
    python = tmp_path / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    python.parent.mkdir(parents=True)
    python.touch()
    (tmp_path / ".venv" / "locked.stamp").write_text(environment._describe(lock))
    assert environment.prepare(tmp_path) == str(python)


def test_libraries_of_one_package_name_it_once(libraries: ModuleType) -> None:
    named = libraries.name_packages(["libglib-2.0.so.0", "libgthread-2.0.so.0", "libEGL.so.1"])
    assert named["apt-get"] == ["libegl1", "libglib2.0-0"]


def test_who_may_not_install_gets_a_line_to_copy(
    packages: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages.shutil, "which", lambda name: "/usr/bin/dnf" if name == "dnf" else None)
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000, raising=False)
    assert not packages.install({"dnf": ["libglvnd-egl"]})
    assert packages.copyable_line({"dnf": ["libglvnd-egl"]}) == "sudo dnf install libglvnd-egl"
