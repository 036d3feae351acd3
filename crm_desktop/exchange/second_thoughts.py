"""What columns mean beside each other: 名称 beside 全称, 店长电话 beside 店长, a list of persons with their firms."""

from __future__ import annotations

import re
from typing import Final

from crm_desktop.exchange import words
from crm_desktop.exchange.contents import MOST_OF, SAMPLE, cells_of, is_clock, is_phone, share
from crm_desktop.exchange.mapping import Column, Mapping, takes_many, typed
from crm_desktop.exchange.table import Table
from crm_desktop.exchange.words import COMPLAINTS, CONTACTS, CUSTOMERS, FEEDBACK, INTERACTIONS, REQUESTS, Target
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.feedback import Feedback
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.service import ServiceRequest
from crm_desktop.values import plain

_PERSONS: Final = {
    INTERACTIONS: (Target(Interaction, "contact"), Target(Interaction, "by")),
    COMPLAINTS: (Target(Complaint, "complainant"), Target(Complaint, "registered_by")),
    REQUESTS: (Target(ServiceRequest, "caller"), Target(ServiceRequest, "registered_by")),
    FEEDBACK: (Target(Feedback, "who"), Target(Feedback, "owner")),
}
"""Who speaks for the customer in each kind of list, and who of us wrote it down."""
_EITHER_SIDE: Final = re.compile(r"发件|收件|主叫|被叫|\bfrom\b|\bto\b|call(?:er|ing|ed)", re.I)
"""Headings of calls and mails that hold the customer in one direction, and ourselves in the other."""
_LASTED: Final = re.compile(r"[\d:.]+\s*\w{0,7}")
_CAME: Final = re.compile("(?:来访|到访|来电|咨询)(?:人|人姓名|者)")
_RECORDED_BY: Final = frozenset(["创建人", "录入人", "添加人", "操作人", "createdby"])
_REACHED: Final = ("电话", "手机", "手机号", "联系方式", "联系电话")
_ONES_OWN: Final = {
    "department": Target(Position, "department"),
    "email": Target(Contact, "email"),
    "wechat": Target(Contact, "wechat"),
    "qq": Target(Contact, "qq"),
}
"""What a list of persons means by these words: theirs, not their firm's."""


def on_persons(table: Table, mapping: Mapping) -> None:
    """Whose the phones, birthdays and addresses beside the name of a person are."""
    if mapping.kind == CUSTOMERS:
        _of_persons_in_charge(mapping)
        _of_person_named(mapping)
        _of_customer_named(mapping)
        _of_person_listed(table, mapping)
        _department_beside_job(mapping)


def on_history(table: Table, mapping: Mapping) -> None:
    """What a log or a ledger must have, where no column is called so."""
    _without_ours(table, mapping)
    _who_said_it(mapping)
    if mapping.kind == INTERACTIONS:
        _tell_phones_from_channels(table, mapping)
        _tell_minutes_from_words(table, mapping)
        if not mapping.has(Interaction, "content"):
            _give_content(mapping)
    if mapping.kind == COMPLAINTS:
        if not mapping.has(Complaint, "customer"):
            _give_customer(mapping, Complaint, "complainant")
        if not mapping.has(Complaint, "description"):
            _give(mapping, Target(Complaint, "demand"), Target(Complaint, "description"))
    if mapping.kind == REQUESTS:
        if not mapping.has(ServiceRequest, "customer"):
            _give_customer(mapping, ServiceRequest, "caller")
        if not mapping.has(ServiceRequest, "description"):
            _give(mapping, Target(ServiceRequest, "subject"), Target(ServiceRequest, "description"))


def has_clocks(table: Table, index: int) -> bool:
    """Whether most cells of a column are times of day."""
    return share(cells_of(table.rows, index), is_clock) > MOST_OF


def tells_of_contacts(mapping: Mapping) -> bool:
    """Whether a log says with whom it was and what was said; telephones know the number and the minutes instead."""
    whose = mapping.has(Interaction, "customer") or mapping.has(Customer, "phones")
    calls = mapping.has(Interaction, "minutes") and mapping.has(Interaction, "at")
    named = mapping.has(Interaction, "customer") and mapping.has(Interaction, "content")
    return named or (whose and calls)


