"""What failures say of the network: gone, or with a log-in page before it."""

from __future__ import annotations

import socket
import ssl

import pytest
from press import Handler, Press, answer, fail, hang, make_feed

from reader.engine.connection import Reach, Sign
from reader.engine.events import ConnectionChanged, Noticed
from reader.errors import CertificateUntrusted, HttpFailed, NotAFeed, Offline, ProxyFailed, TimedOut

COURIER = "https://courier.example/feed"
PAGE = b"<!doctype html><title>Welcome</title><p>Please log in to use this network."
DOOR = "http://wifi.example/login?to=news"


def lead(to: str, status: int = 302) -> Handler:
    return answer(status=status, location=to)


def untrusted() -> Handler:
    fault = ssl.SSLCertVerificationError(1, "self-signed certificate")
    fault.verify_code, fault.verify_message = 18, "self-signed certificate"
    return fail(fault)


def is_untouched(press: Press, *feeds: int) -> bool:
    plans = [press.plan(feed) for feed in feeds]  # type: ignore[arg-type]
    return all(plan.failures == 0 and plan.last_checked_at is None for plan in plans)


def test_hosts_that_all_lead_to_one_page_are_behind_a_portal(press: Press):
    press.servers["wifi.example"] = answer(PAGE, content_type="text/html")
    feeds = [press.add(f"http://h{i}.example/feed", lead("http://wifi.example/hello")) for i in range(3)]
    silent = press.add("https://silent.example/", hang(50))
    outcome = press.refresh()
    assert (outcome.offline, outcome.failed) == (True, 0)
    assert ConnectionChanged(False, "http://wifi.example/hello") in press.events
    assert is_untouched(press, silent, *feeds)
    assert press.progress[-1].active is False


def test_status_511_tells_of_a_portal_by_itself(press: Press):
    feed = press.add("http://h.example/feed", answer(PAGE, status=511))
    assert press.refresh().offline
    assert ConnectionChanged(False, "http://h.example/") in press.events
    assert is_untouched(press, feed)


def test_one_feed_that_answers_511_first_does_not_stop_the_others(press: Press):
    odd = press.add("http://odd.example/feed", answer(PAGE, status=511))
    slow = press.add(COURIER, hang(2, make_feed("one")))
    outcome = press.refresh()
    assert (outcome.offline, outcome.done, outcome.added) == (False, 2, 1)
    assert press.plan(odd).failure_kind == "CaptivePortal"
    assert press.plan(slow).failures == 0


def test_a_log_in_page_within_the_local_network_is_told_by_its_own_host(press: Press):
    feeds = [press.add(f"http://h{i}.example/feed", lead("http://192.168.1.1/login")) for i in range(3)]
    assert press.refresh().offline
    assert press.refresher.portal == "http://192.168.1.1/"
    assert is_untouched(press, *feeds)


def test_one_feed_that_leads_into_the_local_network_does_not_stop_the_others(press: Press):
    press.add("http://odd.example/feed", lead("http://192.168.1.1/login"))
    press.add(COURIER, hang(2, make_feed("one")))
    outcome = press.refresh()
    assert (outcome.offline, outcome.added, outcome.failed) == (False, 1, 1)


def test_a_log_in_page_and_nobody_who_answers_are_a_portal(press: Press):
    press.servers["wifi.example"] = answer(PAGE)
    first = press.add("http://h.example/feed", lead(DOOR))
    other = press.add("https://other.example/feed", hang(3600))
    assert press.refresh().offline
    assert press.refresher.portal == DOOR
    assert is_untouched(press, first, other)


def test_certificates_that_are_nobodys_are_a_portal_too(press: Press):
    feeds = [press.add(f"https://h{i}.example/feed", untrusted()) for i in range(4)]
    assert press.refresh().offline
    assert press.refresher.portal == "http://h0.example/"
    assert is_untouched(press, *feeds)


def test_one_feed_that_leads_to_a_page_is_its_own_failure(press: Press):
    press.servers["wifi.example"] = answer(PAGE)
    feed = press.add("http://h.example/feed", lead(DOOR))
    outcome = press.refresh()
    assert (outcome.offline, outcome.failed) == (False, 1)
    assert press.plan(feed).failure_kind == "NotAFeed"


