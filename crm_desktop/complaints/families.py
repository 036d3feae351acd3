"""Families of like complaints (product.md K08): one cause, improved only when all its actions are verified."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from crm_desktop.models import Complaint, lists
from crm_desktop.store import file
from crm_desktop.store.change import Change


class Family(NamedTuple):
    """A family and how it fares: complaints in 30 days before its first action was done, and since."""

    name: str
    cause: str
    """The cause most of its complaints have, in words."""
    size: int
    actions: int
    waiting: int
    """Actions that are not verified yet."""
    acted_on: str
    """The day its first action was done; empty while none was."""
    before: float
    after: float | None
    """None before an action, and in the first week after it."""
    improved: bool
    """All actions are verified, none without effect, and there are fewer complaints than before."""


class Like(NamedTuple):
    """A complaint that is like another one."""

    id: int
    code: str
    received_at: str
    description: str
    family: str


def like(complaint: int, limit: int = 20) -> list[Like]:
    """Others of its family, with its cause, or with its category and product; the newest first."""
    row = file.rows("complaint", [complaint], ["cause", "category", "product", "family"]).get(complaint)
    if row is None:
        return []
    conditions: list[str] = []
    params: list[Any] = []
    for columns in (("family",), ("cause",), ("category", "product")):
        if all(row[column] for column in columns):
            conditions.append("(" + " AND ".join(f"{column} = ?" for column in columns) + ")")
            params += [row[column] for column in columns]
    if not conditions:
        return []
    return [
        Like(*found)
        for found in file.ask(
            "SELECT id, code, received_at, description, family FROM complaint"
            f" WHERE id <> ? AND ({' OR '.join(conditions)}) ORDER BY received_at DESC, id DESC LIMIT ?",
            (complaint, *params, limit),
        )
    ]


def join(c: Change, family: str, complaints: Sequence[int]) -> None:
    """Put complaints into the family of that name; without a name, take them out of theirs."""
    for i in complaints:
        record = Complaint.get_row(i)
        if record is not None:
            c.save(record, {"family": family})


def names() -> list[str]:
    """The families there are, the one with the newest complaint first."""
    sql = "SELECT family, max(received_at) FROM complaint WHERE family <> '' GROUP BY family ORDER BY 2 DESC"
    return [name for name, _at in file.ask(sql)]


def all_of_them(today: date) -> list[Family]:
    """All families, the largest first, each with whether it shrank after its first action was done (a Pareto)."""
    days: dict[str, list[date]] = defaultdict(list)
    causes: dict[str, Counter[str]] = defaultdict(Counter)
    actions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, at, cause, improvements in file.ask(
        "SELECT family, received_at, cause, improvements FROM complaint WHERE family <> ''"
    ):
        days[name].append(date.fromisoformat(at[:10]))
        causes[name][cause] += 1
        actions[name] += json.loads(improvements)
    found = [_fare(name, days[name], causes[name].most_common(1)[0][0], actions[name], today) for name in days]
    return sorted(found, key=lambda one: (-one.size, one.name))


def _fare(name: str, days: list[date], cause: str, actions: list[dict[str, Any]], today: date) -> Family:
    done = [str(one.get("done") or one.get("verified")) for one in actions if one.get("done") or one.get("verified")]
    acted_on = min(done, default="")
    turn = date.fromisoformat(acted_on) if acted_on else today
    before = _rate([day for day in days if day <= turn], min(days), turn)
    known = bool(acted_on) and (today - turn).days >= 7
    after = _rate([day for day in days if day > turn], turn, today) if known else None
    waiting = sum(not one.get("verified") for one in actions)
    effective = bool(actions) and not waiting and all(one.get("effective") for one in actions)
    improved = effective and after is not None and after < before
    label = lists.label("complaint_cause", cause)
    return Family(name, label, len(days), len(actions), waiting, acted_on, before, after, improved)


def _rate(days: Sequence[date], first: date, last: date) -> float:
    """Complaints per 30 days; a shorter time counts as 30 days, so that two in a week are not eight a month."""
    return round(len(days) * 30 / max(30, (last - first).days), 1)
