-- One row an incident, under the path of its file. Instants are microseconds since 1970.
CREATE TABLE incident (
    path TEXT PRIMARY KEY,
    slug TEXT NOT NULL,
    timed TEXT,                 -- the path of its timed posts
    stamp TEXT,                 -- of its file; NULL: read it again
    timed_stamp TEXT,
    translations TEXT NOT NULL, -- pairs of the path of a translation and its stamp
    digest BLOB NOT NULL,       -- of the bytes of all
    id TEXT NOT NULL,           -- empty while nothing is public, as in all down to `row`
    address TEXT,
    month INTEGER,              -- 12 * year + month - 1, in the site's zone
    listed_at INTEGER,
    created_at INTEGER,
    feed_at INTEGER,
    said_at INTEGER,
    resolved_at INTEGER,
    ends_at INTEGER,            -- of planned work; else when it was last heard of
    is_planned INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    word INTEGER NOT NULL,
    row TEXT,
    spans TEXT NOT NULL,
    touched TEXT NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    claims TEXT NOT NULL,
    lost TEXT NOT NULL,
    faults TEXT,
    is_doubtful INTEGER NOT NULL,
    has_odd_name INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX incident_by_slug ON incident (slug);
CREATE INDEX incident_by_month ON incident (month, listed_at DESC, address) WHERE month IS NOT NULL;
CREATE INDEX incident_by_said ON incident (said_at) WHERE said_at IS NOT NULL;
CREATE INDEX incident_by_resolved ON incident (resolved_at) WHERE resolved_at IS NOT NULL AND is_planned = 0;
CREATE INDEX incident_by_created ON incident (is_planned, created_at) WHERE created_at IS NOT NULL;
CREATE INDEX planned_by_end ON incident (ends_at) WHERE is_planned = 1;
CREATE INDEX incident_open ON incident (is_open) WHERE is_open = 1;
CREATE INDEX incident_by_end_of_validity ON incident (valid_until) WHERE valid_until < 253402300799999999;
CREATE INDEX incident_faulty ON incident (path) WHERE faults IS NOT NULL;
CREATE INDEX incident_doubtful ON incident (is_doubtful) WHERE is_doubtful = 1;
CREATE INDEX incident_timed ON incident (path) WHERE timed IS NOT NULL;
CREATE INDEX incident_translated ON incident (path) WHERE translations <> '[]';
CREATE INDEX incident_odd ON incident (has_odd_name) WHERE has_odd_name = 1;
CREATE INDEX incident_losers ON incident (path) WHERE lost <> '[]';

-- How many are listed in each month.
CREATE TABLE month (month INTEGER PRIMARY KEY, count INTEGER NOT NULL);

-- Which components an incident touched. The columns of the key come first: quick_check of some SQLites goes by that.
CREATE TABLE touch (
    component TEXT NOT NULL,
    listed_at INTEGER NOT NULL,
    address TEXT NOT NULL,
    path TEXT NOT NULL,
    feed_at INTEGER NOT NULL,
    PRIMARY KEY (component, listed_at DESC, address, path) -- for a moment two may have one address
) WITHOUT ROWID;
CREATE INDEX touch_by_feed ON touch (component, feed_at DESC, address);

-- How long a component was in which state because of an incident; 253402300799999999: it still is.
CREATE TABLE span (
    component TEXT NOT NULL,
    ends INTEGER NOT NULL,
    path TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (component, ends DESC, path, number)
) WITHOUT ROWID;

-- Which file claims which id.
CREATE TABLE claim (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (kind, id, path)
) WITHOUT ROWID;

-- The site's own files, and what else is kept by name.
CREATE TABLE static (path TEXT PRIMARY KEY, stamp TEXT) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
