"""How the process ends."""

from __future__ import annotations

import subprocess
import sys

WAITING = """
import threading
from concurrent.futures import ThreadPoolExecutor
from reader.__main__ import leave

begun = threading.Event()
def wait():
    begun.set()
    threading.Event().wait()
ThreadPoolExecutor().submit(wait)
begun.wait()
print("closed")
leave(3)
"""


def test_a_thread_that_waits_for_a_name_server_does_not_keep_the_process() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WAITING], capture_output=True, text=True, timeout=20, check=False
    )
    assert (ended.returncode, ended.stdout) == (3, "closed\n")
