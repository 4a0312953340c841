"""The tables that follow from the declarations. Migrations are drafted and checked with these."""

from datetime import date, datetime

from desktop_crm.records.declare import Column, Declaration, SearchColumn, declaration
from desktop_crm.records.registry import inventory

SEARCH_TABLE = "search_text"
VOCABULARY_TABLE = "search_word"


def _sql_type(column: Column) -> str:
    if issubclass(column.kind, bytes):
        return "BLOB"
    if issubclass(column.kind, (str, date, datetime)):
        return "TEXT"
    return "INTEGER"


def _column_sql(told: Declaration, column: Column) -> str:
    parts = [column.name, _sql_type(column)]
    if not column.optional:
        parts.append("NOT NULL")
    if column.earlier is not None:
        parts.append(f"DEFAULT {int(column.earlier)}")
    if column.name == told.key:
        parts.append("PRIMARY KEY")
    if column.references is not None:
        target = declaration(column.references)
        parts.append(f"REFERENCES {target.name} ({target.key})")
    return " ".join(parts)


def table_sql(told: Declaration) -> str:
    """The CREATE TABLE of a record. Rows lie in the order of their key; a number as key is SQLite's own row number."""
    lines = [_column_sql(told, c) for c in told.columns]
    lines += [f"UNIQUE ({', '.join(group)})" for group in told.unique]
    numbered = told.column(told.key).kind is int
    body = ",\n    ".join(lines)
    return f"CREATE TABLE {told.name} (\n    {body}\n) STRICT{'' if numbered else ', WITHOUT ROWID'};"


def index_sql(told: Declaration) -> list[str]:
    """One CREATE INDEX for each declared index."""
    return [
        f"CREATE INDEX {told.name}_{'_'.join(group)} ON {told.name} ({', '.join(group)});" for group in told.indexes
    ]


def trigger_sql(told: Declaration) -> list[str]:
    """Append-only tables refuse every change, and deletion but while an erasure runs."""
    if not told.append_only:
        return []
    return [
        f"CREATE TRIGGER {told.name}_no_update BEFORE UPDATE ON {told.name}\n"
        f"BEGIN SELECT RAISE(ABORT, 'append-only'); END;",
        f"CREATE TRIGGER {told.name}_no_delete BEFORE DELETE ON {told.name}\n"
        f"WHEN NOT EXISTS (SELECT 1 FROM erasing_now)\n"
        f"BEGIN SELECT RAISE(ABORT, 'append-only'); END;",
    ]


def search_sql() -> list[str]:
    """The full-text index over the search entries; it overwrites what it forgets."""
    columns = ", ".join(SearchColumn)
    return [
        f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5 ({columns}, content='search_entry', content_rowid='rid', "
        "prefix='1 2 3 4', columnsize=0, tokenize='unicode61 remove_diacritics 0');",
        f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}, rank) VALUES ('secure-delete', 1);",
        f"CREATE VIRTUAL TABLE {VOCABULARY_TABLE} USING fts5vocab ({SEARCH_TABLE}, 'col');",
    ]


def schema_sql() -> str:
    """The whole schema, as the first migration has it."""
    parts: list[str] = []
    for told in inventory():
        parts += [table_sql(told), *index_sql(told), *trigger_sql(told)]
    return "\n".join([*parts, *search_sql()]) + "\n"


def technical_tables() -> frozenset[str]:
    """The tables SQLite itself makes for the full-text index."""
    return frozenset(
        {SEARCH_TABLE, VOCABULARY_TABLE, *(f"{SEARCH_TABLE}_{part}" for part in ("data", "idx", "config"))}
    )
