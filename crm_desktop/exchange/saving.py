"""A judged import to the customer file: one change, in bulk, judged again first if somebody wrote in the meantime."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from crm_desktop.i18n import N_, _
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.office import User
from crm_desktop.store.change import Change, Person, change

if TYPE_CHECKING:
    from crm_desktop.exchange.importing import Plan, Progress, Result

ORDER: Final[tuple[type[Record], ...]] = (User, Customer, Contact, Position, Complaint, Interaction)
_STEP: Final = 1000


def save(plan: Plan, user: Person | None, progress: Progress | None) -> Result:
    """Write a plan as one change."""
    from crm_desktop.exchange.importing import last_change

    with change(user, N_("Import")) as writing:
        if (
            last_change() != plan.seen_change
        ):  # a colleague wrote in the meantime: match again, now that nobody else can
            plan.judge(progress)
        drafts = [draft for draft in plan.office.drafts.values() if draft.new or draft.changes]
        total, done = len(drafts), 0

        def tick(count: int) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done, total, _("Saving"))

        tick(0)
        for model in ORDER:
            mine = [draft for draft in drafts if draft.model is model]
            _insert(writing, model, [{"id": draft.id, **draft.changes} for draft in mine if draft.new], tick)
            for draft in mine:
                if not draft.new:
                    writing.save(model.from_row({"id": draft.id}), draft.changes)
                    tick(1)
        if progress:
            progress(total, total, _("Making everything findable"))
    result = plan.result()
    result.change = writing.id if drafts else None
    plan.seen_change = None
    return result


def _insert(writing: Change, model: type[Record], rows: Sequence[dict[str, Any]], tick: Any) -> None:
    """Rows with a number of their own first, so that no new number is given twice."""
    for part in ([row for row in rows if row.get("code")], [row for row in rows if not row.get("code")]):
        for start in range(0, len(part), _STEP):
            writing.insert_many(model, part[start : start + _STEP])
            tick(len(part[start : start + _STEP]))
