CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,          -- a thing that was said is not said again
    made REAL NOT NULL,                -- when it came in; instants are seconds since 1970
    type TEXT NOT NULL,
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,
    at REAL NOT NULL,
    priority INTEGER NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT NOT NULL,
    expires_at REAL NOT NULL,
    is_replaceable INTEGER NOT NULL
) STRICT;
CREATE INDEX event_of_topic ON event (topic, at);
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    destination TEXT NOT NULL,         -- no address, but a digest of one
    lane TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    due REAL NOT NULL,                 -- when it may be tried next; while it is being tried, when another may
    attempt INTEGER NOT NULL DEFAULT 0,
    token TEXT NOT NULL DEFAULT '',    -- who tries it
    expires_at REAL NOT NULL,
    last_error TEXT NOT NULL DEFAULT '',
    ended REAL,
    UNIQUE (event, destination)
) STRICT;
CREATE INDEX delivery_waiting ON delivery (due) WHERE state = 'waiting';
CREATE INDEX delivery_dead ON delivery (ended) WHERE state = 'dead';
