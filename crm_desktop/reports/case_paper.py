"""What papers about cases share: fields as pairs, the course, rows without empty columns, places to sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.courses import Stamp
from crm_desktop.i18n import _
from crm_desktop.models.base import Record
from crm_desktop.models.manifold import Rows
from crm_desktop.reports.page import Document
from crm_desktop.reports.sheet import STRONG_LINE, Rule, Text
from crm_desktop.reports.table import Column
from crm_desktop.values import show_datetime

Pairs = list[tuple[str, str]]
Lines = list[tuple[str, ...]]
_EMPTY: tuple[Any, ...] = (None, "", [], 0, False)


def pairs(record: Record, names: Sequence[str]) -> Pairs:
    """These fields of a record as people read them, with their labels; those nothing stands in are left out."""
    described = record.described()
    found = [(name, record.shown(name)) for name in names if getattr(record, name) not in _EMPTY]
    return [(_(described[name].label), text) for name, text in found if text]


def rows(record: Record, name: str) -> Lines:
    """The rows of a field that has some, as people read them."""
    described: Any = record.described()[name]
    assert isinstance(described, Rows)
    columns = described.columns
    return [tuple(column.show(row.get(key)) for key, column in columns.items()) for row in getattr(record, name)]


def course(stamps: Sequence[Stamp]) -> Lines:
    """The course of a case: when, which state or step, who, why."""
    return [(show_datetime(each.at), each.title, each.by, _why(each)) for each in stamps]


def _why(stamp: Stamp) -> str:
    until = _("until {day}").format(day=stamp.until) if stamp.until else ""
    return "\n".join(filter(None, (stamp.why, until)))


def short(text: str, most: int = 70) -> str:
    """A text on a line or two of a ledger; the whole of it is in the program."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def write_pairs(document: Document, title: str, told: Pairs) -> None:
    """Pairs under their title; without any, nothing."""
    if told:
        document.section(title, 1)
        document.pairs(told)


def write_table(document: Document, title: str, headings: Sequence[str], lines: Sequence[tuple[str, ...]]) -> None:
    """A table without the columns nothing stands in; without rows, nothing."""
    if not lines:
        return
    document.section(title, 1)
    used = [place for place in range(len(headings)) if any(line[place] for line in lines)]
    document.table([Column(headings[p]) for p in used], [[line[p] for p in used] for line in lines], "")


def write_course(document: Document, lines: Sequence[tuple[str, ...]]) -> None:
    """The course of the case as a table."""
    write_table(document, _("Course"), (_("Date"), _("State"), _("Done by"), _("Why")), lines)


def write_signatures(document: Document, names: Sequence[str]) -> None:
    """Places to sign, with their days; they stay together."""
    document.keep_together(lambda: _signatures(document, names))


def _signatures(document: Document, names: Sequence[str]) -> None:
    document.section(_("Signatures"), 1)
    flow = document._flow
    height, gap = 64.0, 12.0
    flow.room(height + 8)
    width = (flow.width - gap * (len(names) - 1)) / len(names)
    for place, name in enumerate(names):
        x = flow.left + place * (width + gap)
        flow.sheet.texts.append(Text(x, flow.y - 12, name, 8.5))
        flow.sheet.rules.append(Rule(x, flow.y - height + 18, width, 0.7, STRONG_LINE))
        flow.sheet.texts.append(Text(x, flow.y - height + 6, _("Date:"), 8.5))
    flow.y -= height + 8


def write_blank_lines(document: Document, count: int, high: float = 20) -> None:
    """Empty lines to write on by hand."""
    flow = document._flow
    flow.room(count * high)
    for _number in range(count):
        flow.y -= high
        flow.sheet.rules.append(Rule(flow.left, flow.y, flow.width, 0.5, STRONG_LINE))
    flow.y -= 4
