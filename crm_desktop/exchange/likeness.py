"""Which kind of list a table is: what its columns, its name and the names in it speak for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from crm_desktop.exchange import second_thoughts, words
from crm_desktop.exchange.contents import MOST_OF, SAMPLE, cells_of, is_firm, share
from crm_desktop.exchange.mapping import Column, Mapping
from crm_desktop.exchange.tables import Table
from crm_desktop.exchange.words import (
    COMPLAINTS,
    CONTACTS,
    CUSTOMERS,
    FEEDBACK,
    INTERACTIONS,
    REQUESTS,
    SOLUTIONS,
    Target,
)
from crm_desktop.models import lists
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact
from crm_desktop.models.customer import Customer
from crm_desktop.models.feedback import Feedback
from crm_desktop.models.fields import Choice
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.service import ServiceRequest
from crm_desktop.models.service_parts import ServiceNote
from crm_desktop.values import is_blank, plain
from crm_desktop.values.traditional import simplified_heading

_FEW: Final = 0.1
_OF_SOMEBODY: Final = {"姓名": 0.7, "名字": 0.7, "name": 0.7, "fullname": 0.7, "昵称": 0.7}
"""Headings over names of people whoever they are; 业主 and 收货人 are customers."""
_REGION: Final = Target(Customer, "region")
_KEYS: Final[dict[str, tuple[tuple[type[Record], str], ...]]] = {
    CUSTOMERS: ((Customer, "name"),),
    CONTACTS: ((Contact, "name"),),
    INTERACTIONS: (),  # `second_thoughts.tells_of_contacts`
    COMPLAINTS: ((Complaint, "customer"), (Complaint, "description")),
    REQUESTS: ((ServiceRequest, "customer"), (ServiceRequest, "description")),
    FEEDBACK: ((Feedback, "customer"), (Feedback, "text")),
    SOLUTIONS: ((ServiceNote, "name"), (ServiceNote, "text")),
}
_HINTS: Final = {
    CUSTOMERS: re.compile(
        r"会员|顾客|客户(?!.*(?:跟进|拜访|投诉|联系人|记录))|customer(?!.*(?:contact|complaint))", re.I
    ),
    CONTACTS: re.compile(r"联系人|通讯录|名片|contacts?\b(?!.*histor)", re.I),
    INTERACTIONS: re.compile(r"跟进|拜访|联系记录|沟通|回访|interaction|histor|follow|visit", re.I),
    COMPLAINTS: re.compile(r"投诉|客诉|complaint", re.I),
    REQUESTS: re.compile(r"报修|维修|售后|工单|服务(?:单|请求|登记|台账|记录)|service|tickets?\b|helpdesk", re.I),
    FEEDBACK: re.compile(r"反馈|建议|表扬|意见|feedback|suggestion|praise", re.I),
    SOLUTIONS: re.compile(r"知识|常见问题|问答|方案|faq|knowledge|solutions?\b", re.I),
}
_SOLVES: Final = re.compile(
    "关键[词字]|知识|常见问题|解决|处理[方办]法|答案|回答|答复口径|keyword|answer|solution", re.I
)
_COMPLAINED: Final = re.compile(
    r"投诉|客诉|诉求|退换?货|不良|缺陷|索赔|\b8d\b|complain|defect|nonconform|claim|\brma\b", re.I
)
_SERVED: Final = re.compile(
    "报[修障]|维修|工单|派单|故障|服务(?:单|类型|类别|内容|项目|请求|人员|结果)|请求(?:类型|内容|描述|编号)|assigned|assignee"
    "|technician|request|ticket",
    re.I,
)
_PAID: Final = re.compile("余额|借方|贷方|收入金额|支出金额|发生额|对方[账帐]号|付款方")
"""Statements of banks: what was paid for is nothing that was said."""
_TALKED: Final = re.compile(
    "跟进|拜访|沟通|[回随]访|催[收款](?:日期|时间|人|方式)|联系时间|联系内容|签到|来访|会话|消息|通话|呼叫|外呼|销售记录"
    "|what was said|visit|discussion|call ?(?:time|date|start)",
    re.I,
)
_TOLD: Final = re.compile(
    "反馈(?:类型|类别|编号|意见)|(?:客户|改进)建议|建议(?:内容|类型|人|单位|时间|日期)|表扬|意见(?:内容|类型|类别|[与和及]?建议)|采纳|评价(?:内容|时间)"
    "|feedback|suggest|praise",
    re.I,
)


def likeness(table: Table, mapping: Mapping, hint: str) -> float:
    """How well a kind fits: its known columns, its name on the sheet, and what else speaks for it (`_MORE`)."""
    if not all(mapping.has(model, name) for model, name in _KEYS[mapping.kind]):
        return 0.0
    if mapping.kind == INTERACTIONS and not second_thoughts.tells_of_contacts(mapping):
        return 0.0
    title, headings = simplified_heading(plain(hint)), simplified_heading(" ".join(table.heading))
    known = {target for _column, target in mapping.targets()}
    named = 1.5 if _HINTS[mapping.kind].search(title) else 0
    return len(known) + named + _MORE[mapping.kind](table, mapping, title, headings)


def _as_complaints(table: Table, mapping: Mapping, title: str, headings: str) -> float:
    if _COMPLAINED.search(headings):
        return 4
    told = _COMPLAINED.search(title) or _is_of_list(table, mapping, Target(Complaint, "category"))
    return 2 if told else -1


def _as_requests(_table: Table, _mapping: Mapping, title: str, headings: str) -> float:
    return 3 if _SERVED.search(headings) and not _COMPLAINED.search(f"{headings} {title}") else -4


def _as_feedback(_table: Table, mapping: Mapping, title: str, headings: str) -> float:
    ours = Target(Feedback, "complaint")  # what came of it is no sign of a ledger of complaints
    others = " ".join(column.heading for column in mapping.columns if column.target != ours)
    asked = 3 if "回访" in headings else 0  # we asked them: a contact
    return (3 if _TOLD.search(headings) and not _COMPLAINED.search(f"{others} {title}") else -4) - asked


def _as_solutions(table: Table, _mapping: Mapping, _title: str, headings: str) -> float:
    # a ledger has solutions, too, but says whose and when
    dated = any(words.find(REQUESTS, each) == [Target(ServiceRequest, "received_at")] for each in table.heading)
    return (1.5 if _SOLVES.search(headings) else -4) - (4 if dated or _COMPLAINED.search(headings) else 0)


def _as_interactions(table: Table, mapping: Mapping, _title: str, headings: str) -> float:
    return (
        (1 if mapping.has(Interaction, "at") else -4)
        - (6 if _PAID.search(headings) else 0)
        + (3 if _TALKED.search(headings) else -3 if _only_remarks(mapping) else 2 * _comes_again(table, mapping))
        - (4 if any(_tells_latest(each) for each in table.heading) else 0)
    )


def _as_contacts(table: Table, mapping: Mapping, _title: str, _headings: str) -> float:
    column = _names(mapping, Contact)
    firms = share(cells_of(table.rows, column.index), is_firm)
    person = _OF_SOMEBODY.get(words.key(column.heading), -1) if key_is_person(column.heading) else 0
    of_firms = [found[0] for c in mapping.columns if c.target is None and (found := words.find(CUSTOMERS, c.heading))]
    placeless = _REGION in of_firms and not mapping.has(Customer, "name")
    nameless = _blank(table, column)
    colleagues = not of_firms and nameless < _FEW and second_thoughts.several_of_one_firm(table, mapping)
    return person - 4 * firms - (1.5 if placeless else 0) + (3 if colleagues else 0)


def _as_customers(table: Table, mapping: Mapping, _title: str, _headings: str) -> float:
    column = _names(mapping, Customer)
    score = share(cells_of(table.rows, column.index), is_firm) + 0.5
    score -= 1 if words.key(column.heading) in _OF_SOMEBODY else 0
    if any(target == Target(Contact, "name") and key_is_person(c.heading) for c, target in mapping.targets()):
        without = _blank(table, column)
        score -= 3 * without + (2 if without > _FEW else 0)  # people without a firm have a place in a list of people
    return score


_MORE: Final[dict[str, Callable[[Table, Mapping, str, str], float]]] = {
    CUSTOMERS: _as_customers,
    CONTACTS: _as_contacts,
    INTERACTIONS: _as_interactions,
    COMPLAINTS: _as_complaints,
    REQUESTS: _as_requests,
    FEEDBACK: _as_feedback,
    SOLUTIONS: _as_solutions,
}
"""What speaks for each kind besides, or against it: the words of its title and its headings, and what it holds."""


def _names(mapping: Mapping, model: type[Record]) -> Column:
    return next(column for column, target in mapping.targets() if target == Target(model, "name"))


def _blank(table: Table, column: Column) -> float:
    """How many of the first cells of a column are blank, from 0 to 1."""
    return share([cells[column.index] for _number, cells in table.rows[:SAMPLE]], is_blank)


def _tells_latest(heading: str) -> bool:
    """Whether a column tells of the latest contact with each customer, as lists of customers do."""
    return any(target.slot == words.LATEST for target in words.words_of(CUSTOMERS).get(words.key(heading), ()))


def key_is_person(heading: str) -> bool:
    """Whether a heading means a person's name rather than a firm's."""
    return words.key(heading) in words.PERSON_NAME


def _comes_again(table: Table, mapping: Mapping) -> bool:
    """Whether customers come again in a list with days, as they do in logs."""
    column = next((c for c, target in mapping.targets() if target == Target(Interaction, "customer")), None)
    if column is None or not mapping.has(Interaction, "at"):
        return False
    cells = cells_of(table.rows, column.index)
    return len(cells) > 2 and len(set(map(str, cells))) < 0.8 * len(cells)


def _is_of_list(table: Table, mapping: Mapping, target: Target) -> bool:
    """Whether the cells of the column that goes to a list of ours are entries of it: 质量, 交期, 服务态度."""
    column = next((column for column, taken in mapping.targets() if taken == target), None)
    described = target.described
    if column is None or not isinstance(described, Choice):
        return False
    cells = cells_of(table.rows, column.index)
    return share(cells, lambda cell: lists.find(described.list_name, str(cell)) is not None) > MOST_OF


def _only_remarks(mapping: Mapping) -> bool:
    """Whether what was said could only be in a column of remarks, as every list has one."""
    said = [column for column, target in mapping.targets() if target == Target(Interaction, "content")]
    return bool(said) and all(words.key(column.heading) in ("备注", "说明", "remarks") for column in said)
