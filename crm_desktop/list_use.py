"""Who uses an entry of the office's lists: what is used can be switched off, but not deleted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from crm_desktop.models import (
    Complaint,
    Contact,
    Customer,
    Feedback,
    Interaction,
    News,
    Record,
    ServiceNote,
    ServiceRequest,
    SurveyAction,
    office,
)
from crm_desktop.models.contact import Position
from crm_desktop.models.fields import Choice
from crm_desktop.models.manifold import Choices, Rows
from crm_desktop.store import file

MODELS: tuple[type[Record], ...] = (
    Customer,
    Contact,
    Position,
    Interaction,
    Complaint,
    Feedback,
    News,
    ServiceRequest,
    ServiceNote,
    SurveyAction,
)


def uses(list_name: str, code: str) -> int:
    """How many records hold an entry of a list, in any of their fields."""
    return sum(_count(model, list_name, code) for model in MODELS)


@cache
def is_ours(list_name: str, code: str) -> bool:
    """Whether the program itself came with this entry: its rules may name it, so it can only be switched off."""
    return any(entry["list"] == list_name and entry["code"] == code for entry in office.starting_lists())


def _count(model: type[Record], list_name: str, code: str) -> int:
    conditions = list(_conditions(model, list_name))
    if not conditions:
        return 0
    return int(
        file.one(f'SELECT count(*) FROM "{model.table()}" t WHERE {" OR ".join(conditions)}', [code] * len(conditions))
    )


def _conditions(model: type[Record], list_name: str) -> Iterator[str]:
    """One SQL condition for each place where records of a model hold entries of the list."""
    for name, field in model.described().items():
        if isinstance(field, Choice) and field.list_name == list_name and not field.computed:
            yield f't."{name}" = ?'
        elif isinstance(field, Choices) and field.list_name == list_name:
            yield f'EXISTS (SELECT 1 FROM json_each(t."{name}") j WHERE j.value = ?)'
        elif isinstance(field, Rows):
            for column, inner in field.columns.items():
                if isinstance(inner, Choice) and inner.list_name == list_name:
                    yield (
                        f'EXISTS (SELECT 1 FROM json_each(t."{name}") j'
                        f" WHERE json_extract(j.value, '$.{column}') = ?)"
                    )
