"""One field of many records at once: what would really change, and the change itself, which one undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from crm_desktop import log_words
from crm_desktop.i18n import N_, _
from crm_desktop.models import Record
from crm_desktop.models.fields import Choice, Field, Person, YesNo
from crm_desktop.models.manifold import Choices, People, Texts
from crm_desktop.store import file
from crm_desktop.store.change import Change, now
from crm_desktop.store.record import Row, chunks

SEVERAL: Final = (Texts, Choices, People)
"""Fields that hold several values: one can be added or removed and the others stay."""
HOWS: Final = {"set": N_("becomes"), "add": N_("also gets"), "remove": N_("loses")}
_EXAMPLES: Final = 6


class Edit(NamedTuple):
    """What happens to each record: its field gets this value (a list in fields of several), gains or loses it."""

    field: str
    how: str
    """One of HOWS; "add" and "remove" for fields of several values alone."""
    value: Any


class Example(NamedTuple):
    """One record that would change, in words."""

    name: str
    before: str
    after: str


class Preview(NamedTuple):
    """What an edit would do."""

    changing: int
    same: int
    examples: list[Example]


def fields(model: type[Record]) -> dict[str, Field[Any]]:
    """The fields worth changing in many records at once: entries of lists, colleagues, tags, yes or no."""
    return {
        name: field
        for name, field in model.typed().items()
        if field.label
        and name not in model.by_steps
        and isinstance(field, Choice | Person | YesNo | Choices | People | Texts)
    }


def preview(model: type[Record], edit: Edit, ids: Sequence[int]) -> Preview:
    """What an edit would do to these records; nothing is written."""
    field = model.described()[edit.field]
    changing: list[tuple[int, Any, Any]] = []
    there = 0
    for part in chunks(ids):
        for i, row in file.rows(model.table(), part, [edit.field]).items():
            there += 1
            after = _after(field, edit, row[edit.field])
            if after != row[edit.field]:
                changing.append((i, row[edit.field], after))
    names = log_words.names((model.table(), i) for i, _before, _after in changing[:_EXAMPLES])
    examples = [
        Example(names[model.table(), i], field.show(field.python_value(before)), field.show(field.python_value(after)))
        for i, before, after in changing[:_EXAMPLES]
    ]
    return Preview(len(changing), there - len(changing), examples)


def apply(c: Change, model: type[Record], edit: Edit, ids: Sequence[int]) -> int:
    """Write an edit; the number of records that changed. Invalid when a rule is broken: nothing is written then."""
    field = model.described()[edit.field]
    return write(c, model, ids, lambda row: {edit.field: _after(field, edit, row[edit.field])})


def write(c: Change, model: type[Record], ids: Sequence[int], changes: Callable[[Row], Row]) -> int:
    """Write what `changes` says of each stored row; rows that are as they should be stay untouched."""
    written = 0
    c.expect(len(ids), _("Changing"))
    for part in chunks(ids):
        for row in file.rows(model.table(), part).values():
            wanted = {column: value for column, value in changes(row).items() if value != row[column]}
            if wanted:
                model.mend(row, wanted, c.user, now())
                model.check({**row, **wanted}, wanted)
                c.write(model, row, {column: value for column, value in wanted.items() if value != row[column]})
                written += 1
    return written


def _after(field: Field[Any], edit: Edit, stored: Any) -> Any:
    """The stored value after the edit."""
    if edit.how == "set":
        return field.db_value(edit.value)
    held = list(field.python_value(stored))
    if edit.how == "remove":
        return field.db_value([value for value in held if value not in edit.value])
    return field.db_value([*held, *_missing(held, edit.value)])


def _missing(held: Sequence[Any], wanted: Sequence[Any]) -> Iterator[Any]:
    return (value for value in dict.fromkeys(wanted) if value not in held)
