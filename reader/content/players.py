"""Players put into a page by other sites, as a link one can follow.

The address in an `iframe` enters; who plays there, the page to open and, where the address alone
tells, a still picture leave. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from reader.frozen import frozen


@frozen
class Player:
    name: str
    address: str
    still: str = ""


def _youtube(match: re.Match[str]) -> Player:
    if match[1] == "videoseries":
        playlist = _query_value(match.string, "list")
        return Player("YouTube", f"https://www.youtube.com/playlist?list={playlist}")
    still = f"https://i.ytimg.com/vi/{match[1]}/hqdefault.jpg"
    return Player("YouTube", f"https://www.youtube.com/watch?v={match[1]}", still)


def _page(name: str, pattern: str) -> Callable[[re.Match[str]], Player]:
    return lambda match: Player(name, match.expand(pattern))


def _named(name: str, parameter: str) -> Callable[[re.Match[str]], Player]:
    """A player that carries the page's address in a parameter of its own."""

    def read(match: re.Match[str]) -> Player:
        value = _query_value(match.string, parameter)
        return Player(name, value if value.startswith(("https://", "http://")) else match.string)

    return read


def _dailymotion(match: re.Match[str]) -> Player:
    still = f"https://www.dailymotion.com/thumbnail/video/{match[1]}"
    return Player("Dailymotion", f"https://www.dailymotion.com/video/{match[1]}", still)


_ID = r"([\w-]+)"
_KNOWN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Player]], ...] = tuple(
    (re.compile(r"https?://(?:www\.|m\.)?" + pattern, re.IGNORECASE), make)
    for pattern, make in (
        (r"youtube(?:-nocookie)?\.com/(?:embed|v|e|shorts|live)/" + _ID, _youtube),
        (r"youtube\.com/watch\?(?:[^#]*&)?v=" + _ID, _youtube),
        (r"youtu\.be/" + _ID, _youtube),
        (r"player\.vimeo\.com/video/(\d+)", _page("Vimeo", r"https://vimeo.com/\1")),
        (r"(?:geo\.)?dailymotion\.com/(?:embed/video/|player[^?]*\?(?:[^#]*&)?video=)" + _ID, _dailymotion),
        (r"player\.twitch\.tv/\?(?:[^#]*&)?video=v?(\d+)", _page("Twitch", r"https://www.twitch.tv/videos/\1")),
        (r"player\.twitch\.tv/\?(?:[^#]*&)?channel=(\w+)", _page("Twitch", r"https://www.twitch.tv/\1")),
        (r"clips\.twitch\.tv/embed\?(?:[^#]*&)?clip=" + _ID, _page("Twitch", r"https://clips.twitch.tv/\1")),
        (r"open\.spotify\.com/embed(?:-podcast)?/(\w+/\w+)", _page("Spotify", r"https://open.spotify.com/\1")),
        (r"w\.soundcloud\.com/player", _named("SoundCloud", "url")),
        (r"mixcloud\.com/widget/iframe", _named("Mixcloud", "feed")),
        (r"facebook\.com/plugins/(?:video|post)", _named("Facebook", "href")),
        (r"embed\.(?:podcasts|music)\.apple\.com/(\S+)", _page("Apple Podcasts", r"https://podcasts.apple.com/\1")),
        (r"embed\.ted\.com/(?:talks/)?(?:lang/[\w-]+/)?([\w/-]+)", _page("TED", r"https://www.ted.com/talks/\1")),
        (r"platform\.twitter\.com/embed/.*[?&]id=(\d+)", _page("X", r"https://x.com/i/status/\1")),
        (r"instagram\.com/(p|reel|tv)/([\w-]+)", _page("Instagram", r"https://www.instagram.com/\1/\2/")),
        (r"tiktok\.com/(?:embed|player)/(?:v\d+/)?(\d+)", _page("TikTok", r"https://www.tiktok.com/@/video/\1")),
        (r"codepen\.io/(\w+)/embed/(?:preview/)?(\w+)", _page("CodePen", r"https://codepen.io/\1/pen/\2")),
        (r"streamable\.com/(?:[eos]/)?(\w+)", _page("Streamable", r"https://streamable.com/\1")),
        (r"rumble\.com/embed/(\w+)", _page("Rumble", r"https://rumble.com/embed/\1/")),
        (r"odysee\.com/\$/embed/([^?]+)", _page("Odysee", r"https://odysee.com/\1")),
        (r"archive\.org/embed/([\w.-]+)", _page("Internet Archive", r"https://archive.org/details/\1")),
        (r"bandcamp\.com/EmbeddedPlayer", _page("Bandcamp", r"\g<0>")),
        (r"datawrapper\.dwcdn\.net/(\w+)", _page("Datawrapper", r"https://datawrapper.dwcdn.net/\1/")),
        (r"flo\.uri\.sh/(visualisation|story)/(\d+)", _page("Flourish", r"https://public.flourish.studio/\1/\2/")),
        (r"google\.[a-z.]+/maps/(?:d/)?embed", lambda match: Player("Google Maps", match.string)),
        (r"players?\.brightcove\.net/", lambda match: Player("Brightcove", match.string)),
        (r"(?:[\w-]+\.)*(?:acast|megaphone|simplecast|libsyn|buzzsprout|audioboom|podbean|spreaker|transistor"
         r"|captivate|omny|art19|ausha|podigee|castos|fireside)\.(?:com|fm|co|io|tv|link)/",
         lambda match: Player("Podcast", match.string)),
        (r"[\w.-]+/videos/embed/([\w-]+)", lambda match: Player(
            "PeerTube", match.string.replace("/videos/embed/", "/videos/watch/").partition("?")[0])),
    )
)  # fmt: skip


def recognise(address: str) -> Player | None:
    """The player behind an absolute address, or None for one we do not know."""
    for pattern, make in _KNOWN:
        if match := pattern.match(address):
            return make(match)
    return None


def _query_value(address: str, name: str) -> str:
    try:
        return parse_qs(urlsplit(address).query).get(name, [""])[0]
    except ValueError:
        return ""
