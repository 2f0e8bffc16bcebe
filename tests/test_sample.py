"""The sample newspaper's profile: printed once, kept for half a day, never over somebody's news."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from reader import sample
from reader.errors import ProfileTaken
from reader.parse import opml
from reader.paths import Profile, profile_in

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return profile_in(tmp_path / "sample")


def test_a_newspaper_of_this_morning_is_the_one_that_was_printed(profile: Profile) -> None:
    assert sample.prepare(profile, NOW) == NOW
    profile.store.write_text("what was read")
    assert sample.prepare(profile, NOW + timedelta(hours=11)) == NOW
    assert profile.store.exists()


@pytest.mark.parametrize("passed", [timedelta(hours=13), timedelta(hours=-1)], ids=["old", "of the future"])
def test_an_old_newspaper_is_printed_anew(profile: Profile, passed: timedelta) -> None:
    sample.prepare(profile, NOW)
    wal = profile.store.with_name(profile.store.name + "-wal")
    for file in (profile.store, wal, profile.pictures):
        file.touch()
    assert sample.prepare(profile, NOW + passed) == NOW + passed
    assert not any(file.exists() for file in (profile.store, wal, profile.pictures))


def test_a_damaged_note_prints_it_anew(profile: Profile) -> None:
    sample.prepare(profile, NOW)
    (profile.state / sample.NOTE).write_text("{")
    profile.store.touch()
    later = NOW + timedelta(minutes=1)
    assert sample.prepare(profile, later) == later
    assert not profile.store.exists()


def test_news_of_ones_own_is_left_alone(profile: Profile) -> None:
    profile.make()
    profile.store.write_text("mine")
    with pytest.raises(ProfileTaken):
        sample.prepare(profile, NOW)
    assert profile.store.read_text() == "mine"


async def _ask(address: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=sample.make_transport(NOW)()) as client:
        return await client.get(address)


def test_every_feed_of_its_outline_is_answered_and_nothing_else_is() -> None:
    outline = opml.read(sample.outline_file().read_bytes())
    places = sample.subscription(outline).places
    assert len(places) >= 8
    for _, _, address, _ in places:
        assert asyncio.run(_ask(address)).status_code == 200
    assert asyncio.run(_ask("https://elsewhere.example/")).status_code == 404
