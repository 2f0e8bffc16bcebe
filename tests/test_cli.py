"""The program without a window, started as a person would, on a server of this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reader import __version__

ROOT = Path(__file__).resolve().parent.parent
FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Gazette</title><id>urn:g</id>
<updated>2026-03-09T09:00:00Z</updated><link href="/" rel="alternate"/>
<entry><id>urn:1</id><title>Ferry sails again</title><link href="/ferry"/><author><name>A. Quay</name></author>
<published>2026-03-09T09:00:00Z</published><updated>2026-03-09T09:00:00Z</updated>
<content type="html">&lt;p&gt;It sails.&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;</content></entry>
<entry><id>urn:2</id><title>Seals counted</title><link href="/seals"/>
<published>2026-03-08T09:00:00Z</published><updated>2026-03-08T09:00:00Z</updated></entry></feed>"""
SITE = (
    '<html><head><link rel="alternate" type="application/atom+xml" href="/feed"></head><body>Hi</body></html>'
)
PAGES = {"/feed": ("application/atom+xml", FEED), "/": ("text/html", SITE), "/plain": ("text/html", "<p>Hi")}
PAGES |= {"/members": ("application/atom+xml", FEED), f"/feed?token={'8f3b1c9a7d2e4f60a1b2'}": PAGES["/feed"]}
KEYS = ("Basic YW5uYTpzZWNyZXQ=", "Bearer t0ken")

NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}

Broadsheet = Callable[..., "subprocess.CompletedProcess[str]"]


class Gazette(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/members") and self.headers["Authorization"] not in KEYS:
            self.send_response(401)
            self.send_header("WWW-Authenticate", "Basic realm=members")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        kind, text = PAGES.get(self.path, ("text/html", ""))
        is_known = self.path == "/feed" and self.headers["If-None-Match"] == '"1"'
        self.send_response(304 if is_known else 200 if text else 404)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(0 if is_known else len(text.encode())))
        self.end_headers()
        self.wfile.write(b"" if is_known else text.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gazette)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def broadsheet(tmp_path: Path) -> Broadsheet:
    def start(*words: str, enters: str | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "reader", "--profile", str(tmp_path / "profile"), *words],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **variables},
            cwd=tmp_path,
            input=enters,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return start


def read_lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_site_is_subscribed_to_listed_refreshed_and_exported(broadsheet: Broadsheet, site: str) -> None:
    done = broadsheet("add", site, "--section", "Local")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Subscribed to Harbour Gazette ({site}/feed), 2 articles.\n"

    ferry, seals = read_lines(broadsheet("list", "--json").stdout)
    assert ferry.pop("id") != seals["id"]
    assert ferry == {
        "feed": f"{site}/feed",
        "source": "Harbour Gazette",
        "title": "Ferry sails again",
        "link": f"{site}/ferry",
        "published": "2026-03-09T09:00:00+00:00",
        "author": "A. Quay",
        "read": False,
        "saved": False,
    }
    assert len(broadsheet("list", "--section", "local", "--limit", "1").stdout.splitlines()) == 1

    again = broadsheet("refresh", "--all", "--json")
    assert (again.returncode, read_lines(again.stdout)) == (0, [{"feeds": 1, "new": 0, "failed": 0}])

    outline = broadsheet("export").stdout
    assert f'xmlUrl="{site}/feed"' in outline
    assert 'text="Local"' in outline


def test_a_feed_that_is_there_already_is_refused_with_a_sentence(broadsheet: Broadsheet, site: str) -> None:
    assert broadsheet("add", f"{site}/feed", "--json").returncode == 0
    again = broadsheet("add", f"{site}/feed")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "broadsheet: You already read Harbour Gazette.\n"


@pytest.mark.parametrize(
    ("path", "sentence"), [("/plain", "No feed was found at"), ("/none", "There is nothing at this address")]
)
def test_an_address_without_a_feed_is_one_sentence_and_exit_code_1(
    broadsheet: Broadsheet, site: str, path: str, sentence: str
) -> None:
    done = broadsheet("add", site + path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"broadsheet: {sentence}")
    assert len(done.stderr.splitlines()) == 1


def test_an_import_counts_what_is_new_and_goes_on_after_a_broken_file(
    broadsheet: Broadsheet, tmp_path: Path
) -> None:
    outline = (
        '<opml version="2.0"><body><outline text="A"><outline text="F" xmlUrl="http://f.example/"/></outline>'
    )
    (tmp_path / "feeds.opml").write_text(outline)
    (tmp_path / "letter.txt").write_text("Dear reader")
    done = broadsheet("import", "letter.txt", "absent.opml", "feeds.opml", "feeds.opml")
    assert done.returncode == 1
    assert done.stdout == "Subscribed to 1 new feed.\n"
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["letter.txt", "absent.opml"]
    (feed,) = read_lines(broadsheet("list", "--feeds", "--json").stdout)
    assert (feed["section"], feed["title"], feed["feed"]) == ("A", "F", "http://f.example/")


def test_a_refresh_without_feeds_says_so(broadsheet: Broadsheet) -> None:
    done = broadsheet("refresh")
    assert done.returncode == 1
    assert "no feed is subscribed to" in done.stderr


def test_a_section_that_is_not_there_is_named(broadsheet: Broadsheet) -> None:
    done = broadsheet("list", "--section", "Nowhere")
    assert (done.returncode, done.stderr) == (1, "broadsheet: There is no section called Nowhere.\n")


def test_the_sample_newspaper_can_be_listed_without_a_network(broadsheet: Broadsheet) -> None:
    done = broadsheet("--sample", "list", "--json")
    assert done.returncode == 0
    assert len(read_lines(done.stdout)) >= 60


