"""Who is asked first in a refresh. Pure.

What takes longest begins first: hosts by the time their feeds took the last time, with the gaps
between them, so that neither one that is slow nor one that has many feeds is begun with when all
others have ended. Within a host, whose feeds are asked one after the other, the quick ones first:
one that hangs keeps nobody waiting behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reader.fetch.address import host_of, is_loopback
from reader.fetch.politeness import GAP
from reader.store.fetching import FetchPlan

USUAL = 0.2  # seconds, of a feed that was never asked


def arrange(plans: Iterable[FetchPlan]) -> list[tuple[str, list[FetchPlan]]]:
    """Hosts with their feeds, each in the order they are to be asked."""
    by_host: dict[str, list[FetchPlan]] = defaultdict(list)
    for plan in plans:
        by_host[host_of(plan.address)].append(plan)
    for of_host in by_host.values():
        of_host.sort(key=lambda plan: plan.elapsed)
    return sorted(by_host.items(), key=lambda item: -_guess_time(*item))


def list_hosts(plan: FetchPlan) -> tuple[str, ...]:
    """Whom asking a feed bothers: its host, and the one it was sent on to the last time."""
    host = host_of(plan.address)
    if not plan.final_address or plan.final_address == plan.address:
        return (host,)
    return (host, host_of(plan.final_address))


def _guess_time(host: str, plans: list[FetchPlan]) -> float:
    gaps = 0.0 if is_loopback(host) else GAP * (len(plans) - 1)
    return gaps + sum(plan.elapsed or USUAL for plan in plans)
