"""A start that opens no window: nowhere to open one, or one is open already."""

from __future__ import annotations

import queue
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import app, instance
from reader.arguments import Asked
from reader.paths import Profile, profile_in


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return profile_in(tmp_path / "profile")


@pytest.fixture
def running(profile: Profile) -> Iterator[instance.Instance]:
    """A Broadsheet that runs already."""
    held = instance.claim(profile)
    assert held is not None
    yield held
    held.close()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="other systems always have a display")
def test_without_a_display_a_start_says_so_and_exits_with_2(
    profile: Profile, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app.run(Asked(profile=profile)) == 2
    assert "there is no display" in capsys.readouterr().err
    held = instance.claim(profile)
    assert held is not None, "the profile is free again"
    held.close()


def test_a_second_start_hands_over_addresses_as_they_are_and_files_wherever_it_stands(
    running: instance.Instance, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feeds.opml").touch()
    received: queue.Queue[tuple[str, ...]] = queue.Queue()
    running.listen(received.put)
    assert app.run(Asked(profile=profile, open=("feeds.opml", "https://a.example/"))) == 0
    assert received.get(timeout=5) == (str(tmp_path / "feeds.opml"), "https://a.example/")


def test_a_running_broadsheet_that_does_not_answer_is_said_so(
    running: instance.Instance, profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    (profile.state / "instance.json").unlink()
    assert app.run(Asked(profile=profile)) == 1
    assert "already running" in capsys.readouterr().err


def test_the_sample_is_not_mixed_with_news_of_ones_own(
    profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    profile.make()
    profile.store.touch()
    assert app.run(Asked(profile=profile, sample=True)) == 1
    assert "holds news of your own" in capsys.readouterr().err
    assert profile.store.exists()
