CREATE TABLE task (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB REFERENCES contact (id),
    text TEXT NOT NULL,
    due_on TEXT,
    due_time TEXT,
    call INTEGER NOT NULL,
    done_at TEXT,
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX task_contact_id ON task (contact_id);

CREATE INDEX task_done_at_due_on ON task (done_at, due_on);

CREATE TABLE draft (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB REFERENCES contact (id),
    place TEXT NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    UNIQUE (place, contact_id, field)
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_contact_id ON draft (contact_id);

CREATE INDEX draft_saved_at ON draft (saved_at);

CREATE TABLE place (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE place_check (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL,
    place_id BLOB NOT NULL REFERENCES place (id),
    done_on TEXT NOT NULL,
    actor TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX place_check_person_id ON place_check (person_id);

CREATE INDEX place_check_place_id ON place_check (place_id);

CREATE TABLE erasure_place (
    id BLOB NOT NULL PRIMARY KEY,
    erasure_id BLOB NOT NULL,
    place TEXT NOT NULL,
    done_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER erasure_place_no_update BEFORE UPDATE ON erasure_place
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER erasure_place_no_delete BEFORE DELETE ON erasure_place
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE retention_run (
    id BLOB NOT NULL PRIMARY KEY,
    ran_at TEXT NOT NULL,
    found INTEGER NOT NULL,
    new INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    erased INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    actor TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX retention_run_ran_at ON retention_run (ran_at);

CREATE TABLE change (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB REFERENCES contact (id),
    act TEXT NOT NULL,
    happened_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    undone_at TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX change_contact_id ON change (contact_id);

CREATE INDEX change_happened_at ON change (happened_at);

CREATE TABLE change_value (
    id BLOB NOT NULL PRIMARY KEY,
    change_id BLOB NOT NULL REFERENCES change (id),
    contact_id BLOB REFERENCES contact (id),
    other_id BLOB,
    record TEXT NOT NULL,
    row_id BLOB NOT NULL,
    verb TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT,
    shielded TEXT,
    form TEXT,
    after BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX change_value_change_id ON change_value (change_id);

CREATE INDEX change_value_contact_id ON change_value (contact_id);

CREATE INDEX change_value_other_id ON change_value (other_id);

CREATE INDEX change_value_row_id ON change_value (row_id);

ALTER TABLE purchase ADD COLUMN still_open TEXT;

CREATE INDEX purchase_still_open ON purchase (still_open);

ALTER TABLE purpose ADD COLUMN active INTEGER NOT NULL DEFAULT 1;

ALTER TABLE privacy_request ADD COLUMN identity_how TEXT;

ALTER TABLE privacy_request ADD COLUMN identity_on TEXT;

ALTER TABLE privacy_request ADD COLUMN wait_until TEXT;

ALTER TABLE privacy_request ADD COLUMN delete_copy_on TEXT;

DROP INDEX consent_event_purpose_id_contact_id;

CREATE INDEX consent_event_purpose_id_contact_id_happened_at_state ON consent_event (purpose_id, contact_id, happened_at, state);
