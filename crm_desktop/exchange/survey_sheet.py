"""A survey as an Excel sheet: one line a customer, one column a question with its answers to choose from.

Sent to customers or colleagues, filled in, and read back by `survey_answers`; with `results`, a list of all answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from crm_desktop.errors import UserError
from crm_desktop.exchange.finishing import finished
from crm_desktop.i18n import N_, _
from crm_desktop.models import SurveyAsked, lists, people
from crm_desktop.models.survey import CHOICE, LIMITS, SCALE, SCALE_WORDS, TEXT, Item, options, words
from crm_desktop.satisfaction import asking, templates
from crm_desktop.store import file
from crm_desktop.store.record import chunks

FORM, CUSTOMER, CONTACT = N_("Form no."), N_("Customer"), N_("Contact person")
ANSWERED_ON, NOTE = N_("Answered on"), N_("Note")
BEFORE: Final = (FORM, CUSTOMER, CONTACT)
"""The columns before the questions (msgids)."""
AFTER: Final = (ANSWERED_ON, NOTE)
RESULTS: Final = (N_("State"), N_("How"), N_("Tier then"), N_("Served by"))
"""More columns where answers are told, not asked for."""
_WIDTHS: Final = {FORM: 19, CUSTOMER: 30, CONTACT: 12, ANSWERED_ON: 13, NOTE: 26}


@dataclass(frozen=True)
class Data:
    """The questions and the lines of the sheet."""

    name: str
    items: tuple[Item, ...]
    rows: list[list[Any]]
    results: bool = False
    asked: list[int] = field(default_factory=list)
    """Who is on it (ids of survey_asked), to note that it was sent."""


def collect(run: int, asked: Sequence[int] | None = None, results: bool = False) -> Data:
    """Read a survey for a sheet of these (ids of survey_asked), or of all still to be asked; with `results` of
    everybody in it and what they answered. UserError when nobody is on it.
    """
    items = tuple(templates.of_run(run).items)  # says when the survey is gone
    if asked is None:
        wanted = [i for (i,) in file.ask("SELECT id FROM survey_asked WHERE run = ? ORDER BY id", (run,))]
        wanted = wanted if results else sorted(asking.queue(run))
    else:
        wanted = list(asked)
    rows = [row for part in chunks(wanted) for row in _rows(part, items, results)]
    if not rows:
        raise UserError(_("Nobody is left to be asked in this survey."))
    return Data(str(file.one("SELECT name FROM survey_run WHERE id = ?", (run,))), items, rows, results, wanted)


def _rows(asked: Sequence[int], items: Sequence[Item], results: bool) -> list[list[Any]]:
    marks = ",".join("?" * len(asked))
    given: dict[int, dict[str, Any]] = {}
    for i, item, score, text in file.ask(
        f"SELECT asked, item, score, words FROM survey_answer WHERE asked IN ({marks})", asked
    ):
        given.setdefault(i, {})[item] = text or score
    found = []
    shown = SurveyAsked.described()
    for i, code, customer, contact, at, note, state, how, tier, served in file.ask(
        "SELECT s.id, s.code, k.name, c.name, s.answered_at, s.note, s.state, s.how, s.tier, s.served_by"
        " FROM survey_asked s JOIN customer k ON k.id = s.customer LEFT JOIN contact c ON c.id = s.contact"
        f" WHERE s.id IN ({marks}) ORDER BY s.code",
        asked,
    ):
        answers = [given.get(i, {}).get(str(item["key"])) for item in items]
        row = [code, customer, contact, *answers, date.fromisoformat(at[:10]) if at else None, note]
        told = [shown["state"].show(state), shown["how"].show(how), lists.label("tier", tier), people.name(served)]
        found.append(row + told if results else row)
    return found


def headings(items: Sequence[Item]) -> list[str]:
    """What stands over the columns of the questions, in the current language."""
    return [f"{number}. {words(item)}" for number, item in enumerate(items, 1)]


def write(path: Path, data: Data) -> Path:
    """Write the sheet; needs no customer file. Raises UserError."""
    from openpyxl import Workbook  # lazily: half a second of start-up

    if path.suffix.lower() != ".xlsx":
        raise UserError(_("“{file}”: a survey sheet is written as .xlsx.").format(file=path.name))
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Survey")
    entries: Any = book.create_sheet(_("Lists"))
    entries.sheet_state = "hidden"
    before, after = [_(each) for each in BEFORE], [_(each) for each in (*AFTER, *(RESULTS if data.results else ()))]
    for place, text in enumerate([*before, *headings(data.items), *after], 1):
        item = data.items[place - 1 - len(before)] if 0 <= place - 1 - len(before) < len(data.items) else None
        key = "" if item else (*BEFORE, *("",) * len(data.items), *AFTER, *("",) * len(RESULTS))[place - 1]
        width = 32 if item and item["kind"] == TEXT else _WIDTHS.get(key, 14)
        _head(sheet, place, text, width, _hint(item) if item else "")
        if item is not None:
            _offer(sheet, entries, place, item, len(data.rows))
    for number, row in enumerate(data.rows, 2):
        for place, value in enumerate(row, 1):
            _fill(sheet.cell(number, place), value, asked=len(before) < place <= len(before) + len(data.items))
    sheet.freeze_panes = "D2"
    sheet.row_dimensions[1].height = 64
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.print_title_rows = True, "1:1"
    return finished(path, book.save)


def _head(sheet: Any, place: int, text: str, width: float, hint: str) -> None:
    from openpyxl.comments import Comment  # lazily, as above
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    cell = sheet.cell(1, place, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E8EDF5")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    if hint:
        comment = Comment(hint, _("CRM Desktop"))
        comment.width, comment.height = 260, 90
        cell.comment = comment
    sheet.column_dimensions[get_column_letter(place)].width = width


def _hint(item: Item) -> str:
    """How a question is answered."""
    told = [_("Needed.")] if item.get("needed") else []
    if item["kind"] == SCALE:
        told += [f"{number} {_(word)}" for number, word in enumerate(SCALE_WORDS, 1)]
    elif item["kind"] in LIMITS:
        told.append(_("0 to 10: from not at all likely to certainly."))
    elif item["kind"] == CHOICE:
        told.append(_("Choose from the list."))
    else:
        told.append(_("In your own words."))
    return "\n".join(told)


def _offer(sheet: Any, entries: Any, place: int, item: Item, rows: int) -> None:
    """Let the answers to a question be chosen; nothing else is taken."""
    from openpyxl.utils import get_column_letter, quote_sheetname  # lazily, as above
    from openpyxl.worksheet.datavalidation import DataValidation

    limits = LIMITS.get(str(item["kind"]))
    answers: list[Any] = list(range(limits[0], limits[1] + 1)) if limits else []
    if item["kind"] == CHOICE:
        answers = options(item)
    if not answers:
        return
    letter = get_column_letter(place)
    for row, answer in enumerate(answers, 1):
        entries.cell(row, place, answer)
    where = f"{quote_sheetname(entries.title)}!${letter}$1:${letter}${len(answers)}"
    rule = DataValidation("list", formula1=where, allow_blank=True, showErrorMessage=True)
    rule.error, rule.errorTitle = _("Choose one of the answers in the list."), _("Survey")
    rule.add(f"{letter}2:{letter}{rows + 1}")
    sheet.add_data_validation(rule)


def _fill(cell: Any, value: Any, asked: bool) -> None:
    from openpyxl.styles import Alignment, Border, Side  # lazily, as above

    # a text that begins like a formula stays a text
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if asked:
        line = Side(style="thin", color="D3D8E0")
        cell.border = Border(line, line, line, line)
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
