"""What a customer's row derives from its own columns, its contact persons, its contacts and its complaints."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crm_desktop import values
from crm_desktop.models.survey_asked import asked_of
from crm_desktop.store import file, pinyin
from crm_desktop.store.record import Row, chunks


def own(row: Row) -> Row:
    """What derives from a customer's own columns alone: known when the row is inserted."""
    return {
        "sort_key": pinyin.sort_key(row["name"]),
        "core": values.name_core(row["name"]),
        "province": row["region"].split(" ")[0] if row["region"] else "",
    }


def tidy(row: Row, into: Row) -> None:
    """What follows from a customer's own columns: the region of its first address, where none was typed."""
    if not row["region"]:
        for address in json.loads(row["addresses"]) if row["addresses"] != "[]" else ():
            found = values.read_region(address.get("region") or address.get("street", ""))
            if found:
                into["region"] = found.value
                break


def contact_persons(customers: Sequence[int]) -> set[int]:
    """The contact persons of these customers (ids)."""
    found: set[int] = set()
    for part in chunks(customers):
        marks = ",".join("?" * len(part))
        found |= {i for (i,) in file.ask(f"SELECT contact FROM position WHERE customer IN ({marks})", part)}
    return found


def cases_of_other_tier(rows: Sequence[Row]) -> dict[str, set[int]]:
    """Open complaints and requests of a customer whose tier has just become another one (rows: before, after)."""
    changed = _of_other_tier(rows)
    return open_cases(changed) if changed else {}


def surveys_of_other_tier(rows: Sequence[Row]) -> set[int]:
    """What such a customer was asked in surveys: when it is to be asked again goes by its tier."""
    changed = _of_other_tier(rows)
    return asked_of(changed) if changed else set()


def _of_other_tier(rows: Sequence[Row]) -> list[int]:
    tiers: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        tiers[row["id"]].add(row["tier"])
    return [i for i, seen in tiers.items() if len(seen) > 1]


def open_cases(customers: Sequence[int]) -> dict[str, set[int]]:
    """Complaints and requests of these customers whose deadlines still move: table to ids."""
    found: dict[str, set[int]] = {"complaint": set(), "service_request": set()}
    for part in chunks(customers):
        marks = ",".join("?" * len(part))
        for table, ids in found.items():
            sql = f"SELECT id FROM {table} WHERE customer IN ({marks}) AND closed_at IS NULL"
            ids |= {i for (i,) in file.ask(sql, part)}
    return found


def contacts_of(customers: Sequence[int]) -> dict[int, tuple[list[str], list[str], list[str]]]:
    """Texts, names and numbers of the contact persons of these customers, for the search."""
    found: dict[int, tuple[list[str], list[str], list[str]]] = defaultdict(lambda: ([], [], []))
    for customer, name, phones, *texts in file.ask(
        "SELECT p.customer, c.name, c.phones, c.wechat, c.email, c.qq FROM position p JOIN contact c ON c.id = p.contact"
        f" WHERE p.customer IN ({','.join('?' * len(customers))}) ORDER BY p.customer, p.id",
        customers,
    ):
        mine = found[customer]
        mine[0].extend(text for text in texts if text)
        mine[1].append(name)
        mine[2].extend(row.get("number", "") for row in json.loads(phones))
    return found


_LAST = """
    SELECT customer, at, "by", coalesce(channel, ''),
        coalesce(substr(CASE WHEN subject <> '' THEN subject ELSE content END, 1, 80), '')
    FROM interaction WHERE id IN (
        SELECT (SELECT id FROM interaction i WHERE i.customer = k.id ORDER BY at DESC, id DESC LIMIT 1)
        FROM customer k WHERE k.id IN ({marks}))
"""
_NEXT_STEP = """
    SELECT customer, min(next_at) FROM interaction i WHERE customer IN ({marks})
        AND next_at > (SELECT coalesce(max(at), '') FROM interaction m WHERE m.customer = i.customer)
    GROUP BY customer
"""
_OPEN = "SELECT customer, count(*) FROM complaint WHERE closed_at IS NULL AND customer IN ({marks}) GROUP BY customer"
_TALKS = ["last_contact_at", "last_contact_by", "last_contact_channel", "last_contact_text", "next_step_at"]
_DERIVED = [
    "open_complaints",
    "sort_key",
    "core",
    "province",
    "main_contact",
    "main_phone",
    "completeness",
]


