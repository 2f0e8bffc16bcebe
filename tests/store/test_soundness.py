"""The checks find what is wrong, and nothing where nothing is."""

from __future__ import annotations

from typing import Any

import soundness

Desk = Any


def test_a_store_in_use_is_sound(desk: Desk) -> None:
    desk.put(desk.gazette, desk.make("1"), desk.make("2"))
    assert soundness.look_over(desk.db) == ()
    assert soundness.look_through(desk.db) == ()


def test_wrong_counts_are_found(desk: Desk) -> None:
    desk.put(desk.gazette, desk.make("1"))
    desk.db.execute("UPDATE tally SET unread = 5")
    assert soundness.look_over(desk.db) == ("impossible counts",)
    assert "wrong counts" in soundness.look_through(desk.db)


def test_a_lost_index_a_lost_record_and_a_lost_place_are_found(desk: Desk) -> None:
    desk.db.execute("DROP TABLE words_0000")
    desk.db.execute("DELETE FROM fetch_state WHERE feed_id = ?", (desk.ball,))
    desk.db.execute("UPDATE feed SET section_id = NULL WHERE id = ?", (desk.courier,))
    assert soundness.look_over(desk.db) == (
        "era 0 has no index",
        "a feed without its records",
        "a feed without a section",
    )
