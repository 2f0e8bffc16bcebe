"""One window a profile."""

from __future__ import annotations

import json
import queue
import socket

import pytest

from reader import instance
from reader.errors import InstanceError
from reader.paths import profile_in


@pytest.fixture
def first(tmp_path):
    held = instance.claim(profile_in(tmp_path))
    assert held is not None
    yield held
    held.close()


def test_a_second_start_is_not_the_instance(first, tmp_path):
    assert instance.claim(profile_in(tmp_path)) is None


def test_another_profile_has_an_instance_of_its_own(first, tmp_path):
    other = instance.claim(profile_in(tmp_path / "other"))
    assert other is not None
    other.close()


def test_a_second_start_hands_its_arguments_over(first, tmp_path):
    received: queue.Queue[tuple[str, ...]] = queue.Queue()
    first.listen(received.put)
    instance.hand_over(profile_in(tmp_path), ("feeds.opml", "https://a.example/ü"))
    assert received.get(timeout=5) == ("feeds.opml", "https://a.example/ü")


def test_a_stranger_without_the_secret_is_not_heard(first, tmp_path):
    received: queue.Queue[tuple[str, ...]] = queue.Queue()
    first.listen(received.put)
    port = json.loads((tmp_path / "instance.json").read_text())["port"]
    with socket.create_connection(("127.0.0.1", port), timeout=5) as stranger:
        stranger.sendall(b'{"secret": "guess", "arguments": ["x"]}\n')
        assert stranger.recv(10) == b""
    assert received.empty()


def test_nonsense_from_a_stranger_does_not_end_the_listening(first, tmp_path):
    received: queue.Queue[tuple[str, ...]] = queue.Queue()
    first.listen(received.put)
    port = json.loads((tmp_path / "instance.json").read_text())["port"]
    with socket.create_connection(("127.0.0.1", port), timeout=5) as stranger:
        stranger.sendall(b"\xff\xfe not json\n")
        assert stranger.recv(10) == b""
    instance.hand_over(profile_in(tmp_path), ("still here",))
    assert received.get(timeout=5) == ("still here",)


def test_the_address_file_is_for_this_user_alone(first, tmp_path):
    assert (tmp_path / "instance.json").stat().st_mode & 0o077 == 0


def test_when_the_first_has_ended_the_next_start_is_the_instance(tmp_path):
    held = instance.claim(profile_in(tmp_path))
    held.close()
    again = instance.claim(profile_in(tmp_path))
    assert again is not None
    again.close()


def test_handing_over_to_nobody_says_so(tmp_path):
    with pytest.raises(InstanceError):
        instance.hand_over(profile_in(tmp_path), ())
