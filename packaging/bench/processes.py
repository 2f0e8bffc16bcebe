"""What a process and all it started cost: CPU seconds and memory, read from /proc (Linux)."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path


class Tree:
    """A process and its descendants, looked up anew at every question."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def list(self) -> list[int]:
        found, fresh = [self.pid], [self.pid]
        children: dict[int, list[int]] = {}
        for pid, fields in _read_all().items():
            children.setdefault(int(fields[1]), []).append(pid)
        while fresh:
            fresh = [child for pid in fresh for child in children.get(pid, ())]
            found += fresh
        return found

    def cpu(self) -> float:
        """Seconds of user and system time so far, those of ended and waited-for children too."""
        table = _read_all()
        ticks = sum(sum(map(int, table[pid][11:15])) for pid in self.list() if pid in table)
        return ticks / os.sysconf("SC_CLK_TCK")

    def pss(self) -> float:
        """Megabytes (2^20) of the tree, pages shared with other processes divided among them."""
        return sum(_read_pss(pid) for pid in self.list()) / 1024

    def names(self) -> list[str]:
        return [Path(f"/proc/{pid}/comm").read_text().strip() for pid in self.list()]

    def wait_for_rest(self, quiet: float = 1.0, limit: float = 120.0, share: float = 0.1) -> float:
        """Wait until the tree rested for `quiet` seconds; when that rest began (time.monotonic).

        At rest: under `share` of a core. Ticks of 10 ms bound how finely that can be seen."""
        began = busy = time.monotonic()
        before = (began, self.cpu())
        while True:
            time.sleep(0.05)
            now = (time.monotonic(), self.cpu())
            if now[1] - before[1] > share * (now[0] - before[0]):
                busy = now[0]
            before = now
            if now[0] - busy > quiet or now[0] - began > limit:
                return busy


class PeakMemory:
    """The highest PSS of a tree between `with` and its end, in MB."""

    def __init__(self, tree: Tree, every: float = 0.15) -> None:
        self.tree, self.every, self.peak = tree, every, 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._stop.wait(self.every):
            self.peak = max(self.peak, self.tree.pss())

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def _read_all() -> dict[int, list[str]]:
    """pid -> the fields of /proc/PID/stat after the name, zombies left out."""
    table = {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            text = Path(f"/proc/{name}/stat").read_text()
        except OSError:
            continue
        fields = text[text.rindex(")") + 2 :].split()
        if fields[0] != "Z":
            table[int(name)] = fields
    return table


def _read_pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
