"""The command line's words -> what was asked for.

Words that only open the window are read by hand, as argparse would cost its start a hundredth
of a second; everything else is argparse's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from reader import paths


@dataclass(slots=True)
class Asked:
    command: str = ""  # "": open the window
    profile: paths.Profile = field(default_factory=paths.usual_profile)
    sample: bool = False
    open: tuple[str, ...] = ()  # addresses and OPML files to begin with
    files: tuple[str, ...] = ()
    address: str = ""
    section: str = ""
    title: str = ""
    json: bool = False
    unread: bool = False
    saved: bool = False
    limit: int = 0
    all: bool = False  # refresh: also the feeds that are not due
    only_feeds: bool = False
    pictures: bool = True  # refresh: fetch them too
    user: str = ""  # add: who signs in; the password is never on the command line
    token: bool = False  # add: sign in with a token
    private: bool = True  # export: also addresses that hold a password or a token


COMMANDS = ("refresh", "add", "list", "import", "export", "parse", "extract", "sanitize")


def read(arguments: list[str]) -> Asked:
    """What the words ask for. Ends the process, as argparse does, for --help, --version and nonsense."""
    if not any(word in COMMANDS or word in ("-h", "--help", "--version") for word in arguments):
        asked = _read_window(arguments)
        if asked is not None:
            return asked
    return _read_with_argparse(arguments)


def _read_window(arguments: list[str]) -> Asked | None:
    folder, sample, begin = "", False, []
    words = iter(arguments)
    for word in words:
        if word == "--profile":
            folder = next(words, "")
            if not folder:
                return None
        elif word.startswith("--profile="):
            folder = word.partition("=")[2]
        elif word == "--sample":
            sample = True
        elif word.startswith("-"):
            return None
        else:
            begin.append(word)
    return Asked(profile=_profile(folder, sample), sample=sample, open=tuple(begin))


def _profile(folder: str, sample: bool) -> paths.Profile:
    if folder:
        return paths.profile_in(Path(folder))
    return paths.sample_profile() if sample else paths.usual_profile()


def _read_with_argparse(arguments: list[str]) -> Asked:
    import argparse

    from reader import __version__

    class Parser(argparse.ArgumentParser):
        def error(self, message: str) -> NoReturn:
            self.exit(2, f"{self.prog}: {message}\nTry: {self.prog} --help\n")

    common = Parser(add_help=False)
    common.add_argument(
        "--profile", metavar="DIR", default=argparse.SUPPRESS, help="keep everything in this folder"
    )
    common.add_argument(
        "--sample", action="store_true", default=argparse.SUPPRESS, help="use the sample newspaper"
    )
    parser = Parser(prog="broadsheet", parents=[common], description="A news reader for the desktop.")
    parser.add_argument("--version", action="version", version=f"Broadsheet {__version__}")
    parser.add_argument("open", nargs="*", help="addresses and OPML files to open in the window", default=[])
    if not any(word in COMMANDS for word in arguments):
        parser.epilog = (
            "Without a window: broadsheet refresh | add | list | import | export | parse | extract | sanitize,"
            " each with --help."
        )
        found = parser.parse_args(arguments)
        return _asked("", found)
    parser = Parser(prog="broadsheet", parents=[common], description="A news reader for the desktop.")
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, text: str) -> Parser:
        return commands.add_parser(name, parents=[common], help=text, description=text)

    one = add("refresh", "Fetch the feeds that are due, or all of them with --all.")
    one.add_argument("--all", action="store_true", help="also those not due yet")
    one.add_argument(
        "--no-pictures",
        action="store_true",
        help="leave the pictures to the window (else: a minute at most)",
    )
    one.add_argument("--json", action="store_true", help="print one JSON object")
    one = add("add", "Subscribe to a feed, by its address or its site's.")
    one.add_argument("address")
    one.add_argument("--section", default="", help="the section to put it in; made where it is missing")
    one.add_argument("--title", default="", help="a name of your own for it")
    sign_in = one.add_mutually_exclusive_group()
    sign_in.add_argument(
        "--user",
        default="",
        metavar="NAME",
        help="sign in; the password is asked for, or read from BROADSHEET_PASSWORD",
    )
    sign_in.add_argument(
        "--token",
        action="store_true",
        help="sign in with a token; it is asked for, or read from BROADSHEET_TOKEN",
    )
    one.add_argument("--json", action="store_true", help="print one JSON object")
    one = add("list", "Print articles, newest first.")
    one.add_argument("--unread", action="store_true", help="only unread ones")
    one.add_argument("--saved", action="store_true", help="only saved ones")
    one.add_argument("--section", default="", help="only those of this section")
    one.add_argument("--limit", type=int, default=0, help="at most so many")
    one.add_argument("--json", action="store_true", help="one JSON object a line")
    one.add_argument("--feeds", action="store_true", dest="only_feeds", help="print the feeds instead")
    one = add("import", "Subscribe to every feed of OPML files.")
    one.add_argument("files", nargs="+", metavar="FILE")
    one.add_argument("--json", action="store_true", help="print one JSON object")
    one = add("export", "Write the subscriptions as OPML.")
    one.add_argument("files", nargs="?", metavar="FILE", default="-", help="- or nothing: standard output")
    one.add_argument(
        "--without-private",
        action="store_true",
        help="leave out feeds whose address holds a password or a token",
    )
    one = add("parse", "Print feed files as JSON, one line each, as the store would receive them.")
    one.add_argument("files", nargs="+", metavar="FILE")
    one.add_argument("--url", default="", dest="address", help="the address the files came from")
    one = add("extract", "Print the articles of web pages as JSON, one line each.")
    one.add_argument("files", nargs="+", metavar="FILE.html")
    one.add_argument("--url", default="", dest="address", help="the address the pages came from")
    one = add("sanitize", "Print the HTML that an article page would be made from.")
    one.add_argument("files", nargs="*", metavar="FILE.html", help="nothing, or -: standard input")
    one.add_argument("--url", default="", dest="address", help="the address relative links are meant against")
    found = parser.parse_args(arguments)
    return _asked(found.command, found)


def _asked(command: str, found: object) -> Asked:
    said = vars(found)
    files = said.get("files", ())
    return Asked(
        command=command,
        profile=_profile(said.get("profile", ""), bool(said.get("sample"))),
        sample=bool(said.get("sample")),
        open=tuple(said.get("open", ())),
        files=(files,) if isinstance(files, str) else tuple(files),
        address=said.get("address", ""),
        section=said.get("section", ""),
        title=said.get("title", ""),
        json=bool(said.get("json")),
        unread=bool(said.get("unread")),
        saved=bool(said.get("saved")),
        limit=int(said.get("limit", 0)),
        all=bool(said.get("all")),
        only_feeds=bool(said.get("only_feeds")),
        pictures=not said.get("no_pictures"),
        user=said.get("user", ""),
        token=bool(said.get("token")),
        private=not said.get("without_private"),
    )
