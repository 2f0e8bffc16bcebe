"""The words of the command line."""

from __future__ import annotations

import pytest

from reader import arguments


def test_no_words_open_the_window():
    asked = arguments.read([])
    assert asked.command == ""
    assert asked.open == ()


def test_addresses_and_files_are_opened_in_the_window():
    assert arguments.read(["feeds.opml", "https://a.example/"]).open == ("feeds.opml", "https://a.example/")


@pytest.mark.parametrize("words", [["--profile", "/p", "refresh"], ["refresh", "--profile", "/p"]])
def test_a_profile_may_stand_before_or_after_the_command(words):
    asked = arguments.read(words)
    assert asked.command == "refresh"
    assert asked.profile.store.name == "news.db"
    assert asked.profile.data.as_posix().endswith("/p")


def test_the_sample_has_a_profile_of_its_own():
    assert arguments.read(["--sample"]).profile != arguments.read([]).profile


def test_a_sample_in_a_named_folder_stays_in_it():
    asked = arguments.read(["--sample", "--profile=/p"])
    assert asked.sample
    assert asked.profile.data.as_posix().endswith("/p")


@pytest.mark.parametrize("words", [["--nonsense"], ["refresh", "--nonsense"], ["add"], ["--profile"]])
def test_nonsense_ends_with_exit_code_two_and_a_hint(words, capsys):
    with pytest.raises(SystemExit) as ended:
        arguments.read(words)
    assert ended.value.code == 2
    assert "--help" in capsys.readouterr().err


def test_the_version_is_printed_without_a_window(capsys):
    with pytest.raises(SystemExit) as ended:
        arguments.read(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("Broadsheet ")


def test_parse_takes_many_files_and_an_address():
    asked = arguments.read(["parse", "a.xml", "b.xml", "--url", "https://a.example/feed"])
    assert asked.files == ("a.xml", "b.xml")
    assert asked.address == "https://a.example/feed"
