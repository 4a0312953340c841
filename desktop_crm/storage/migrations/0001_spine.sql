CREATE TABLE company (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    match TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (match)
) STRICT, WITHOUT ROWID;
CREATE TABLE contact (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    prefix TEXT,
    given TEXT,
    middle TEXT,
    family TEXT,
    suffix TEXT,
    nickname TEXT,
    company_id BLOB REFERENCES company (id),
    department TEXT,
    job_title TEXT,
    birthday TEXT,
    language TEXT,
    stage TEXT NOT NULL,
    basis TEXT NOT NULL,
    source TEXT NOT NULL,
    informed_on TEXT,
    informed_how TEXT,
    deceased INTEGER NOT NULL,
    under_age INTEGER NOT NULL,
    batch_id BLOB,
    last_activity_on TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_sort_name_id ON contact (sort_name, id);
CREATE INDEX contact_last_activity_on ON contact (last_activity_on);
CREATE INDEX contact_batch_id ON contact (batch_id);
CREATE INDEX contact_company_id ON contact (company_id);
CREATE TABLE contact_email (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    address TEXT NOT NULL,
    match TEXT NOT NULL,
    label TEXT,
    batch_id BLOB,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_email_contact_id ON contact_email (contact_id);
CREATE INDEX contact_email_match ON contact_email (match);
CREATE TABLE contact_phone (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    number TEXT NOT NULL,
    match TEXT NOT NULL,
    label TEXT,
    batch_id BLOB,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_phone_contact_id ON contact_phone (contact_id);
CREATE INDEX contact_phone_match ON contact_phone (match);
CREATE TABLE contact_address (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    street TEXT,
    extra TEXT,
    po_box TEXT,
    postal_code TEXT,
    city TEXT,
    region TEXT,
    country TEXT,
    label TEXT,
    batch_id BLOB,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_address_contact_id ON contact_address (contact_id);
CREATE TABLE contact_website (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    url TEXT NOT NULL,
    label TEXT,
    batch_id BLOB,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_website_contact_id ON contact_website (contact_id);
CREATE TABLE tag (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    match TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (match)
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_tag (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    tag_id BLOB NOT NULL REFERENCES tag (id),
    batch_id BLOB,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_tag_contact_id ON contact_tag (contact_id);
CREATE INDEX contact_tag_tag_id ON contact_tag (tag_id);
CREATE TABLE interaction (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    kind TEXT NOT NULL,
    channel TEXT,
    happened_at TEXT NOT NULL,
    text TEXT NOT NULL,
    actor TEXT NOT NULL,
    batch_id BLOB,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_contact_id_happened_at ON interaction (contact_id, happened_at);
CREATE INDEX interaction_batch_id ON interaction (batch_id);
CREATE TABLE purchase (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    bought_on TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    invoice_no TEXT,
    description TEXT,
    original TEXT NOT NULL,
    batch_id BLOB,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX purchase_contact_id_bought_on ON purchase (contact_id, bought_on);
CREATE INDEX purchase_batch_id ON purchase (batch_id);
CREATE TABLE sale (
    id BLOB NOT NULL PRIMARY KEY,
    bought_on TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_invoice (
    id BLOB NOT NULL PRIMARY KEY,
    buyer_name TEXT NOT NULL,
    buyer_address TEXT NOT NULL,
    bought_on TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    invoice_no TEXT,
    description TEXT,
    law TEXT NOT NULL,
    kept_until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_invoice_kept_until ON kept_invoice (kept_until);
CREATE TABLE delivery_recipient (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    name TEXT NOT NULL,
    address TEXT,
    phone TEXT,
    card_text TEXT,
    deliver_on TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_recipient_contact_id ON delivery_recipient (contact_id);
CREATE INDEX delivery_recipient_deliver_on ON delivery_recipient (deliver_on);
CREATE TABLE purpose (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    basis TEXT NOT NULL,
    channel TEXT NOT NULL,
    valid_days INTEGER,
    created_at TEXT NOT NULL,
    UNIQUE (code)
) STRICT, WITHOUT ROWID;
CREATE TABLE wording (
    id BLOB NOT NULL PRIMARY KEY,
    purpose_id BLOB NOT NULL REFERENCES purpose (id),
    language TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    text_sha256 BLOB NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (purpose_id, language, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER wording_no_update BEFORE UPDATE ON wording
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER wording_no_delete BEFORE DELETE ON wording
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TABLE notice (
    id BLOB NOT NULL PRIMARY KEY,
    language TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (language, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER notice_no_update BEFORE UPDATE ON notice
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER notice_no_delete BEFORE DELETE ON notice
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TABLE consent_event (
    id BLOB NOT NULL PRIMARY KEY,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    purpose_id BLOB NOT NULL REFERENCES purpose (id),
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    how TEXT NOT NULL,
    wording_id BLOB REFERENCES wording (id),
    notice_id BLOB REFERENCES notice (id),
    happened_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    evidence TEXT,
    batch_id BLOB,
    previous BLOB NOT NULL,
    seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_event_contact_id_happened_at ON consent_event (contact_id, happened_at);
CREATE INDEX consent_event_purpose_id_contact_id ON consent_event (purpose_id, contact_id);
CREATE INDEX consent_event_batch_id ON consent_event (batch_id);
CREATE TRIGGER consent_event_no_update BEFORE UPDATE ON consent_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER consent_event_no_delete BEFORE DELETE ON consent_event
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TABLE privacy_request (
    id BLOB NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    person_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    received_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    closed_at TEXT,
    paper_sha256 BLOB,
    created_at TEXT NOT NULL,
    UNIQUE (number)
) STRICT, WITHOUT ROWID;
CREATE INDEX privacy_request_person_id ON privacy_request (person_id);
CREATE INDEX privacy_request_due_on ON privacy_request (due_on);
CREATE TABLE retention_rule (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    record TEXT NOT NULL,
    condition TEXT NOT NULL,
    start TEXT NOT NULL,
    anchor TEXT NOT NULL,
    length INTEGER NOT NULL,
    unit TEXT NOT NULL,
    action TEXT NOT NULL,
    habit INTEGER NOT NULL,
    law TEXT NOT NULL,
    source TEXT NOT NULL,
    as_of TEXT NOT NULL,
    UNIQUE (code)
) STRICT, WITHOUT ROWID;
CREATE TABLE retention_item (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL,
    rule TEXT NOT NULL,
    record TEXT NOT NULL,
    row_id BLOB NOT NULL,
    due_on TEXT NOT NULL,
    found_at TEXT NOT NULL,
    answer TEXT NOT NULL,
    reason TEXT,
    until TEXT,
    decided_at TEXT,
    actor TEXT,
    UNIQUE (rule, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX retention_item_person_id ON retention_item (person_id);
CREATE INDEX retention_item_answer_found_at ON retention_item (answer, found_at);
CREATE TABLE erasure (
    id BLOB NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    subject BLOB NOT NULL,
    ground TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    done_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    schema INTEGER NOT NULL,
    previous BLOB NOT NULL,
    seal BLOB NOT NULL,
    UNIQUE (number),
    UNIQUE (subject)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER erasure_no_update BEFORE UPDATE ON erasure
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TABLE erasure_count (
    id BLOB NOT NULL PRIMARY KEY,
    erasure_id BLOB NOT NULL,
    record TEXT NOT NULL,
    number INTEGER NOT NULL,
    stays INTEGER NOT NULL,
    law TEXT,
    until TEXT
) STRICT, WITHOUT ROWID;
CREATE TRIGGER erasure_count_no_update BEFORE UPDATE ON erasure_count
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER erasure_count_no_delete BEFORE DELETE ON erasure_count
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TABLE erasure_mark (
    id BLOB NOT NULL PRIMARY KEY,
    erasure_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    mark BLOB NOT NULL,
    kept_until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_mark_mark ON erasure_mark (mark);
CREATE TRIGGER erasure_mark_no_update BEFORE UPDATE ON erasure_mark
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER erasure_mark_no_delete BEFORE DELETE ON erasure_mark
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TABLE erasure_proof (
    id BLOB NOT NULL PRIMARY KEY,
    erasure_id BLOB NOT NULL,
    searched_at TEXT NOT NULL,
    pages INTEGER NOT NULL,
    details INTEGER NOT NULL,
    shared INTEGER NOT NULL,
    found INTEGER NOT NULL,
    pending INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER erasure_proof_no_update BEFORE UPDATE ON erasure_proof
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER erasure_proof_no_delete BEFORE DELETE ON erasure_proof
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TABLE erasing_now (
    id BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE audit_entry (
    seq INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    verb TEXT NOT NULL,
    record TEXT NOT NULL,
    person_id BLOB,
    row_id BLOB,
    fields TEXT NOT NULL,
    number INTEGER NOT NULL,
    previous BLOB NOT NULL,
    seal BLOB NOT NULL
) STRICT;
CREATE INDEX audit_entry_person_id_at ON audit_entry (person_id, at);
CREATE INDEX audit_entry_at ON audit_entry (at);
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
WHEN NOT EXISTS (SELECT 1 FROM erasing_now)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TABLE import_batch (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    basis TEXT NOT NULL,
    file_mark BLOB,
    rows_read INTEGER NOT NULL,
    added INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL,
    undone_at TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE import_fill (
    id BLOB NOT NULL PRIMARY KEY,
    batch_id BLOB NOT NULL,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    field TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX import_fill_batch_id ON import_fill (batch_id);
CREATE INDEX import_fill_contact_id ON import_fill (contact_id);
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE job_run (
    name TEXT NOT NULL PRIMARY KEY,
    last_success TEXT NOT NULL,
    found INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE search_entry (
    rid INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    owner BLOB NOT NULL,
    subject BLOB NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    company TEXT NOT NULL,
    note TEXT NOT NULL,
    UNIQUE (kind, owner)
) STRICT;
CREATE INDEX search_entry_subject ON search_entry (subject);
CREATE VIRTUAL TABLE search_text USING fts5 (name, email, phone, company, note, content='search_entry', content_rowid='rid', prefix='1 2 3 4', columnsize=0, tokenize='unicode61 remove_diacritics 0');
INSERT INTO search_text (search_text, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE search_word USING fts5vocab (search_text, 'col');
