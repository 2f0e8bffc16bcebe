"""What an answer says besides its body."""

from __future__ import annotations

import pytest

from reader import errors
from reader.fetch.answer import Answer, Hop


def redirected(status: int, start: str, target: str) -> Answer:
    return Answer(200, target, hops=(Hop(status, start),))


@pytest.mark.parametrize("target", ["http://wifi.example/login?u=1", "http://hotspot.cafe.example/"])
@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_temporary_redirection_to_a_log_in_page_elsewhere_is_the_networks(status: int, target: str):
    answer = redirected(status, "http://news.example/feed", target)
    assert answer.portal == target.split("/")[2]


def test_the_log_in_page_is_found_among_several_hops():
    hops = (Hop(302, "http://news.example/feed"), Hop(302, "http://10.0.0.1/captive"))
    assert Answer(200, "https://cafe.example/start", hops=hops).portal == "10.0.0.1"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, "http://login.example/feed"),
        redirected(302, "http://news.example/feed", "http://other.example/feed"),
        redirected(301, "http://news.example/feed", "http://wifi.example/login"),
        redirected(302, "http://news.example/feed", "http://news.example/login"),
        redirected(302, "http://news.example/feed", "http://www.news.example/login"),
        redirected(302, "http://www.news.example/feed", "https://login.news.example/"),
        redirected(302, "https://news.example/feed", "https://login.example/"),
    ],
)
def test_a_sites_own_log_in_page_is_not_the_networks(answer: Answer):
    assert answer.portal == ""


def test_a_network_that_asks_for_a_log_in_by_status_is_understood():
    answer = Answer(511, "http://news.example/feed")
    assert answer.portal == "news.example"
    failure = answer.failure()
    assert isinstance(failure, errors.CaptivePortal)
    assert failure.detail == "news.example"


@pytest.mark.parametrize("status", [200, 403, 429, 503])
def test_only_the_header_makes_a_browser_check(status: int):
    marked = Answer(status, "https://a.example/", headers={"cf-mitigated": "challenge"})
    bare = Answer(status, "https://a.example/", headers={"server": "cloudflare"})
    assert isinstance(marked.failure(), errors.BrowserCheck)
    assert not isinstance(bare.failure(), errors.BrowserCheck)
