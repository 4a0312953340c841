CREATE TABLE role (
    code TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    second_factor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE role_right (
    id BLOB NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    deed TEXT NOT NULL,
    of TEXT NOT NULL,
    UNIQUE (role, deed, of)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id BLOB NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    name TEXT,
    role TEXT NOT NULL,
    outside INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    until TEXT,
    left_on TEXT,
    former INTEGER,
    second_factor BLOB,
    last_step INTEGER,
    UNIQUE (number)
) STRICT, WITHOUT ROWID;

CREATE TABLE spare_code (
    id BLOB NOT NULL PRIMARY KEY,
    staff_id BLOB NOT NULL REFERENCES staff (id),
    code BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX spare_code_staff_id ON spare_code (staff_id);

CREATE TABLE open_case (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES contact (id),
    staff_id BLOB NOT NULL REFERENCES staff (id),
    reason TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    until TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX open_case_person_id ON open_case (person_id);

CREATE INDEX open_case_staff_id_until ON open_case (staff_id, until);

DROP INDEX draft_contact_id;

DROP INDEX draft_saved_at;

ALTER TABLE draft RENAME TO draft_of_nobody;

CREATE TABLE draft (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB REFERENCES contact (id),
    author TEXT NOT NULL,
    place TEXT NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    UNIQUE (author, place, contact_id, field)
) STRICT, WITHOUT ROWID;

INSERT INTO draft SELECT id, contact_id, 'owner', place, field, text, saved_at FROM draft_of_nobody;

DROP TABLE draft_of_nobody;

CREATE INDEX draft_contact_id ON draft (contact_id);

CREATE INDEX draft_saved_at ON draft (saved_at);