def derive(ids: Sequence[int], fresh: Collection[int] = ()) -> None:
    """Recompute the derived columns of up to 500 customers; only those that change are written."""
    marks = ",".join("?" * len(ids))
    still_open = dict(file.ask(_OPEN.format(marks=marks), ids))
    main, talks = _main_contacts(ids), _talks(ids)
    rows = file.rows("customer", ids, [*WEIGHTS, *_TALKS, *_DERIVED])
    found: dict[int, Row] = {}
    for i, row in rows.items():
        contact, mobile = main.get(i, ("", ""))
        phones = [p.get("number", "") for p in json.loads(row["phones"])] if not mobile else ()
        derived = [
            still_open.get(i, 0),
            *((row["sort_key"], row["core"], row["province"]) if i in fresh else own(row).values()),
            contact,
            mobile or (phones[0] if phones else ""),
            completeness(row, bool(contact)),
        ]
        found[i] = {**talks[i], **dict(zip(_DERIVED, derived, strict=True))}
    _write(rows, found)


def derive_talks(ids: Sequence[int]) -> None:
    """Recompute only what derives from the contacts with up to 500 customers."""
    _write(file.rows("customer", ids, _TALKS), _talks(ids))


def _talks(ids: Sequence[int]) -> dict[int, Row]:
    """The last contact with each of these customers, and the next step."""
    marks = ",".join("?" * len(ids))
    last = {customer: told for customer, *told in file.ask(_LAST.format(marks=marks), ids)}
    next_step = dict(file.ask(_NEXT_STEP.format(marks=marks), ids))
    return {i: dict(zip(_TALKS, (*last.get(i, (None, None, "", "")), next_step.get(i)), strict=True)) for i in ids}


def _write(rows: Mapping[int, Row], found: Mapping[int, Row]) -> None:
    """Write what is found to be other than in these rows."""
    updates: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for i, row in rows.items():
        changed = {name: value for name, value in found[i].items() if value != row[name]}
        if changed:
            updates[tuple(changed)].append((*changed.values(), i))
    for names, values_of in updates.items():  # naming a column costs its index, so only the changed ones are named
        file.connection().executemany(
            f"UPDATE customer SET {', '.join(f'{name}=?' for name in names)} WHERE id=?", values_of
        )


def _main_contacts(customers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Name and first number of each customer's main contact person (primary first, then the oldest, none who left)."""
    found: dict[int, tuple[str, str]] = {}
    for customer, name, phones in file.ask(
        "SELECT p.customer, c.name, c.phones FROM position p JOIN contact c ON c.id = p.contact"
        f' WHERE p."left" = 0 AND p.customer IN ({",".join("?" * len(customers))}) ORDER BY p.customer, p."primary" DESC, p.id',
        customers,
    ):
        numbers = json.loads(phones)
        found.setdefault(customer, (name, numbers[0].get("number", "") if numbers else ""))
    return found


WEIGHTS: dict[str, int] = {
    "name": 10,
    "tier": 8,
    "stage": 8,
    "industry": 8,
    "source": 8,
    "owner": 10,
    "region": 8,
    "phones": 12,
    "addresses": 6,
    "since": 4,
    "size": 4,
    "channel": 6,
    "next_contact_at": 8,
}
"""How much each filled field counts; a contact person counts CONTACT_WEIGHT (F09)."""
CONTACT_WEIGHT = 12
_TOTAL = sum(WEIGHTS.values()) + CONTACT_WEIGHT


def completeness(row: Row, has_contact: bool) -> int:
    """How complete a customer file is: filled weight over all weight, in whole per cent (F09)."""
    filled = sum(weight for name, weight in WEIGHTS.items() if row[name] not in (None, "", "[]"))
    return round(100 * (filled + (CONTACT_WEIGHT if has_contact else 0)) / _TOTAL)