def _without_ours(table: Table, mapping: Mapping) -> None:
    """Of two columns that could name the customer or the number, the one that says the same in every row is ours."""
    for wanted in (Target(_PERSONS[mapping.kind][0].model, "customer"), Target(Customer, "phones")):
        could = [c for c in mapping.columns if c.heading and wanted in words.find(mapping.kind, c.heading)]
        told = {c.index: {str(cell) for cell in cells_of(table.rows, c.index)} for c in could}
        ours = [c for c in could if len(told[c.index]) == 1 < len(table.rows) and _EITHER_SIDE.search(c.heading)]
        others = [c for c in could if len(told[c.index]) > 1]
        if not ours or not others:
            continue
        for column in ours:
            if column.target == wanted:
                column.target = None
        if not mapping.has(wanted.model, wanted.field):
            others[0].target = wanted


def _who_said_it(mapping: Mapping) -> None:
    """来访人 beside 来访单位 is the person there, and who received them is ours; 姓名 is whose list it is."""
    person, ours = _PERSONS[mapping.kind]
    whose = Target(person.model, "customer")
    for column, target in mapping.targets():
        heading = plain(column.heading)
        if target == whose and (deed := re.fullmatch("(.{2,3})人", heading)):
            firm = next((c for c in mapping.columns if plain(c.heading) in _firms_of(deed[1])), None)
            if firm is not None and firm is not column:
                column.target, firm.target = None, whose
                _give_to(mapping, person, column)
    received = next((c for c, t in mapping.targets() if t == person and plain(c.heading) == "接待人"), None)
    came = next((c for c in mapping.columns if _CAME.fullmatch(plain(c.heading))), None)
    if received and came and mapping.has(person.model, "customer") and came.target != whose:
        received.target, came.target = ours, person
    for column in mapping.columns:
        if column.target is None and words.key(column.heading) in ("姓名", "name"):
            if not mapping.has(whose.model, whose.field):
                column.target = whose
            elif any(plain(c.heading) in ("部门", "所属部门") for c in mapping.columns):
                _give_to(mapping, ours, column)
            else:
                _give_to(mapping, person, column)
        elif column.target is None and words.key(column.heading) in _RECORDED_BY:
            _give_to(mapping, ours, column)


def _firms_of(deed: str) -> tuple[str, ...]:
    return tuple(f"{deed}{word}" for word in ("单位", "客户", "公司", "企业", "单位名称", "客户名称"))


def _give_to(mapping: Mapping, target: Target, column: Column) -> None:
    if not mapping.has(target.model, target.field):
        column.target = target


def _of_persons_in_charge(mapping: Mapping) -> None:
    """负责人 beside 负责人电话 is the firm's contact person, not a colleague of ours who looks after it."""
    if mapping.kind != CUSTOMERS or mapping.has(Contact, "name"):
        return
    named = {plain(column.heading): column for column in mapping.columns if column.heading}
    for heading, column in named.items():
        reached = next((named[heading + word] for word in _REACHED if heading + word in named), None)
        if reached and column.target and column.target.field in ("owner", "legal_rep") and column.target.slot == 0:
            if column.target.field == "owner":
                column.target = Target(Contact, "name")
                reached.target = Target(Contact, "phones")
            return


def _of_person_named(mapping: Mapping) -> None:
    """店长电话 and 老板生日 beside 店长 and 老板 are those of the contact person."""
    if mapping.kind != CUSTOMERS:
        return
    named = [(plain(c.heading), t.slot) for c, t in mapping.targets() if t.model is Contact and t.field == "name"]
    for heading, slot in named:
        for column in mapping.columns:
            rest = plain(column.heading).removeprefix(heading)
            if not rest or rest == plain(column.heading) or (column.target and column.target.field != "phones"):
                continue
            found = [t for t in words.find(CONTACTS, rest) if t.model in (Contact, Position) and typed(t)]
            if found and not words.find_of_contact(CUSTOMERS, column.heading):
                column.target = Target(found[0].model, found[0].field, slot)


def _tell_phones_from_channels(table: Table, mapping: Mapping) -> None:
    """联系方式 is how they were reached, or the number they are reached under: the cells tell."""
    for column, target in mapping.targets():
        if target == Target(Interaction, "channel") and share(cells_of(table.rows, column.index), is_phone) > MOST_OF:
            column.target = Target(Customer, "phones")


