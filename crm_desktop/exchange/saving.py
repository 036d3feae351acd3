"""A judged import to the customer file: one change, in bulk, judged again first if somebody wrote in the meantime."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from crm_desktop.exchange import bringing
from crm_desktop.exchange.drafts import NO_CHANGES, Draft
from crm_desktop.i18n import N_, _
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.feedback import Feedback
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.office import User
from crm_desktop.models.service import ServiceRequest
from crm_desktop.models.service_parts import ServiceNote
from crm_desktop.store import sharing
from crm_desktop.store.change import Change, Person, change
from crm_desktop.store.record import Row, chunks

if TYPE_CHECKING:
    from crm_desktop.exchange.importing import Plan, Result
    from crm_desktop.exchange.table_plan import Progress

ORDER: Final[tuple[type[Record], ...]] = (
    User,
    Customer,
    Contact,
    Position,
    Complaint,
    Interaction,
    ServiceNote,
    ServiceRequest,
    Feedback,
)
_STEP: Final = 500
_TOLD: Final = (User, Position)
"""What the summary of an import reads once more when it is written."""
_NOTE: Final = 200
"""So many characters of file names are kept in the log."""


def save(plan: Plan, user: Person | None, progress: Progress | None) -> Result:
    """Write a plan as one change; one that was stopped can be saved again."""
    try:
        return _save(plan, user, progress)
    except BaseException:
        plan.seen_change = None  # values that were written are let go of (`_written`): all rows are judged again
        raise


def _save(plan: Plan, user: Person | None, progress: Progress | None) -> Result:
    from crm_desktop.exchange.importing import last_change

    with sharing.doing("importing"), change(user, N_("Import"), progress=progress) as writing:
        if (
            last_change() != plan.seen_change
        ):  # a colleague wrote in the meantime: match again, now that nobody else can
            plan.judge(progress)
        names = _(", ").join(dict.fromkeys(each.path.name for each in plan.tables if each.rows))
        writing.note = names if len(names) <= _NOTE else f"{names[: _NOTE - 1]}…"
        drafts = {
            model: [draft for draft in plan.office.drafts[model.table()].values() if draft.new or draft.changes]
            for model in ORDER
        }
        total, done = sum(map(len, drafts.values())), 0

        def tick(count: int) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done, total, _("Saving"))

        tick(0)
        families = _families(drafts)
        for model, mine in drafts.items():
            if model is Customer:
                _insert_families(writing, families, tick)
            _insert(writing, model, [draft for draft in mine if draft.new and draft not in families.members], tick)
            for draft in mine:
                if not draft.new:
                    writing.save(model.from_row({"id": draft.id}), draft.changes)
                    tick(1)
        beside, left_out = bringing.bring(writing, plan.beside)
    result = plan.result()
    result.beside, result.left_out = beside, left_out
    result.change = writing.id if total or beside else None
    return result


class Families:
    """New customers with their new contact persons, who are written together; `members` are their drafts."""

    def __init__(self, customers: Sequence[Draft], members: set[Draft], of: dict[int, list[Draft]]) -> None:
        self.customers, self.members = customers, members
        self._of = of

    def parts(self, customers: Sequence[Draft]) -> list[tuple[type[Record], list[Draft]]]:
        """The drafts of these customers and of theirs, by kind."""
        below = [draft for customer in customers for draft in self._of.get(customer.id, ())]
        return [
            (Customer, list(customers)),
            *((model, [draft for draft in below if draft.model is model]) for model in (Contact, Position)),
        ]


def _families(drafts: Mapping[type[Record], Sequence[Draft]]) -> Families:
    """A contact person belongs to the family of the first new customer he or she is at; further places are written
    after them and change what was derived, as they would at any other time.
    """
    customers = [draft for draft in drafts[Customer] if draft.new]
    known = {draft.id for draft in customers}
    contacts = {draft.id: draft for draft in drafts[Contact] if draft.new}
    of: dict[int, list[Draft]] = {}
    members = set(customers)
    for draft in drafts[Position]:
        if not draft.new:
            continue
        customer, contact = draft.value("customer"), contacts.get(draft.value("contact"))
        if contact and customer in known and contact not in members:
            of.setdefault(customer, []).extend((contact, draft))
            members |= {contact, draft}
    return Families(customers, members, of)


def _insert_families(writing: Change, families: Families, tick: Callable[[int], None]) -> None:
    """Customers with a number of their own first, so that no new number is given twice."""
    for part in _numbered_first(families.customers):
        for some in chunks(part, _STEP):
            parts = families.parts(some)
            writing.insert_together([(model, [_row(draft) for draft in drafts]) for model, drafts in parts])
            _written(draft for _model, drafts in parts for draft in drafts)
            tick(sum(len(drafts) for _model, drafts in parts))


def _row(draft: Draft) -> Row:
    return {"id": draft.id, **draft.stored()}


def _written(drafts: Iterable[Draft]) -> None:
    """Let go of values that nobody reads any more: a hundred thousand of them would be in memory twice."""
    for draft in drafts:
        if draft.model not in _TOLD:
            draft.before, draft.changes = None, NO_CHANGES


def _insert(writing: Change, model: type[Record], drafts: Sequence[Draft], tick: Callable[[int], None]) -> None:
    """New records, those with a number of their own first, so that no new number is given twice."""
    for part in _numbered_first(drafts):
        for some in chunks(part, _STEP):
            writing.insert_rows(model, [_row(draft) for draft in some])
            _written(some)
            tick(len(some))


def _numbered_first(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Draft]]:
    """The drafts that bring a number, and the others."""
    parts: tuple[list[Draft], list[Draft]] = ([], [])
    for draft in drafts:
        parts[0 if draft.value("code") else 1].append(draft)
    return parts
