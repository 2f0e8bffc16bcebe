"""One window a profile: the first start keeps a lock, a second hands over its arguments and ends.

The first instance holds a lock on `instance.lock` and listens on a loopback port; port and a
secret stand in `instance.json`, readable by this user alone. Whoever knows the secret may hand
over arguments (a second start) or say that the store was changed from outside (the command
line). Nothing but JSON of a few kilobytes is read from the socket.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

from reader.errors import InstanceError
from reader.paths import Profile

LIMIT = 64 * 1024  # bytes of one message
PATIENCE = 3.0  # seconds the other instance may take to answer


class Instance:
    """This process is the profile's one window, until `close`."""

    def __init__(self, profile: Profile, lock: IO[str]) -> None:
        self._lock = lock
        self._address_file = profile.state / "instance.json"
        self._secret = os.urandom(16).hex()
        self._server = socket.create_server(("127.0.0.1", 0), backlog=4)
        self._receive: Callable[[tuple[str, ...]], None] | None = None
        _write_private(
            self._address_file,
            json.dumps({"port": self._server.getsockname()[1], "secret": self._secret}),
        )

    def listen(self, receive: Callable[[tuple[str, ...]], None]) -> None:
        """Call `receive(arguments)`, on a thread of its own, for every start that hands over."""
        self._receive = receive
        threading.Thread(target=self._serve, name="instance", daemon=True).start()

    def close(self) -> None:
        self._address_file.unlink(missing_ok=True)
        # A blocked accept() is woken by shutdown() on Linux and by close() elsewhere.
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._lock.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection:
                try:
                    self._answer(connection)
                except (OSError, ValueError):
                    continue

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE)
        message = json.loads(_read_line(connection))
        if not isinstance(message, dict) or message.get("secret") != self._secret:
            return
        arguments = message.get("arguments")
        if isinstance(arguments, list) and self._receive is not None:
            self._receive(tuple(str(argument) for argument in arguments))
        connection.sendall(b"ok\n")


def claim(profile: Profile) -> Instance | None:
    """Become the profile's instance; None where another process already is."""
    profile.make()
    lock = open(profile.state / "instance.lock", "a+", encoding="utf-8")  # noqa: SIM115 - held for life
    if not _lock(lock):
        lock.close()
        return None
    return Instance(profile, lock)


def hand_over(profile: Profile, arguments: tuple[str, ...]) -> None:
    """Give the arguments to the running instance. Raises InstanceError if it does not answer."""
    try:
        where = json.loads((profile.state / "instance.json").read_text("utf-8"))
        with socket.create_connection(("127.0.0.1", int(where["port"])), timeout=PATIENCE) as connection:
            message = {"secret": where["secret"], "arguments": list(arguments)}
            connection.sendall(json.dumps(message).encode() + b"\n")
            if _read_line(connection) != b"ok":
                raise InstanceError
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InstanceError from error


def _read_line(connection: socket.socket) -> bytes:
    received = b""
    while b"\n" not in received and len(received) < LIMIT:
        piece = connection.recv(4096)
        if not piece:
            break
        received += piece
    return received.partition(b"\n")[0]


def _lock(file: IO[str]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
