"""The colleagues of the office by id and name, kept in memory for showing."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import file
from crm_desktop.values import Reading


class Colleague(NamedTuple):
    """One colleague."""

    id: int
    name: str
    active: bool


_people: dict[int, Colleague] = {}
_by_name: dict[str, int] = {}


def reload() -> None:
    """Read the colleagues of the open file into memory."""
    global _people, _by_name
    found = [Colleague(i, name, bool(active)) for i, name, active in file.ask("SELECT id, name, active FROM user")]
    _people = {person.id: person for person in sorted(found, key=lambda p: p.name)}
    _by_name = {values.plain(person.name).casefold(): person.id for person in found}


def everybody(*, inactive: bool = False) -> list[Colleague]:
    """The colleagues, by name."""
    return [person for person in _people.values() if person.active or inactive]


def name(person: int | None) -> str:
    """A colleague's name; nobody is the empty text."""
    found = _people.get(person) if person is not None else None
    return found.name if found else ""


def person(id: int | None) -> Colleague | None:
    """A colleague by id; None when there is none."""
    return _people.get(id) if id is not None else None


def find(written: str) -> int | None:
    """The colleague of that name."""
    return _by_name.get(values.plain(written).casefold())


def read(written: object) -> Reading:
    """A colleague by name; UserError when there is none of that name."""
    text = values.clean(values.as_text(written))
    if values.is_blank(text):
        return Reading(None, None)
    found = find(text)
    if found is None:
        raise UserError(_("There is no colleague called “{name}”. Add the name under People.").format(name=text))
    return Reading(found, None)


file.opened.append(reload)
