"""`broadsheet extract` and `broadsheet sanitize`, started as a person would."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = "The ferry to the outer islands sailed again on Monday, after eleven days in which the harbour was closed."
PAGE = f"""<html lang="en"><head><title>Ferry sails</title><meta property="og:image" content="/f.jpg"></head><body>
<article><h1>Ferry sails</h1><p>{WORDS}</p><p onclick="x()">{WORDS} <a href="/more">More</a> is not known.</p></article></body>"""


def start(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reader", *words],
        input=given, capture_output=True, text=True, encoding="utf-8", timeout=120, cwd=ROOT, check=False,
    )  # fmt: skip


def test_a_page_is_one_line_of_json(tmp_path: Path) -> None:
    file = tmp_path / "ferry.html"
    file.write_text(PAGE, "utf-8")
    done = start("extract", str(file), "--url", "https://gazette.example/ferry")
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert set(said) == {"file", "title", "author", "published", "language", "image", "text", "html"}
    assert (said["title"], said["language"], said["image"]) == (
        "Ferry sails",
        "en",
        "https://gazette.example/f.jpg",
    )
    assert said["text"].startswith(WORDS)
    assert "https://gazette.example/more" in said["html"]
    assert "onclick" not in said["html"]


def test_a_page_that_cannot_be_read_is_a_line_among_others_and_exit_code_1(tmp_path: Path) -> None:
    good, empty = tmp_path / "good.html", tmp_path / "empty.html"
    good.write_text(PAGE, "utf-8")
    empty.write_text("", "utf-8")
    done = start("extract", str(empty), str(good), str(tmp_path / "missing.html"))
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line.get("error") for line in lines] == ["EmptyDocument", None, "OSError"]


def test_a_single_page_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    done = start("extract", str(tmp_path / "missing.html"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "No such file" in done.stderr


def test_sanitize_reads_standard_input_and_prints_what_is_safe() -> None:
    done = start(
        "sanitize",
        "--url",
        "https://e.example/",
        given='<p onclick="x">Hi <a href="/q">there</a><script>x</script></p>',
    )
    assert (done.returncode, done.stdout) == (0, '<p>Hi <a href="https://e.example/q">there</a></p>\n')


def test_sanitize_reads_files_too(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("<p>Grüße</p>", "utf-8")
    done = start("sanitize", str(file), str(tmp_path / "missing.html"))
    assert (done.returncode, done.stdout) == (1, "<p>Grüße</p>\n")
