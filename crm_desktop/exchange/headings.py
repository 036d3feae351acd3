"""What a list is about and what each of its columns holds, by the headings people use and by the look of the cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from crm_desktop.exchange import cards, naming, second_thoughts, words
from crm_desktop.exchange.by_content import Looks, by_content
from crm_desktop.exchange.contents import MOST_OF, SAMPLE, cells_of, is_firm, is_mobile, share
from crm_desktop.exchange.likeness import key_is_person, likeness
from crm_desktop.exchange.mapping import Column, Mapping, takes_many, typed
from crm_desktop.exchange.rows import is_serial_heading
from crm_desktop.exchange.tables import Table
from crm_desktop.exchange.words import (
    CONTACTS,
    CUSTOMERS,
    HISTORIES,
    KINDS,
    Target,
)
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.fields import DateTime
from crm_desktop.values import plain

UNKNOWN: Final = "unknown"
_ABOUT: Final = re.compile("(?:信息|情况|资料|记录|环节|阶段|部分)$")


def targets(kind: str) -> list[Target]:
    """Where the columns of such a list can go, for the user to choose from."""
    found = dict.fromkeys(target for each in words.words_of(kind).values() for target in each)
    return [target for target in found if typed(target)]


def recognise(table: Table, kind: str = "auto", hint: str = "") -> Mapping:
    """What a table is about (unless `kind` says it) and where its columns go; `hint` is its file's and sheet's name."""
    hint = f"{hint} {table.caption}"
    if kind == "auto" and table.heading == list(cards.HEADINGS.values()):
        kind = CONTACTS  # address cards, however many of them are of firms
    looks = Looks(table.rows)
    best, best_score = _assign(table, kind, looks) if kind != "auto" else Mapping(UNKNOWN, _columns(table)), 0.0
    for each in KINDS if kind == "auto" else ():
        mapping = _assign(table, each, looks)
        score = likeness(table, mapping, hint)
        if score > best_score:
            best, best_score = mapping, score
    if best.kind in HISTORIES:
        best.year = year_of(table, hint)
    return best


def year_of(table: Table, hint: str) -> int | None:
    """The year the title of a ledger, its tab or its file (`hint`) names: that of its days without one."""
    return next((year for text in (table.caption, table.sheet, hint) if (year := _only_year(text))), None)


def _only_year(title: str) -> int | None:
    """The year a title names, if it names one only: 2025年投诉台账, but not 2023-2025."""
    found = re.findall(r"(?<!\d)(20\d\d)(?!\d|[-./]\d)|(?<!\d)(20\d\d)(?=[-~]20\d\d)", plain(title))
    years = {int(one or other) for one, other in found}
    days = re.findall(r"(?<!\d)(20\d\d)[-./]\d{1,2}[-./]\d{1,2}(?!\d)", plain(title))
    years |= {int(year) for year in days} if len(days) > 1 else set()  # the week or month it is about
    return years.pop() if len(years) == 1 else None


def _columns(table: Table) -> list[Column]:
    return [
        Column(index, heading, table.groups[index], table.units[index] or table.unit)
        for index, heading in enumerate(table.heading)
    ]


def _assign(table: Table, kind: str, looks: Looks) -> Mapping:
    mapping = Mapping(kind, _columns(table))
    if kind not in KINDS:
        return mapping
    slots = _contact_slots(table, kind)
    taken: set[Target] = set()
    for column in _surest_first(mapping, table):
        if not column.heading or is_serial_heading(column.heading) or _only_counts(table, column):
            continue
        for target in _candidates(table, column, kind, slots):
            if target in taken and not (takes_many(target) and _fits_beside(table, mapping, column, target)):
                continue
            column.target = target if typed(target) else None
            taken.add(target)
            break
    second_thoughts.on_persons(table, mapping)
    by_content(table.rows, mapping, looks)
    naming.on_names(table, mapping)
    if kind in HISTORIES:
        second_thoughts.on_history(table, mapping)
    return mapping


def _surest_first(mapping: Mapping, table: Table) -> list[Column]:
    """The columns in their order, empty ones last, which would take a field from those that hold something; in logs and
    ledgers those whose very words we know before those we only make out (投诉日期 before 评价时间).
    """
    known = words.words_of(mapping.kind) if mapping.kind in HISTORIES else None
    sample = [cells for _number, cells in table.rows[:SAMPLE]]
    empty = {column.index for column in mapping.columns if all(cells[column.index] is None for cells in sample)}
    return sorted(
        mapping.columns,
        key=lambda each: (each.index in empty, known is not None and words.key(each.heading) not in known),
    )


def _fits_beside(table: Table, mapping: Mapping, column: Column, target: Target) -> bool:
    """Whether a further column goes to a field that has one: a day only beside the time of day."""
    if not isinstance(target.described, DateTime):
        return True
    both = [column, *(other for other, taken in mapping.targets() if taken == target)]
    return any(second_thoughts.has_clocks(table, each.index) for each in both)


def _only_counts(table: Table, column: Column) -> bool:
    """A column called 编号 that holds 1, 2, 3 … only counts its rows."""
    if plain(column.heading) not in ("编号", "no", "No.", "号"):
        return False
    cells = [cells[column.index] for _number, cells in table.rows[:SAMPLE]]
    return bool(cells) and all(
        cell is None or (str(cell).isdigit() and int(str(cell)) <= len(table.rows) + 10) for cell in cells
    )


def _contact_slots(table: Table, kind: str) -> dict[int, int]:
    """Which contact person of a row each column is about, if it is about one: by the number in its heading (联系人1,
    联系人2), or where the same headings come again, by the name before it. Empty for lists without contact persons.
    """
    if kind != CUSTOMERS:
        return {}
    firsts = {heading: found[0] for heading in table.heading if heading and (found := words.find(kind, heading))}
    if Target(Customer, "name") not in firsts.values() and not any(
        map(_company_heading(table), range(len(table.heading)))
    ):
        return {}  # a list of people who are customers themselves
    named = [at for at, heading in enumerate(table.heading) if firsts.get(heading) == Target(Contact, "name")]
    numbers = [_number(table.heading[at]) for at in named]
    if len(set(numbers)) < len(numbers):
        return {at: max(0, sum(1 for name in named if name <= at) - 1) for at in range(len(table.heading))}
    places = {number: place for place, number in enumerate(sorted(numbers, key=lambda it: int(it or 0)))}
    return {at: places.get(_number(heading), 0) for at, heading in enumerate(table.heading)} if named else {}


def _company_heading(table: Table) -> Callable[[int], bool]:
    """Whether a column without a known heading holds company names."""
    return lambda index: not words.known(table.heading[index]) and share(cells_of(table.rows, index), is_firm) > MOST_OF


def _number(heading: str) -> str:
    found = re.search(r"\d+|(?<=联系人)[一二三四五]|(?<=第)[一二三四五](?=联系人)", plain(heading))
    return str("一二三四五".find(found[0]) + 1) if found and not found[0].isdigit() else found[0] if found else ""


def _candidates(table: Table, column: Column, kind: str, slots: dict[int, int]) -> list[Target]:
    """The fields a column may hold, the likeliest first."""
    found = _grouped(kind, column) or words.find(kind, column.heading)
    if kind == CUSTOMERS:
        own = words.find_of_contact(kind, column.heading)
        if not found and own:
            found = own
        if slots:
            in_group = "联系人" in column.group or "contact" in column.group.lower()
            if own or in_group or (found and found[0].field == "phones" and _mobile_column(table, column)):
                contacts = words.find(CONTACTS, column.heading)
                found = [t for t in [*own, *contacts] if t.model in (Contact, Position)] + found
        elif found and found[0].model in (Contact, Position):
            own = [target for target in found if target.model is Customer]
            found = own or [t for t in found if t.model is Contact and t.field != "name" and _of_people(table)]
        if not found and key_is_person(column.heading):
            found = [Target(Customer, "name")]
        slot = slots.get(column.index, 0)
        found = [Target(t.model, t.field, slot) if t.model in (Contact, Position) else t for t in found]
    return found


def with_group(kind: str, column: Column) -> str:
    """A heading with the one over it, where both together say more: 结果 under 回访信息 is 回访结果; else ""."""
    group = _ABOUT.sub("", plain(column.group.rpartition(" / ")[2]))
    whole = group + plain(column.heading)
    return whole if group and words.key(whole) in words.words_of(kind) else ""


def _grouped(kind: str, column: Column) -> list[Target]:
    return words.words_of(kind)[words.key(whole)] if (whole := with_group(kind, column)) else []


def _of_people(table: Table) -> bool:
    """Whether the customers of a list are people, whose birthdays and the like are their own."""
    return any(words.key(heading) in words.PERSON_NAME - {"name"} for heading in table.heading)


def _mobile_column(table: Table, column: Column) -> bool:
    """Whether phones are the contact person's: the heading says mobile, or no other one is theirs and the cells are."""
    heading = words.key(column.heading)
    if re.search(r"手机|移动|mobile|cell", heading):
        return True
    if re.search(r"座机|固定|固话|传真|公司|单位|办公|总机|fax|landline|^phones$", heading):
        return False
    if any(re.search(r"手机|移动|mobile|cell|联系人.*电话", words.key(each)) for each in table.heading):
        return False
    return share(cells_of(table.rows, column.index), is_mobile) > MOST_OF


__all__ = ["UNKNOWN", "Column", "Mapping", "key_is_person", "recognise", "targets"]
