"""Firms and contact persons that are none: 个人 for a firm, cells beside an empty name; nothing is lost."""

from __future__ import annotations

from typing import Any, Final

from crm_desktop.exchange.drafts import merged
from crm_desktop.exchange.mapping import Mapping
from crm_desktop.exchange.parsing import Parsed
from crm_desktop.i18n import _
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer

NO_FIRM: Final = frozenset(["个人", "散客", "本人", "自己", "私人", "无单位", "个体"])
"""What stands in the place of a firm where there is none."""
REACHED: Final = ("wechat", "email", "qq", "wecom")
"""How both a contact person and a customer are reached, besides phones."""


def left_to_customer(given: dict[str, Any], parsed: Parsed, mapping: Mapping, private: bool) -> dict[str, Any]:
    """The customer's values with how a contact person without a name is reached; what else stands there goes to the
    customer's remarks. Of a `private` customer, the first person is that customer.
    """
    for column, target in mapping.targets():
        told = parsed.of(target.model, target.slot)
        of_nobody = target.model in (Contact, Position) and not parsed.of(Contact, target.slot).get("name")
        if not of_nobody or target.field not in told or (private and target.slot == 0 and target.field != "phones"):
            continue
        name, value = target.field, told.pop(target.field)
        if name == "phones":
            described = Customer.described()["phones"]
            given = {**given, name: merged(described, given[name], value) if given.get(name) else value}
        elif name in REACHED and not given.get(name):
            given = {**given, name: value}
        else:
            shown = target.described.show(value)
            parsed.lost.setdefault(Customer, []).append(f"{column.heading}: {shown}")
            text = _("{heading}: no name stands beside it; it is kept in the remarks.")
            parsed.row.note(text.format(heading=column.heading))
    return given
