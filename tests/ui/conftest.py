"""What tests of the window share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fake_library import FakeLibrary, fill_harbour  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from reader.ui.mailbox import Mailbox  # noqa: E402
from reader.ui.theme import Theme, dress  # noqa: E402


@pytest.fixture
def mailbox(qapp: QApplication) -> Iterator[Mailbox]:
    made = Mailbox()
    yield made
    made.close()


@pytest.fixture
def library(mailbox: Mailbox) -> FakeLibrary:
    """An empty library; `harbour` is a filled one."""
    return FakeLibrary(mailbox.post)


@pytest.fixture
def harbour(library: FakeLibrary) -> FakeLibrary:
    fill_harbour(library)
    return library


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme("light")
    dress(qapp, made)
    return made
