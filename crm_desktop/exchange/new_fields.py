"""Columns no field of ours fits become fields of the office's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm_desktop.exchange.headings import UNKNOWN, Column
from crm_desktop.exchange.table_plan import TablePlan
from crm_desktop.exchange.words import MODELS, Target
from crm_desktop.i18n import N_
from crm_desktop.models import office, own_fields
from crm_desktop.store.change import Person, change

_SAMPLE = 1000


def guess(plan: TablePlan, column: Column) -> str:
    """The kind of own field a column needs."""
    return own_fields.guess([cells[column.index] for _number, cells in plan.table.rows[:_SAMPLE]])


def homeless(plan: TablePlan) -> list[Column]:
    """The columns with values that go nowhere."""
    if plan.kind == UNKNOWN:
        return []
    lost = set(plan.mapping.not_imported())
    return [
        column
        for column in plan.mapping.columns
        if column.target is None
        and column.heading in lost
        and any(cells[column.index] is not None for _number, cells in plan.table.rows)
    ]


def add(
    user: Person | None, plan: TablePlan, columns: Sequence[Column], label: str = "", kind: str = ""
) -> list[Target]:
    """Make a field for each of these columns, and let them go there; `label` and `kind` where the user chose them.

    A field of that name that is there already is taken. Raises UserError when there is no room for more.
    """
    model = MODELS[plan.kind][0]
    made: list[Target] = []
    mapping = replace(plan.mapping, columns=[replace(each) for each in plan.mapping.columns])
    with change(user, N_("Add own fields")) as c:
        places = [
            office.add_own_field(c, model.table(), label or column.heading, kind or guess(plan, column))
            for column in columns
        ]
    for column, place in zip(columns, places, strict=True):
        made.append(Target(model, place))
        mapping.set(column.index, made[-1])
    plan.mapping = mapping
    return made
