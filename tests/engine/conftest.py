from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from keyrings import Drawer
from press import Press


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    press = Press(tmp_path)
    yield press
    press.writer.close()


@pytest.fixture
def ring():
    """Put a keyring in the system's place."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def drawer(ring) -> Drawer:
    made = Drawer()
    ring(made)
    return made
