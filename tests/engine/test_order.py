from __future__ import annotations

from dataclasses import replace

from reader.engine.order import arrange
from reader.model import FeedId
from reader.store.fetching import FetchPlan


def plan(id: int, address: str, elapsed: float = 0.0) -> FetchPlan:
    return replace(FetchPlan(FeedId(id), address, "", "", ""), elapsed=elapsed)


def arranged(*plans: FetchPlan) -> list[tuple[str, list[int]]]:
    return [(host, [plan.feed_id for plan in of_host]) for host, of_host in arrange(plans)]


def test_hosts_that_took_long_the_last_time_begin_first():
    order = arranged(
        plan(1, "https://quick.example/", 0.1),
        plan(2, "https://new.example/"),
        plan(3, "https://dead.example/", 20.0),
        plan(4, "https://slow.example/", 5.0),
    )
    assert order == [
        ("dead.example", [3]),
        ("slow.example", [4]),
        ("new.example", [2]),
        ("quick.example", [1]),
    ]


def test_a_host_with_many_feeds_begins_early_since_they_come_one_after_the_other():
    many = [plan(i, f"https://many.example/{i}", 0.1) for i in range(1, 5)]
    assert arranged(plan(9, "https://slow.example/", 2.0), *many)[0][0] == "many.example"
    local = [plan(i, f"http://127.0.0.1/{i}", 0.1) for i in range(1, 5)]  # between which is no gap
    assert arranged(plan(9, "https://slow.example/", 2.0), *local)[0][0] == "slow.example"


def test_within_a_host_the_quick_come_before_one_that_hangs():
    feeds = [
        plan(1, "https://h.example/1", 20.0),
        plan(2, "https://h.example/2", 0.3),
        plan(3, "https://h.example/3"),
    ]
    assert arranged(*feeds) == [("h.example", [3, 2, 1])]
