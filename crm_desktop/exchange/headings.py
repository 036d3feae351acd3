"""What a list is about and what each of its columns holds, by the headings people use and by the look of the cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from crm_desktop.exchange import words
from crm_desktop.exchange.reading import Cell
from crm_desktop.exchange.rows import is_serial_heading
from crm_desktop.exchange.tables import Table
from crm_desktop.exchange.words import COMPLAINTS, CONTACTS, CUSTOMERS, INTERACTIONS, KINDS, Target
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.manifold import Choices, People, Rows, Texts
from crm_desktop.values import is_blank, plain

UNKNOWN: Final = "unknown"
_SAMPLE: Final = 200  # so many cells of a column tell what it holds
_COMPANY: Final = re.compile(
    r"公司|集团|[厂店铺部院校所社行馆城]$|中心|银行|学校|酒店|政府|委员会|协会|Ltd|Limited|Inc\b|Co\b|GmbH|LLC|Corp",
    re.I,
)
_MOBILE: Final = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_KEYS: Final[dict[str, tuple[tuple[type[Record], str], ...]]] = {
    CUSTOMERS: ((Customer, "name"),),
    CONTACTS: ((Contact, "name"),),
    INTERACTIONS: ((Interaction, "customer"), (Interaction, "content")),
    COMPLAINTS: ((Complaint, "customer"), (Complaint, "description")),
}
_HINTS: Final = {
    CUSTOMERS: re.compile(r"客户(?!.*(?:跟进|拜访|投诉|联系人|记录))|customer(?!.*(?:contact|complaint))", re.I),
    CONTACTS: re.compile(r"联系人|通讯录|名片|contacts?\b(?!.*histor)", re.I),
    INTERACTIONS: re.compile(r"跟进|拜访|联系记录|沟通|回访|interaction|histor|follow|visit", re.I),
    COMPLAINTS: re.compile(r"投诉|客诉|complaint", re.I),
}


@dataclass
class Column:
    """One column of a list and where it goes; `target` is None for one that is not imported.

    `ways` are answers to what the column leaves open (`doubts.find`), by the question: {"order": "dmy",
    "entry:A类": "gold"}. They are plain texts, to be remembered with the target.
    """

    index: int
    heading: str
    group: str
    unit: str
    target: Target | None = None
    ways: dict[str, str] = field(default_factory=dict)


@dataclass
class Mapping:
    """What a list is about and where its columns go; the user may correct both.

    `year` is the one its days are of that name none (2025年投诉台账), None where it is not known.
    """

    kind: str
    columns: list[Column] = field(default_factory=list)
    year: int | None = None

    def set(self, column: int, target: Target | None) -> None:
        """Let a column go somewhere else (None: nowhere); a field that takes only one column leaves its other."""
        for other in self.columns:
            if target is not None and other.target == target and not _takes_many(target):
                other.target = None
        self.columns[column].target = target

    def targets(self) -> list[tuple[Column, Target]]:
        """The columns that are imported."""
        return [(column, column.target) for column in self.columns if column.target is not None]

    def not_imported(self) -> list[str]:
        """The headings nobody knows or the program computes itself."""
        return [
            column.heading
            for column in self.columns
            if column.heading and column.target is None and not is_serial_heading(column.heading)
        ]

    def has(self, model: type[Record], name: str) -> bool:
        return any(target.model is model and target.field == name for _column, target in self.targets())


def targets(kind: str) -> list[Target]:
    """Where the columns of such a list can go, for the user to choose from."""
    found = dict.fromkeys(target for each in words.words_of(kind).values() for target in each)
    return [target for target in found if _typed(target)]


def recognise(table: Table, kind: str = "auto", hint: str = "") -> Mapping:
    """What a table is about (unless `kind` says it) and where its columns go; `hint` is its file's and sheet's name."""
    hint = f"{hint} {table.caption}"
    best, best_score = _assign(table, kind) if kind != "auto" else Mapping(UNKNOWN, _columns(table)), 0.0
    for each in KINDS if kind == "auto" else ():
        mapping = _assign(table, each)
        score = _score(table, mapping, hint)
        if score > best_score:
            best, best_score = mapping, score
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d|[-./]\d)", plain(hint)))
    if best.kind in (INTERACTIONS, COMPLAINTS) and len(years) == 1:
        best.year = int(years.pop())  # the title of a ledger says of which year its days are
    return best


def _columns(table: Table) -> list[Column]:
    return [
        Column(index, heading, table.groups[index], table.units[index] or table.unit)
        for index, heading in enumerate(table.heading)
    ]


def _assign(table: Table, kind: str) -> Mapping:
    mapping = Mapping(kind, _columns(table))
    if kind not in KINDS:
        return mapping
    slots = _contact_slots(table, kind)
    taken: set[Target] = set()
    for column in mapping.columns:
        if not column.heading or is_serial_heading(column.heading) or _only_counts(table, column):
            continue
        for target in _candidates(table, column, kind, slots):
            if target in taken and not _takes_many(target):
                continue
            column.target = target if _typed(target) else None
            taken.add(target)
            break
    _by_content(table, mapping, taken)
    return mapping


def _typed(target: Target) -> bool:
    """Codes are given by the program, but those of another program are kept; other computed fields are not imported."""
    return not target.described.computed or target.field == "code"


def _takes_many(target: Target) -> bool:
    return isinstance(target.described, Texts | Choices | Rows | People) or target.field in ("region", "remarks", "at")


def _only_counts(table: Table, column: Column) -> bool:
    """A column called 编号 that holds 1, 2, 3 … only counts its rows."""
    if plain(column.heading) not in ("编号", "no", "No.", "号"):
        return False
    cells = [cells[column.index] for _number, cells in table.rows[:_SAMPLE]]
    return bool(cells) and all(
        cell is None or (str(cell).isdigit() and int(str(cell)) <= len(table.rows) + 10) for cell in cells
    )


def _contact_slots(table: Table, kind: str) -> dict[str, int]:
    """Which contact person of a row a heading's number means (联系人1, 联系人2); none where there is only one."""
    if kind != CUSTOMERS:
        return {}
    firsts = {heading: found[0] for heading in table.heading if heading and (found := words.find(kind, heading))}
    if Target(Customer, "name") not in firsts.values() and not any(
        map(_company_heading(table), range(len(table.heading)))
    ):
        return {}  # a list of people who are customers themselves
    numbers = [_number(heading) for heading in table.heading if firsts.get(heading) == Target(Contact, "name")]
    return {number: place for place, number in enumerate(numbers)}


