"""What was said, laid out across a list of customers: a column a day, a first and a second contact, dated lines in a
cell. Each becomes a row of a log beside the list of customers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.exchange import words
from crm_desktop.exchange.heading_days import NUMBERS, day_of, weekday_of
from crm_desktop.exchange.reading import Cell, Row
from crm_desktop.exchange.table import Table
from crm_desktop.i18n import _
from crm_desktop.models.contact import Contact
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction
from crm_desktop.values import clean, is_blank, plain, read_date

_MOST_OF: Final = 0.6
_SAMPLE: Final = 300
_FEWEST: Final = 2
_BEGUN: Final = frozenset(["at", "content"])
_SEVERAL: Final = 1.5
"""Entries of a cell, on average, that make a list of customers of what could be a log."""
_HEADINGS: Final = {"at": "跟进时间", "content": "跟进内容", "by": "跟进人", "channel": "跟进方式", "contact": "联系人",
                    "outcome": "跟进结果", "next_what": "下一步计划", "next_at": "下次跟进时间"}  # fmt: skip
"""What the columns of the log are called: words of our own that are recognised again."""
_ORDINAL: Final = re.compile(r"第?([一二三四五六七八九十]|\d{1,2})次|(首次|初次)|(再次|末次)|([一二三四五六七八九])访")
_AT_THE_END: Final = re.compile(r"(.*\D)(\d{1,2}|[一二三四五六七八九])$")
_DAY: Final = (
    r"(?:20\d\d|\d\d)\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
    r"|\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{1,2}[./]\d{1,2}(?![\d.%％万元])"
)
_DATED: Final = re.compile(rf"(?:^|\n|[;；]\s*|(?<=[。\s]))[ 　]*[【\[(（]?({_DAY})[】\])）]?\s*[-—:：,，、.]?\s*")
_TALK: Final = re.compile(
    "跟进|拜访|沟通|联系|回访|走访|洽谈|催|进展|进度|动态|往来|follow|contact|note|histor|visit|call", re.I
)
_WORD: Final = re.compile(r"[a-z\u3400-\u9fff]{2}", re.I)
_TICK: Final = re.compile(r"(?:是|否|有|无|已|未|完成|未完成|已完成|已到|未到|yes|no|ok)[\w付款收发送]{0,2}", re.I)


@dataclass(frozen=True)
class _Said:
    """One contact of a row: when (as it stands in the list) and what else is told of it."""

    number: int
    told: dict[str, Cell]


def apart(table: Table, year: int | None) -> list[Table]:
    """The list of customers without what was said, and what was said as a log; the table itself where it holds none.

    `year` is the one the title names, for days without one.
    """
    names = [at for at, heading in enumerate(table.heading) if _is_name(heading)]
    if len(names) != 1 or not table.rows:
        return [table]
    for find in (_days_across, _times_over, _dated_lines):
        found = find(table, year)
        if found:
            taken, said, rows = found
            log = _log(table, names[0], said)
            return [_without(replace(table, rows=rows), taken), log]
    return [table]


def _is_name(heading: str) -> bool:
    return bool(heading) and words.find(words.CUSTOMERS, heading)[:1] == [words.Target(Customer, "name")]


Found = tuple[set[int], list[_Said], Sequence[tuple[int, Row]]]
"""Columns that were used up, what was said, and the rows without it."""


def _days_across(table: Table, year: int | None) -> Found | None:
    """A column for each day or month, what was said in its cells."""
    for group in table.groups:
        year = year or (int(named[1]) if (named := re.search(r"(20\d\d)年", group)) else None)
    headed = [(at, heading) for at, heading in enumerate(table.heading) if heading]
    days = {at: day for at, each in headed if (day := day_of(each, year) or weekday_of(each, table.caption))}
    cells = [cell for _number, row in table.rows[:_SAMPLE] for at in days if not is_blank(cell := row[at])]
    if len(days) < _FEWEST or not cells or sum(map(_is_said, cells)) < _MOST_OF * len(cells):
        return None
    said = [
        _Said(number, _on(day, table.heading[at], row[at]))
        for number, row in table.rows
        for at, day in sorted(days.items(), key=lambda it: [int(part) for part in re.findall(r"\d+", it[1])])
        if not is_blank(row[at])
    ]
    return set(days), said, table.rows


def _is_said(cell: Cell) -> bool:
    return type(cell) is str and _WORD.search(cell) is not None and not _TICK.fullmatch(cell.strip())


def _on(day: str, heading: str, cell: Cell) -> dict[str, Cell]:
    """A month is taken for its first day, and stands in the words then."""
    text = clean(str(cell), lines=True)
    if re.fullmatch(r"\d{4}-\d\d", day):
        return {"at": f"{day}-01", "content": f"{heading}: {text}"}
    return {"at": f"{day}1日", "content": f"{heading}: {text}"} if day.endswith("月") else {"at": day, "content": text}


def _times_over(table: Table, year: int | None) -> Found | None:
    """Columns for the first, the second, the third contact, each with its day and its words."""
    times: dict[str, dict[str, int]] = {}
    for at, heading in enumerate(table.heading):
        time, role = _role(table.groups[at], heading)
        if role and role not in times.setdefault(time, {}):
            times[time][role] = at
    times = {time: roles for time, roles in times.items() if "content" in roles}
    if len(times) < _FEWEST:
        return None
    said: list[_Said] = []
    for number, row in table.rows:
        for _time, roles in sorted(times.items(), key=lambda it: _which(it[0])):
            told = {role: row[at] for role, at in roles.items() if not is_blank(row[at])}
            if "at" not in told and (begun := _begin(told.get("content"))):
                told["at"], told["content"] = begun
            if told:
                said.append(_Said(number, told))
    timed = [each.told for each in said if not _BEGUN.isdisjoint(each.told)]
    if sum("at" in told for told in timed) < _MOST_OF * len(timed) or not timed:
        return None
    return {at for roles in times.values() for at in roles.values()}, said, table.rows


def _which(time: str) -> int:
    """The number of a contact: of 一, 2, 首次, 末次."""
    return int(time) if time.isdigit() else NUMBERS.get(time) or (0 if time in ("首次", "初次") else 99)


def _role(group: str, heading: str) -> tuple[str, str]:
    """Which contact a column tells of (第一次, 2), and what of it: ("一", "content"); "" as the second for others."""
    text, over = plain(heading).replace(" ", ""), plain(group).replace(" ", "")
    found = _ORDINAL.search(text) or _ORDINAL.search(over)
    if found:
        rest = text.replace(found[0], "") if found[0] in text else text
        time = next(part for part in found.groups() if part)
    elif (counted := _AT_THE_END.fullmatch(text)) and _TALK.search(counted[1]):
        rest, time = counted[1], counted[2]
    else:
        return "", ""
    if not (_TALK.search(text) or _TALK.search(over)):
        return "", ""
    rest = rest.strip("()[]")
    if _TALK.fullmatch(rest) or not rest:
        return time, "content"
    for tried in (rest, f"跟进{rest}"):
        for target in words.find(words.INTERACTIONS, tried):
            if target.model is Interaction and target.field in _HEADINGS:
                return time, target.field
    return time, "content" if rest in ("记录", "情况", "反馈") or _TALK.fullmatch(rest[:2]) else ""


def _dated_lines(table: Table, _year: int | None) -> Found | None:
    """A column whose cells hold line after line, each with its day before it."""
    for at, heading in enumerate(table.heading):
        if not heading or not _TALK.search(heading) or words.find_of_contact(words.CUSTOMERS, heading):
            continue
        cells = [str(row[at]) for _number, row in table.rows[:_SAMPLE] if not is_blank(row[at])]
        counts = [len(_lines(cell)) for cell in cells]
        if not counts or sum(map(bool, counts)) < _MOST_OF * len(counts) or max(counts) < _FEWEST:
            continue
        if (sum(counts) < _SEVERAL * len(counts) or len(counts) <= _FEWEST) and _is_log(table):
            continue
        said: list[_Said] = []
        rows: list[tuple[int, Row]] = []
        for number, row in table.rows:
            lines = [] if is_blank(row[at]) else _lines(str(row[at]))
            said += [_Said(number, {"at": day, "content": text or day}) for day, text in lines]
            rows.append((number, [*row[:at], None, *row[at + 1 :]]) if lines else (number, row))
        left = any(not is_blank(row[at]) for _number, row in rows)
        return set() if left else {at}, said, rows
    return None


def _is_log(table: Table) -> bool:
    """Whether a column says when: a day before the words repeats it then."""
    return any(words.find(words.INTERACTIONS, each)[:1] == [words.Target(Interaction, "at")] for each in table.heading)


def _lines(cell: str) -> list[tuple[str, str]]:
    """The dated entries of a cell, (day, text); none where it does not begin with a day."""
    starts = [found for found in _DATED.finditer(cell) if _is_day(found[1])]
    if not starts or cell[: starts[0].start()].strip(" 　\n"):
        return []
    ends = [each.start() for each in starts[1:]] + [len(cell)]
    return [
        (clean(found[1]), clean(cell[found.end() : end], lines=True).strip(" ;；"))
        for found, end in zip(starts, ends, strict=True)
    ]


def _begin(cell: Cell) -> tuple[str, str] | None:
    """The day a text begins with, and the rest."""
    if type(cell) is not str or (found := _DATED.match(cell)) is None:
        return None
    return clean(found[1]), clean(cell[found.end() :], lines=True) or found[1]


def _is_day(text: str) -> bool:
    try:
        return read_date(re.sub(r"\s*\d{1,2}:.*", "", text)).value is not None
    except UserError:
        return False


def _log(table: Table, name: int, said: Sequence[_Said]) -> Table:
    """The contacts as a list of their own: whose, by whom (as in the list of customers), when, what."""
    kept = [name, *_beside(table)]
    heading = ["客户名称" if at == name else table.heading[at] for at in kept]
    roles = [role for role in _HEADINGS if any(role in each.told for each in said)]
    heading += [_HEADINGS[role] for role in roles]
    cells = dict(table.rows)
    rows = [
        (each.number, [*(cells[each.number][at] for at in kept), *(each.told.get(role) for role in roles)])
        for each in said
    ]
    empty = [""] * len(heading)
    sheet = " · ".join([*([table.sheet] if table.sheet not in ("", "Sheet1") else []), _("what was said")])
    return Table(sheet, heading, empty, list(empty), table.heading_rows, rows, [], "", table.caption)


def _beside(table: Table) -> Iterator[int]:
    """Columns that say of every contact, too, who it was with or by: the customer's code, our colleague."""
    wanted: dict[str, Callable[[words.Target], bool]] = {
        "code": lambda target: target == words.Target(Customer, "code"),
        "by": lambda target: target == words.Target(Interaction, "by"),
    }
    for at, heading in enumerate(table.heading):
        found = words.find(words.INTERACTIONS, heading) if heading else []
        named = next((name for name, test in wanted.items() if found and test(found[0])), "")
        if named and not any(target.model is Contact for target in words.find(words.CUSTOMERS, heading)[:1]):
            del wanted[named]
            yield at


def _without(table: Table, taken: set[int]) -> Table:
    kept = [at for at in range(len(table.heading)) if at not in taken]
    heading, groups, units = ([column[at] for at in kept] for column in (table.heading, table.groups, table.units))
    rows: list[tuple[int, Row]] = [(number, [row[at] for at in kept]) for number, row in table.rows]
    return replace(table, heading=heading, groups=groups, units=units, rows=rows)
