"""What stands around a log and holds for each of its rows: the customer above it or on the sheet's tab, the day of a
daily report. It becomes columns of the list, to be seen and corrected like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from crm_desktop.exchange import words
from crm_desktop.exchange.contents import is_clock, is_day
from crm_desktop.exchange.heading_days import day_of
from crm_desktop.exchange.headings import recognise
from crm_desktop.exchange.reading import Cell, Row, Sheet
from crm_desktop.exchange.rows import NOTE, SECTION, TITLE, filled
from crm_desktop.exchange.table import Table
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction
from crm_desktop.values import clean, is_blank, plain
from crm_desktop.values.persons import is_company

CUSTOMER, DAY = "客户名称", "日期"
_OF_CUSTOMERS: Final = 2
_TITLES: Final = (TITLE, NOTE, SECTION)
_LABELLED: Final = re.compile(
    r"([\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z ]{0,13})\s*[:：]\s*(.*?)(?=\s{2,}\S+\s*[:：]|$)"
)
_NOT_OF_ROWS: Final = re.compile("制表|打印|导出|编制|更新|截止|print|export", re.I)
_DAY_LABEL: Final = re.compile("日期|时间|date", re.I)
_FULL_DAY: Final = re.compile(r"(?<!\d)(20\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?!\d)")
_NO_NAME: Final = re.compile(
    r"(?:sheet|工作表|表)\s*\d*|\d.*|[一二三四五六七八九十]+|.*(?:记录|登记|台账|汇总|总表|明细|跟进|拜访|日报|周报|月报|名单|模板|说明"
    r"|数据|导出|全部|计划|历史|客户|报表|目录|封面|备份|data|report|log|export|table|template)\d*",
    re.I,
)
_WHAT_LIST: Final = re.compile(
    r"(?:的?(?:客户)?(?:拜访|跟进|往来|联系|沟通|服务|走访|回访))?(?:的?(?:历史|情况|往来))?(?:记录|台账|登记|明细|日志|情况)?[表册卡本]?\d*$"
)


def completed(table: Table, sheets: Sequence[Sheet], stem: str) -> Table:
    """The table with columns for the customer and the day of its rows, where it is a log that lacks them and they
    stand around it; else as it is.
    """
    targets = [found[0] for each in table.heading if each and (found := words.find(words.INTERACTIONS, each))]
    sheet = next((each for each in sheets if each.name == table.sheet), None)
    if sheet is None or not any(target.field in ("content", "outcome", "purpose", "episode") for target in targets):
        return table
    has_customer = any(each == words.Target(Interaction, "customer") or each.model is Customer for each in targets)
    has_day = _has_day(table)
    if (has_customer and has_day) or (has_customer and _describes_customers(table)):
        return table
    above = _sections(table, sheet)
    name = "" if has_customer else _name_of(table, stem, len(sheets))
    day = "" if has_day else _day_of(table, stem)
    rows: list[tuple[int, Row]] = []
    for number, row in table.rows:
        told = _told(above, number)
        whose = None if has_customer else told.get(CUSTOMER) or name
        when = None if has_day else told.get(DAY) or day
        rows.append((number, [*([] if has_customer else [whose or None]), *([] if has_day else [when or None]), *row]))
    added = [*([] if has_customer else [CUSTOMER]), *([] if has_day else [DAY])]
    if any(all(is_blank(row[at]) for _number, row in rows) for at in range(len(added))):
        return table
    more = [""] * len(added)
    whole = replace(table, heading=[*added, *table.heading], groups=[*more, *table.groups],
                    units=[*more, *table.units], rows=rows)  # fmt: skip
    return whole if recognise(whole, hint=f"{stem} {table.sheet}").kind in words.HISTORIES else table


def _describes_customers(table: Table) -> bool:
    """Whether columns tell of the customers what no log does: a list of customers, whatever day its title names."""
    own = 0
    for each in table.heading:
        found = words.find(words.CUSTOMERS, each)[:1] if each else []
        if found and found[0].model is Customer and not words.find(words.INTERACTIONS, each):
            own += 1
    return own >= _OF_CUSTOMERS


def _has_day(table: Table) -> bool:
    """Whether a column holds days; one called 时间 may hold the time of day only."""
    for at, heading in enumerate(table.heading):
        cells = [row[at] for _number, row in table.rows[:50] if not is_blank(row[at])]
        moment = any(t == words.Target(Interaction, "at") for t in words.find(words.INTERACTIONS, heading)[:1])
        clocks = sum(1 for cell in cells if is_clock(cell if type(cell) is not str else clean(cell)))
        if cells and ((moment and clocks * 2 < len(cells)) or sum(map(is_day, cells)) * 2 > len(cells)):
            return True
    return False


def _sections(table: Table, sheet: Sheet) -> list[tuple[int, dict[str, Cell]]]:
    """What the rows above the table and between its rows tell: (row, customer and day)."""
    found = []
    for number in sorted(number for number, what in table.skipped if what in _TITLES):
        at = number - sheet.first_row
        if 0 <= at < len(sheet.rows) and (told := _labelled(sheet.rows[at])):
            found.append((number, told))
    return found


def _told(sections: Sequence[tuple[int, dict[str, Cell]]], number: int) -> dict[str, Cell]:
    told: dict[str, Cell] = {}
    for row, values in sections:
        if row < number:
            told |= values
    return told


def _labelled(row: Row) -> dict[str, Cell]:
    """The customer and the day of a row of labels: 客户名称：甲公司, or 日期 | 2025-03-05."""
    cells = [cell for _column, cell in filled(row)]
    pairs: list[tuple[str, Cell]] = []
    for at, cell in enumerate(cells):
        if type(cell) is not str:
            continue
        labelled = _LABELLED.findall(cell)
        pairs += [(label, value) for label, value in labelled if value]
        if not any(value for _label, value in labelled) and at + 1 < len(cells):
            pairs.append((clean(cell).strip(":： "), cells[at + 1]))
    told: dict[str, Cell] = {}
    for label, value in pairs:
        if _NOT_OF_ROWS.search(label):
            continue
        if words.find(words.INTERACTIONS, label)[:1] == [words.Target(Interaction, "customer")]:
            told.setdefault(CUSTOMER, value)
        elif _DAY_LABEL.search(label) and (isinstance(value, date | datetime) or _one_day(str(value))):
            told.setdefault(DAY, value if not isinstance(value, str) else _one_day(value))
    return told


def _one_day(text: str) -> str:
    """The day a text names, if it is one only; "" for a week."""
    days = _FULL_DAY.findall(plain(text))
    rest = _FULL_DAY.sub("", plain(text))
    if len(days) == 1 and not re.search(r"[-~—至到]\s*\d|\d\s*[-~—至到]$", rest):
        return day_of("-".join(days[0]), None)
    return ""


def _name_of(table: Table, stem: str, sheets: int) -> str:
    """The customer a whole sheet is about: named above it, on its tab, or by its file."""
    tab = clean(table.sheet)
    if sheets > 1 and not _NO_NAME.fullmatch(tab) and len(tab) > 1:
        return tab
    for text in (tab, table.caption, stem):
        bare = _WHAT_LIST.sub("", clean(text)).strip(" -_—()（）")
        if is_company(bare) and len(bare) < 40 and not _NO_NAME.fullmatch(bare) and not re.search(r"[:：]", bare):
            return bare
    return ""


def _day_of(table: Table, stem: str) -> str:
    """The day a whole sheet is about: named above it, on its tab, or by its file."""
    if named := _one_day(table.caption) if not _NOT_OF_ROWS.search(table.caption) else "":
        return named
    years = set(re.findall(r"(?<!\d)(20\d\d)(?=年|\D|$)", f"{table.caption} {stem}"))
    year = int(years.pop()) if len(years) == 1 else None
    for text in (clean(table.sheet), stem):
        digits = re.search(r"(?<!\d)(20\d\d)?(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)", plain(text))
        if digits:
            month, day = int(digits[2]), int(digits[3])
            return day_of(f"{digits[1]}-{month}-{day}" if digits[1] else f"{month}月{day}日", year)
        if named := _one_day(text):
            return named
        if (found := day_of(text, year)) and not re.fullmatch(r"\d{4}-\d\d|\d+月", found):
            return found
    return ""
