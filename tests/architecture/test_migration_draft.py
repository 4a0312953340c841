"""The migrations make what is declared, and the draft of the next one holds what they do not."""

from desktop_crm.storage.migrate import migrations
from desktop_crm.storage.schema import schema_sql
from installers.migration import draft, schema


def test_the_migrations_make_exactly_what_is_declared() -> None:
    made = schema(*(path.read_text(encoding="utf-8") for path in migrations()))
    assert draft(made, schema(schema_sql())) == []


def test_the_draft_tells_what_is_new_gone_and_changed() -> None:
    old = schema("CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (\n  x\n);")
    new = schema("CREATE TABLE a  (x); CREATE TABLE c (\n  x,\n  y\n); CREATE TABLE d (x); CREATE INDEX i ON d (x);")
    gone, table, index, other = draft(old, new)
    assert gone == "DROP TABLE b;"
    assert (table, index) == ("CREATE TABLE d (x);", "CREATE INDEX i ON d (x);")
    assert other.startswith("-- c changed")
    assert "+   y" in other
