"""What people copy out of chats, shops, e-mails and invoices, and what a careful clerk takes from it."""

import pytest

from crm_desktop.exchange import importing
from crm_desktop.exchange.matching import Office
from crm_desktop.exchange.parsing import Reader, apart
from crm_desktop.models.contact import Contact

from .corpus import clerk
from .corpus.chats import CHATS, INVOICES


def understood(text):
    """The rows of the first list of a pasted text, flat: customers with their first contact person."""
    [each] = importing.tables_in(text)
    reader = Reader(each.mapping, Office(), each.table.rows)
    found = []
    for number, row in each.table.rows:
        parsed = reader.parse(number, row)
        for slot in [slot for model, slot in parsed.values if model is Contact]:
            apart(parsed, slot, "")
        flat = clerk._flat(parsed)
        name = flat.get("contact.name") or flat.get("customer.name")
        found.append({
            "name": name,
            "firm": flat.get("customer.name") if flat.get("customer.name") != name else None,
            "phones": flat.get("contact.phones") or flat.get("customer.phones"),
            "address": flat.get("contact.address") or flat.get("customer.addresses"),
            "email": flat.get("contact.email") or flat.get("customer.email"),
            "job": flat.get("position.job"),
            "wechat": flat.get("contact.wechat") or flat.get("customer.wechat"),
            "tax": flat.get("customer.credit_code") or flat.get("customer.bill_tax_no"),
            "bank": flat.get("customer.bill_bank"),
            "account": flat.get("customer.bill_account"),
        })  # fmt: skip
    return found


@pytest.mark.parametrize("name", CHATS)
@pytest.mark.usefixtures("office")
def test_a_text_from_elsewhere_is_read_as_a_careful_clerk_would(name):
    text, expected = CHATS[name]
    found = understood(text)
    assert len(found) == len(expected)
    for seen, meant in zip(found, expected, strict=True):
        assert {key: seen[key] for key in meant} == meant


@pytest.mark.parametrize("name", INVOICES)
@pytest.mark.usefixtures("office")
def test_invoice_titles_are_read_in_whatever_order_they_are_sent(name):
    text, expected = INVOICES[name]
    found = understood(text)
    assert [{key: seen[key] for key in meant} for seen, meant in zip(found, expected, strict=True)] == expected
