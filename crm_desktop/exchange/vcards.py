"""Contact persons and customers as address cards that every phone reads: vCard 3.0 (RFC 2426)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from crm_desktop.exchange.sheet_columns import Progress
from crm_desktop.i18n import _
from crm_desktop.models.base import Record
from crm_desktop.models.contact import Contact
from crm_desktop.models.customer import Customer
from crm_desktop.store import file
from crm_desktop.store.record import chunks

MODELS: Final[tuple[type[Record], ...]] = (Contact, Customer)
_TYPES: Final = {"mobile": "CELL", "fax": "WORK,FAX", "phone": "WORK,VOICE"}
_MOST: Final = 73
"""Bytes of a line before it is folded (RFC 2426 allows 75 with the line break)."""
_STEP: Final = 200

_PERSONS: Final = (
    "SELECT c.id, c.name, c.phones, c.email, c.wechat, c.address, c.birthday, c.remarks, k.name, p.department, p.job"
    " FROM contact c LEFT JOIN position p ON p.contact = c.id LEFT JOIN customer k ON k.id = p.customer"
    " WHERE c.id IN ({marks}) ORDER BY p.id"
)
_FIRMS: Final = (
    "SELECT id, name, phones, email, wechat, addresses, website, remarks FROM customer WHERE id IN ({marks})"
)
_STAFF: Final = 'SELECT customer, contact FROM position WHERE "left" = 0 AND customer IN ({marks}) ORDER BY id'


def of(model: type[Record], ids: Sequence[int], progress: Progress | None = None) -> Iterator[str]:
    """The cards of these records, some hundred at a time; a customer's own card comes before those of its people."""
    done = 0
    for part in chunks(ids, _STEP):
        yield "".join(_firms(part) if model is Customer else _persons(part))
        done += len(part)
        if progress:
            progress(done, len(ids), _("Writing"))


def _firms(ids: Sequence[int]) -> Iterator[str]:
    staff: dict[int, list[int]] = {}
    for customer, contact in file.ask(_STAFF.format(marks=_marks(ids)), ids):
        staff.setdefault(customer, []).append(contact)
    found = {row[0]: row for row in file.ask(_FIRMS.format(marks=_marks(ids)), ids)}
    for i in (i for i in ids if i in found):
        _id, name, phones, email, wechat, addresses, website, remarks = found[i]
        street = next((each.get("street", "") for each in json.loads(addresses)), "")
        if phones != "[]" or email or wechat or street or i not in staff:
            yield _card(name, name, phones, ORG=[name], EMAIL=email, wechat=wechat, street=street, URL=website,
                        NOTE=remarks)  # fmt: skip
        yield from _persons(staff.get(i, ()))


def _persons(ids: Sequence[int]) -> Iterator[str]:
    if not ids:
        return
    found: dict[int, tuple[Any, ...]] = {}
    for row in file.ask(_PERSONS.format(marks=_marks(ids)), ids):
        found.setdefault(row[0], row)  # who works for two firms has one card, of the first
    for i in (i for i in ids if i in found):
        _id, name, phones, email, wechat, address, birthday, remarks, firm, department, job = found[i]
        org = [part for part in (firm, department) if part]
        day = birthday if re.fullmatch(r"\d{4}-\d\d-\d\d|--\d\d-\d\d", birthday) else ""
        yield _card(name, "", phones, ORG=org, TITLE=job, EMAIL=email, wechat=wechat, street=address, BDAY=day,
                    NOTE=remarks)  # fmt: skip


def _card(name: str, firm: str, phones: str, *, wechat: str, street: str, **more: Any) -> str:
    """One card; parts that are empty are left out."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{_escaped('' if firm else name)};;;;", f"FN:{_escaped(name)}"]
    for phone in json.loads(phones):
        if phone.get("number"):
            lines.append(f"TEL;TYPE={_TYPES.get(phone.get('type', ''), 'VOICE')}:{phone['number']}")
    for key, value in more.items():
        if value:
            text = ";".join(map(_escaped, value)) if isinstance(value, list) else _escaped(value)
            lines.append(f"{key}:{text}")
    if wechat:
        lines.append(f"X-WECHAT:{_escaped(wechat)}")
    if street:
        lines.append(f"ADR;TYPE=WORK:;;{_escaped(street)};;;;")
    return "".join(_folded(line) for line in [*lines, "END:VCARD"])


def _escaped(text: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", text).replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces that are never cut inside a character."""
    pieces, piece = [], b""
    for sign in line:
        coded = sign.encode()
        if len(piece) + len(coded) > _MOST:
            pieces.append(piece)
            piece = b" "
        piece += coded
    return b"\r\n".join([*pieces, piece]).decode() + "\r\n"


def _marks(ids: Sequence[int]) -> str:
    return ",".join("?" * len(ids))
