"""Which of several columns names the customer: 全称 rather than 名称, the receiver rather than his nickname."""

from __future__ import annotations

import re
from typing import Final

from crm_desktop.exchange import words
from crm_desktop.exchange.contents import MOST_OF, SAMPLE, cells_of, is_firm, is_mobile, is_someone, share
from crm_desktop.exchange.mapping import Column, Mapping, takes_many
from crm_desktop.exchange.table import Table
from crm_desktop.exchange.words import CONTACTS, CUSTOMERS, Target
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.values import clean, plain

_NICKNAME: Final = re.compile("昵称|会员名|网名|账号|旺旺|^买家$|nick", re.I)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SOMEBODY: Final = re.compile(
    r"(?:buyer|client|customer|lead|contact)(?:['’]s)?[ _](?:full[ _])?name|buyer|person - name", re.I
)
"""Beside Company it is a person."""
_SHOP: Final = re.compile("店铺|网店|门店|商家|店名|shop|store", re.I)
_CODE: Final = re.compile(r"[A-Za-z]{0,4}[-.]?\d{2,20}", re.ASCII)


def on_names(table: Table, mapping: Mapping) -> None:
    """Which of two columns is the name."""
    if mapping.kind in (CUSTOMERS, CONTACTS):
        _job_title(mapping)
        _latest_year(mapping)
    if mapping.kind == CUSTOMERS:
        _best_name(table, mapping)
        _full_name(table, mapping)
        _number_for_name(table, mapping)


def _job_title(mapping: Mapping) -> None:
    """Title beside Job Title is how somebody is addressed."""
    named = next(
        (c for c, t in mapping.targets() if t == Target(Position, "job") and words.key(c.heading) == "title"), None
    )
    job = next((c for c in mapping.columns if c.target is None and words.key(c.heading) == "jobtitle"), None)
    if named and job:
        job.target = named.target
        named.target = None if mapping.has(Contact, "salutation") else Target(Contact, "salutation")


def _latest_year(mapping: Mapping) -> None:
    """Of 2022年销售额, 2023年销售额 and 2024年销售额 the last one is what a year brings."""
    years = {c.index: int(found[1]) for c in mapping.columns if (found := _YEAR.search(plain(c.heading)))}
    for column, target in mapping.targets():
        if column.index not in years or takes_many(target):
            continue
        same = [
            c
            for c in mapping.columns
            if c.index in years and c.target in (None, target) and target in words.find(mapping.kind, c.heading)[:1]
        ]
        latest = max(same, key=lambda c: years[c.index], default=column)
        column.target, latest.target = None, target


def _rank(heading: str) -> int:
    """How surely a heading names the customer rather than somebody or something beside him, 0 for the surest."""
    key = words.key(heading)
    if _NICKNAME.search(heading):
        return 3
    if _SOMEBODY.fullmatch(heading):
        return 2
    if words.PERSON_NAME & {key, *map(words.key, heading.split("/"))}:
        return 1
    return 2 if _SHOP.search(heading) else 0


def _best_name(table: Table, mapping: Mapping) -> None:
    """收货人姓名 and 公司 rather than 昵称 and 店铺名称; who is called so is the contact person of a firm."""
    named = next((c for c, target in mapping.targets() if target == Target(Customer, "name")), None)
    meant = [c for c in mapping.columns if Target(Customer, "name") in words.find(CUSTOMERS, c.heading)[:1]]
    best = min((c for c in meant if c.target is None), key=lambda c: _rank(c.heading), default=None)
    if named is None or best is None:
        return
    firms = share(cells_of(table.rows, named.index), is_firm) > MOST_OF
    beside = any(_SOMEBODY.fullmatch(c.heading) for c in meant) and _rank(named.heading) == 0
    if (firms or beside) and not mapping.has(Contact, "name"):
        others = (c for c in meant if not c.target)
        someone = (
            c
            for c in others
            if _SOMEBODY.fullmatch(c.heading) or share(cells_of(table.rows, c.index), is_someone) > MOST_OF
        )
        if called := next(someone, None):
            _person(table, mapping, called)
        return
    people = share(cells_of(table.rows, named.index), is_someone) > MOST_OF
    firms = people and share(cells_of(table.rows, best.index), is_firm) > MOST_OF
    if not firms and (_rank(named.heading) < 2 or _rank(best.heading) >= _rank(named.heading)):
        return
    named.target, best.target = None, Target(Customer, "name")
    if (firms or _rank(best.heading) == 0) and not mapping.has(Contact, "name"):
        _person(table, mapping, named)


def _person(table: Table, mapping: Mapping, called: Column) -> None:
    """Who was taken for the customer is the firm's contact person, under the real name where a column has it."""
    noted = (c for c, t in mapping.targets() if t == Target(Customer, "remarks"))
    real = (c for c in noted if share(cells_of(table.rows, c.index), is_someone) > MOST_OF)  # 客户备注
    next(real, called).target = Target(Contact, "name")
    for column, target in mapping.targets():
        if target == Target(Customer, "phones") and share(cells_of(table.rows, column.index), is_mobile) > MOST_OF:
            column.target = Target(Contact, "phones")


def _full_name(table: Table, mapping: Mapping) -> None:
    """名称 beside 全称 is the short name."""
    named = next((c for c, target in mapping.targets() if target == Target(Customer, "name")), None)
    full = next(
        (c for c in mapping.columns if re.fullmatch("(?:客户|公司|单位|企业)?全[名称]", plain(c.heading))), None
    )
    if named and named is full:
        short = (c for c in mapping.columns if c.target is None and plain(c.heading).endswith("名称"))
        if (other := next(short, None)) and _is_path(table, other, full):
            other.target, full.target = full.target, None
        return
    if named and full and full.target is None and not _is_path(table, named, full):
        full.target = named.target
        named.target = None if mapping.has(Customer, "short_name") else Target(Customer, "short_name")


def _is_path(table: Table, named: Column, full: Column) -> bool:
    """Whether the full name is the name behind its groups: 华东_杭州天成机电有限公司."""
    pairs = [(row[named.index], row[full.index]) for _number, row in table.rows[:SAMPLE] if row[named.index]]
    return bool(pairs) and sum(clean(str(whole)).endswith(f"_{clean(str(name))}") for name, whole in pairs) * 2 > len(
        pairs
    )


def _number_for_name(table: Table, mapping: Mapping) -> None:
    """客户 over numbers beside 名称 1: the numbers are the customers' codes there."""
    named = next((c for c, target in mapping.targets() if target == Target(Customer, "name")), None)
    if named is None or mapping.has(Customer, "code") or share(cells_of(table.rows, named.index), _is_code) < 1:
        return
    for column in mapping.columns:
        if column.target is None and Target(Customer, "name") in words.find(CUSTOMERS, column.heading):
            named.target, column.target = Target(Customer, "code"), Target(Customer, "name")
            return


def _is_code(cell: object) -> bool:
    return _CODE.fullmatch(str(cell).strip()) is not None
