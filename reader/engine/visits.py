"""What a visit to a feed came to, weighed: what is written down about it. Pure.

Enters: the plan (what was known), the answer or the error, the digest where there is one.
Leaves: a `FetchNote` for the store. When to come back is `decide`'s; here its questions are put.
"""

from __future__ import annotations

import json
from dataclasses import field, replace
from datetime import datetime
from hashlib import blake2b

from reader.engine.decide import (
    Move,
    Pace,
    Wishes,
    decide_failure,
    decide_move,
    decide_next,
    is_overload,
    measure_rhythm,
    skip_hours,
)
from reader.errors import BroadsheetError, ConnectionFailed, HttpFailed, Offline
from reader.fetch.address import host_of
from reader.fetch.answer import Answer
from reader.fetch.freshness import Freshness, read_freshness
from reader.frozen import frozen
from reader.model import Digest
from reader.store.fetching import FetchNote, FetchPlan


@frozen
class Visit:
    """One feed, asked once. `error` None: it answered with a document, or that there is no newer."""

    plan: FetchPlan
    answer: Answer | None = None
    digest: Digest | None = None  # None where nothing had to be parsed
    error: BroadsheetError | None = None
    elapsed: float = 0.0  # seconds from asking to the last byte
    is_doubt: bool = False  # asked without validators, since "not modified" was not believed
    needs_reading: bool = False  # a document that has to be parsed first

    @property
    def led_to(self) -> str:
        """The page on another host that came where a feed was expected; "" if none did."""
        answer = self.answer
        if answer is None or not answer.hops or answer.is_unchanged or self.digest is not None:
            return ""
        if isinstance(self.error, HttpFailed):  # a host that serves many feeds, and is in trouble
            return ""
        asked, found = host_of(answer.hops[0].address), host_of(answer.address)
        return answer.address if asked.removeprefix("www.") != found.removeprefix("www.") else ""


@frozen
class Known:
    """What a feed's last document asked for, kept for the times it is "not modified"."""

    wishes: Wishes = field(default_factory=Wishes)
    rhythm: int | None = None  # seconds
    doubted_at: int = 0  # when it was last asked without validators to see whether it lies; Unix seconds

    def write(self) -> str:
        """For the store; "" where there is nothing to keep."""
        wishes = self.wishes
        kept = [wishes.ttl, wishes.update_period, wishes.skip_hours, wishes.skip_days, self.rhythm]
        kept += [self.doubted_at] if self.doubted_at else []
        return json.dumps(kept, separators=(",", ":")) if any(kept) else ""


def read_known(text: str) -> Known:
    """What `Known.write` wrote. Never raises: what cannot be read asked for nothing."""
    try:
        ttl, period, hours, days, rhythm, *more = json.loads(text)
        wishes = Wishes(int(ttl), int(period), tuple(hours), tuple(days))
        return Known(wishes, rhythm, int(more[0]) if more else 0)
    except (ValueError, TypeError):
        return Known()


def allows_now(plan: FetchPlan, now: datetime) -> bool:
    """Whether this is none of the hours and days that the feed forbids; a visit that is overdue,
    since the machine was asleep or a back-off has ended, falls into one all the same."""
    return find_allowed(plan, now) == now


def find_allowed(plan: FetchPlan, now: datetime) -> datetime:
    """`now`, or the next moment that the feed does not forbid."""
    wishes = read_known(plan.wishes).wishes
    return skip_hours(now, wishes.skip_hours, wishes.skip_days, plan.feed_id)


def hash_body(answer: Answer) -> bytes:
    """16 bytes that stand for the body as it was sent."""
    hash = blake2b(answer.data, digest_size=16)
    hash.update(answer.encoding.encode())
    return hash.digest()


def learn(digest: Digest) -> Known:
    head = digest.head
    return Known(
        Wishes(head.ttl, head.update_period, head.skip_hours, head.skip_days),
        measure_rhythm(draft.published_at for draft in digest.drafts),
    )


def read_retry(visit: Visit, now: datetime) -> int | None:
    """Seconds that the server asked to be left alone."""
    return read_freshness(visit.answer.headers, now).retry_after if visit.answer is not None else None


def judge(visit: Visit, now: datetime, usual: int) -> tuple[FetchNote, Move]:
    """What to write down, and where the feed has moved to. `usual`: seconds between two visits of a
    feed that says nothing of its own."""
    if visit.error is not None:
        return _judge_failure(visit, visit.error, now), Move()
    assert visit.answer is not None
    move = decide_move(visit.plan.moved_to, visit.plan.moved_seen_at, visit.answer.moved_to, now)
    return _judge_success(visit, visit.answer, move, now, usual), move


