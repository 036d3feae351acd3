"""Described fields: a field is declared once, with everything forms, tables, search, Excel, history and paper need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import peewee

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import lists, people
from crm_desktop.values import Reading

V = TypeVar("V")

if TYPE_CHECKING:
    _Base = peewee.Field
else:

    class _Base(peewee.Field, Generic[V]):
        """peewee's field, made subscriptable at run time as its type stubs promise."""


class Field(_Base[V]):
    """A described column: `label` (msgid), `width` in characters, `search` ("", "text", "name" or "digits").

    `headings` are other names its column has in people's Excel lists; `wanted` fields count for completeness and are
    marked in forms without being enforced; `computed` ones are never typed; `bulk` says it deserves several lines.
    """

    field_type = "TEXT"
    align = "left"
    bulk = False
    empty: Any = None
    """The stored value that means "nothing"."""

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        wanted: bool = False,
        help: str = "",
        width: int = 12,
        search: str = "",
        headings: str = "",
        computed: bool = False,
        default: Any = None,
        index: bool = False,
        unique: bool = False,
    ) -> None:
        start = self.empty if default is None else default
        super().__init__(null=self.empty is None, default=start, index=index, unique=unique)
        self.label, self.help, self.width, self.search = label, help, width, search
        self.required, self.wanted, self.computed = required, wanted, computed
        self.headings = tuple(headings.split())

    @property
    def nothing(self) -> str:
        """The stored values that mean "nothing", besides NULL, as a list in SQL."""
        return "('', '[]')" if self.field_type in ("TEXT", "JSON") else "(0)"

    def db_value(self, value: Any) -> Any:
        return value

    def python_value(self, value: Any) -> Any:
        return value

    def is_empty(self, value: Any) -> bool:
        """Whether a Python value means "nothing"."""
        return value is None or value == self.empty or value == ""

    def show(self, value: Any) -> str:
        """The value as people read it, in the current language."""
        return "" if self.is_empty(value) else str(value)

    def words(self, value: Any) -> list[str]:
        """What the value is found by: the same in every language, because the search texts are stored."""
        return [str(value)]

    def read(self, written: object) -> Reading:
        """What people write, as a value; UserError with the reason when it cannot be one."""
        return Reading(values.clean(values.as_text(written)), None)

    def check(self, value: Any) -> None:
        """UserError with the reason when the value breaks the field's rule."""

    def excel(self, value: Any) -> Any:
        """The value for a cell: a number, date or text with the right type."""
        return self.show(value)


class Text(Field[str]):
    """One line of text; nothing is the empty text."""

    empty = ""

    def db_value(self, value: Any) -> Any:
        return "" if value is None else values.clean(str(value))


class Name(Text):
    """A name: also found by its pinyin."""

    def __init__(self, label: str, *, search: str = "name", **options: Any) -> None:
        super().__init__(label, search=search, **options)


class LongText(Text):
    """Several lines of text."""

    bulk = True

    def __init__(self, label: str, *, width: int = 30, **options: Any) -> None:
        super().__init__(label, width=width, **options)

    def db_value(self, value: Any) -> Any:
        return "" if value is None else values.clean(str(value), lines=True)

    def read(self, written: object) -> Reading:
        return Reading(values.clean(values.as_text(written), lines=True), None)


class _Checked(Text):
    """A line of text with a rule of its own."""

    reads: Callable[[object], Reading]

    def read(self, written: object) -> Reading:
        text = values.as_text(written)
        return Reading("", None) if values.is_blank(text) else type(self).reads(text)

    def check(self, value: Any) -> None:
        if value:
            type(self).reads(value)


class Email(_Checked):
    """An e-mail address."""

    reads = staticmethod(values.read_email)


class Url(_Checked):
    """A web address."""

    reads = staticmethod(values.read_url)


class CreditCode(_Checked):
    """Unified social credit code: 18 characters with a check digit (GB 32100-2015)."""

    reads = staticmethod(values.read_credit_code)

    def check(self, value: Any) -> None:
        reason = values.check_credit_code(value) if value else None
        if reason:
            raise UserError(reason)


class Integer(Field[int | None]):
    """A whole number; `least` and `most` bound it."""

    field_type = "INT"
    align = "right"

    def __init__(self, label: str, *, least: int = 0, most: int = 2**53, width: int = 8, **options: Any) -> None:
        super().__init__(label, width=width, **options)
        self.least, self.most = least, most

    def db_value(self, value: Any) -> Any:
        return None if value is None or value == "" else int(value)

    def read(self, written: object) -> Reading:
        return values.read_integer(written)

    def show(self, value: Any) -> str:
        return "" if value is None else f"{value:,}"

    def excel(self, value: Any) -> Any:
        return value

    def check(self, value: Any) -> None:
        if value is not None and not self.least <= value <= self.most:
            raise UserError(
                _("{label} must be between {least} and {most}.").format(
                    label=_(self.label), least=f"{self.least:,}", most=f"{self.most:,}"
                )
            )


class Number(Field[float | None]):
    """A number with decimals."""

    field_type = "DOUBLE"
    align = "right"

    def db_value(self, value: Any) -> Any:
        return None if value is None or value == "" else float(value)

    def read(self, written: object) -> Reading:
        return values.read_number(written)

    def show(self, value: Any) -> str:
        return "" if value is None else f"{value:,.10g}"

    def excel(self, value: Any) -> Any:
        return value


