"""Deleting customers: asked once, in place, with what goes with them and why; the bar offers the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from crm_desktop import counted, removal
from crm_desktop.i18n import N_, _, ngettext
from ui import tasks
from ui.parts import deleting
from ui.parts.notice import Notice


def ask(page: QWidget, notice: Notice, customers: Sequence[int]) -> None:
    """Ask in the notice whether these customers may go."""
    ids = list(customers)

    def say(goes: dict[str, int]) -> None:
        verb = ngettext("Delete customer", "Delete {n} customers", len(ids)).format(n=f"{len(ids):,}")
        deleting.ask(notice, question(len(ids), goes), verb, partial(_delete, page, ids))

    tasks.run(page, lambda: removal.belongings(ids), say, place="belongings", reading=True)


def question(number: int, goes: Mapping[str, int]) -> str:
    """The question, and what would go as well."""
    what = ngettext("Delete this customer?", "Delete {n} customers?", number).format(n=f"{number:,}")
    told = counted.in_words(goes)
    return f"{what} " + _("This goes with it: {records}.").format(records=told) if told else what


def _delete(page: QWidget, ids: list[int], why: str) -> None:
    said = ngettext("{n} customer deleted.", "{n} customers deleted.", len(ids)).format(n=f"{len(ids):,}")
    deleting.write(page, N_("Delete customers"), why, lambda c: removal.delete_customers(c, ids), said)
