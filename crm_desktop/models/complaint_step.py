"""What hangs on a complaint: the steps of its course, its evidence, and signs of displeasure."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.i18n import N_
from crm_desktop.models.base import Record
from crm_desktop.models.fields import Choice, Date, DateTime, Integer, Link, LongText, Person, Text
from crm_desktop.store.record import Row


class ComplaintStep(Record):
    """One step of a complaint's course: from which state to which, who, when and why; written by complaints.moves."""

    title = N_("Step of a complaint")
    complaint = Link(N_("Complaint"), "complaint", end="cascade", required=True, index=False)
    at = DateTime(N_("Time"), required=True)
    by = Person(N_("By"))
    move = Text(N_("Step"))
    before = Choice(N_("State before"), "complaint_state")
    after = Choice(N_("State after"), "complaint_state")
    why = LongText(N_("Why"))
    until = Date(N_("Until"), future=True)

    class Meta:
        table_name = "complaint_step"
        indexes = ((("complaint", "at", "id"), False),)

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        return {"complaint": {row["complaint"] for row in rows}}


class ComplaintFile(Record):
    """Evidence: a small file kept in the customer file itself, or the place of a larger one."""

    title = N_("Evidence")
    complaint = Link(N_("Complaint"), "complaint", end="cascade", required=True)
    name = Text(N_("File name"), required=True)
    size = Integer(N_("Size"))
    place = Text(N_("Place"))
    content = Text("")
    """The bytes in base64, because the log writes text; empty where only the place is kept."""

    class Meta:
        table_name = "complaint_file"


class ComplaintSignal(Record):
    """A sign that a customer is displeased who has not complained: confirmed, made a complaint, or dismissed."""

    title = N_("Sign of displeasure")
    customer = Link(N_("Customer"), "customer", end="cascade", required=True)
    source = Text(N_("Source"), required=True)
    at = DateTime(N_("Time"), required=True)
    what = LongText(N_("What happened"))
    interaction = Link(N_("Contact record"), "interaction")
    about = Link(N_("Solved complaint"), "complaint")
    decision = Text(N_("Decision"))
    reason = LongText(N_("Why"))
    decided_at = DateTime(N_("Decided at"))
    decided_by = Person(N_("Decided by"))
    became = Link(N_("Complaint"), "complaint")

    class Meta:
        table_name = "complaint_signal"
        # what waits, and what has been decided of what is found again, from indexes alone
        indexes = (
            (("decision", "at", "id", "customer", "source"), False),
            (("at", "source", "interaction", "about"), False),
        )
