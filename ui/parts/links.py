"""Records as others point to them: found while one types, called by name; all of it in the store thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crm_desktop import values
from crm_desktop.i18n import _
from crm_desktop.listing import MODELS, Listing, find_customers
from crm_desktop.models import lists, people
from ui.parts.picker import Find, Hit

TITLES = {
    "customer": "name",
    "contact": "name",
    "interaction": "code",
    "complaint": "code",
    "feedback": "code",
    "service_request": "code",
    "service_note": "name",
    "survey_template": "name",
    "survey_run": "code",
    "survey_asked": "code",
}


def finder(table: str) -> Find:
    """What a picker asks for records of a table."""
    return {"customer": customers, "contact": contacts}.get(table, lambda text, limit: by_code(table, text, limit))


def customers(text: str, limit: int) -> Sequence[Hit]:
    """Customers with tier, owner and region."""
    return [
        (row["id"], row["name"], _joined(lists.label("tier", row["tier"]), people.name(row["owner"]), row["region"]))
        for row in find_customers(text, limit)
    ]


def contacts(text: str, limit: int) -> Sequence[Hit]:
    """Contact persons with their customers."""
    wanted = Listing(MODELS["contact"], ("name", "customers", "position_title"), text=text)
    ids = wanted.first(limit)
    rows = wanted.rows(ids)
    return [(i, rows[i][0], _joined(*rows[i][1:])) for i in ids if i in rows]


def by_code(table: str, text: str, limit: int) -> Sequence[Hit]:
    """Contact records, complaints and other cases by number, with customer and day."""
    model = MODELS[table]
    moment = "at" if table in ("interaction", "feedback") else "received_at"
    wanted = Listing(model, ("code", "customer", moment), text=text, sort=moment, descending=True)
    ids = wanted.first(limit)
    rows = wanted.rows(ids)
    return [(i, rows[i][0], _joined(rows[i][1], values.show_date(rows[i][2]))) for i in ids if i in rows]


def title(table: str, id: int) -> str:
    """What a record is called; one that is gone says so."""
    return titles(table, [id]).get(id, _("(deleted)"))


def titles(table: str, ids: Iterable[int]) -> dict[int, str]:
    """What records are called, by id."""
    found: dict[int, tuple[Any, ...]] = Listing(MODELS[table], (TITLES[table],)).rows(list(ids))
    return {i: str(row[0]) for i, row in found.items()}


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
