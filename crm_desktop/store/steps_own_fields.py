"""Room for fields of the office's own, in files that were made before there were any."""

from __future__ import annotations

import sqlite3
from typing import Final

_TABLES: Final = ("customer", "contact", "interaction", "complaint")


def add_own_fields(connection: sqlite3.Connection) -> None:
    """The table that says which own fields there are, and the columns their values lie in."""
    for table in _TABLES:
        for n in range(1, 21):
            connection.execute(f'ALTER TABLE "{table}" ADD COLUMN "x{n}" TEXT')
        for n in range(1, 11):
            connection.execute(f'ALTER TABLE "{table}" ADD COLUMN "n{n}" REAL')
    connection.execute(
        'CREATE TABLE "own_field" ("id" INTEGER NOT NULL PRIMARY KEY, "created_at" TEXT, "created_by" INTEGER,'
        ' "updated_at" TEXT, "updated_by" INTEGER, "of" TEXT NOT NULL, "place" TEXT NOT NULL, "label" TEXT NOT NULL,'
        ' "kind" TEXT NOT NULL, "sort" INTEGER, "active" INTEGER NOT NULL)'
    )
    connection.execute('CREATE UNIQUE INDEX "own_field_of_place" ON "own_field" ("of", "place")')
