"""How an office on a server is: whether all of it can be read, and whether its links hold."""

from __future__ import annotations

from typing import Any

from crm_desktop.errors import UserError
from crm_desktop.store import file
from crm_desktop.store.record import Table, leaves, tables


def unreadable() -> list[str]:
    """Read every row of every table: what the server says about those it cannot read."""
    found: list[str] = []
    for model in leaves(Table):
        name: Any = model._meta.table_name
        try:
            file.one(f'SELECT sum(length(t::text)) FROM "{name}" t')
        except UserError as error:
            found.append(str(error))
    return found


def broken_links() -> int:
    """How many records point to one that is not there; the server itself refuses such links."""
    broken = 0
    for name, model in tables().items():
        for column, (target, _end) in model.links.items():
            broken += file.one(
                f'SELECT count(*) FROM "{name}" t WHERE t."{column}" IS NOT NULL'
                f' AND NOT EXISTS (SELECT 1 FROM "{target}" x WHERE x.id = t."{column}")'
            )
    return broken


def product() -> str:
    """What runs there, such as PostgreSQL 16.2."""
    return f"PostgreSQL {str(file.one('SHOW server_version')).split()[0]}"
