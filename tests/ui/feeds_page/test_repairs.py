"""Which repairs fit which feed."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from reader.model import Feed
from reader.ui.article_list.notice import choose_notice
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


def test_a_browser_check_is_met_with_a_browser_or_another_name(making: SimpleNamespace) -> None:
    check = making.failure("BrowserCheck", "x")
    assert list_names(making, failure=check, site="")[:2] == ["open_site", "user_agent"]
    assert "user_agent" in list_names(making, failure=making.failure("HttpFailed", "403"))
    assert "user_agent" in list_names(making, user_agent="Another/1")
    assert "user_agent" not in list_names(making)


@pytest.mark.parametrize(
    ("failure", "more"),
    [
        (("HttpFailed", "410"), {"is_gone": True}),
        (("HttpFailed", "401"), {}),
        (("BrowserCheck", "x"), {}),
        (("HttpFailed", "403"), {}),
        (("HttpFailed", "406"), {}),
        (("HttpFailed", "404"), {}),
        (("NotAFeed", "HTML"), {}),
        (("TimedOut", "x"), {}),
        ((), {"moved_to": "https://new.example/"}),
    ],
)
def test_the_strip_above_the_articles_offers_the_same_first(
    failure: tuple[str, str] | tuple[()], more: dict[str, object], making: SimpleNamespace
) -> None:
    health = making.feed(failure=making.failure(*failure) if failure else None, **more)
    feed = Feed(health.id, health.section_id, health.title, health.address, "", 0, failure=health.failure)
    notice = choose_notice(feed, health, making.now)
    assert notice is not None
    repair = list_repairs(health, making.now)[0]
    name, label = notice.repairs[0]
    assert (name, repair.is_remedy) == (repair.name, True)
    assert label.split()[0] == repair.label.split()[0]


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
