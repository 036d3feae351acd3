"""Office news (公告, product.md Y07): what colleagues should know, from when until when, and who has read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from crm_desktop.i18n import N_, _
from crm_desktop.models.base import Record, search_text, searched
from crm_desktop.models.fields import Choice, Date, DateTime, Integer, Link, LongText, Name, Person, Text, YesNo
from crm_desktop.store import file
from crm_desktop.store.record import Row, chunks


class News(Record):
    """One piece of news."""

    title = N_("News")
    searchable = True

    name = Name(N_("Title"), required=True, width=24)
    text = LongText(N_("Body"), search="text")
    category = Choice(N_("Kind of news"), "news_category", default="notice")
    pinned = YesNo(N_("Pinned to the top"))
    start = Date(N_("Published from"), required=True, future=True)
    until = Date(N_("Published until"), future=True, help=N_("Empty: it stays."))
    by = Person(N_("By"))

    class Meta:
        indexes = ((("start", "until", "id"), False),)

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        for row in rows:
            row["start"] = row["start"] or now[:10]
            row["by"] = row["by"] or user

    @classmethod
    def problems(cls, row: Row, changed: Collection[str]) -> dict[str, str]:
        found = super().problems(row, changed)
        if {"start", "until"} & set(changed) and row["until"] and row["start"] and row["until"] < row["start"]:
            found.setdefault("until", _("The last day is before the first."))
        return found

    @classmethod
    def hays(cls, ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        for part in chunks(ids):
            for i, row in file.rows(cls.table(), part, searched(cls)).items():
                yield i, search_text(cls, row)


class NewsFile(Record):
    """An attachment: a small file kept in the customer file itself, or the place of a larger one."""

    title = N_("Attachment")
    news = Link(N_("News"), "news", end="cascade", required=True)
    name = Text(N_("File name"), required=True)
    size = Integer(N_("Size"))
    place = Text(N_("Place"))
    content = Text("")
    """The bytes in base64, because the log writes text; empty where only the place is kept."""

    class Meta:
        table_name = "news_file"


class NewsRead(Record):
    """That a colleague has read a piece of news."""

    title = N_("Read receipt")
    news = Link(N_("News"), "news", end="cascade", required=True, index=False)
    who = Person(N_("Who"), required=True)
    at = DateTime(N_("Read at"), required=True)

    class Meta:
        table_name = "news_read"
        indexes = ((("news", "who"), True),)
