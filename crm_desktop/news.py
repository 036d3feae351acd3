"""Office news (公告, product.md Y07): what is to be read, who has read it, and the list with its filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from crm_desktop.i18n import N_, _
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import News, NewsRead, lists, people
from crm_desktop.store import file
from crm_desktop.store.change import Change, Gone

WHEN: Final = {
    "": N_("All"),
    "now": N_("Published now"),
    "later": N_("Not published yet"),
    "over": N_("No longer published"),
}
"""How news stand to a day (msgids)."""


class Line(NamedTuple):
    """One piece of news in a list."""

    id: int
    name: str
    text: str
    category: str
    pinned: bool
    start: str
    until: str | None
    by: int | None
    read: bool = False
    """Whether the colleague who asks has read it."""

    @property
    def said(self) -> str:
        """Category, day and who wrote it, in words."""
        parts = (lists.label("news_category", self.category), self.start, people.name(self.by))
        return " · ".join(part for part in parts if part)


_COLUMNS: Final = 'n.id, n.name, n.text, n.category, n.pinned, n.start, n.until, n."by"'


def unread(user: int, today: date) -> list[Line]:
    """What is published on that day and the colleague has not read, pinned ones first: one question."""
    day = today.isoformat()
    rows = file.ask(
        f"SELECT {_COLUMNS} FROM news n WHERE n.start <= ? AND (n.until IS NULL OR n.until >= ?)"
        " AND NOT EXISTS (SELECT 1 FROM news_read r WHERE r.news = n.id AND r.who = ?)"
        " ORDER BY n.pinned DESC, n.start DESC, n.id DESC",
        (day, day, user),
    )
    return [Line(*row)._replace(pinned=bool(row[4])) for row in rows]


def found(user: int | None, today: date, when: str = "", category: str = "", text: str = "") -> list[Line]:
    """News by their state on a day (key of WHEN), category and words; pinned ones first, then the newest."""
    day = today.isoformat()
    filters: list[Filter] = [Filter("category", "in", [category])] if category else []
    if when == "now":
        filters.append(Filter("start", "until", day))
    rows = [
        row for row in _lines(Listing(News, ("name",), text, tuple(filters), "start", True)) if _stands(row, when, day)
    ]
    seen = {i for (i,) in file.ask("SELECT news FROM news_read WHERE who = ?", (user,))} if user is not None else set()
    return sorted((row._replace(read=row.id in seen) for row in rows), key=lambda row: not row.pinned)


def _lines(listing: Listing) -> list[Line]:
    ids = listing.ids()
    rows = file.rows("news", list(ids), [*Line._fields[1:-1]])
    return [Line(i, *(rows[i][name] for name in Line._fields[1:-1])) for i in ids if i in rows]


def _stands(line: Line, when: str, day: str) -> bool:
    over = bool(line.until) and str(line.until) < day
    later = line.start > day
    return {"": True, "now": not over and not later, "later": later, "over": over}[when]


def read(c: Change, news: int, user: int) -> None:
    """Write down that a colleague has read it; once is enough. Gone when it was deleted."""
    if News.get_row(news) is None:
        raise Gone(_("This piece of news was deleted in the meantime."))
    if file.one("SELECT 1 FROM news_read WHERE news = ? AND who = ?", (news, user)) is None:
        c.save(NewsRead, {"news": news, "who": user, "at": c.at})


class Readers(NamedTuple):
    """Who has read a piece of news, and who has not."""

    read: list[tuple[str, str]]
    """Name and moment, in the order of reading."""
    waiting: list[str]
    """The active colleagues who have not."""

    @property
    def told(self) -> str:
        """Both in words, a line each."""
        parts = []
        if self.read:
            parts.append(_("Read by: {names}").format(names=_(", ").join(name for name, _at in self.read)))
        if self.waiting:
            parts.append(_("Not yet: {names}").format(names=_(", ").join(self.waiting)))
        return "\n".join(parts)


def readers(news: int) -> Readers:
    """Who has read a piece of news."""
    rows: Sequence[tuple[Any, ...]] = file.ask("SELECT who, at FROM news_read WHERE news = ? ORDER BY at, id", (news,))
    seen = {who for who, _at in rows}
    return Readers(
        [(people.name(who), at) for who, at in rows],
        [person.name for person in people.everybody() if person.id not in seen],
    )
