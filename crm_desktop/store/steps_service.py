"""What service requests brought into the customer file."""

from __future__ import annotations

import csv
import platform
import sqlite3
from datetime import datetime
from typing import Final

from crm_desktop.i18n import N_
from crm_desktop.paths import resource
from crm_desktop.store import ids, search
from crm_desktop.store.steps_complaints import KEPT, TO

_LISTS: Final = ("request_type", "request_priority", "request_state")
_OWN: Final = ", ".join(
    [*(f'"x{n}" TEXT' for n in range(1, 21)), *(f'"n{n}" REAL' for n in range(1, 11))]
)  # room for fields of the office's own
_TEXTS: Final = ", ".join(
    f'"{name}" TEXT NOT NULL'
    for name in ["code", "caller", "channel", "type", "priority", "subject", "description", "product", "serial_no"]
)
_TABLES: Final = {
    "service_note": (
        '"name" TEXT NOT NULL, "type" TEXT NOT NULL, "words" TEXT NOT NULL, "text" TEXT NOT NULL, "used" INTEGER'
    ),
    "service_request": (
        f"{_OWN}, {_TEXTS},"
        f' "received_at" TEXT, "registered_by" INTEGER, "customer" {TO.format("customer")},'
        f' "contact" {TO.format("contact")}, "warranty_until" TEXT, "interaction" {TO.format("interaction")},'
        ' "owner" INTEGER, "agreed_at" TEXT, "reply_by" TEXT, "solve_by" TEXT, "due_at" TEXT,'
        ' "due_what" TEXT NOT NULL, "sla" TEXT NOT NULL, "tier" TEXT NOT NULL, "acknowledged_at" TEXT,'
        ' "replied_at" TEXT, "reply_minutes" INTEGER, "solve_minutes" INTEGER, "state" TEXT NOT NULL, "checks" TEXT,'
        f' "solution" TEXT NOT NULL, "solution_note" {TO.format("service_note")}, "parts" TEXT NOT NULL,'
        ' "minutes" INTEGER, "chargeable" INTEGER NOT NULL, "cost" INTEGER, "solved_at" TEXT, "closed_at" TEXT,'
        ' "satisfaction" TEXT NOT NULL, "feedback" TEXT NOT NULL, "remarks" TEXT NOT NULL, "reopened" INTEGER,'
        f' "complaint" {TO.format("complaint")}'
    ),
    "service_step": (
        f'"request" {TO.format("service_request")}, "at" TEXT, "by" INTEGER, "move" TEXT NOT NULL,'
        ' "before" TEXT NOT NULL, "after" TEXT NOT NULL, "why" TEXT NOT NULL, "until" TEXT'
    ),
}
_INDEXES: Final = (
    'INDEX "service_note_used_id_type" ON "service_note" ("used", "id", "type")',
    'UNIQUE INDEX "service_request_code" ON "service_request" ("code")',
    'INDEX "service_request_contact" ON "service_request" ("contact")',
    'INDEX "service_request_solution_note" ON "service_request" ("solution_note")',
    'INDEX "service_request_complaint" ON "service_request" ("complaint")',
    'INDEX "service_request_customer_received_at_id" ON "service_request" ("customer", "received_at", "id")',
    'INDEX "service_request_owner_closed_at" ON "service_request" ("owner", "closed_at")',
    'INDEX "service_request_closed_at_owner_received_at" ON "service_request" ("closed_at", "owner", "received_at")',
    'INDEX "service_request_due" ON "service_request" ("closed_at", "due_at", "tier", "priority", "received_at",'
    ' "owner") WHERE closed_at IS NULL',
    'INDEX "service_request_figures" ON "service_request" ("received_at", "owner", "closed_at", "type", "tier",'
    ' "priority", "state", "reply_by", "replied_at", "reply_minutes", "solve_by", "solved_at", "solve_minutes",'
    ' "reopened", "satisfaction", "cost")',
    'INDEX "service_request_interaction" ON "service_request" ("interaction") WHERE interaction IS NOT NULL',
    'INDEX "service_step_request_at_id" ON "service_step" ("request", "at", "id")',
)


def add_service_requests(connection: sqlite3.Connection) -> None:
    """Requests, the steps of their course, reusable solutions, and the lists they choose from."""
    for table, columns in _TABLES.items():
        connection.execute(f'CREATE TABLE "{table}" ({KEPT}, {columns})')
    for index in _INDEXES:
        connection.execute(f"CREATE {index}")
    for table in ("service_request", "service_note"):
        search.create(connection, table)
    add_lists(connection, _LISTS)


def add_lists(connection: sqlite3.Connection, names: tuple[str, ...]) -> None:
    """Give a founded office the lists it lacks, as new ones begin with them."""
    if connection.execute("SELECT 1 FROM choice LIMIT 1").fetchone() is None:
        return
    marks = ",".join("?" * len(names))
    if connection.execute(f"SELECT 1 FROM choice WHERE list IN ({marks}) LIMIT 1", names).fetchone():
        return
    change = ids.new_id()
    connection.execute(
        'INSERT INTO "change" (id, at, "user", user_name, pc, action) VALUES (?, ?, NULL, ?, ?, ?)',
        (change, datetime.now().isoformat(timespec="seconds"), "", platform.node(), N_("Lists of a newer program")),
    )
    with resource("lists", "choices.tsv").open(encoding="utf-8", newline="") as stream:
        for place, row in enumerate(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)):
            if row["list"] not in names:
                continue
            entry = {"id": ids.new_id(), **{name: value or "" for name, value in row.items()}}
            columns = ", ".join(f'"{name}"' for name in entry)
            connection.execute(
                f'INSERT INTO choice ({columns}, "sort", "active") VALUES ({",".join("?" * len(entry))}, ?, 1)',
                (*entry.values(), place * 10),
            )
            connection.execute(
                'INSERT INTO change_entry (change, "table", record, op, before, after) VALUES (?, ?, ?, ?, NULL, NULL)',
                (change, "choice", entry["id"], "+"),
            )
