CREATE TABLE safety_copy (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    made_at TEXT NOT NULL,
    folder TEXT NOT NULL,
    file_name TEXT NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL,
    last_seen TEXT,
    checked_at TEXT,
    result TEXT NOT NULL,
    erased_until TEXT NOT NULL,
    for_sheet INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX safety_copy_state_made_at ON safety_copy (state, made_at);
