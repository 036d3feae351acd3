"""Indexes that answer daily questions by themselves, for drives where each page is a round trip (shared-drive.md)."""

from __future__ import annotations

import sqlite3
from typing import Final

_GONE: Final = (
    "change_undoes",
    "customer_next_step_at_archived_last_contact_at",
    "interaction_complaint",
    "interaction_customer_next_at_by",
)
_NEW: Final = (
    '"change_undoes" ON "change" ("undoes") WHERE undoes IS NOT NULL',
    '"customer_list" ON "customer" ("sort_key", "id", "archived", "name", "tier", "last_contact_at")',
    '"customer_next_step" ON "customer" ("next_step_at", "archived", "last_contact_at") WHERE next_step_at IS NOT NULL',
    '"interaction_complaint" ON "interaction" ("complaint") WHERE complaint IS NOT NULL',
    '"interaction_next" ON "interaction" ("customer", "next_at", "by") WHERE next_at IS NOT NULL',
    # the columns that are the same everywhere come first: SQLite counts them when it chooses an index
    '"complaint_no_clock" ON "complaint" ("closed_at", "due_at", "due_what")'
    " WHERE closed_at IS NULL AND due_at IS NULL AND due_what = ''",
    '"complaint_due" ON "complaint" ("closed_at", "due_at", "tier", "severity", "received_at", "owner")'
    " WHERE closed_at IS NULL AND due_at IS NOT NULL",
    '"complaint_solved" ON "complaint" ("state", "follow_up_on", "customer") WHERE state = \'solved\'',
)


def cover_lists(connection: sqlite3.Connection) -> None:
    """The customer list and what is due come from indexes alone; what is mostly empty is not indexed where it is."""
    for name in _GONE:
        connection.execute(f'DROP INDEX IF EXISTS "{name}"')
    for index in _NEW:
        connection.execute(f"CREATE INDEX {index}")


_WIDER: Final = (
    '"interaction_next" ON "interaction" ("customer", "next_at", "by", "next_by") WHERE next_at IS NOT NULL',
    # with the column of the condition: without it SQLite looks into the table for what the index is about
    '"interaction_displeased" ON "interaction" ("at", "customer", "complaint", "mood") WHERE mood = \'displeased\'',
)


def cover_today(connection: sqlite3.Connection) -> None:
    """Next steps and displeased customers come from their indexes alone."""
    for index in _WIDER:
        connection.execute(f"DROP INDEX IF EXISTS {index.split()[0]}")
        connection.execute(f"CREATE INDEX {index}")


def cover_saves(connection: sqlite3.Connection) -> None:
    """A contact that is saved touches the index of next contacts only where one was agreed on."""
    connection.execute('DROP INDEX IF EXISTS "customer_next_contact_at_archived_last_contact_at_owner"')
    connection.execute('CREATE INDEX "customer_next_contact_at" ON "customer" ("next_contact_at")')
    connection.execute(
        'CREATE INDEX "customer_next_contact" ON "customer" ("next_contact_at", "archived", "last_contact_at", "owner")'
        " WHERE next_contact_at IS NOT NULL"
    )
