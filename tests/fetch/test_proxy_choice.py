"""Which proxy serves an address, and what the system keeps away from its own."""

from __future__ import annotations

import httpx
import pytest

from reader.errors import AddressRefused
from reader.fetch.bypass import Bypass
from reader.fetch.proxy import READ_AGAIN, ProxyChoice, check_proxy
from reader.fetch.system import SystemProxies, read_system


def choose(address: str, proxies: dict[str, str], exceptions: str = "", setting: str = "") -> str:
    system = SystemProxies(proxies, Bypass(exceptions.split(",")))
    return ProxyChoice(setting, read=lambda: system).of(httpx.URL(address))


def test_the_settings_come_before_the_system():
    system = {"http": "http://old.example:1"}
    assert choose("http://news.example/", system) == "http://old.example:1"
    assert choose("http://news.example/", system, setting="new.example:2") == "http://new.example:2"
    assert choose("http://news.example/", system, "news.example", "new.example:2") == "http://new.example:2"
    assert choose("http://news.example/", system, setting=" Direct ") == ""


def test_the_system_may_have_a_proxy_for_each_scheme_one_for_all_and_one_of_socks():
    assert choose("https://a.example/", {"http": "http://p.example:1"}) == ""
    assert choose("https://a.example/", {"https": "p.example:1"}) == "http://p.example:1"
    assert choose("https://a.example/", {"all": "socks://p.example:1"}) == "socks5h://p.example:1"
    assert choose("https://a.example/", {"socks": "http://p.example:1"}) == "socks5h://p.example:1"
    assert choose("https://a.example/", {"https": "nonsense://p.example"}) == ""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"])
def test_this_machine_has_no_proxy(host: str):
    assert choose(f"http://{host}:8080/", {"all": "http://p.example:1"}, setting="q.example:1") == ""


@pytest.mark.parametrize(
    ("exceptions", "address", "is_direct"),
    [
        ("", "http://a.example/", False),
        ("*", "http://a.example/", True),
        ("a.example", "http://a.example/", True),
        ("A.Example ", "http://a.example/", True),
        ("a.example", "http://www.a.example/", True),
        ("a.example", "http://nota.example/", False),
        (".a.example", "http://a.example/", True),
        ("*.a.example", "http://x.a.example/", True),
        ("x.example, a.example", "https://a.example/", True),
        ("a.example:443", "https://a.example/", True),
        ("a.example:443", "http://a.example/", False),
        ("a.example:8080", "http://a.example:8080/", True),
        ("10.0.0.0/8", "http://10.1.2.3/", True),
        ("10.0.0.0/8", "http://11.1.2.3/", False),
        ("10.0.0.0/8", "http://ten.example/", False),
        ("169.254/16", "http://169.254.1.1/", True),
        ("192.168.1.1", "http://192.168.1.1/", True),
        ("192.168.*", "http://192.168.1.1/", True),
        ("2001:db8::1", "http://[2001:db8::1]/", True),
        ("2001:db8::/32", "http://[2001:db8::7]:81/", True),
        ("<local>", "http://intranet/", True),
        ("<local>", "http://a.example/", False),
        ("xn--mnchen-3ya.example", "http://münchen.example/", True),
        ("münchen.example", "http://münchen.example/", True),
        ("300.0.0.0/99, nonsense/x", "http://10.0.0.1/", False),
    ],
)
def test_what_the_system_excepts_is_asked_directly(exceptions: str, address: str, is_direct: bool):
    found = choose(address, {"all": "http://p.example:1"}, exceptions)
    assert found == ("" if is_direct else "http://p.example:1")


def test_only_the_environment_means_the_hosts_below_too():
    assert Bypass(["a.example"]).holds("www.a.example", 443)
    assert not Bypass(["a.example"], covers_below=False).holds("www.a.example", 443)


def test_the_environment_is_read_with_what_it_excepts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("https_proxy", "http://p.example:3128")
    monkeypatch.setenv("NO_PROXY", "intranet.example,10.0.0.0/8")
    choice = ProxyChoice(read=read_system)
    assert choice.of(httpx.URL("https://news.example/")) == "http://p.example:3128"
    assert choice.of(httpx.URL("http://news.example/")) == ""
    assert choice.of(httpx.URL("https://wiki.intranet.example/")) == ""


def test_the_system_is_read_again_after_a_while():
    times, readings = [0.0], [{"all": "http://one.example"}, {"all": "http://two.example"}]
    choice = ProxyChoice(read=lambda: SystemProxies(readings.pop(0), Bypass()), clock=lambda: times[0])
    url = httpx.URL("http://news.example/")
    assert choice.of(url) == "http://one.example"
    times[0] = READ_AGAIN - 1
    assert choice.of(url) == "http://one.example"
    times[0] = READ_AGAIN
    assert choice.of(url) == "http://two.example"


@pytest.mark.parametrize("written", ["", "   ", "ftp://p.example", "http://", "socks6://p.example", "a b"])
def test_what_is_no_proxy_is_refused(written: str):
    with pytest.raises(AddressRefused):
        check_proxy(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("p.example:8080", "http://p.example:8080"),
        (" SOCKS://p.example ", "socks5h://p.example"),
        ("socks4://u@p.example:1", "socks4://u@p.example:1"),
        ("https://p.example", "https://p.example"),
    ],
)
def test_a_proxy_is_written_with_or_without_its_scheme(written: str, meant: str):
    assert check_proxy(written) == meant