def test_pages_in_place_of_feeds_are_failures_where_somebody_answers(press: Press):
    press.servers["wifi.example"] = answer(PAGE)
    feeds = [press.add(f"http://h{i}.example/feed", lead(DOOR)) for i in range(2)]
    feeds += [press.add(f"https://t{i}.example/feed", untrusted()) for i in range(2)]
    press.add(COURIER, hang(1, make_feed("one")))
    outcome = press.refresh()
    assert (outcome.offline, outcome.failed, outcome.added) == (False, 4, 1)
    kinds = [press.plan(feed).failure_kind for feed in feeds]
    assert kinds == ["NotAFeed", "NotAFeed", "CertificateUntrusted", "CertificateUntrusted"]


def test_feeds_that_live_behind_one_other_host_are_feeds(press: Press):
    press.servers["burner.example"] = answer(make_feed("one"))
    for i in range(4):
        press.add(f"http://h{i}.example/feed", lead(f"http://burner.example/{i}"))
    outcome = press.refresh()
    assert (outcome.offline, outcome.added) == (False, 4)


def test_after_the_log_in_everything_goes_on(press: Press):
    press.servers["wifi.example"] = answer(PAGE)
    feeds = [press.add(f"http://h{i}.example/feed", lead(DOOR)) for i in range(3)]
    press.refresh()
    assert press.refresh(feeds[0]).offline  # a single one, led to the page that is known
    assert is_untouched(press, *feeds)
    for i in range(3):
        press.servers[f"http://h{i}.example/feed"] = answer(make_feed(f"n{i}"))
    assert press.refresh().added == 3
    assert ConnectionChanged(True) in press.events
    assert press.refresher.portal == ""


def test_servers_of_the_readers_own_network_may_sign_their_certificates_themselves(press: Press):
    for i in range(4):
        press.add(f"https://192.168.1.{i + 2}/feed", untrusted())
    outcome = press.refresh()
    assert (outcome.offline, outcome.failed) == (False, 4)


def test_a_host_that_is_tried_while_offline_proves_nothing_by_its_silence(press: Press):
    for i in range(3):
        press.add(f"https://h{i}.example/feed", fail(socket.gaierror(socket.EAI_AGAIN, "later")))
    press.refresh()
    lone = press.add("https://dead.example/feed", hang(3600))
    assert press.refresh(lone).offline
    assert is_untouched(press, lone)


@pytest.mark.parametrize("error", [HttpFailed("404"), NotAFeed("HTML")])
def test_what_a_host_said_itself_is_not_held_back(error: Exception):
    reach: Reach[int] = Reach(lambda: True)
    assert not reach.hold(1, Sign("h.example", error))  # type: ignore[arg-type]


def test_what_is_doubtful_is_held_back_until_somebody_answers():
    reach: Reach[int] = Reach(lambda: True)
    assert reach.hold(1, Sign("a.example", TimedOut("a.example")))
    assert reach.hold(2, Sign("b.example", CertificateUntrusted("b.example")))
    assert reach.held_count == 2
    assert reach.hear() == [1, 2]
    assert not reach.hold(3, Sign("c.example", Offline()))
    assert not reach.is_lost(at_end=True)
    assert reach.find_portal(3, at_end=True) == ""


def test_a_proxy_that_fails_everybody_is_named_and_nothing_is_marked_as_failed(press: Press):
    feeds = [press.add(f"https://h{i}.example/feed", fail(ProxyFailed("proxy.example"))) for i in range(4)]
    outcome = press.refresh()
    assert (outcome.offline, outcome.failed) == (True, 0)
    assert [event for event in press.events if isinstance(event, Noticed)] == [
        Noticed(0, "", "proxy-silent", "proxy.example")  # type: ignore[arg-type]
    ]
    assert is_untouched(press, *feeds)


def test_no_proxy_is_blamed_where_the_network_is_gone(press: Press):
    for i in range(4):
        press.add(f"https://h{i}.example/feed", fail(ConnectionRefusedError()))
    assert press.refresh().offline
    assert not [event for event in press.events if isinstance(event, Noticed)]
