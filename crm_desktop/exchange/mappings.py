"""How a list was read last time, kept in the customer file: a colleague's sheet with the same headings is read so."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from crm_desktop.exchange import headings, words
from crm_desktop.exchange.headings import UNKNOWN, Column, Mapping
from crm_desktop.exchange.table_plan import TablePlan
from crm_desktop.exchange.tables import Table
from crm_desktop.exchange.words import KINDS, MODELS, Target
from crm_desktop.i18n import N_
from crm_desktop.models import office
from crm_desktop.store.change import Person, change

SETTING: Final = "import_lists"
KEPT: Final = 100
"""Kinds of sheet that are remembered; those not used for longest are forgotten first."""


def remember(user: Person | None, plans: list[TablePlan]) -> int:
    """Keep what was chosen for these lists, where it differs from our own guess; how many are kept anew."""
    before: dict[str, Any] = office.setting(SETTING)
    known = dict(before)
    for plan in plans:
        if plan.kind == UNKNOWN:
            continue
        mine = _written(plan.mapping)
        signature = _signature(plan.table)
        if mine != _written(plan.guess()):
            known.pop(signature, None)
            known[signature] = mine
        elif signature in known:
            del known[signature]
    changed: int = sum(before.get(signature) != mine for signature, mine in known.items())
    if known != before:
        for old in list(known)[:-KEPT]:
            del known[old]
        with change(user, N_("Remember how a list is read")) as c:
            office.put_settings(c, {SETTING: known})
    return changed


def recall(plan: TablePlan) -> bool:
    """Read a list as last time; False when nothing is remembered of such a sheet. Asks the customer file."""
    found = office.setting(SETTING).get(_signature(plan.table))
    if not isinstance(found, dict) or found.get("kind") not in KINDS:
        return False
    kind = str(found["kind"])
    mapping = headings.recognise(plan.table, kind)
    targets = {_key(target): target for target in _possible(kind, mapping)}
    columns = found.get("columns", [])
    for column, (key, ways) in zip([each for each in mapping.columns if each.heading], columns, strict=False):
        column.target = targets.get(key) if key else None
        column.ways = dict(ways)
    plan.mapping = mapping
    return True


def _possible(kind: str, mapping: Mapping) -> list[Target]:
    several = [Target(model, name, slot) for model in MODELS[kind] for name in model.typed() for slot in range(1, 5)]
    several += [target for target in headings.targets(kind) if target.slot]
    return [*several, *(target for _column, target in mapping.targets()), *headings.targets(kind)]


def _written(mapping: Mapping) -> dict[str, Any]:
    return {"kind": mapping.kind, "columns": [_column(each) for each in mapping.columns if each.heading]}


def _column(column: Column) -> list[Any]:
    return [_key(column.target) if column.target else "", dict(column.ways)]


def _key(target: Target) -> str:
    return f"{target.model.table()}.{target.field}.{target.slot}"


def _signature(table: Table) -> str:
    """What sheets with the same headings have in common."""
    names = [words.key(name) for name in table.heading if name]
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:24]
