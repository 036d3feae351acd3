"""Improvement actions as rows of a complaint or of feedback: what, whose, by when, done, verified, with what effect."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import people
from crm_desktop.models.fields import Choice, Date, Field, Person, Text, YesNo
from crm_desktop.models.manifold import Rows
from crm_desktop.values import Reading, as_text, clean


class Somebody(Person):
    """A colleague by id, or a name as it was written where it is no colleague's."""

    def db_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = people.find(value)
        return value.strip() if found is None else found

    def show(self, value: Any) -> str:
        return value if isinstance(value, str) else super().show(value)

    def read(self, written: object) -> Reading:
        try:
            return super().read(written)
        except UserError:
            return Reading(clean(as_text(written)), None)


class Actions(Rows):
    """Improvement actions."""

    def __init__(self, label: str, **options: Any) -> None:
        columns: dict[str, Field[Any]] = {
            "what": Text(N_("Action"), width=24),
            "kind": Choice(N_("Type"), "improvement"),
            "owner": Somebody(N_("Owner"), width=10),
            "due": Date(N_("Due"), future=True),
            "done": Date(N_("Done")),
            "verified": Date(N_("Verified")),
            "by": Text(N_("Verified by")),
            "effective": YesNo(N_("Effective")),
        }
        super().__init__(label, columns, **options)


def next_due(actions: Sequence[Mapping[str, Any]]) -> str | None:
    """The day the first action is due that nobody has verified yet."""
    days = [str(one["due"]) for one in actions if one.get("due") and not one.get("verified")]
    return min(days, default=None)


def is_of(action: Mapping[str, Any], colleague: int | None) -> bool:
    """Whether an action is a colleague's (by id); everybody's when nobody is asked for."""
    owner = action.get("owner")
    return colleague is None or owner == colleague or (isinstance(owner, str) and people.find(owner) == colleague)


def owner_name(action: Mapping[str, Any]) -> str:
    """Who sees to an action, by name."""
    owner = action.get("owner")
    return owner if isinstance(owner, str) else people.name(owner)


def given_over(stored: str, giver: int, taker: int) -> str | None:
    """Stored actions with the giver's open ones in the taker's name; None where the giver has none."""
    actions = json.loads(stored or "[]")
    hers = [one for one in actions if not one.get("verified") and is_of(one, giver)]
    for one in hers:
        one["owner"] = taker
    return json.dumps(actions, ensure_ascii=False, separators=(",", ":"), sort_keys=True) if hers else None
