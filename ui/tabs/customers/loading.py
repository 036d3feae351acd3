"""What a customer's page shows besides its lists, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm_desktop import contact_persons, contact_rhythm
from crm_desktop.contact_persons import Person
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Customer, Feedback, Record, ServiceRequest, SurveyAsked
from crm_desktop.store import file

RELATED: tuple[tuple[type[Record], str, tuple[str, ...]], ...] = (
    (Complaint, N_("Complaints"), ("received_at", "category", "description", "state", "owner", "solved_at")),
    (ServiceRequest, N_("Service"), ("received_at", "type", "description", "state", "owner", "solved_at")),
    (Feedback, N_("Feedback"), ("at", "kind", "text", "state", "owner", "answered_at")),
    (SurveyAsked, N_("Satisfaction"), ("answered_at", "run", "state", "overall", "nps", "how", "note")),
)
"""What has a page of its own: the records, its title (msgid) and its columns."""


@dataclass(frozen=True)
class Loaded:
    """What the page shows besides its lists."""

    customer: Customer
    persons: list[Person]
    related: list[int]
    """How many there are of each of RELATED."""
    rhythm: contact_rhythm.State


def load(id: int) -> Loaded | None:
    """Read a customer for the page, in the store thread."""
    customer = Customer.get_row(id)
    if customer is None:
        return None
    counts = [
        int(file.one(f"SELECT count(*) FROM {model.table()} WHERE customer = ?", (id,)))
        for model, _title, _columns in RELATED
    ]
    return Loaded(customer, contact_persons.of_customer(id), counts, contact_rhythm.state(customer, date.today()))
