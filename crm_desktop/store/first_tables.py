"""The tables of the first released format: what the physical order of columns in a file is that was upgraded since.

A damaged file may have lost the list of its tables; its rows are then told by their shape. Never edit what is here: it
is what old files hold.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from crm_desktop.store import migrations, search

_KINDS: Final = {"int": "INTEGER", "text": "TEXT", "real": "REAL"}
FIRST: Final = {
    "change": "id:int* at:text! user:int user_name:text! pc:text! action:text! undoes:int note:text",
    "change_entry": "id:int* change:int! table:text! record:int! op:text! before:text after:text",
    "choice": (
        "id:int* created_at:text created_by:int updated_at:text updated_by:int list:text! code:text! zh:text! "
        "en:text! sort:int colour:text! sign:text! parent:text! active:int! words:text!"
    ),
    "complaint": (
        "id:int* created_at:text created_by:int updated_at:text updated_by:int code:text! received_at:text "
        "registered_by:int customer:int contact:int complainant:text! complainant_is:text! nature:text! form:text! "
        "addressee:text! external_no:text! channel:text! category:text! severity:text! description:text! "
        "demand:text! evidence:text! order_no:text! product:text! batch:text! about:int owner:int department:text! "
        "collaborators:text acknowledge_by:text reply_by:text solve_by:text state:text! founded:text! "
        "founded_reason:text! cause:text! analysis:text! solution_types:text solution:text! promised_at:text "
        "solved_at:text closed_at:text compensation_kind:text! compensation:int approved_by:int found_by_us:int! "
        "apology_at:text apology_by:int informed:text told_at:text told_how:text! agrees:text! follow_up_on:text "
        "follow_up:text! satisfaction:text! reopened:int improvements:text"
    ),
    "contact": (
        "id:int* created_at:text created_by:int updated_at:text updated_by:int name:text! salutation:text! "
        "gender:text! phones:text wechat:text! wecom:text! qq:text! email:text! address:text! birthday:text! "
        "role:text! level:text! influence:int attitude:text! reports_to:int native_place:text! speaks:text! "
        "hobbies:text! diet:text! family:text met:text! gifts:text good_time:text! channel:text! consents:text "
        "next_contact_at:text starred:int! tags:text remarks:text! last_contact_at:text customers:text! "
        "position_title:text! birthday_key:text! sort_key:text!"
    ),
    "counter": "name:text* last:int!",
    "customer": (
        "id:int* created_at:text created_by:int updated_at:text updated_by:int code:text! name:text! "
        "short_name:text! aliases:text kind:text! relation:text tier:text! stage:text! industry:text! size:text! "
        "source:text! source_detail:text! referrer:int owner:int account_manager:int collaborators:text "
        "department:text! owner_since:text region:text! province:text! addresses:text phones:text email:text! "
        "website:text! wechat:text! wecom:text! qq:text! dingtalk:text! douyin:text! credit_code:text! "
        "legal_rep:text! capital:int founded:text staff:int revenue:int assets:int since:text annual_sales:int "
        "total_sales:int payment_terms:text! credit_limit:int credit_days:int price_level:text! discount:real "
        "bill_name:text! bill_tax_no:text! bill_address:text! bill_bank:text! bill_account:text! bill_kind:text! "
        "bill_email:text! parent:int related:text liked_products:text! liked_service:text! channel:text! "
        "good_time:text! speaks:text! taboos:text! needs:text consents:text contact_every:int contact_cap:int "
        "last_contact_at:text last_contact_by:int last_contact_channel:text! last_contact_text:text! "
        "next_step_at:text next_contact_at:text next_contact_what:text! main_contact:text! main_phone:text! "
        "open_complaints:int completeness:int tags:text starred:int! pinned:text! remarks:text! anniversaries:text "
        "archived:int! sort_key:text! core:text!"
    ),
    "interaction": (
        "id:int* created_at:text created_by:int updated_at:text updated_by:int code:text! at:text customer:int "
        "contact:int direction:text! channel:text! purpose:text! subject:text! content:text! outcome:text! "
        "mood:text! next_what:text! next_at:text next_by:int answer_needed:int! answer_due:text answered_at:text "
        "minutes:int episode:text! place:text! our_people:text cost:int complaint:int tags:text by:int month:text!"
    ),
    "position": (
        "id:int* created_at:text created_by:int updated_at:text updated_by:int contact:int customer:int job:text! "
        "department:text! primary:int! since:text until:text left:int!"
    ),
    "setting": "id:int* created_at:text created_by:int updated_at:text updated_by:int name:text! value:text!",
    "user": (
        "id:int* created_at:text created_by:int updated_at:text updated_by:int name:text! email:text! "
        "department:text! active:int!"
    ),
}
"""Table to its columns, each with its kind; "*" marks the number of the row, "!" what is never empty."""


def columns(table: str) -> int:
    """How many columns a table had; 0 when there was none."""
    return len(FIRST.get(table, "").split())


def upgraded() -> sqlite3.Connection:
    """An empty database in today's format that began in the first one; to be closed by the caller."""
    raw = sqlite3.connect(":memory:", isolation_level=None)
    for table, written in FIRST.items():
        raw.execute(f'CREATE TABLE "{table}" ({", ".join(map(_declared, written.split()))})')
    for table in ("complaint", "contact", "customer", "interaction"):
        search.create(raw, table)
    for step in migrations.STEPS:
        step(raw)
    return raw


def _declared(column: str) -> str:
    name, _colon, kind = column.partition(":")
    end = " NOT NULL PRIMARY KEY" if kind.endswith("*") else " NOT NULL" if kind.endswith("!") else ""
    return f'"{name}" {_KINDS[kind.rstrip("*!")]}{end}'
