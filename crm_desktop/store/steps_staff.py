"""What feedback, the abilities and evaluations of colleagues, and office news brought into the customer file."""

from __future__ import annotations

import json
import sqlite3
from typing import Final

from crm_desktop.store import search
from crm_desktop.store.steps_complaints import KEPT, TO
from crm_desktop.store.steps_service import add_lists

_LISTS: Final = ("feedback_kind", "feedback_state", "feedback_thanks", "adoption", "news_category")
_OWN: Final = ", ".join(
    [*(f'"x{n}" TEXT' for n in range(1, 21)), *(f'"n{n}" REAL' for n in range(1, 11))]
)  # room for fields of the office's own
_TABLES: Final = {
    "feedback": (
        f'{_OWN}, "code" TEXT NOT NULL, "at" TEXT, "customer" {TO.format("customer")},'
        f' "contact" {TO.format("contact")}, "who" TEXT NOT NULL, "kind" TEXT NOT NULL, "channel" TEXT NOT NULL,'
        ' "text" TEXT NOT NULL, "product" TEXT NOT NULL, "about" INTEGER, "state" TEXT NOT NULL, "owner" INTEGER,'
        ' "answer" TEXT NOT NULL, "answered_at" TEXT, "answered_how" TEXT NOT NULL, "adopted" TEXT NOT NULL,'
        ' "thanks" TEXT NOT NULL, "thanks_cost" INTEGER, "thanked_on" TEXT, "improvements" TEXT, "improve_by" TEXT,'
        f' "complaint" {TO.format("complaint")}, "remarks" TEXT NOT NULL'
    ),
    "assessment": '"colleague" INTEGER, "day" TEXT, "assessor" INTEGER, "scores" TEXT, "remark" TEXT NOT NULL',
    "training": (
        '"colleague" INTEGER, "ability" TEXT NOT NULL, "topic" TEXT NOT NULL, "due" TEXT, "done" TEXT,'
        f' "result" TEXT NOT NULL, "assessment" {TO.format("assessment")}'
    ),
    "evaluation": (
        '"colleague" INTEGER, "start" TEXT, "until" TEXT, "figures" TEXT, "comment" TEXT NOT NULL,'
        ' "decision" TEXT NOT NULL, "by" INTEGER, "day" TEXT'
    ),
    "news": (
        '"name" TEXT NOT NULL, "text" TEXT NOT NULL, "category" TEXT NOT NULL, "pinned" INTEGER NOT NULL,'
        ' "start" TEXT, "until" TEXT, "by" INTEGER'
    ),
    "news_file": (
        f'"news" {TO.format("news")}, "name" TEXT NOT NULL, "size" INTEGER, "place" TEXT NOT NULL,'
        ' "content" TEXT NOT NULL'
    ),
    "news_read": f'"news" {TO.format("news")}, "who" INTEGER, "at" TEXT',
}
_INDEXES: Final = (
    'UNIQUE INDEX "feedback_code" ON "feedback" ("code")',
    'INDEX "feedback_contact" ON "feedback" ("contact")',
    'INDEX "feedback_complaint" ON "feedback" ("complaint")',
    'INDEX "feedback_customer_at_id" ON "feedback" ("customer", "at", "id")',
    'INDEX "feedback_at_kind_state_owner_about_answered_at_adopted" ON "feedback"'
    ' ("at", "kind", "state", "owner", "about", "answered_at", "adopted")',
    'INDEX "feedback_waiting" ON "feedback" ("at", "owner")'
    " WHERE answered_at IS NULL AND state NOT IN ('answered', 'closed')",
    'INDEX "feedback_improve_by" ON "feedback" ("improve_by") WHERE improve_by IS NOT NULL',
    'INDEX "assessment_colleague_day_id" ON "assessment" ("colleague", "day", "id")',
    'INDEX "training_assessment" ON "training" ("assessment")',
    'INDEX "training_colleague_due_id" ON "training" ("colleague", "due", "id")',
    'INDEX "training_open" ON "training" ("due", "colleague") WHERE done IS NULL',
    'INDEX "evaluation_colleague_until_id" ON "evaluation" ("colleague", "until", "id")',
    'INDEX "news_start_until_id" ON "news" ("start", "until", "id")',
    'INDEX "news_file_news" ON "news_file" ("news")',
    'UNIQUE INDEX "news_read_news_who" ON "news_read" ("news", "who")',
    'INDEX "complaint_figures" ON "complaint" ("received_at", "owner", "closed_at", "category", "cause", "state",'
    ' "product", "tier", "solved_at", "solve_by", "acknowledge_minutes", "reply_minutes", "solve_minutes", "reopened",'
    ' "satisfaction", "compensation", "customer", "about")',
    'INDEX "interaction_displeased" ON "interaction" ("at", "customer", "complaint") WHERE mood = \'displeased\'',
    'INDEX "complaint_signal_decision_at_id_customer_source" ON "complaint_signal"'
    ' ("decision", "at", "id", "customer", "source")',
    'INDEX "complaint_signal_at_source_interaction_about" ON "complaint_signal"'
    ' ("at", "source", "interaction", "about")',
)
_GONE: Final = (
    "complaint_received_at_owner_closed_at_category_cause_state",
    "complaint_received_at_acknowledged_at_acknowledge_by_rep_ef9b3cc",
    "complaint_signal_decision_at_id",
    "interaction_displeased",
)


def add_staff(connection: sqlite3.Connection) -> None:
    """Feedback, assessments, trainings, evaluations and news; all figures of complaints from one index.

    Improvement actions become those of colleagues where the name is one's.
    """
    for table, columns in _TABLES.items():
        connection.execute(f'CREATE TABLE "{table}" ({KEPT}, {columns})')
    for name in _GONE:
        connection.execute(f'DROP INDEX IF EXISTS "{name}"')
    for index in _INDEXES:
        connection.execute(f"CREATE {index}")
    for table in ("feedback", "news"):
        search.create(connection, table)
    add_lists(connection, _LISTS)
    _give_actions_to_colleagues(connection)


def _give_actions_to_colleagues(connection: sqlite3.Connection) -> None:
    colleagues = {name.strip(): i for i, name in connection.execute('SELECT id, name FROM "user"')}
    found = connection.execute(
        "SELECT id, improvements FROM complaint WHERE improvements LIKE '%\"owner\"%'"
    ).fetchall()
    for complaint, written in found:
        actions = json.loads(written)
        for action in actions:
            action["owner"] = colleagues.get(action.get("owner"), action.get("owner"))
        stored = json.dumps(actions, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        connection.execute("UPDATE complaint SET improvements = ? WHERE id = ?", (stored, complaint))
