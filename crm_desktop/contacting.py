"""Writing down a contact: what to know beforehand, and what follows for the customer in the same change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crm_desktop import duplicates
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Customer, Interaction
from crm_desktop.store import file
from crm_desktop.store.change import Change


class Partner(NamedTuple):
    """A contact person of the customer."""

    id: int
    name: str
    job: str
    channel: str
    """The channel they prefer (code)."""
    refused: frozenset[str]
    """Channels they do not want to be contacted by (codes)."""


@dataclass(frozen=True)
class Briefing:
    """What one should know before writing down, or making, a contact."""

    customer: Customer
    partners: list[Partner] = field(default_factory=list)
    """The contact persons, the main one first, none who left."""

    @property
    def channel(self) -> str:
        """The customer's preferred channel, or the one used last."""
        return str(self.customer.channel or self.customer.last_contact_channel or "")

    def refused(self, partner: int | None) -> frozenset[str]:
        """Channels that the customer or this contact person refused."""
        theirs = next((p.refused for p in self.partners if p.id == partner), frozenset())
        return _refused(self.customer.consents) | theirs


def _refused(consents: Any) -> frozenset[str]:
    return frozenset(str(row.get("channel", "")) for row in consents or () if row.get("state") == "no")


def briefing(customer: int) -> Briefing | None:
    """What to know about a customer; None when it is gone."""
    record = Customer.get_row(customer)
    if record is None:
        return None
    rows = file.ask(
        "SELECT k.id, k.name, p.job, k.channel, k.consents FROM position p JOIN contact k ON k.id = p.contact"
        ' WHERE p.customer = ? AND p."left" = 0 ORDER BY p."primary" DESC, p.id',
        (customer,),
    )
    consents = Customer.described()["consents"]
    return Briefing(
        record, [Partner(i, name, job, way, _refused(consents.python_value(said))) for i, name, job, way, said in rows]
    )


def write_down(
    c: Change, values: Mapping[str, Any], new_customer: str = "", done: str = "", known: Collection[int] = ()
) -> Interaction:
    """Write a contact; its next date becomes the customer's, and what was planned for the moment `done` is taken away.

    What a colleague planned meanwhile stays. With `new_customer` a customer of that name is written first. Raises
    UserError when the customer was deleted, and Similar when the new one is like others that are not `known` (ids).
    """
    if new_customer:
        customer: Any = duplicates.save(c, Customer, {"name": new_customer, "owner": c.user}, known=known)
    else:
        customer = Customer.get_row(values["customer"])
        if customer is None:
            raise UserError(_("This customer was deleted in the meantime. Choose another one."))
    row = {**values, "customer": customer.id}
    written = c.save(Interaction, row)
    if row.get("next_at"):
        c.save(customer, {"next_contact_at": row["next_at"], "next_contact_what": row.get("next_what", "")})
    elif done and customer.next_contact_at == done:
        c.save(customer, {"next_contact_at": None, "next_contact_what": ""})
    return written
