"""What hangs on the records of the whole office, in its workbook: steps of cases, signs of displeasure, attached files,
surveys, abilities, news.

Such rows name what they hang on by its number; they are brought in after all lists, in the same change (`bringing`),
and what is there already stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from typing_extensions import override

from crm_desktop.exchange import words
from crm_desktop.exchange.sheet import Sheet
from crm_desktop.exchange.sheet_columns import Column
from crm_desktop.i18n import N_, _
from crm_desktop.models.base import Record
from crm_desktop.models.competence import Assessment, Training
from crm_desktop.models.complaint_step import ComplaintFile, ComplaintSignal, ComplaintStep
from crm_desktop.models.evaluation import Evaluation
from crm_desktop.models.fields import Field, Link, Text
from crm_desktop.models.manifold import Rows
from crm_desktop.models.news import News, NewsFile, NewsRead
from crm_desktop.models.service_parts import ServiceStep
from crm_desktop.models.survey import SurveyRun, SurveyTemplate
from crm_desktop.models.survey_asked import SurveyAction, SurveyAnswer, SurveyAsked
from crm_desktop.store import file


class Kind(NamedTuple):
    """A sheet: what it is called (msgid), its columns, and the fields by which a row is known again."""

    title: str
    fields: str
    keys: str


KINDS: Final[dict[type[Record], Kind]] = {
    ComplaintStep: Kind(
        N_("Steps of complaints"), "complaint at by move before after why until", "complaint at move"
    ),
    ComplaintSignal: Kind(
        N_("Signs of displeasure"),
        "customer source at what interaction about decision reason decided_at decided_by became",
        "customer source at",
    ),
    ComplaintFile: Kind(N_("Files of complaints"), "complaint name size place", "complaint name size place"),
    ServiceStep: Kind(
        N_("Steps of service requests"), "request at by move before after why until", "request at move"
    ),
    SurveyTemplate: Kind(
        SurveyTemplate.title, "family version name name_en purpose languages items active", "family version"
    ),
    SurveyRun: Kind(
        SurveyRun.title,
        "code template name started_on due owner state product whom segment closed_on remarks",
        "code",
    ),
    SurveyAsked: Kind(
        SurveyAsked.title,
        "code run customer contact state due owner tier served_by product attempts tried_at answered_at how by note"
        " interaction",
        "code",
    ),
    SurveyAnswer: Kind(SurveyAnswer.title, "asked item score words at by how", "asked item"),
    SurveyAction: Kind(SurveyAction.title, "run item what kind owner due done verified by effective", "run item what"),
    Assessment: Kind(N_("Assessments"), "colleague day assessor scores remark", "colleague day"),
    Training: Kind(N_("Trainings"), "colleague ability topic due done result", "colleague topic due"),
    Evaluation: Kind(
        N_("Evaluations"), "colleague start until figures comment decision by day", "colleague start until"
    ),
    News: Kind(News.title, "name text category pinned start until by", "name start"),
    NewsFile: Kind(N_("Files of news"), "news name size place", "news name size place"),
    NewsRead: Kind(N_("Read receipts"), "news who at", "news who"),
}  # fmt: skip
"""In the order in which they are brought in."""
FILES: Final = (ComplaintFile, NewsFile)
CONTENT: Final = "content"
_CALLED: Final[dict[tuple[type[Record], str], str]] = {
    (ComplaintSignal, "became"): N_("Became complaint"),
    (SurveyTemplate, "family"): N_("Family"),
    (SurveyRun, "segment"): N_("Segment"),
    (ComplaintFile, CONTENT): N_("In the package"),
    (NewsFile, CONTENT): N_("In the package"),
}
"""Headings where a field has no label, or two fields of a kind the same."""
_KNOWN_BY: Final = {
    News.table(): """name || ' ' || "start\"""",
    SurveyTemplate.table(): "family || ' ' || CAST(version AS TEXT)",
    "contact": "name",
}
"""By what a record is named that has no number (SQL)."""


@dataclass(frozen=True)
class Tie(Column):
    """A column that names another record by its number or name, or holds what no cell shows better than it is kept."""

    @property
    @override
    def described(self) -> Field[Any]:
        return Text(label(self), width=14)

    @property
    @override
    def sql(self) -> str:
        field = self.model.described()[self.field]
        if not isinstance(field, Link):
            return f'r."{self.field}"'
        return f'(SELECT {known_by(field.target)} FROM "{field.target}" l WHERE l.id = r."{self.field}")'


class _Place(Field[Any]):
    """Where a file lies in the package, by its id."""

    def __init__(self, places: Mapping[int, str], called: str) -> None:
        super().__init__(called, width=40)
        self._places = places

    @override
    def python_value(self, value: Any) -> Any:
        return self._places.get(value)

    @override
    def excel(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class Packed(Tie):
    """The column that says where in the package a file lies."""

    places: Mapping[int, str]

    @property
    @override
    def described(self) -> Field[Any]:
        return _Place(self.places, label(self))

    @property
    @override
    def sql(self) -> str:
        return "r.id"


def label(column: Column) -> str:
    """The heading of a column, as a text to be translated."""
    return _CALLED.get((column.model, column.field)) or column.model.described()[column.field].label


def known_by(table: str) -> str:
    """What a record of this table is named by (SQL)."""
    return _KNOWN_BY.get(table, '"code"')


def columns(model: type[Record], places: Mapping[int, str] | None = None) -> list[Column]:
    """The columns of the sheet of a kind; `places` say where files lie in the package, if there is one."""
    fields = model.described()
    found = [
        (Tie if isinstance(fields[name], Link | Rows) or not fields[name].label else Column)(model, model, name)
        for name in KINDS[model].fields.split()
    ]
    return [*found, *([Packed(model, model, CONTENT, places)] if model in FILES and places is not None else [])]


def parts(
    places: Mapping[type[Record], Mapping[int, str]] | None = None,
) -> Iterator[tuple[type[Record], list[int], list[Column]]]:
    """The sheets that have anything in them: kind, ids, columns; `places` as in `columns`, by kind."""
    for model in KINDS:
        if ids := [i for (i,) in file.ask(f'SELECT id FROM "{model.table()}" ORDER BY id')]:
            yield model, ids, columns(model, places.get(model, {}) if places is not None else None)


def title(model: type[Record]) -> str | None:
    """What the sheet of a kind is called; None for a kind that is none of these."""
    return _(KINDS[model].title) if model in KINDS else None


def model_of(sheet: Sheet) -> type[Record] | None:
    """Which of the kinds a sheet holds; None for every other sheet."""
    model = next((model for model, kind in KINDS.items() if sheet.name in words.both(kind.title)), None)
    if model is None or not sheet.rows:
        return None
    return model if places_in(sheet, model).keys() >= set(KINDS[model].keys.split()) else None


def places_in(sheet: Sheet, model: type[Record]) -> dict[str, int]:
    """Where each field stands, by its heading in either language."""
    found: dict[str, int] = {}
    for column in columns(model, {}):
        called = words.both(label(column))
        place = next((n for n, cell in enumerate(sheet.rows[0]) if cell in called), None)
        if place is not None:
            found[column.field] = place
    return found
