"""The `.venv` beside the project and the locked dependencies in it. Standard library only.

Enters the project's folder, leaves the path of an interpreter that can import everything in
requirements.lock. A stamp tells the lock it was made from, so that a second call costs one
small file; pip is not even started.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import system_packages

WINDOWS = sys.platform == "win32"


class SetupFailed(Exception):
    """Its text is the sentence for the person at the terminal."""


def folder(root: Path) -> Path:
    return root / ".venv"


def prepare(root: Path) -> str:
    """Make the environment if it is missing or old; its interpreter. Raises SetupFailed."""
    lock = root / "packaging" / "requirements.lock"
    stamp = folder(root) / "locked.stamp"
    python = folder(root) / ("Scripts/python.exe" if WINDOWS else "bin/python")
    wanted = _describe(lock)
    if python.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return str(python)
    if not _answers(python):
        _create(folder(root))
    print(
        f"Installing what Broadsheet needs into {folder(root).name} (once) ...", file=sys.stderr, flush=True
    )
    _install(python, lock)
    stamp.write_text(wanted, "utf-8")
    return str(python)


def _describe(lock: Path) -> str:
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{digest} {sys.version_info[0]}.{sys.version_info[1]}\n"


def _answers(python: Path) -> bool:
    """Whether the environment runs and has this interpreter's version."""
    question = "import sys, pip; print(sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() == str(sys.version_info[:2])


def _create(place: Path) -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        _provide_venv_module()
    if place.exists():
        shutil.rmtree(place)
    made = subprocess.run([sys.executable, "-m", "venv", str(place)], check=False)
    if made.returncode:
        raise SetupFailed(f"{sys.executable} could not make a virtual environment in {place}.")


def _provide_venv_module() -> None:
    """Debian and Ubuntu leave the module out of their Python."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not system_packages.install({"apt-get": [version], "zypper": [f"python{sys.version_info[0]}"]}):
        line = system_packages.copyable_line({"apt-get": [version]}) or f"(install {version})"
        raise SetupFailed(f"This Python comes without its venv module. Please run\n  {line}\nand try again.")


def _install(python: Path, lock: Path) -> None:
    command = [str(python), "-m", "pip", "install", "--require-hashes", "--only-binary=:all:", "--no-deps"]
    command += ["--disable-pip-version-check", "--no-input", "-r", str(lock)]
    if not sys.stderr.isatty():
        command += ["--quiet", "--progress-bar=off"]
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    installed = subprocess.run(command, check=False, env=surroundings, stdout=sys.stderr)
    if installed.returncode:
        hint = (
            " Qt is offered for glibc only: on Alpine and other musl systems there is nothing to install."
            if system_packages.is_musl()
            else ""
        )
        raise SetupFailed(f"The dependencies could not be installed; pip says why above.{hint}")