class Money(Field[int | None]):
    """An amount of money in fen (1/100 yuan)."""

    field_type = "BIGINT"
    align = "right"

    def db_value(self, value: Any) -> Any:
        return None if value is None or value == "" else int(value)

    def read(self, written: object, unit: str = "") -> Reading:
        return values.read_money(written, unit)

    def show(self, value: Any) -> str:
        return "" if value is None else values.show_money(value)

    def excel(self, value: Any) -> Any:
        return None if value is None else value / 100


def as_date(iso: str) -> date:
    """A stored day as a date; UserError when it is none."""
    try:
        return date.fromisoformat(iso[:10])
    except ValueError as error:
        raise UserError(_("“{text}” is not a date; write it like 2024-03-05.").format(text=iso)) from error


def as_datetime(iso: str) -> datetime:
    """A stored moment as a date and time; UserError when it is none."""
    try:
        return datetime.fromisoformat(iso)
    except ValueError as error:
        raise UserError(
            _("“{text}” is not a date and time; write it like 2024-03-05 14:30.").format(text=iso)
        ) from error


class Date(Field[str | None]):
    """A day as ISO text; `future` tells that a day without a year means the next one, not the last."""

    def __init__(self, label: str, *, future: bool = False, width: int = 11, **options: Any) -> None:
        super().__init__(label, width=width, **options)
        self.future = future

    def db_value(self, value: Any) -> Any:
        """One way to write a day, so that days compare as texts; what is none is left for `check` to refuse."""
        if not value:
            return None
        try:
            return datetime.fromisoformat(str(value)).date().isoformat()
        except ValueError:
            return str(value)

    def read(self, written: object) -> Reading:
        return values.read_date(written, future=self.future)

    def show(self, value: Any) -> str:
        return value or ""

    def excel(self, value: Any) -> Any:
        return as_date(value) if value else None

    def check(self, value: Any) -> None:
        if value:
            as_date(value)


class DateTime(Date):
    """A moment in office time as ISO text to the second; midnight sharp shows as the day alone."""

    def __init__(self, label: str, *, width: int = 17, **options: Any) -> None:
        super().__init__(label, width=width, **options)

    def db_value(self, value: Any) -> Any:
        if not value:
            return None
        try:
            return datetime.fromisoformat(str(value)).isoformat(timespec="seconds")
        except ValueError:
            return str(value)

    def read(self, written: object) -> Reading:
        return values.read_datetime(written, future=self.future)

    def show(self, value: Any) -> str:
        return "" if not value else values.show_datetime(value)

    def excel(self, value: Any) -> Any:
        return as_datetime(value) if value else None

    def check(self, value: Any) -> None:
        if value:
            as_datetime(value)


class Birthday(Text):
    """A birthday, solar or lunar, with or without a year: 1965-01-01, --02-02, lunar:--03-08."""

    def read(self, written: object) -> Reading:
        return values.read_birthday(written)

    def check(self, value: Any) -> None:
        try:
            values.birthday_key(value)
        except ValueError as error:
            raise UserError(
                _("“{text}” is not a birthday; write it like 1965-01-01 or 02-02.").format(text=value)
            ) from error

    def show(self, value: Any) -> str:
        return values.show_birthday(value) if value else ""


class YesNo(Field[bool]):
    """Yes or no."""

    field_type = "BOOL"
    empty = False

    def __init__(self, label: str, *, width: int = 6, **options: Any) -> None:
        super().__init__(label, width=width, **options)

    def db_value(self, value: Any) -> Any:
        return int(bool(value))

    def python_value(self, value: Any) -> Any:
        return bool(value)

    def read(self, written: object) -> Reading:
        return values.read_yes_no(written)

    def show(self, value: Any) -> str:
        return _("yes") if value else ""


class Choice(Text):
    """One entry of an editable list, stored by its stable code."""

    def __init__(self, label: str, list_name: str, *, width: int = 10, **options: Any) -> None:
        super().__init__(label, width=width, **options)
        self.list_name = list_name

    def show(self, value: Any) -> str:
        return lists.label(self.list_name, value)

    def read(self, written: object) -> Reading:
        return lists.read(self.list_name, written)


class Person(Field[int | None]):
    """A colleague, stored by id."""

    field_type = "BIGINT"

    def __init__(self, label: str, *, width: int = 8, **options: Any) -> None:
        super().__init__(label, width=width, **options)

    def show(self, value: Any) -> str:
        return people.name(value)

    def read(self, written: object) -> Reading:
        return people.read(written)


class Link(Field[int | None]):
    """Another record, stored by id; `end` says what becomes of this one when that is deleted: "cascade" or "clear"."""

    field_type = "BIGINT"

    def __init__(self, label: str, target: str, *, end: str = "clear", required: bool = False, **options: Any) -> None:
        options.setdefault("width", 20)
        super().__init__(label, required=required, **options)
        self.target, self.end = target, end
        self.index = options.get("index", True)
        self.constraints = [peewee.SQL(f'REFERENCES "{target}" (id) DEFERRABLE INITIALLY DEFERRED')]
