"""Drafts the next migration: what is declared now, less what the migrations so far make of an empty file.

New tables, indexes and triggers come out finished; a table that changed comes as a comment with the lines that differ,
because only a person knows what becomes of the rows in it.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop_crm.storage.migrate import migrations
from desktop_crm.storage.schema import schema_sql

Schema = dict[tuple[str, str], str]
"""The statement that made each thing, by its kind and name."""


def schema(*scripts: str) -> Schema:
    """What scripts make of an empty file, less what SQLite makes for itself."""
    connection = dbapi2.connect(":memory:")
    try:
        for script in scripts:
            connection.executescript(script)
        shadows = "name IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')"
        rows = connection.execute(f"SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL AND NOT {shadows}")  # noqa: S608 - no value in it
        return {(kind, name): sql for kind, name, sql in rows.fetchall()}
    finally:
        connection.close()


def plain(sql: str) -> str:
    """A statement whatever its spaces: SQLite puts added columns in without them."""
    return re.sub(r" ?([(),]) ?", r"\1", " ".join(sql.split()))


def changed(name: str, old: str, new: str) -> str:
    """The lines of a table that differ, as a comment."""
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    told = [f"--   {line.rstrip()}" for line in lines if line.startswith(("+", "-"))]
    return "\n".join([f"-- {name} changed; say what becomes of its rows:", *told])


def draft(old: Schema, new: Schema) -> list[str]:
    """The statements, and comments to be finished by hand, that lead from one to the other."""
    gone = [f"DROP {kind.upper()} {name};" for kind, name in old if (kind, name) not in new]
    come = [f"{sql};" for thing, sql in new.items() if thing not in old]
    other = [
        changed(name, old[kind, name], sql)
        for (kind, name), sql in new.items()
        if (kind, name) in old and plain(old[kind, name]) != plain(sql)
    ]
    return [*gone, *come, *other]


def main() -> int:
    """Writes the draft beside the other migrations and says where."""
    parser = argparse.ArgumentParser(prog="from_source.py migration", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("name", help="small letters and underscores: what changes")
    name = parser.parse_args().name
    if not re.fullmatch(r"[a-z][a-z_]*", name):
        parser.error("a name has small letters and underscores only")
    done = migrations()
    wanted = draft(schema(*(path.read_text(encoding="utf-8") for path in done)), schema(schema_sql()))
    if not wanted:
        print("Nothing is declared that the migrations do not make already.", file=sys.stderr)
        return 0
    path: Path = done[-1].with_name(f"{len(done) + 1:04}_{name}.sql")
    path.write_text("\n\n".join(wanted) + "\n", encoding="utf-8")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
