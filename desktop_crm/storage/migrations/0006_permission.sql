CREATE TABLE purpose_data (
    id BLOB NOT NULL PRIMARY KEY,
    purpose_id BLOB NOT NULL REFERENCES purpose (id),
    field TEXT NOT NULL,
    required INTEGER NOT NULL,
    UNIQUE (purpose_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE blank_form (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    questions TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    notice_id BLOB REFERENCES notice (id),
    printed_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    UNIQUE (code)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_screen (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    how TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    text_sha256 BLOB NOT NULL,
    notice_id BLOB REFERENCES notice (id),
    shown_at TEXT NOT NULL,
    seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX consent_screen_contact_id ON consent_screen (contact_id);

CREATE TRIGGER consent_screen_no_update BEFORE UPDATE ON consent_screen
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER consent_screen_no_delete BEFORE DELETE ON consent_screen
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE sign_up_list (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    held_on TEXT NOT NULL,
    wording_id BLOB NOT NULL REFERENCES wording (id),
    media_type TEXT NOT NULL,
    content BLOB,
    content_sha256 BLOB NOT NULL,
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sign_up_list_held_on ON sign_up_list (held_on);

CREATE TABLE consent_evidence (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    screen_id BLOB REFERENCES consent_screen (id),
    kind TEXT NOT NULL,
    note TEXT,
    strokes TEXT,
    media_type TEXT,
    content BLOB,
    content_sha256 BLOB,
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL,
    list_id BLOB REFERENCES sign_up_list (id),
    seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX consent_evidence_contact_id ON consent_evidence (contact_id);

CREATE INDEX consent_evidence_list_id ON consent_evidence (list_id);

CREATE TRIGGER consent_evidence_no_update BEFORE UPDATE ON consent_evidence
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER consent_evidence_no_delete BEFORE DELETE ON consent_evidence
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE paper_form (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    screen_id BLOB NOT NULL REFERENCES consent_screen (id),
    printed_at TEXT NOT NULL,
    filed_at TEXT,
    actor TEXT NOT NULL,
    questions TEXT NOT NULL,
    UNIQUE (code)
) STRICT, WITHOUT ROWID;

CREATE INDEX paper_form_contact_id ON paper_form (contact_id);

CREATE TABLE informing (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    told_on TEXT NOT NULL,
    how TEXT NOT NULL,
    notice_id BLOB REFERENCES notice (id),
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX informing_contact_id_told_on ON informing (contact_id, told_on);

CREATE TRIGGER informing_no_update BEFORE UPDATE ON informing
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER informing_no_delete BEFORE DELETE ON informing
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE restriction (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    ground TEXT,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    actor TEXT NOT NULL,
    lifted_at TEXT,
    lifted_by TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX restriction_contact_id ON restriction (contact_id);

CREATE TABLE objection (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    purpose_id BLOB REFERENCES purpose (id),
    how TEXT NOT NULL,
    reason TEXT,
    since TEXT NOT NULL,
    actor TEXT NOT NULL,
    outcome TEXT NOT NULL,
    assessment TEXT,
    ended_at TEXT,
    ended_by TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX objection_contact_id ON objection (contact_id);

CREATE TABLE wish (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    channel TEXT NOT NULL,
    value_id BLOB,
    only_service INTEGER NOT NULL,
    note TEXT,
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX wish_contact_id ON wish (contact_id);

CREATE INDEX wish_value_id ON wish (value_id);

CREATE TABLE disclosure (
    id BLOB NOT NULL PRIMARY KEY,
    left_at TEXT NOT NULL,
    form TEXT NOT NULL,
    purpose_id BLOB REFERENCES purpose (id),
    channel TEXT,
    recipient TEXT,
    people INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    actor TEXT NOT NULL,
    number TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX disclosure_left_at ON disclosure (left_at);

CREATE TABLE disclosed_person (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    disclosure_id BLOB NOT NULL REFERENCES disclosure (id),
    consent_id BLOB REFERENCES consent_event (id),
    used_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX disclosed_person_contact_id ON disclosed_person (contact_id);

CREATE INDEX disclosed_person_disclosure_id ON disclosed_person (disclosure_id);

CREATE TABLE mending (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    disclosure_id BLOB NOT NULL REFERENCES disclosure (id),
    cause TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    done_at TEXT,
    done_by TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX mending_contact_id ON mending (contact_id);

CREATE INDEX mending_done_at ON mending (done_at);

ALTER TABLE purpose ADD COLUMN kind TEXT;
ALTER TABLE purpose ADD COLUMN balancing TEXT;
ALTER TABLE purpose ADD COLUMN special TEXT;
ALTER TABLE purpose ADD COLUMN recipients TEXT;
ALTER TABLE purpose ADD COLUMN renewed_at TEXT;
ALTER TABLE purpose ADD COLUMN what_for TEXT;

UPDATE purpose SET kind = CASE code
    WHEN 'orders' THEN 'service'
    WHEN 'newsletter' THEN 'advertising'
    WHEN 'birthday-card' THEN 'advertising'
    WHEN 'photos' THEN 'publication'
    ELSE 'other'
END;

INSERT INTO purpose_data (id, purpose_id, field, required)
SELECT randomblob(16), purpose.id, needs.field, 1
FROM purpose JOIN (
    SELECT 'newsletter' AS code, 'contact_email.address' AS field
    UNION ALL SELECT 'birthday-card', 'contact.birthday'
    UNION ALL SELECT 'birthday-card', 'contact_address.street'
) AS needs USING (code);

ALTER TABLE contact ADD COLUMN basis_note TEXT;

ALTER TABLE consent_event ADD COLUMN explicit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE consent_event ADD COLUMN ends_at TEXT;
ALTER TABLE consent_event ADD COLUMN guardian TEXT;
ALTER TABLE consent_event ADD COLUMN witness TEXT;
ALTER TABLE consent_event ADD COLUMN language TEXT;
ALTER TABLE consent_event ADD COLUMN device TEXT;
ALTER TABLE consent_event ADD COLUMN screen_id BLOB REFERENCES consent_screen (id);
ALTER TABLE consent_event ADD COLUMN receipt BLOB;
ALTER TABLE consent_event ADD COLUMN form INTEGER NOT NULL DEFAULT 1;
ALTER TABLE consent_event ADD COLUMN proof_id BLOB REFERENCES consent_evidence (id);

DROP INDEX consent_event_contact_id_happened_at;

DROP INDEX consent_event_purpose_id_contact_id_happened_at_state;

CREATE INDEX consent_event_contact_id_purpose_id_happened_at_id_state_form_ends_at ON consent_event (contact_id, purpose_id, happened_at, id, state, form, ends_at);