def test_the_version_is_printed(broadsheet: Broadsheet) -> None:
    assert broadsheet("--version").stdout == f"Broadsheet {__version__}\n"


def test_words_without_sense_exit_with_2(broadsheet: Broadsheet) -> None:
    assert broadsheet("list", "--limit", "many").returncode == 2


# ---- signing in, private addresses, health ------------------------------------------------


def test_a_feed_that_asks_for_a_password_is_one_sentence_and_exit_code_1(
    broadsheet: Broadsheet, site: str
) -> None:
    done = broadsheet("add", f"{site}/members")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "broadsheet: The site asks for a password. Try --user NAME, or --token.\n"


@pytest.mark.parametrize(
    ("words", "variable"),
    [(("--user", "anna"), {"BROADSHEET_PASSWORD": "secret"}), (("--token",), {"BROADSHEET_TOKEN": "t0ken"})],
)
def test_a_feed_can_be_signed_in_to_while_it_is_added(
    broadsheet: Broadsheet, site: str, words: tuple[str, ...], variable: dict[str, str]
) -> None:
    done = broadsheet("add", f"{site}/members", *words, **variable, **NO_KEYRING)
    assert (done.returncode, done.stdout) == (
        0,
        f"Subscribed to Harbour Gazette ({site}/members), 2 articles.\n",
    )
    assert "kept only until Broadsheet is closed" in done.stderr


def test_a_wrong_password_adds_nothing(broadsheet: Broadsheet, site: str) -> None:
    done = broadsheet("add", f"{site}/members", "--user", "anna", BROADSHEET_PASSWORD="wrong")
    assert (done.returncode, done.stderr) == (1, "broadsheet: The site asks for a password.\n")
    assert broadsheet("list", "--feeds").stdout == ""


def test_the_password_is_read_from_standard_input_and_its_absence_is_said(
    broadsheet: Broadsheet, site: str
) -> None:
    done = broadsheet("add", f"{site}/members", "--user", "anna", enters="secret\n", **NO_KEYRING)
    assert done.returncode == 0
    done = broadsheet("add", f"{site}/members", "--user", "anna", enters="")
    assert done.returncode == 1
    assert "BROADSHEET_PASSWORD" in done.stderr
    assert "Traceback" not in done.stderr


def test_secrets_in_addresses_are_warned_of_and_can_be_left_out(
    broadsheet: Broadsheet, site: str, tmp_path: Path
) -> None:
    assert broadsheet("add", f"{site}/feed?token=8f3b1c9a7d2e4f60a1b2", "--title", "Mine").returncode == 0
    for target in ("-", "out.opml"):
        done = broadsheet("export", target)
        assert done.returncode == 0
        assert "--without-private" in done.stderr
        assert "Mine" in done.stderr
        assert "8f3b1c9a7d2e4f60a1b2" not in done.stderr
        done = broadsheet("export", target, "--without-private")
        assert (done.returncode, done.stderr) == (0, "")
        written = done.stdout if target == "-" else (tmp_path / target).read_text("utf-8")
        assert "8f3b1c9a7d2e4f60a1b2" not in written


def test_how_the_feeds_are_doing_is_listed_for_programs(broadsheet: Broadsheet, site: str) -> None:
    broadsheet("add", f"{site}/feed")
    broadsheet("refresh", "--all", "--no-pictures")
    (feed,) = read_lines(broadsheet("list", "--feeds", "--json").stdout)
    assert (feed["status"], feed["requests"], feed["unchanged"]) == (304, 2, 1)
    assert feed["checked"] == feed["succeeded"]
    assert feed["next"] > feed["checked"]  # type: ignore[operator]
    assert feed["rule"]
    assert feed["received"] == len(FEED.encode())
    assert feed["saved"] == len(FEED.encode())
    assert (feed["moved_to"], type(feed["per_week"])) == ("", float)


# ---- parse --------------------------------------------------------------------------------


def test_a_feed_file_is_printed_as_the_store_would_receive_it(broadsheet: Broadsheet, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    done = broadsheet("parse", "feed.xml", "--url", "https://harbour.example/feed")
    (feed,) = read_lines(done.stdout)
    assert (done.returncode, feed["title"], feed["link"]) == (
        0,
        "Harbour Gazette",
        "https://harbour.example/",
    )
    ferry, _ = feed["entries"]  # type: ignore[misc]
    assert (ferry["id"], ferry["author"], ferry["enclosures"]) == ("urn:1", "A. Quay", [])
    assert ferry["link"] == "https://harbour.example/ferry"
    assert ferry["published"] == "2026-03-09T09:00:00+00:00"
    assert ferry["html"] == "<p>It sails.</p>"


def test_a_file_that_is_no_feed_is_one_sentence_and_exit_code_1(
    broadsheet: Broadsheet, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><title>Hi</title><p>Hello")
    done = broadsheet("parse", "page.html")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("broadsheet: page.html: ")
    assert len(done.stderr.splitlines()) == 1


def test_many_files_are_one_line_each_in_order(broadsheet: Broadsheet, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    (tmp_path / "empty.xml").write_text("")
    done = broadsheet("parse", "feed.xml", "absent.xml", "empty.xml", "-", enters=FEED)
    first, absent, empty, last = read_lines(done.stdout)
    assert done.returncode == 1
    assert (absent["file"], absent["error"]) == ("absent.xml", "OSError")
    assert (empty["file"], empty["error"]) == ("empty.xml", "EmptyDocument")
    assert (last["file"], last["entries"]) == ("-", first["entries"])
