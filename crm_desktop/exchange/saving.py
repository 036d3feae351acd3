"""A judged import to the customer file: one change, in bulk, judged again first if somebody wrote in the meantime."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from crm_desktop.exchange import hanging, survey_office
from crm_desktop.exchange.matching import Draft
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
_STEP: Final = 1000
_TOLD: Final = (User, Position)
"""What the summary of an import reads once more when it is written."""
_WRITTEN: Final[dict[str, Any]] = {}
"""What is left of the values of other new records: a hundred thousand of them would be in memory twice."""
_NOTE: Final = 200
"""So many characters of file names are kept in the log."""


def save(plan: Plan, user: Person | None, progress: Progress | None) -> Result:
    """Write a plan as one change."""
    from crm_desktop.exchange.importing import last_change

    with sharing.doing("importing"), change(user, N_("Import"), progress=progress) as writing:
        if (
            last_change() != plan.seen_change
        ):  # a colleague wrote in the meantime: match again, now that nobody else can
            plan.judge(progress)
        names = _(", ").join(dict.fromkeys(each.path.name for each in plan.tables if each.rows))
        writing.note = names if len(names) <= _NOTE else f"{names[: _NOTE - 1]}…"
        drafts = [draft for draft in plan.office.drafts.values() if draft.new or draft.changes]
        plan.office.release()
        total, done = len(drafts), 0

        def tick(count: int) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done, total, _("Saving"))

        tick(0)
        families = _families(drafts)
        for model in ORDER:
            mine = [draft for draft in drafts if draft.model is model]
            if model is Customer:
                _insert_families(writing, families, tick)
            _insert(writing, model, [draft for draft in mine if draft.new and draft not in families.members], tick)
            for draft in mine:
                if not draft.new:
                    writing.save(model.from_row({"id": draft.id}), draft.changes)
                    tick(1)
        beside = {id(sheet): sheet for each in plan.tables for sheet in each.beside}
        surveys, left_out = survey_office.bring(writing, list(beside.values()))
        hung, too = hanging.bring(writing, list(beside.values()))
        left_out += too
    result = plan.result()
    result.surveys, result.hung, result.left_out = surveys, hung, left_out
    result.change = writing.id if drafts or surveys or hung else None
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


def _families(drafts: Sequence[Draft]) -> Families:
    """A contact person belongs to the family of the first new customer he or she is at; further places are written
    after them and change what was derived, as they would at any other time.
    """
    new = {draft.id: draft for draft in drafts if draft.new and draft.model in (Customer, Contact)}
    of: dict[int, list[Draft]] = {}
    members = {draft for draft in new.values() if draft.model is Customer}
    for draft in drafts:
        if draft.model is not Position or not draft.new:
            continue
        customer, contact = new.get(draft.value("customer")), new.get(draft.value("contact"))
        if customer and contact and contact not in members:
            of.setdefault(customer.id, []).extend((contact, draft))
            members |= {contact, draft}
    return Families([draft for draft in new.values() if draft.model is Customer], members, of)


def _insert_families(writing: Change, families: Families, tick: Callable[[int], None]) -> None:
    """Customers with a number of their own first, so that no new number is given twice."""
    numbered = [draft for draft in families.customers if draft.value("code")]
    for part in (numbered, [draft for draft in families.customers if not draft.value("code")]):
        for some in chunks(part, _STEP):
            parts = families.parts(some)
            writing.insert_together([(model, [_row(draft) for draft in drafts]) for model, drafts in parts])
            _written(draft for _model, drafts in parts for draft in drafts)
            tick(sum(len(drafts) for _model, drafts in parts))


def _row(draft: Draft) -> Row:
    return {"id": draft.id, **draft.stored()}


def _written(drafts: Iterable[Draft]) -> None:
    """Let go of values that nobody reads any more."""
    for draft in drafts:
        if draft.model not in _TOLD:
            draft.before, draft.changes = None, _WRITTEN


def _insert(writing: Change, model: type[Record], drafts: Sequence[Draft], tick: Callable[[int], None]) -> None:
    """New records, those with a number of their own first, so that no new number is given twice."""
    for part in ([d for d in drafts if d.value("code")], [d for d in drafts if not d.value("code")]):
        for some in chunks(part, _STEP):
            writing.insert_rows(model, [_row(draft) for draft in some])
            _written(some)
            tick(len(some))