def _company_heading(table: Table) -> Callable[[int], bool]:
    """Whether a column without a known heading holds company names."""
    return lambda index: not words.known(table.heading[index]) and _share(_cells(table, index), _is_company) > 0.6


def _number(heading: str) -> str:
    found = re.search(r"\d+|(?<=联系人)[一二三四五]|(?<=第)[一二三四五](?=联系人)", plain(heading))
    return str("一二三四五".find(found[0]) + 1) if found and not found[0].isdigit() else found[0] if found else ""


def _candidates(table: Table, column: Column, kind: str, slots: dict[str, int]) -> list[Target]:
    """The fields a column may hold, the likeliest first."""
    found = words.find(kind, column.heading)
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
            found = [target for target in found if target.model is Customer]
        if not found and key_is_person(column.heading):
            found = [Target(Customer, "name")]
        slot = slots.get(_number(column.heading), 0)
        found = [Target(t.model, t.field, slot) if t.model in (Contact, Position) else t for t in found]
    return found


def key_is_person(heading: str) -> bool:
    """Whether a heading means a person's name rather than a firm's."""
    return words.key(heading) in words.PERSON_NAME


def _mobile_column(table: Table, column: Column) -> bool:
    """Whether phones are the contact person's: the heading says mobile, or no other one is theirs and the cells are."""
    heading = words.key(column.heading)
    if re.search(r"手机|移动|mobile|cell", heading):
        return True
    if re.search(r"座机|固定|固话|传真|公司|单位|办公|总机|fax|landline|^phones$", heading):
        return False
    if any(re.search(r"手机|移动|mobile|cell|联系人.*电话", words.key(each)) for each in table.heading):
        return False
    return _share(_cells(table, column.index), _is_mobile) > 0.6


