"""How one value of a customer or contact person would be written better, and which rule says so (F11)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from crm_desktop import values as reading
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer, Record
from crm_desktop.models.fields import Birthday, Choice, Email, Field, LongText, Text
from crm_desktop.models.manifold import PhoneNumber, Phones, Rows, Texts
from crm_desktop.store.record import Row
from crm_desktop.values.companies import tidy_company, tidy_person

RULES: Final = {
    "width": N_("Full-width letters and digits"),
    "spaces": N_("Surplus spaces"),
    "blanks": N_("Words for “nothing”"),
    "phones": N_("Phone numbers"),
    "emails": N_("E-mail addresses"),
    "companies": N_("Company names"),
    "regions": N_("Provinces and cities"),
}
"""What is looked for (msgids), in the order in which it is put right."""
COMPANY_FIELDS: Final = ("name", "short_name", "bill_name")
PERSON: Final = "individual"
_ROUNDS: Final = 5
"""Putting one thing right may show the next; more rounds than this were never needed."""
_WIDE: Final = re.compile("[\uff01-\uff5e]")
_CALLED: Final = ("mobile", "phone", "hotline")
"""Types that follow from the number itself; the others are somebody's knowledge."""

Step = Callable[[Any], Any]
_Steps = list[tuple[str, Step]]


def tidied(model: type[Record], field: Field[Any], row: Row, rules: frozenset[str]) -> tuple[str, Any]:
    """The rule that had to do with a value (nothing where it is fine), and how it would be stored."""
    stored = row[field.name]
    start = value = field.python_value(stored)
    steps = [(rule, step) for rule, step in _steps(model, field, row) if rule in rules]
    last = ""
    for _round in range(_ROUNDS):
        before = value
        for rule, step in steps:
            tidy = step(value)
            if tidy != value:
                last, value = rule, tidy
        if value == before:
            break
    return ("", stored) if value == start else (last, field.db_value(value))


def _steps(model: type[Record], field: Field[Any], row: Row) -> _Steps:
    """What is done to a value of this field, and by which rule."""
    if isinstance(field, Rows):
        return [(rule, _in_rows(field, rule)) for rule in ("width", "spaces", "blanks", "phones")]
    if isinstance(field, Texts):
        return [(rule, _in_list(step)) for rule, step in _TEXT]
    if isinstance(field, Email):
        return [("blanks", _blank), ("emails", _email)]
    if field.name == "region":
        return [*_TEXT, ("regions", lambda region: _region(region, row))]
    if isinstance(field, LongText):
        return [("width", _width), ("spaces", lambda text: reading.clean(text, lines=True)), ("blanks", _blank)]
    if field.name == "legal_rep" or (field.name == "name" and (model is Contact or row["kind"] == PERSON)):
        return [("width", _width), ("spaces", lambda text: tidy_person(reading.clean(text))), ("blanks", _blank)]
    if model is Customer and field.name in COMPANY_FIELDS:
        return [*_TEXT, ("companies", tidy_company)]
    return _TEXT


def _width(text: str) -> str:
    return _WIDE.sub(lambda sign: reading.clean(sign[0]), text)


def _blank(text: str) -> str:
    return "" if reading.is_blank(text) else text


_TEXT: Final[_Steps] = [("width", _width), ("spaces", reading.clean), ("blanks", _blank)]


def _email(text: str) -> str:
    try:
        read = reading.read_email(text)
    except UserError:
        return text
    return text if read.doubtful or not read.value else str(read.value)


def _in_list(step: Step) -> Step:
    """A step for each of several texts; each stays once."""
    return lambda entries: list(dict.fromkeys(tidy for entry in entries if (tidy := step(entry))))


def _in_rows(field: Rows, rule: str) -> Step:
    """A step for the cells of small rows; rows of which nothing is left are dropped."""
    if rule == "phones" and isinstance(field, Phones):
        return _phones
    step: Step = _phone if rule == "phones" else dict(_TEXT)[rule]
    mine = [
        name
        for name, column in field.columns.items()
        if isinstance(column, Text)
        and not isinstance(column, Choice | Birthday)
        and (isinstance(column, PhoneNumber) == (rule == "phones") or rule == "blanks")
    ]

    def tidy(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        changed = [{**row, **{name: step(row[name]) for name in mine if row.get(name)}} for row in rows]
        return [row for row in changed if any(row.get(name) for name in field.columns if name != "type")]

    return tidy


def _phone(number: str) -> str:
    """A number as it is stored, where it is sure what is meant."""
    try:
        read = reading.read_phone(number)
    except UserError:
        return number
    return number if read.doubtful or not read.value else str(read.value)


def _phones(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Numbers as they are stored, each with its type, and each once."""
    found: list[dict[str, Any]] = []
    for row in rows:
        for tidy in _one_phone(row):
            same = next((other for other in found if other.get("number") == tidy.get("number")), None)
            if same is None or (tidy.get("note") and tidy.get("note") != same.get("note")):
                found.append(tidy)
    return found


def _one_phone(row: dict[str, Any]) -> list[dict[str, Any]]:
    """One row, or several where several numbers were written in it."""
    number = row.get("number", "")
    try:
        read = reading.read_phones(number)
    except UserError:
        return [row]
    same = [one["number"] for one in read.value] == [number]
    if not read.value or (read.doubtful and not same):
        return [row]
    return [_typed({**row, **one, **({"note": row["note"]} if row.get("note") else {})}, row) for one in read.value]


def _typed(phone: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """The phone with the type it had, unless the number itself says otherwise."""
    had = row.get("type")
    return {**phone, "type": had} if had and not (had in _CALLED and phone["type"] in _CALLED) else phone


def _region(region: str, row: Row) -> str:
    """The region from the addresses where there is none; else in full, where nothing would be lost."""
    if region:
        return _in_full(region)
    for address in Customer.addresses.python_value(row.get("addresses") or "[]"):
        found = reading.read_region(address.get("region") or address.get("street", ""))
        if found:
            return str(found.value)
    return ""


@lru_cache(maxsize=4000)  # a few hundred regions for thousands of customers
def _in_full(region: str) -> str:
    found = reading.read_region(region)
    whole = str(found.value) if found else ""
    return whole if found and set(re.sub(r"[\s/\-·,，]", "", region)) <= set(whole) else region
