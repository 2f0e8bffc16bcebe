"""Which repairs fit which feed."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from reader.ui.feeds_page.repairs import ALL, list_repairs

ALWAYS = {"try_now", "change_address", "open_articles", "open_site", "copy_address", "unsubscribe"}


def list_names(making: SimpleNamespace, **more: object) -> list[str]:
    return [repair.name for repair in list_repairs(making.feed(**more), making.now)]


def test_a_sound_feed_needs_little(making: SimpleNamespace) -> None:
    assert set(list_names(making)) == ALWAYS | {"reload"}


@pytest.mark.parametrize(
    ("more", "remedy"),
    [
        ({"is_gone": True}, "find_again"),
        ({"rule": "credentials"}, "sign_in"),
        ({"moved_to": "https://new.example/"}, "switch"),
        ({"checked_at": None}, "try_now"),
    ],
)
def test_the_remedy_stands_first(more: dict[str, object], remedy: str, making: SimpleNamespace) -> None:
    repairs = list_repairs(making.feed(**more), making.now)
    assert [repair.name for repair in repairs if repair.is_remedy] == [remedy]
    assert repairs[0].name == remedy


def test_a_browser_check_is_met_with_another_name(making: SimpleNamespace) -> None:
    assert list_names(making, failure=making.failure("BrowserCheck", "x"))[0] == "user_agent"
    assert "user_agent" in list_names(making, failure=making.failure("HttpFailed", "403"))
    assert "user_agent" in list_names(making, user_agent="Another/1")
    assert "user_agent" not in list_names(making)


def test_a_feed_that_signs_in_can_sign_out(making: SimpleNamespace) -> None:
    assert {"sign_in", "sign_out"} <= set(list_names(making, signs_in="basic"))
    assert not {"sign_in", "sign_out"} & set(list_names(making))


def test_a_silent_or_failing_feed_may_have_gone_elsewhere_on_its_site(making: SimpleNamespace) -> None:
    silent = {"newest_at": making.now - timedelta(days=200)}
    assert "find_again" in list_names(making, **silent)
    assert "find_again" in list_names(making, failure=making.failure("HttpFailed", "404", 3, days=2))
    assert "find_again" not in list_names(making)


def test_only_what_was_read_can_be_loaded_again(making: SimpleNamespace) -> None:
    assert "reload" not in list_names(making, failure=making.failure("TimedOut", "x"))
    assert "reload" not in list_names(making, succeeded_at=None)


def test_a_feed_without_a_site_has_none_to_open(making: SimpleNamespace) -> None:
    assert "open_site" not in list_names(making, site="")


def test_every_repair_has_a_key_of_its_own_that_is_no_move_in_the_table() -> None:
    keys = [repair.key for repair in ALL]
    assert len(set(keys)) == len(keys)
    assert not {"j", "k", "g", "o", "r", "i", "/", "<", ">", "?"} & set(keys)