def _cells(table: Table, index: int) -> list[Cell]:
    return [cells[index] for _number, cells in table.rows[:_SAMPLE] if not is_blank(cells[index])]


def _share(cells: Sequence[Cell], test: object) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells and callable(test) else 0.0


def _is_mobile(cell: Cell) -> bool:
    return _MOBILE.match(re.sub(r"[\s\-]", "", plain(str(cell)))) is not None


def _is_email(cell: Cell) -> bool:
    return re.fullmatch(r"\S+@\S+\.\w+", str(cell).strip()) is not None


def _is_day(cell: Cell) -> bool:
    return (
        isinstance(cell, date) or re.match(r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}", str(cell).strip()) is not None
    )


def _is_company(cell: Cell) -> bool:
    return isinstance(cell, str) and _COMPANY.search(cell.strip()) is not None


def _by_content(table: Table, mapping: Mapping, taken: set[Target]) -> None:
    """Columns with a heading nobody knows, by what stands in them: phones, e-mail addresses, company names, days."""
    moment = {INTERACTIONS: Target(Interaction, "at"), COMPLAINTS: Target(Complaint, "received_at")}.get(mapping.kind)
    if moment and moment not in taken:
        days = (c for c in mapping.columns if not c.target and _share(_cells(table, c.index), _is_day) > 0.6)
        if column := next(days, None):
            column.target = moment
    if mapping.kind not in (CUSTOMERS, CONTACTS):
        return
    person = mapping.kind == CONTACTS or mapping.has(Contact, "name")
    reach: type[Record] = Contact if person else Customer
    for column in mapping.columns:
        if column.target or is_serial_heading(column.heading) or words.find(mapping.kind, column.heading):
            continue
        cells = _cells(table, column.index)
        target = None
        if _share(cells, _is_mobile) > 0.6:
            target = Target(reach, "phones")
        elif _share(cells, _is_email) > 0.6:
            target = Target(reach, "email")
        elif _share(cells, _is_company) > 0.6 and not mapping.has(Customer, "name"):
            target = Target(Customer, "name")
        if target and (target not in taken or target.field == "phones"):
            column.target = target
            taken.add(target)


def _score(table: Table, mapping: Mapping, hint: str) -> float:
    """How well a kind fits: its known columns, its name on the sheet, and whether the names are firms or people."""
    if not all(mapping.has(model, name) for model, name in _KEYS[mapping.kind]):
        return 0.0
    known = {(target.model, target.field) for _column, target in mapping.targets()}
    score = float(len(known))
    title = plain(hint)
    score += 1.5 if _HINTS[mapping.kind].search(title) else 0
    headings = " ".join(table.heading)
    if mapping.kind == COMPLAINTS:
        return score + (4 if re.search(r"投诉|客诉|complain", headings, re.I) else -1)
    if mapping.kind == INTERACTIONS:
        return (
            score
            + (1 if mapping.has(Interaction, "at") else -4)
            + (2 if re.search(r"跟进|拜访|沟通|联系时间|联系内容|what was said", headings, re.I) else 0)
        )
    model: type[Record] = Customer if mapping.kind == CUSTOMERS else Contact
    column = next(column for column, target in mapping.targets() if target == Target(model, "name"))
    firms = _share(_cells(table, column.index), _is_company)
    if mapping.kind == CONTACTS:
        return score - 4 * firms + (0.7 if key_is_person(column.heading) else 0)
    return score + firms + 0.5 - (1 if key_is_person(column.heading) else 0)