def _tell_minutes_from_words(table: Table, mapping: Mapping) -> None:
    """Minutes are how long it took, or what was written down of a meeting: the cells tell."""
    for column, target in mapping.targets():
        if target == Target(Interaction, "minutes") and not mapping.has(Interaction, "content"):
            cells = cells_of(table.rows, column.index)
            if share(cells, lambda cell: not _LASTED.fullmatch(str(cell).strip())) > MOST_OF:
                column.target = Target(Interaction, "content")


def _give_content(mapping: Mapping) -> None:
    """A log without a column of what was said: it stands under the result, else under the subject or the purpose."""
    for field in ("episode", "outcome", "subject", "purpose", "next_what"):
        for column, target in mapping.targets():
            if target == Target(Interaction, field) and not plain(column.heading).endswith("状态"):
                column.target = Target(Interaction, "content")
                return


def _give(mapping: Mapping, known: Target, meant: Target) -> None:
    """The column of the one target to the other."""
    for column, target in mapping.targets():
        if target == known:
            column.target = meant


def _give_customer(mapping: Mapping, model: type[Record], person: str) -> None:
    """A ledger without a column of customers: whoever complained or asked is the customer."""
    for column, target in mapping.targets():
        if target.model is model and target.field in (person, "contact"):
            column.target = Target(model, "customer")
            return


def _of_customer_named(mapping: Mapping) -> None:
    """车主电话 beside 车主 is the customer's own."""
    named = next((plain(c.heading) for c, t in mapping.targets() if t == Target(Customer, "name")), "")
    for column in mapping.columns:
        rest = plain(column.heading).removeprefix(named)
        if column.target is None and named and rest and rest != plain(column.heading):
            found = [t for t in words.find(CUSTOMERS, rest) if t.model is Customer and typed(t)]
            if found and (takes_many(found[0]) or not mapping.has(Customer, found[0].field)):
                column.target = found[0]


def several_of_one_firm(table: Table, mapping: Mapping) -> bool:
    """Whether firms come again with other people: what stands in a row is the person's, as far as it can be."""
    found = {target: column.index for column, target in mapping.targets()}
    firm, person = found.get(Target(Customer, "name")), found.get(Target(Contact, "name"))
    if firm is None or person is None:
        return False
    pairs = {(cells[firm], cells[person]) for _number, cells in table.rows[:SAMPLE] if cells[firm] and cells[person]}
    return len(pairs) > 2 and len({firm for firm, _person in pairs}) < 0.8 * len(pairs)


def _department_beside_job(mapping: Mapping) -> None:
    """部门 beside 职务 is the contact person's, as 所在部门 is alone, unless a colleague of ours is named, too."""
    if mapping.has(Customer, "owner") or mapping.has(Position, "department") or not mapping.has(Contact, "name"):
        return
    for column, target in mapping.targets():
        own = mapping.has(Position, "job") or plain(column.heading) == "所在部门"
        if own and target == Target(Customer, "department"):
            column.target = Target(Position, "department")


def _of_person_listed(table: Table, mapping: Mapping) -> None:
    """部门 and 邮箱 in a list of persons (姓名) and their jobs at firms are the persons'."""
    targets = mapping.targets()
    named = [c for c, t in targets if t == Target(Contact, "name") and words.key(c.heading) in words.PERSON_NAME]
    listed = named and any(t.model is Position or t.field == "department" for _column, t in targets)
    if not listed and not _only_of_person(mapping) and not several_of_one_firm(table, mapping):
        return
    for column, target in targets:
        own = _ONES_OWN.get(target.field) if target.model is Customer else None
        if own and not mapping.has(own.model, own.field):
            column.target = own


def _only_of_person(mapping: Mapping) -> bool:
    """Whether a list tells what only people have, and of firms nothing but how they are called and reached."""
    told = [target for _column, target in mapping.targets()]
    own = any(t.model is Position or (t.model is Contact and t.field in ("gender", "birthday")) for t in told)
    firms = {t.field for t in told if t.model is Customer}
    return own and Target(Contact, "name") in told and firms <= {"name", "phones", "remarks", *_ONES_OWN}
