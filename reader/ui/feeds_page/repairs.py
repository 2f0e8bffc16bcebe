"""What can be done about a feed. In: its health and the time. Out: the fitting repairs, best first.

Pure. The names are those of `ui.repairs`, which carries them out, and "open_articles", which is the
page's own.
"""

from __future__ import annotations

from datetime import datetime

from reader.frozen import frozen
from reader.model import FeedHealth
from reader.ui.article_list.notice import REFUSALS
from reader.ui.feeds_page import judging
from reader.ui.feeds_page.judging import State
from reader.ui.words import tr

OPEN_ARTICLES = "open_articles"


@frozen
class Repair:
    name: str
    label: str
    key: str  # as `ui.keys.name_key` writes it
    is_remedy: bool = False  # the thing to do about the state the feed is in


# In the order in which they stand after the remedies.
ALL = (
    Repair("try_now", "Try now", "t"),
    Repair("sign_in", "Sign in…", "s"),
    Repair("sign_out", "Sign out", "Shift+S"),
    Repair("switch", "Switch to the new address", "w"),
    Repair("find_again", "Look for a new address", "f"),
    Repair("change_address", "Change address…", "a"),
    Repair("user_agent", "Introduce differently…", "u"),
    Repair("reload", "Fetch the whole feed again…", "l"),
    Repair(OPEN_ARTICLES, "Open its articles", "Enter"),
    Repair("open_site", "Open the site", "v"),
    Repair("copy_address", "Copy address", "c"),
    Repair("unsubscribe", "Unsubscribe", "Delete"),
)

REMEDIES = {
    State.GONE: ("find_again",),
    State.CREDENTIALS: ("sign_in",),
    State.BROWSER_CHECK: ("open_site", "user_agent"),
    State.FAILING: ("try_now",),
    State.STUMBLED: ("try_now",),
    State.MOVED: ("switch",),
    State.SILENT: ("find_again",),
    State.UNASKED: ("try_now",),
}


def list_repairs(health: FeedHealth, now: datetime) -> tuple[Repair, ...]:
    state = judging.find_state(health, now)
    remedies = find_remedies(health, state)
    fitting = [
        Repair(r.name, tr(r.label), r.key, r.name in remedies) for r in ALL if fits(r.name, health, state)
    ]
    return tuple(sorted(fitting, key=lambda r: remedies.index(r.name) if r.is_remedy else len(remedies)))


def find_remedies(health: FeedHealth, state: State) -> tuple[str, ...]:
    """What to do about the state the feed is in; the strip above its articles offers the same first."""
    failure = health.failure
    if failure is not None and state in (State.FAILING, State.STUMBLED):
        if failure.kind == "NotAFeed" or (failure.kind, failure.detail) == ("HttpFailed", "404"):
            return ("find_again",)
        if is_refused(health):
            return ("user_agent",)
    return REMEDIES.get(state, ())


def is_refused(health: FeedHealth) -> bool:
    """Whether the site refuses this program, perhaps for its name."""
    failure = health.failure
    return failure is not None and failure.kind == "HttpFailed" and failure.detail in REFUSALS


def fits(name: str, health: FeedHealth, state: State) -> bool:
    failure = health.failure
    match name:
        case "sign_in":
            return state is State.CREDENTIALS or bool(health.signs_in)
        case "sign_out":
            return bool(health.signs_in)
        case "switch":
            return bool(health.moved_to)
        case "find_again":
            return state in (State.GONE, State.FAILING, State.STUMBLED, State.SILENT, State.MOVED)
        case "user_agent":
            return state is State.BROWSER_CHECK or is_refused(health) or bool(health.user_agent)
        case "reload":
            return failure is None and health.succeeded_at is not None
        case "open_site":
            return bool(health.site) or state is State.BROWSER_CHECK
    return True
