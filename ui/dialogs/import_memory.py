"""How a list was read last time: a sheet with the same headings is read the same way, corrections included."""

from __future__ import annotations

import hashlib
from typing import Any

from crm_desktop.exchange import headings
from crm_desktop.exchange.headings import UNKNOWN
from crm_desktop.exchange.importing import TablePlan
from crm_desktop.exchange.words import KINDS, MODELS, Target
from ui.preferences import Preference

REMEMBERED = Preference[dict[str, Any]]("imports", {})
KEPT = 50
"""Kinds of sheet that are remembered; the oldest are forgotten first."""


def remember(plan: TablePlan) -> None:
    """Keep what was chosen for a list that was imported, where it differs from our own guess."""
    known = dict(REMEMBERED.get())
    signature = _signature(plan)
    known.pop(signature, None)
    guess = headings.recognise(plan.table, "auto", f"{plan.path.stem} {plan.table.sheet}")
    if plan.kind != UNKNOWN and _written(plan.mapping) != _written(guess):
        known[signature] = _written(plan.mapping)
        for old in list(known)[:-KEPT]:
            del known[old]
    REMEMBERED.set(known)


def recall(plan: TablePlan) -> bool:
    """Read a list as last time; False when nothing is remembered of such a sheet."""
    found = REMEMBERED.get().get(_signature(plan))
    if not isinstance(found, dict) or found.get("kind") not in KINDS:
        return False
    kind = str(found["kind"])
    mapping = headings.recognise(plan.table, kind)
    targets = {_key(target): target for target in _possible(kind, mapping)}
    for column, key in zip(mapping.columns, found.get("targets", []), strict=False):
        column.target = targets.get(key) if key else None
    plan.mapping = mapping
    return True


def _possible(kind: str, mapping: headings.Mapping) -> list[Target]:
    several = [Target(model, name, slot) for model in MODELS[kind] for name in model.typed() for slot in range(1, 5)]
    return [*several, *(target for _column, target in mapping.targets()), *headings.targets(kind)]


def _written(mapping: headings.Mapping) -> dict[str, Any]:
    return {"kind": mapping.kind, "targets": [_key(c.target) if c.target else "" for c in mapping.columns]}


def _key(target: Target) -> str:
    return f"{target.model.table()}.{target.field}.{target.slot}"


def _signature(plan: TablePlan) -> str:
    return hashlib.sha256("\x1f".join(plan.table.titles).encode()).hexdigest()[:24]
