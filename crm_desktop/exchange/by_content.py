"""Columns with a heading nobody knows (or none), by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crm_desktop.exchange import words
from crm_desktop.exchange.contents import MOST_OF, cells_of, is_mobile, is_someone, look, share
from crm_desktop.exchange.mapping import Column, Mapping, typed
from crm_desktop.exchange.reading import Row
from crm_desktop.exchange.rows import is_serial_heading
from crm_desktop.exchange.words import COMPLAINTS, CONTACTS, CUSTOMERS, FEEDBACK, INTERACTIONS, REQUESTS, Target
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.feedback import Feedback
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.service import ServiceRequest

Rows = Sequence[tuple[int, Row]]

_COLLEAGUES: Final = re.compile(
    "群主|报价|开票|收款|发货|制表|填写|导出|录入|添加|创建|跟进|负责|经办|制单|审核|操作|更新|修改|登记|员$|销售|业务|服务"
)
_OF_A_DEAL: Final = re.compile(r"订单|单号|流水|凭证|链接|order (?:no|id|number)|record id", re.I)
"""Columns of numbers that look like many things and are none of ours."""
_OURS: Final = re.compile("门店|店铺|分店|分部|网点|仓库|快递|物流|承运|开卡|办理")
"""Firms and shops that are our own, or carry for us."""
_OF_FIRM: Final = ("credit_code", "website", "region", "addresses")
_HISTORY: Final[dict[str, tuple[Target, Target]]] = {
    INTERACTIONS: (Target(Interaction, "at"), Target(Interaction, "customer")),
    COMPLAINTS: (Target(Complaint, "received_at"), Target(Complaint, "customer")),
    REQUESTS: (Target(ServiceRequest, "received_at"), Target(ServiceRequest, "customer")),
    FEEDBACK: (Target(Feedback, "at"), Target(Feedback, "customer")),
}


class Looks:
    """What the columns of a table look like; each is looked at once, whatever the list may be about."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._seen: dict[int, str] = {}

    def of(self, column: int) -> str:
        """What a column (by its place) looks like, "" for nothing we know."""
        if column not in self._seen:
            self._seen[column] = look(cells_of(self._rows, column))
        return self._seen[column]


def by_content(rows: Rows, mapping: Mapping, seen: Looks) -> None:
    """Give columns nobody could name a place by the look of their cells."""
    looks = [
        (column, what)
        for column in mapping.columns
        if column.target is None
        and not is_serial_heading(column.heading)
        and words.is_ours(column.heading)
        and not _OF_A_DEAL.search(column.heading)
        and not words.find(mapping.kind, column.heading)
        and words.key(column.heading) not in words.PERSON_NAME
        and (what := seen.of(column.index))
    ]
    if mapping.kind in _HISTORY:
        day, firm = _HISTORY[mapping.kind]
        _give(mapping, day, _by_filled(rows, [column for column, what in looks if what == "day"]))
        _give(mapping, firm, [column for column, what in looks if what == "firm"])
    elif mapping.kind in (CUSTOMERS, CONTACTS):
        _names(rows, mapping, looks)
        _reach(rows, mapping, looks)


def _by_filled(rows: Rows, columns: list[Column]) -> list[Column]:
    """Columns that say something in most rows first: every matter began, not all are done."""
    return sorted(columns, key=lambda column: -len(cells_of(rows, column.index)))


def _give(mapping: Mapping, target: Target, columns: Sequence[Column]) -> bool:
    """The target to the first of these columns, unless one has it already."""
    if not columns or mapping.has(target.model, target.field):
        return False
    columns[0].target = target
    return True


def _names(rows: Rows, mapping: Mapping, looks: Sequence[tuple[Column, str]]) -> None:
    """Firms and people; a column of people called 客户名称 beside one of firms is the firms' contact persons."""
    firms = [column for column, what in looks if what == "firm" and not _OURS.search(column.heading)]
    people = [column for column, what in looks if what == "person" and not _COLLEAGUES.search(column.heading)]
    named = next((c for c, target in mapping.targets() if target == Target(Customer, "name")), None)
    beside = mapping.kind == CUSTOMERS and named and firms and not mapping.has(Contact, "name")
    if beside and named and share(cells_of(rows, named.index), is_someone) > MOST_OF:
        named.target, firms[0].target = Target(Contact, "name"), Target(Customer, "name")
        _mobiles_to_person(rows, mapping)
        return
    _give(mapping, Target(Customer, "name"), firms)
    if mapping.kind == CUSTOMERS and named and words.key(named.heading) in words.PERSON_NAME:
        return  # people who are customers themselves: another person beside them (被保险人) is not whom we talk to
    if mapping.kind == CONTACTS or mapping.has(Customer, "name"):
        given = _give(mapping, Target(Contact, "name"), people)
        if given and mapping.kind == CUSTOMERS:
            _of_person(mapping)
            _mobiles_to_person(rows, mapping)


def _mobiles_to_person(rows: Rows, mapping: Mapping) -> None:
    if mapping.has(Contact, "phones"):
        return
    for column, target in mapping.targets():
        if target == Target(Customer, "phones") and share(cells_of(rows, column.index), is_mobile) > MOST_OF:
            column.target = Target(Contact, "phones")


def _of_person(mapping: Mapping) -> None:
    """Columns whose headings speak of a contact person, now that there is one."""
    for column in mapping.columns:
        for target in words.find(mapping.kind, column.heading) if column.target is None else ():
            if target.model in (Contact, Position) and typed(target) and not mapping.has(target.model, target.field):
                column.target = target
                break


def _reach(rows: Rows, mapping: Mapping, looks: Sequence[tuple[Column, str]]) -> None:
    """Phones, addresses and the like: of the person where there is one."""
    person: type[Record] = Contact if mapping.kind == CONTACTS or mapping.has(Contact, "name") else Customer
    for column, what in looks:
        if column.target is not None:
            continue
        if what == "phones":
            mobile = share(cells_of(rows, column.index), is_mobile) > MOST_OF
            column.target = Target(person if mobile or mapping.kind == CONTACTS else Customer, "phones")
        elif what == "email":
            _give(mapping, Target(person, "email"), [column])
        elif what in _OF_FIRM and mapping.kind == CUSTOMERS:
            _give(mapping, Target(Customer, what), [column])
        elif what == "addresses":
            _give(mapping, Target(Contact, "address"), [column])
