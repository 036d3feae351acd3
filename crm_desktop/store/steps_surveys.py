"""What satisfaction surveys brought into the customer file."""

from __future__ import annotations

import sqlite3
from typing import Final

from crm_desktop.store import search
from crm_desktop.store.steps_complaints import KEPT, TO

_TABLES: Final = {
    "survey_template": (
        '"name" TEXT NOT NULL, "name_en" TEXT NOT NULL, "purpose" TEXT NOT NULL, "languages" TEXT, "items" TEXT,'
        ' "version" INTEGER, "family" TEXT NOT NULL, "active" INTEGER NOT NULL'
    ),
    "survey_run": (
        f'"code" TEXT NOT NULL, "name" TEXT NOT NULL, "template" {TO.format("survey_template")}, "started_on" TEXT,'
        ' "due" TEXT, "owner" INTEGER, "state" TEXT NOT NULL, "product" TEXT NOT NULL, "whom" TEXT NOT NULL,'
        ' "segment" TEXT NOT NULL, "closed_on" TEXT, "remarks" TEXT NOT NULL'
    ),
    "survey_asked": (
        f'"code" TEXT NOT NULL, "run" {TO.format("survey_run")}, "customer" {TO.format("customer")},'
        f' "contact" {TO.format("contact")}, "state" TEXT NOT NULL, "due" TEXT, "owner" INTEGER, "tier" TEXT NOT NULL,'
        ' "served_by" INTEGER, "product" TEXT NOT NULL, "attempts" INTEGER, "tried_at" TEXT,'
        ' "answered_at" TEXT, "how" TEXT NOT NULL,'
        f' "by" INTEGER, "note" TEXT NOT NULL, "interaction" {TO.format("interaction")},'
        f' "signal" {TO.format("complaint_signal")}, "overall" INTEGER, "nps" INTEGER, "again_on" TEXT'
    ),
    "survey_answer": (
        f'"asked" {TO.format("survey_asked")}, "item" TEXT NOT NULL, "score" INTEGER, "words" TEXT NOT NULL,'
        ' "at" TEXT, "by" INTEGER, "how" TEXT NOT NULL'
    ),
    "survey_action": (
        f'"run" {TO.format("survey_run")}, "item" TEXT NOT NULL, "what" TEXT NOT NULL, "kind" TEXT NOT NULL,'
        ' "owner" INTEGER, "due" TEXT, "done" TEXT, "verified" TEXT, "by" INTEGER, "effective" INTEGER NOT NULL'
    ),
}
_INDEXES: Final = (
    'INDEX "survey_template_family" ON "survey_template" ("family")',
    'UNIQUE INDEX "survey_run_code" ON "survey_run" ("code")',
    'INDEX "survey_run_template" ON "survey_run" ("template")',
    'INDEX "survey_run_started_on" ON "survey_run" ("started_on")',
    'INDEX "survey_run_owner" ON "survey_run" ("owner")',
    'INDEX "survey_run_state_due_id" ON "survey_run" ("state", "due", "id")',
    'UNIQUE INDEX "survey_asked_code" ON "survey_asked" ("code")',
    'INDEX "survey_asked_contact" ON "survey_asked" ("contact")',
    'INDEX "survey_asked_interaction" ON "survey_asked" ("interaction")',
    'INDEX "survey_asked_signal" ON "survey_asked" ("signal")',
    'INDEX "survey_asked_run_state_id" ON "survey_asked" ("run", "state", "id")',
    'INDEX "survey_asked_customer_answered_at_id" ON "survey_asked" ("customer", "answered_at", "id")',
    'INDEX "survey_asked_state_due_owner" ON "survey_asked" ("state", "due", "owner")',
    'INDEX "survey_asked_again_on_customer" ON "survey_asked" ("again_on", "customer")',
    'INDEX "survey_asked_answered_at_run_served_by_tier_product_overall_nps" ON "survey_asked"'
    ' ("answered_at", "run", "served_by", "tier", "product", "overall", "nps")',
    'UNIQUE INDEX "survey_answer_asked_item" ON "survey_answer" ("asked", "item")',
    'INDEX "survey_answer_asked_item_score" ON "survey_answer" ("asked", "item", "score")',
    'INDEX "survey_action_run" ON "survey_action" ("run")',
    'INDEX "survey_action_due" ON "survey_action" ("due")',
)


def add_surveys(connection: sqlite3.Connection) -> None:
    """Templates, surveys, whom they ask, what was answered, and what is done about it."""
    for table, columns in _TABLES.items():
        connection.execute(f'CREATE TABLE "{table}" ({KEPT}, {columns})')
    for index in _INDEXES:
        connection.execute(f"CREATE {index}")
    search.create(connection, "survey_run")
