"""How far away each feed of a world is, and which of them fail. Pure; the same for a world every time.

Delays until the first byte have a median of 150 ms, a 95th percentile of 1 s, a 99th of 5 s and
a maximum of about 8 s; one host in a hundred accepts and never answers, one feed in fifty fails,
each in one of five ways.
"""

from __future__ import annotations

import bisect
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from world import World

HANGING = 0.01  # of the hosts
FAILING = 0.02  # of the feeds
FAULTS = ("500", "404", "refused", "reset", "cut")
# Share of the feeds -> seconds.
DELAYS = ((0.0, 0.03), (0.5, 0.15), (0.95, 1.0), (0.99, 5.0), (1.0, 8.0))


@dataclass(frozen=True)
class Temper:
    delay: float = 0.0  # seconds until the first byte
    fault: str = ""  # "": it answers; "hang", or one of FAULTS


def forecast(world: World) -> list[Temper]:
    """A temper for each feed, by number."""
    draw = random.Random(f"weather/{world.feeds}/{world.hosts}")
    hanging = set(draw.sample(range(world.hosts), max(1, round(HANGING * world.hosts))))
    # A host that refuses must have no second feed, and not be the one that answers the benchmark.
    alone = [feed for feed in range(max(1, world.feeds - world.hosts), world.hosts) if feed not in hanging]
    failing = draw.sample(alone, round(FAILING * world.feeds))
    faults = {feed: FAULTS[place % len(FAULTS)] for place, feed in enumerate(failing)}
    faults |= {feed: "hang" for feed in range(world.feeds) if feed % world.hosts in hanging}
    answering = [feed for feed in range(world.feeds) if feed not in faults]
    draw.shuffle(answering)
    delays = {feed: interpolate(DELAYS, (rank + 0.5) / len(answering)) for rank, feed in enumerate(answering)}
    return [Temper(delays.get(feed, DELAYS[1][1]), faults.get(feed, "")) for feed in range(world.feeds)]


def interpolate(points: Sequence[tuple[float, float]], share: float) -> float:
    """The value at `share` (0 to 1); between two points its logarithm is a straight line."""
    place = max(1, bisect.bisect_left([at for at, _ in points], share))
    (low, first), (high, last) = points[place - 1 : place + 1]
    part = (share - low) / (high - low)
    return math.exp(math.log(first) * (1 - part) + math.log(last) * part)
