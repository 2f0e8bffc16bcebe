"""The tables as the first version made them. Later versions are in `migrations`, never here.

news.db keeps three layers of an article apart, because they are read at different times:
`status` (narrow, what every list and count is made from), `article` (what a row of a list
shows) and `body` (what only the open page needs). A status may come before its article and
outlive it.

`status.section_id` says in which section's lists the article stands. It repeats the feed's
section so that a list is one range of one index, and it is NULL while the article is in no
list at all: its feed was removed, or the article itself is not here. Every index of lists is
partial on it, so hidden articles cost nothing to any list.
"""

from __future__ import annotations

NEWS = """
CREATE TABLE section (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    parent_id INTEGER REFERENCES section(id),
    position INTEGER NOT NULL
);

CREATE TABLE feed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    section_id INTEGER REFERENCES section(id) ON DELETE SET NULL,
    position INTEGER NOT NULL,
    address TEXT NOT NULL UNIQUE,
    given_title TEXT NOT NULL DEFAULT '',   -- the user's
    own_title TEXT NOT NULL DEFAULT '',     -- the document's
    site TEXT NOT NULL DEFAULT '',
    icon TEXT NOT NULL DEFAULT '',
    removed_at INTEGER                      -- NULL: subscribed
);
CREATE INDEX feed_section ON feed (section_id);
CREATE INDEX feed_removed ON feed (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE fetch_state (
    feed_id INTEGER PRIMARY KEY REFERENCES feed(id) ON DELETE CASCADE,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    body_hash BLOB NOT NULL DEFAULT x'',
    not_before INTEGER,
    rule TEXT NOT NULL DEFAULT '',          -- what decided not_before
    failures INTEGER NOT NULL DEFAULT 0,
    failed_since INTEGER,
    failure_kind TEXT NOT NULL DEFAULT '',
    failure_detail TEXT NOT NULL DEFAULT '',
    last_status INTEGER NOT NULL DEFAULT 0,
    last_checked_at INTEGER,
    last_success_at INTEGER,
    last_200_at INTEGER,
    icon_checked_at INTEGER,
    bytes_saved INTEGER NOT NULL DEFAULT 0,
    moved_to TEXT NOT NULL DEFAULT '',
    moved_seen_at INTEGER,
    is_gone INTEGER NOT NULL DEFAULT 0,
    wishes TEXT NOT NULL DEFAULT ''         -- what its last document asked for (ttl, skipHours ...), JSON
);

CREATE TABLE host_pause (
    host TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    reason TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE tally (
    feed_id INTEGER PRIMARY KEY REFERENCES feed(id) ON DELETE CASCADE,
    total INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    saved INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE status (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- the article's; never given twice
    feed_id INTEGER NOT NULL REFERENCES feed(id) ON DELETE CASCADE,
    section_id INTEGER,                     -- NULL: in no list
    sort_at INTEGER NOT NULL,
    is_read INTEGER NOT NULL DEFAULT 0,
    is_saved INTEGER NOT NULL DEFAULT 0,
    is_dropped INTEGER NOT NULL DEFAULT 0,  -- the article was let go and must not come back
    uid BLOB NOT NULL                       -- 16 bytes
);
CREATE UNIQUE INDEX status_uid ON status (feed_id, uid);
CREATE INDEX status_all ON status (sort_at) WHERE section_id IS NOT NULL;
CREATE INDEX status_section ON status (section_id, sort_at) WHERE section_id IS NOT NULL;
CREATE INDEX status_feed ON status (feed_id, sort_at) WHERE section_id IS NOT NULL;
CREATE INDEX unread_all ON status (sort_at) WHERE section_id IS NOT NULL AND is_read = 0;
CREATE INDEX unread_section ON status (section_id, sort_at) WHERE section_id IS NOT NULL AND is_read = 0;
CREATE INDEX unread_feed ON status (feed_id, sort_at) WHERE section_id IS NOT NULL AND is_read = 0;
CREATE INDEX saved_all ON status (sort_at) WHERE section_id IS NOT NULL AND is_saved = 1;
CREATE INDEX saved_unread ON status (sort_at)
    WHERE section_id IS NOT NULL AND is_saved = 1 AND is_read = 0;

CREATE TRIGGER status_counted AFTER INSERT ON status WHEN NEW.section_id IS NOT NULL BEGIN
    UPDATE tally SET total = total + 1, unread = unread + 1 - NEW.is_read, saved = saved + NEW.is_saved
        WHERE feed_id = NEW.feed_id;
END;
CREATE TRIGGER status_uncounted AFTER DELETE ON status WHEN OLD.section_id IS NOT NULL BEGIN
    UPDATE tally SET total = total - 1, unread = unread - 1 + OLD.is_read, saved = saved - OLD.is_saved
        WHERE feed_id = OLD.feed_id;
END;
CREATE TRIGGER status_recounted AFTER UPDATE OF section_id, is_read, is_saved ON status
WHEN OLD.is_read <> NEW.is_read OR OLD.is_saved <> NEW.is_saved
    OR (OLD.section_id IS NULL) <> (NEW.section_id IS NULL) BEGIN
    UPDATE tally SET
        total = total + (NEW.section_id IS NOT NULL) - (OLD.section_id IS NOT NULL),
        unread = unread + (NEW.section_id IS NOT NULL AND NOT NEW.is_read)
            - (OLD.section_id IS NOT NULL AND NOT OLD.is_read),
        saved = saved + (NEW.section_id IS NOT NULL AND NEW.is_saved)
            - (OLD.section_id IS NOT NULL AND OLD.is_saved)
        WHERE feed_id = NEW.feed_id;
END;

CREATE TABLE article (
    id INTEGER PRIMARY KEY REFERENCES status(id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    standfirst TEXT NOT NULL,
    link TEXT NOT NULL,
    author TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    picture TEXT NOT NULL,
    published_at INTEGER,                   -- as the publisher says; NULL: undated
    fingerprint BLOB NOT NULL               -- 16 bytes
);

CREATE TABLE body (
    id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    html BLOB NOT NULL,                     -- zstd frame of UTF-8
    updated_at INTEGER,
    language TEXT NOT NULL,
    extras TEXT NOT NULL                    -- JSON: pictures, categories, enclosures, comments; '': none
);

CREATE TABLE former_title (
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    changed_at INTEGER NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (article_id, changed_at)
) WITHOUT ROWID;

CREATE TABLE pictures_due (                 -- articles whose pictures were not all looked after
    article_id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE
);

CREATE TABLE era (                          -- a stretch of time with a full-text index of its own
    number INTEGER PRIMARY KEY,
    since INTEGER NOT NULL UNIQUE,          -- articles from this sort_at up to the next era's
    articles INTEGER NOT NULL DEFAULT 0,    -- put into its index, edits not counted
    is_tidy INTEGER NOT NULL DEFAULT 0
);
"""

PICTURES = """
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,              -- 16 bytes, of data
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    data BLOB NOT NULL
);

CREATE TABLE thumb (
    content_id INTEGER PRIMARY KEY REFERENCES content(id) ON DELETE CASCADE,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    data BLOB NOT NULL
);

CREATE TABLE picture (
    address BLOB PRIMARY KEY,               -- 16 bytes, hash of the address
    content_id INTEGER REFERENCES content(id),
    stored_at INTEGER NOT NULL,
    retry_at INTEGER                        -- where there is no content: not asked for again before
) WITHOUT ROWID;
CREATE INDEX picture_content ON picture (content_id) WHERE content_id IS NOT NULL;
"""
