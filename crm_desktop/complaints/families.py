"""Families of like complaints (product.md K08): one cause, improved only when its actions are done and verified."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import Complaint, ComplaintFamily, lists
from crm_desktop.store import file
from crm_desktop.store.change import Change


class Family(NamedTuple):
    """A family and how it fares: complaints a month before its first action was done, and since."""

    id: int
    name: str
    cause: str
    size: int
    open_actions: int
    acted_on: str
    """The day its first action was done or verified; empty while none was."""
    before: float
    """Complaints per 30 days from the first one until then."""
    after: float | None
    """Complaints per 30 days since then; None before an action, and in the first week after it."""
    improved_on: str


def like(complaint: int, limit: int = 20) -> list[tuple[int, str, str, str]]:
    """Other complaints with the same cause, or of the same category and product: (id, code, received, description)."""
    row = file.rows("complaint", [complaint], ["cause", "category", "product", "family"]).get(complaint)
    if row is None:
        return []
    conditions, params = [], list[Any]()
    if row["family"]:
        conditions, params = ["family = ?"], [row["family"]]
    if row["cause"]:
        conditions, params = [*conditions, "cause = ?"], [*params, row["cause"]]
    if row["product"] and row["category"]:
        conditions, params = [*conditions, "(category = ? AND product = ?)"], [*params, row["category"], row["product"]]
    if not conditions:
        return []
    return file.ask(
        "SELECT id, code, received_at, description FROM complaint"
        f" WHERE id <> ? AND ({' OR '.join(conditions)}) ORDER BY received_at DESC, id DESC LIMIT ?",
        (complaint, *params, limit),
    )


def found(c: Change, name: str, complaints: list[int], cause: str = "") -> ComplaintFamily:
    """Make a family of complaints; those in another family leave it."""
    if not name.strip():
        raise UserError(_("Give the family a name, such as what is wrong and with which product."))
    family = c.save(ComplaintFamily, {"name": name, "cause": cause})
    join(c, family.id, complaints)
    return family


def join(c: Change, family: int | None, complaints: list[int]) -> None:
    """Put complaints into a family, or (None) take them out of theirs."""
    for i in complaints:
        record = Complaint.get_row(i)
        if record is not None and record.family != family:
            c.save(record, {"family": family})


def improved(c: Change, family: int) -> ComplaintFamily:
    """Write down that a family is improved; UserError while actions are missing or not verified."""
    record = ComplaintFamily.get_row(family)
    if record is None:
        raise UserError(_("This family was deleted in the meantime."))
    actions = _actions(family)
    if not actions:
        raise UserError(_("No improvement action is written down for any complaint of this family."))
    waiting = sum(not action.get("verified") for action in actions)
    if waiting:
        raise UserError(
            ngettext(
                "{n} improvement action of this family is not verified yet.",
                "{n} improvement actions of this family are not verified yet.",
                waiting,
            ).format(n=waiting)
        )
    return c.save(record, {"improved_on": c.at[:10]})  # type: ignore[no-any-return]


def _actions(family: int) -> list[dict[str, Any]]:
    stored = file.ask("SELECT improvements FROM complaint WHERE family = ? AND improvements <> '[]'", (family,))
    return [action for (text,) in stored for action in json.loads(text)]


def all_of_them(today: date) -> list[Family]:
    """All families, the largest first, each with whether it shrank after its first action was done."""
    return sorted((_fare(row, today) for row in file.ask("SELECT id, name, cause, improved_on FROM family")),
                  key=lambda one: (-one.size, one.name))  # fmt: skip


def _fare(row: tuple[Any, ...], today: date) -> Family:
    i, name, cause, improved_on = row
    days = [
        date.fromisoformat(at[:10]) for (at,) in file.ask("SELECT received_at FROM complaint WHERE family = ?", (i,))
    ]
    actions = _actions(i)
    done = min(
        (str(a.get("done") or a.get("verified")) for a in actions if a.get("done") or a.get("verified")), default=""
    )
    waiting = sum(not action.get("verified") for action in actions)
    if not days:
        return Family(i, name, lists.label("complaint_cause", cause), 0, waiting, done, 0.0, None, improved_on or "")
    turn = date.fromisoformat(done) if done else today
    before = _rate([day for day in days if day <= turn], min(days), turn)
    since = (today - turn).days
    after = _rate([day for day in days if day > turn], turn, today) if done and since >= 7 else None
    return Family(
        i, name, lists.label("complaint_cause", cause), len(days), waiting, done, before, after, improved_on or ""
    )


def _rate(days: list[date], first: date, last: date) -> float:
    """Complaints per 30 days; a short time counts as a month, so that two in a week are not eight a month."""
    return round(len(days) * 30 / max(30, (last - first).days), 1)
