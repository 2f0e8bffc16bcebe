"""The other side of `workers.Worker`: the process in which strangers' bytes are opened.

Enters: frames on standard input, each a pickled `(task name, arguments)`. Leaves: one frame on
standard output for each, `(True, result)` or `(False, error)`. A frame is a length of eight
bytes, big-endian, and so many bytes. The process ends when its input does, which is also what
it sees when the window is gone. Knows nothing of the store, the network and the window.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from reader.errors import BroadsheetError, WorkerFailed

LENGTH = struct.Struct(">Q")
OUT_OF_MEMORY = (False, (WorkerFailed.__name__, "memory"))
FRESH_AFTER = 64  # jobs between two passes of the cyclic garbage collector


def start_line(memory: int, niceness: int) -> list[str]:
    """The command line that becomes a worker, frozen or not."""
    limits = [str(memory), str(niceness)]
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker", *limits]
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    code = (
        f"import sys; sys.path.insert(0, {root!r}); "
        "from reader.engine.worker_process import main; main(sys.argv[1:])"
    )
    return [sys.executable, "-P", "-c", code, *limits]


def main(arguments: list[str]) -> None:
    """Be the worker until the input ends. `arguments`: bytes of memory, niceness."""
    memory, niceness = int(arguments[0]), int(arguments[1])
    # Whatever a library prints must not get between the frames: descriptor 1 becomes descriptor 2.
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    questions = os.fdopen(os.dup(0), "rb", buffering=1 << 16)
    _settle_down(memory, niceness)
    from reader.engine import tasks

    serve(questions, answers, tasks.BY_NAME)


def _settle_down(memory: int, niceness: int) -> None:
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window; it closes our input
    gc.disable()  # parsing makes few cycles; `serve` collects between jobs
    try:
        import resource
    except ImportError:  # Windows
        return
    if niceness:
        os.nice(niceness)
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        # macOS refuses RLIMIT_AS
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


def serve(questions: BinaryIO, answers: BinaryIO, tasks: dict[str, Callable[..., Any]]) -> None:
    """Answer frame after frame. Returns at the end of `questions`, and when out of memory."""
    import gc

    done = 0
    while True:
        try:
            frame = read_frame(questions)
        except EOFError:
            return
        name, arguments = pickle.loads(frame)
        del frame
        healthy = True
        try:
            outcome: tuple[bool, Any] = (True, tasks[name](*arguments))
        except BroadsheetError as error:
            outcome = (False, (error.kind, error.detail))
        except MemoryError:
            outcome = OUT_OF_MEMORY
            healthy = False
        except RecursionError:
            outcome = (False, (WorkerFailed.__name__, "depth"))
        except Exception as error:
            import traceback

            traceback.print_exc()
            outcome = (False, (WorkerFailed.__name__, type(error).__name__))
        del arguments
        try:
            write_frame(answers, pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL))
        except OSError:  # nobody reads any more
            return
        if not healthy:
            return
        del outcome
        done += 1
        if done % FRESH_AFTER == 0:
            gc.collect()


def read_frame(file: BinaryIO) -> bytes:
    """Raises EOFError at the end, also when it comes within a frame."""
    head = file.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    frame = file.read(length)
    if len(frame) < length:
        raise EOFError
    return frame


def write_frame(file: BinaryIO, data: bytes) -> None:
    """`file` is unbuffered; a pipe may take less than it is given."""
    view = memoryview(LENGTH.pack(len(data)) + data)
    while view:
        view = view[file.write(view) :]
