"""What complaints and their clock brought into the customer file."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

KEPT = (
    '"id" INTEGER NOT NULL PRIMARY KEY, "created_at" TEXT, "created_by" INTEGER,'
    ' "updated_at" TEXT, "updated_by" INTEGER'
)
TO = 'INTEGER REFERENCES "{}" (id) DEFERRABLE INITIALLY DEFERRED'


def add_calendar(connection: sqlite3.Connection) -> None:
    """The office's own holidays and made-up working days."""
    connection.execute(f'CREATE TABLE "calendar_day" ({KEPT}, "day" TEXT, "kind" TEXT NOT NULL, "name" TEXT NOT NULL)')
    connection.execute('CREATE UNIQUE INDEX "calendar_day_day" ON "calendar_day" ("day")')


def add_course_of_complaints(connection: sqlite3.Connection) -> None:
    """Steps, evidence and signs of displeasure; deadlines that are computed.

    A deadline somebody typed stays as one that was agreed.
    """
    _widen(
        connection,
        "complaint",
        [
            ("agreed_by", "TEXT", "solve_by"),
            ("due_at", "TEXT", "NULL"),
            ("due_what", "TEXT NOT NULL", "''"),
            ("sla", "TEXT NOT NULL", "''"),
            ("tier", "TEXT NOT NULL", "coalesce((SELECT tier FROM customer k WHERE k.id = complaint.customer), '')"),
            ("acknowledged_at", "TEXT", "NULL"),
            ("replied_at", "TEXT", "NULL"),
            ("acknowledge_minutes", "INTEGER", "NULL"),
            ("reply_minutes", "INTEGER", "NULL"),
            ("solve_minutes", "INTEGER", "NULL"),
            ("whys", "TEXT", "'[]'"),
            ("family", "TEXT NOT NULL", "''"),
            ("approved_at", "TEXT", "NULL"),
            ("improve_by", "TEXT", "NULL"),
            ("recovery_score", "INTEGER", "NULL"),
        ],
    )
    connection.execute(
        "UPDATE complaint SET improve_by = (SELECT min(json_extract(value, '$.due')) FROM json_each(improvements)"
        " WHERE json_extract(value, '$.due') <> '' AND coalesce(json_extract(value, '$.verified'), '') = '')"
        " WHERE improvements <> '[]'"
    )
    for name, columns in (
        ("due_at", '"due_at"'),
        ("family", '"family"'),
        ("improve_by", '"improve_by"'),
        (
            "received_at_acknowledged_at_acknowledge_by_rep_ef9b3cc",
            '"received_at", "acknowledged_at", "acknowledge_by", "replied_at", "reply_by", "owner"',
        ),
    ):
        connection.execute(f'CREATE INDEX "complaint_{name}" ON "complaint" ({columns})')
    _widen(connection, "user", [("role", "TEXT NOT NULL", "''")])
    connection.execute('CREATE INDEX "interaction_displeased" ON "interaction" ("at") WHERE mood = \'displeased\'')
    _add_what_hangs_on_it(connection)


def _add_what_hangs_on_it(connection: sqlite3.Connection) -> None:
    complaint, customer, interaction = (TO.format(table) for table in ("complaint", "customer", "interaction"))
    connection.execute(
        f'CREATE TABLE "complaint_step" ({KEPT}, "complaint" {complaint}, "at" TEXT, "by" INTEGER,'
        ' "move" TEXT NOT NULL, "before" TEXT NOT NULL, "after" TEXT NOT NULL, "why" TEXT NOT NULL, "until" TEXT)'
    )
    connection.execute('CREATE INDEX "complaint_step_complaint_at_id" ON "complaint_step" ("complaint", "at", "id")')
    connection.execute(
        f'CREATE TABLE "complaint_file" ({KEPT}, "complaint" {complaint}, "name" TEXT NOT NULL, "size" INTEGER,'
        ' "place" TEXT NOT NULL, "content" TEXT NOT NULL)'
    )
    connection.execute('CREATE INDEX "complaint_file_complaint" ON "complaint_file" ("complaint")')
    connection.execute(
        f'CREATE TABLE "complaint_signal" ({KEPT}, "customer" {customer}, "source" TEXT NOT NULL, "at" TEXT,'
        f' "what" TEXT NOT NULL, "interaction" {interaction}, "about" {complaint}, "decision" TEXT NOT NULL,'
        f' "reason" TEXT NOT NULL, "decided_at" TEXT, "decided_by" INTEGER, "became" {complaint})'
    )
    for column in ("customer", "interaction", "about", "became"):
        connection.execute(f'CREATE INDEX "complaint_signal_{column}" ON "complaint_signal" ("{column}")')
    connection.execute('CREATE INDEX "complaint_signal_decision_at_id" ON "complaint_signal" ("decision", "at", "id")')


def _widen(connection: sqlite3.Connection, table: str, columns: Sequence[tuple[str, str, str]]) -> None:
    """Make a table anew with more columns (name, declaration, first value): columns that may not be empty need it."""
    (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    indexes = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
    ).fetchall()
    declared = ", ".join(f'"{name}" {kind}' for name, kind, _value in columns)
    wider = made.rstrip().removesuffix(")").replace(f'"{table}"', f'"{table}_wider"', 1) + f", {declared})"
    connection.execute(wider)
    names = [name for _n, name, *_rest in connection.execute(f'PRAGMA table_info("{table}")')]
    into = ", ".join(f'"{name}"' for name in [*names, *(name for name, _kind, _value in columns)])
    values = ", ".join([*(f'"{name}"' for name in names), *(value for _name, _kind, value in columns)])
    connection.execute(f'INSERT INTO "{table}_wider" ({into}) SELECT {values} FROM "{table}"')
    connection.execute(f'DROP TABLE "{table}"')
    connection.execute(f'ALTER TABLE "{table}_wider" RENAME TO "{table}"')
    for (sql,) in indexes:
        connection.execute(sql)
