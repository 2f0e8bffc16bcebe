"""What feeds that ask for a password are shown, kept in the operating system's own keyring.

Enters: a feed, the address it is asked at, credentials. Leaves: the credentials, for that feed at
that origin (scheme, host and port) and no other, so that a feed that moves to a stranger does not
take them along; only from http to https of the same host they follow it (`origins_of`). What was put is remembered for as long as the program runs, also where the system
has no keyring. A keyring may ask its user something, or never answer: it is asked on a daemon
thread, for so many seconds and no longer. Knows no store and no network.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from reader.errors import KeyringMissing, KeyringRefused
from reader.model import Credentials, FeedId
from reader.paths import Profile, usual_profile

T = TypeVar("T")

PATIENCE = 20.0  # seconds; a person may be typing the keyring's own password meanwhile
SCHEMES = ("basic", "bearer")
LONGEST_DETAIL = 80  # characters of what a keyring says of itself
_PORTS = {"http": 80, "https": 443}


def make_tag(profile: Profile) -> str:
    """What tells this profile's secrets from those of others: the same at every start."""
    if profile == usual_profile():
        return "default"
    return hashlib.blake2b(str(profile.data).encode("utf-8", "replace"), digest_size=4).hexdigest()


def origin_of(address: str) -> str:
    """Scheme, host and port, lower case, the usual port left out; "" for what is no web address."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + ("" if port in (None, _PORTS[parts.scheme]) else f":{port}")


def origins_of(address: str) -> tuple[str, ...]:
    """Where what this address may be shown can have been put, best first: at its own origin, and for
    https at the usual port at http of the same host, since TLS shows it to nobody new."""
    origin = origin_of(address)
    scheme, _, rest = origin.partition("://")
    has_port = rest.rpartition("]")[2].count(":") > 0
    return (origin, f"http://{rest}") if scheme == "https" and not has_port else (origin,)


def may_follow(old: str, new: str) -> bool:
    """Whether what was put for a feed at its old address may be shown at its new one."""
    origin = origin_of(old)
    return bool(origin) and origin in origins_of(new)


class Secrets:
    """One profile's. The coroutines belong to the loop thread."""

    def __init__(self, profile_tag: str, patience: float = PATIENCE) -> None:
        self._tag = profile_tag
        self._patience = patience
        self._known: dict[tuple[FeedId, str], Credentials] = {}  # for this session
        self._thread = KeyringThread()

    async def get(self, feed_id: FeedId, address: str) -> Credentials | None:
        """None where nothing was put for this feed at this origin. Raises KeyringRefused."""
        for origin in filter(None, origins_of(address)):
            found = await self._get_at((feed_id, origin))
            if found is not None:
                return found
        return None

    async def put(self, feed_id: FeedId, address: str, credentials: Credentials) -> None:
        """Keep them, for this session in any case. Raises KeyringMissing or KeyringRefused where
        it is for this session only."""
        place = feed_id, origin_of(address)
        self._known[place] = credentials
        packed = json.dumps(
            {"scheme": credentials.scheme, "user": credentials.user, "secret": credentials.secret}
        )
        await self._run(lambda ring: ring.set_password(*self._name(*place), packed))

    async def forget(self, feed_id: FeedId, address: str) -> None:
        """Does nothing where there is nothing. Raises KeyringRefused: it may still be there."""
        places = [(feed_id, origin) for origin in origins_of(address)]
        for place in places:
            self._known.pop(place, None)

        def delete(ring: Any) -> None:
            for name in (self._name(*place) for place in places):
                if ring.get_password(*name) is not None:
                    ring.delete_password(*name)

        with contextlib.suppress(KeyringMissing):
            await self._run(delete)

    async def _get_at(self, place: tuple[FeedId, str]) -> Credentials | None:
        known = self._known.get(place)
        if known is not None:
            return known
        try:
            raw = await self._run(lambda ring: ring.get_password(*self._name(*place)))
        except KeyringMissing:
            return None
        found = _unpack(raw)
        if found is not None:
            self._known.setdefault(place, found)
        return found

    def _name(self, feed_id: FeedId, origin: str) -> tuple[str, str]:
        """Service and user, as the keyring's own window lists them."""
        return f"Broadsheet {origin}", f"feed {feed_id}, {self._tag}"

    async def _run(self, job: Callable[[Any], T]) -> T:
        import asyncio

        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def settle(value: Any, error: Exception | None) -> None:
            if future.done():
                return
            if error is None:
                future.set_result(value)
            else:
                future.set_exception(error)

        def done(value: Any, error: Exception | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(settle, value, error)

        self._thread.put(job, done)
        try:
            async with asyncio.timeout(self._patience):
                return await future
        except TimeoutError as error:
            raise KeyringRefused("no answer") from error


class KeyringThread:
    """A thread that is there while the keyring is being asked, and that nobody joins: it is a daemon,
    so a keyring that never answers does not keep the program from ending."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: deque[tuple[Callable[[Any], Any], Callable[[Any, Exception | None], None]]] = deque()
        self._is_alive = False

    def put(self, job: Callable[[Any], Any], done: Callable[[Any, Exception | None], None]) -> None:
        """`done(value, error)` is called on that thread; the error is KeyringMissing or KeyringRefused."""
        with self._lock:
            self._jobs.append((job, done))
            if self._is_alive:
                return
            self._is_alive = True
        threading.Thread(target=self._live, name="keyring", daemon=True).start()

    def _live(self) -> None:
        while True:
            with self._lock:
                if not self._jobs:
                    self._is_alive = False
                    return
                job, done = self._jobs.popleft()
            try:
                value = ask_keyring(job)
            except (KeyringMissing, KeyringRefused) as error:
                done(None, error)
            else:
                done(value, None)


def ask_keyring(job: Callable[[Any], T]) -> T:
    """Do something with the system's keyring. Raises KeyringMissing and KeyringRefused."""
    try:
        import keyring
        from keyring.backends import fail, null
        from keyring.errors import KeyringLocked, NoKeyringError

        ring = keyring.get_keyring()
    except Exception as error:  # a backend that breaks while it is looked for is none
        raise KeyringMissing from error
    if isinstance(ring, fail.Keyring | null.Keyring):
        raise KeyringMissing
    try:
        return job(ring)
    except NoKeyringError as error:
        raise KeyringMissing from error
    except KeyringLocked as error:
        raise KeyringRefused from error
    except Exception as error:  # D-Bus, Windows and the Keychain each have errors of their own
        raise KeyringRefused(_shorten(error)) from error


def _shorten(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:LONGEST_DETAIL] if lines else type(error).__name__


def _unpack(raw: str | None) -> Credentials | None:
    """None for what is not ours: the keyring's window lets its user edit everything."""
    try:
        said = json.loads(raw or "")
        found = Credentials(said["scheme"], said["user"], said["secret"])
    except (ValueError, TypeError, LookupError):
        return None
    is_ours = found.scheme in SCHEMES and isinstance(found.user, str) and isinstance(found.secret, str)
    return found if is_ours else None
