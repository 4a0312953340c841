CREATE TABLE log_checkpoint (
    first INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL,
    ordinary INTEGER NOT NULL,
    newest_ordinary TEXT,
    lasting INTEGER NOT NULL,
    newest_lasting TEXT,
    months INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    line INTEGER NOT NULL,
    before BLOB NOT NULL,
    after BLOB NOT NULL,
    seal BLOB NOT NULL
) STRICT;

CREATE TRIGGER log_checkpoint_no_update BEFORE UPDATE ON log_checkpoint
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER log_checkpoint_no_delete BEFORE DELETE ON log_checkpoint
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE log_notice (
    id BLOB NOT NULL PRIMARY KEY,
    reader TEXT NOT NULL,
    version INTEGER NOT NULL,
    language TEXT NOT NULL,
    read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER log_notice_no_update BEFORE UPDATE ON log_notice
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER log_notice_no_delete BEFORE DELETE ON log_notice
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
