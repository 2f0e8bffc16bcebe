"""Every picture of the sample newspaper by name ("host/name"), and how it is drawn."""

from __future__ import annotations

import io
from collections.abc import Callable

import scenes_inside as inside
import scenes_land as land
import scenes_paper as paper
import scenes_sea as sea
from canvas import Canvas

Scene = Callable[[Canvas], None]

_PAPER = ("#f4efe4", "#e3d9c6")
_BOOKS = ("#7b2f35", "#3f5f78", "#8c6a3a", "#4f6b4a", "#5b4a72", "#b0593f", "#2f3f4f")

PICTURES: dict[str, Scene] = {
    "daily-harbour/ferry-dawn": lambda c: sea.draw_ferry_scene(c, "dawn", 860, 480, 520),
    "daily-harbour/tickets": paper.draw_tickets,
    "daily-harbour/high-ridge": lambda c: land.draw_peaks(c, "winter", 0, True),
    "daily-harbour/winter-roofs": lambda c: land.draw_roofs(c, "winter"),
    "daily-harbour/fish-market": inside.draw_stall,
    "daily-harbour/seals": sea.draw_seal_bank,
    "daily-harbour/commuters": lambda c: land.draw_commuters(c, "dawn", 4),
    "daily-harbour/lighthouse-dark": lambda c: sea.draw_lighthouse_scene(c, "dusk", False),
    "daily-harbour/quay-rain": lambda c: sea.draw_quay(c, "storm", 2, False, "rain"),
    "north-coast-wire/customs-house": inside.draw_hall,
    "north-coast-wire/chair": lambda c: inside.draw_portrait(
        c, ("#a9574d", "#c97b63", "#f1dfcb"), "#2f3a4a", "#3b2723", "#d9a78c", True, True
    ),
    "north-coast-wire/silos": lambda c: land.draw_field(c, "harvest", True),
    "north-coast-wire/cyclists": lambda c: land.draw_commuters(c, "spring", 5),
    "north-coast-wire/bridge": lambda c: sea.draw_bridge_scene(c, "storm", False, "rain"),
    "north-coast-wire/reservoir": lambda c: land.draw_dam(c, "spring"),
    "north-coast-wire/night-ferry": lambda c: sea.draw_ferry_scene(c, "night", 330, 700, 470),
    "north-coast-wire/harbour-snow": lambda c: sea.draw_quay(c, "winter", 3, False, "snow"),
    "valley-observer/crews": lambda c: land.draw_crowd(c, "dawn"),
    "valley-observer/counting": lambda c: paper.draw_ballots(c, ("#4f6b58", "#38503f", "#2b3f33")),
    "valley-observer/dam": lambda c: land.draw_dam(c, "day"),
    "valley-observer/commute": lambda c: land.draw_commuters(c, "day", 3),
    "valley-observer/harvest": lambda c: land.draw_field(c, "harvest"),
    "valley-observer/ridge": lambda c: land.draw_peaks(c, "day", 3),
    "valley-observer/orchard": lambda c: land.draw_orchard(c, "spring"),
    "valley-observer/bus-stop": lambda c: land.draw_bus_stop(c, "dusk"),
    "valley-observer/river": lambda c: sea.draw_rowing(c, "spring"),
    "far-shore/night-train": land.draw_night_train,
    "far-shore/estuary-bridge": lambda c: sea.draw_bridge_scene(c, "dusk", True),
    "far-shore/container-port": lambda c: sea.draw_cranes(c, "teal"),
    "far-shore/islands": lambda c: sea.draw_regatta(c, "teal"),
    "kuestenbote/speicher": lambda c: sea.draw_quay(c, "dusk", 2, True),
    "kuestenbote/watt": sea.draw_mudflat,
    "kuestenbote/leuchtturm": lambda c: sea.draw_lighthouse_scene(c, "night", True),
    "minato/port": sea.draw_island_port,
    "minato/lanterns": inside.draw_lanterns,
    "al-marfa/dhows": sea.draw_dhows,
    "al-marfa/books": lambda c: inside.draw_books(
        c, ("#8c3f35", "#c9a24a", "#2f5a4e", "#3f5f78", "#d8c39a"), ("#6b4a2e", "#43301a")
    ),
    "ledger-tide/wheat-chart": lambda c: paper.draw_chart(c, _PAPER, ("#7f9aa8", "#b9863f"), -0.9),
    "ledger-tide/oil-chart": lambda c: paper.draw_chart(
        c, ("#f1e9e2", "#dccbbd"), ("#d9a066", "#a63c2e"), 0.85, True
    ),
    "ledger-tide/cranes": lambda c: sea.draw_cranes(c, "rose"),
    "ledger-tide/midnight-crossing": lambda c: sea.draw_ferry_scene(c, "dusk", 300, 720, 400),
    "bench-notes/keyboard": paper.draw_keyboard,
    "bench-notes/tide-clock": paper.draw_clock,
    "bench-notes/circuit": paper.draw_circuit,
    "signal-salt/stops": lambda c: paper.draw_map(
        c, ("#e6ddc9", "#d5c7ab"), ("#c2452f", "#3f7487", "#d9a441")
    ),
    "signal-salt/terminal": lambda c: paper.draw_terminal(c, "#4f8a8b"),
    "signal-salt/terminal-rose": lambda c: paper.draw_terminal(c, "#b5654f"),
    "touchline/rowers": lambda c: sea.draw_rowing(c, "dawn"),
    "touchline/trail": land.draw_ski_trail,
    "touchline/floodlights": lambda c: land.draw_pitch(c, "night"),
    "touchline/regatta": lambda c: sea.draw_regatta(c, "day"),
    "lantern-room/lens": inside.draw_lens,
    "lantern-room/stairs": inside.draw_stairs,
    "lantern-room/gull-point": lambda c: sea.draw_lighthouse_scene(c, "dawn", False, 760),
    "lantern-room/gallery": inside.draw_gallery,
    "lantern-room/choir": inside.draw_choir,
    "lantern-room/soup": paper.draw_bowl,
    "lantern-room/shelves": lambda c: inside.draw_books(c, _BOOKS),
    "slack-water/wave": lambda c: paper.draw_wave(c, ("#1f3646", "#2f5a6c", "#17303f"), "#e0a868"),
    "slack-water/wave-red": lambda c: paper.draw_wave(c, ("#3b2733", "#7b4048", "#2f1f2b"), "#f2c48d"),
}


def draw_picture(name: str) -> bytes:
    """The JPEG of one picture, 1200 x 675."""
    sheet = Canvas(name)
    PICTURES[name](sheet)
    out = io.BytesIO()
    sheet.finish().save(out, "JPEG", quality=80, optimize=True, progressive=False)
    return out.getvalue()