def decide_anew(plan: FetchPlan, usual: int) -> Pace | None:
    """When a feed is due that waits for the usual time, now that it is another: so many seconds after
    its last visit. None for one that waits for anything else."""
    if plan.rule != "usual" or plan.last_checked_at is None:
        return None
    known = read_known(plan.wishes)
    return decide_next(
        plan.feed_id,
        plan.last_checked_at,
        Freshness(),
        known.wishes,
        has_validators=bool(plan.etag or plan.last_modified),
        rhythm=known.rhythm,
        usual=usual,
    )


def _judge_success(visit: Visit, answer: Answer, move: Move, now: datetime, usual: int) -> FetchNote:
    plan = visit.plan
    validators = _read_validators(plan, answer)
    known = learn(visit.digest) if visit.digest is not None else read_known(plan.wishes)
    pace = decide_next(
        plan.feed_id,
        now,
        read_freshness(answer.headers, now),
        known.wishes,
        has_validators=any(validators),
        rhythm=known.rhythm,
        usual=usual,
    )
    note = FetchNote(
        at=now,
        status=answer.status,
        not_before=pace.at,
        rule=pace.rule,
        # Those that are known stay while no whole document has come in place of theirs.
        validators=None if answer.is_cut else validators,
        moved_to=move.to,
        is_gone=False,
        final_address=None if answer.is_cut else answer.address if any(validators) else "",
        elapsed=visit.elapsed,
        received=len(answer.data),
        bytes_saved=plan.body_size if answer.is_unchanged else 0,
        wishes=_note_doubt(visit, known, now),
    )
    if answer.status == 200 and not answer.is_cut:  # 226 brings only what is new
        note = replace(note, body_size=len(answer.data))
    if visit.digest is None:
        return note
    # Of a document that broke off nothing may say "the same as before": it is asked for again whole.
    body_hash = b"" if answer.is_cut else hash_body(answer)
    return replace(note, body_hash=body_hash, head=visit.digest.head, wishes=known.write())


def _note_doubt(visit: Visit, known: Known, now: datetime) -> str | None:
    """An unconditional request that was answered counts, whatever the answer: the next is due in
    eight days, and not at the next visit of a server that says "not modified" to that as well."""
    if not visit.is_doubt or visit.answer is None:
        return None
    return replace(known, doubted_at=int(now.timestamp())).write()


def _read_validators(plan: FetchPlan, answer: Answer) -> tuple[str, str]:
    """Of a document: exactly what came with it, both or neither stale. Of "not modified": what it
    names anew, else what led to it."""
    modified = "" if "2038" in answer.last_modified else answer.last_modified  # a broken clock
    if answer.is_cut:
        return plan.etag, plan.last_modified
    if answer.is_unchanged:
        return answer.etag or plan.etag, modified or plan.last_modified
    return answer.etag, modified


def _judge_failure(visit: Visit, error: BroadsheetError, now: datetime) -> FetchNote:
    """Nothing that was known is lost: validators, hash and title stay as they are."""
    plan = visit.plan
    pace: Pace = decide_failure(
        plan.feed_id, now, error, plan.failures + 1, plan.failed_since, read_retry(visit, now)
    )
    gone = isinstance(error, HttpFailed) and error.detail == "410"
    return FetchNote(
        at=now,
        status=visit.answer.status if visit.answer is not None else 0,
        # The network is there, since others answered: so it is this host that is not.
        failure=ConnectionFailed(error.detail) if isinstance(error, Offline) else error,
        not_before=pace.at,
        rule=pace.rule,
        is_gone=True if gone else None,
        elapsed=visit.elapsed,
        received=len(visit.answer.data) if visit.answer is not None else 0,
        wishes=_note_doubt(visit, read_known(plan.wishes), now),
    )


def asks_for_rest(visit: Visit) -> bool:
    """Whether the whole host is to be left alone."""
    return visit.error is not None and is_overload(visit.error)


def tell_cut(answer: Answer, error: BroadsheetError | None = None) -> BroadsheetError:
    """Why a document is of no use: what its reader found, unless it never came whole."""
    if answer.is_cut or error is None:
        return ConnectionFailed(host_of(answer.address))
    return error
