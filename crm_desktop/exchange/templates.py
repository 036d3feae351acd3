"""Empty lists to fill in: our headings, a word on each column, and the entries of its list to choose from."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from crm_desktop.errors import UserError
from crm_desktop.exchange import sheet_columns
from crm_desktop.exchange.finishing import finished
from crm_desktop.exchange.sheet_columns import MODELS, Column, sheet_name
from crm_desktop.exchange.words import COMPLAINTS, CONTACTS, CUSTOMERS, FEEDBACK, INTERACTIONS, REQUESTS, SOLUTIONS
from crm_desktop.exchange.xlsx import ON_A_PAGE
from crm_desktop.i18n import N_, _
from crm_desktop.models import lists, people
from crm_desktop.models.base import Record
from crm_desktop.models.contact import Contact
from crm_desktop.models.customer import Customer
from crm_desktop.models.fields import Birthday, Choice, Date, DateTime, Integer, Money, Number, Person, YesNo
from crm_desktop.models.manifold import Choices, People, Phones, Texts

ROWS: Final = 2000
"""So many rows are made ready for choosing."""
_NEEDED: Final = {
    CUSTOMERS: {"customer.name"},
    CONTACTS: {"contact.name", "customer.name"},
    INTERACTIONS: {"interaction.customer", "interaction.at", "interaction.content"},
    COMPLAINTS: {"complaint.customer", "complaint.received_at", "complaint.description"},
    FEEDBACK: {"feedback.customer", "feedback.at", "feedback.text"},
    SOLUTIONS: {"service_note.name", "service_note.text"},
    REQUESTS: {"service_request.customer", "service_request.received_at", "service_request.description"},
}
_LONGEST: Final = 500
"""A list with more entries is not offered for choosing: nobody scrolls through it."""
_HINTS: Final = (
    (DateTime, N_("A day, or a day and a time: 2026-03-05 14:30.")),
    (Date, N_("A day: 2026-03-05.")),
    (Birthday, N_("A birthday: 1985-02-03, 02-03 or 农历三月初八.")),
    (Money, N_("An amount in yuan: 12500 or 1.25万.")),
    (Integer, N_("A whole number.")),
    (Number, N_("A number.")),
    (YesNo, N_("Yes or no.")),
    (Phones, N_("One phone or several, with / between them.")),
    (Choices, N_("Entries of the list, with 、 between them.")),
    (Texts, N_("One word or several, with 、 between them.")),
    (People, N_("Colleagues, with 、 between them.")),
    (Person, N_("A colleague's name; new ones are added.")),
)


def write(path: Path, kind: str) -> Path:
    """Write the empty list of a kind; raises UserError."""
    from openpyxl import Workbook  # lazily: half a second of start-up

    if path.suffix.lower() != ".xlsx":
        raise UserError(_("“{file}”: an empty list is written as .xlsx.").format(file=path.name))
    model = MODELS[kind]
    columns = [column for column in _columns(model) if column.field != "code" or column.model is not model]
    book = Workbook()
    sheet: Any = book.active
    sheet.title = sheet_name(model)
    entries: Any = book.create_sheet(_("Lists"))
    entries.sheet_state = "hidden"
    needed = _NEEDED[kind]
    for place, column in enumerate(columns, 1):
        _head(sheet, place, column, column.key in needed)
        _offer(sheet, entries, place, column)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, len(columns) <= ON_A_PAGE
    sheet.print_title_rows = "1:1"
    return finished(path, book.save)


def _columns(model: type[Record]) -> list[Column]:
    """The usual columns and the office's own, those that are needed first."""
    usual = sheet_columns.usual(model)
    own = {f"{model.table()}.{name}" for _title, names in model.groups()[len(model.sections) :] for name in names}
    if model is Contact:
        kept = {"contact", "position"}
    else:
        kept = {model.table(), "contact", "position"} if model is Customer else {model.table()}
    every = sheet_columns.all_columns(model)
    return [
        column
        for column in every
        if (column.key in usual or column.key in own)
        and (column.model.table() in kept or column.key == "customer.name")
        and not (column.field in ("left", "primary", "contact", "customer") and column.model.table() == "position")
    ]


def _head(sheet: Any, place: int, column: Column, needed: bool) -> None:
    from openpyxl.comments import Comment  # lazily, as above
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    cell = sheet.cell(1, place, f"{column.heading}*" if needed else column.heading)
    cell.font = Font(bold=True, color="B42318" if needed else "1D2129")
    cell.fill = PatternFill("solid", fgColor="E8EDF5")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.column_dimensions[get_column_letter(place)].width = max(column.described.width, 2 * len(column.heading)) + 3
    field = column.described
    told = [_("Needed.")] if needed else []
    told += [_(hint) for kind, hint in _HINTS if isinstance(field, kind)][:1]
    if isinstance(field, Choice):
        told.append(_("Choose from the list."))
    if field.help:
        told.append(_(field.help))
    if told:
        comment = Comment("\n".join(told), _("CRM Desktop"))
        comment.width, comment.height = 260, 30 + 22 * sum(1 + len(line) // 30 for line in told)
        cell.comment = comment


def _offer(sheet: Any, entries: Any, place: int, column: Column) -> None:
    """Let the cells of a column be chosen from its list; other words are allowed, with a question."""
    from openpyxl.utils import get_column_letter, quote_sheetname  # lazily, as above
    from openpyxl.worksheet.datavalidation import DataValidation

    field = column.described
    labels: list[str] = []
    if isinstance(field, Choice):
        labels = [entry.label for entry in lists.entries(field.list_name)]
    elif isinstance(field, Person):
        labels = [person.name for person in people.everybody()]
    elif isinstance(field, YesNo):
        labels = [_("yes"), _("no")]
    labels = list(dict.fromkeys(labels))
    if not 0 < len(labels) <= _LONGEST:
        return
    letter = get_column_letter(place)
    for row, label in enumerate(labels, 1):
        entries.cell(row, place, label)
    where = f"{quote_sheetname(entries.title)}!${letter}$1:${letter}${len(labels)}"
    rule = DataValidation("list", formula1=where, allow_blank=True, errorStyle="warning")
    rule.error, rule.errorTitle = _("This word is not in the list. Take it all the same?"), column.heading[:32]
    rule.add(f"{letter}2:{letter}{ROWS}")
    sheet.add_data_validation(rule)
