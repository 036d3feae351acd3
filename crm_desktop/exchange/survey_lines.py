"""The lines of a survey sheet that came back: whose they are, what they answer, and why one is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.exchange import survey_sheet
from crm_desktop.exchange.parsing import NEW, REFUSED, SAME, UPDATE
from crm_desktop.exchange.sheet import Row, Sheet
from crm_desktop.exchange.words import both, key
from crm_desktop.i18n import N_, _
from crm_desktop.models import SurveyAsked, lists
from crm_desktop.models.survey import CHOICE, LIMITS, SCALE, SCALE_WORDS, Item, options, words
from crm_desktop.models.survey_asked import ANSWERED
from crm_desktop.satisfaction import answering, templates
from crm_desktop.store import file
from crm_desktop.values import as_text, clean, is_blank, plain, read_date

BLANK: Final = N_("blank")
"""A line nobody has filled in."""
STATUSES: Final = (NEW, UPDATE, SAME, REFUSED, BLANK)
_FORM: Final = re.compile(r"DC-\d{4}-\d{4,}-\d{4,}")
_SEARCHED: Final = 20  # rows from the top in which the headings are looked for


class Heading(NamedTuple):
    """Where the columns are named, and how."""

    row: int
    names: list[str]


class _Known(NamedTuple):
    """One customer of a survey as the file has it."""

    id: int
    code: str
    customer: str
    run: int
    state: str
    note: str


@dataclass
class Line:
    """One line of the sheet and what becomes of it."""

    number: int
    """As Excel counts."""
    code: str
    customer: str
    status: str = SAME
    """One of STATUSES."""
    reason: str = ""
    """Why it was refused."""
    shown: list[tuple[str, str, str]] = field(default_factory=list)
    """Questions that are answered anew or otherwise: question, answer before, answer now."""
    asked: int = 0
    answers: dict[str, Any] = field(default_factory=dict)
    """All its answers, those known before included."""
    on: str = ""
    note: str = ""
    cells: Row = field(default_factory=list)


def _columns(msgid: str) -> set[str]:
    """The headings a column of the sheet is known by."""
    described = {survey_sheet.FORM: "code", survey_sheet.ANSWERED_ON: "answered_at"}.get(msgid)
    more = SurveyAsked.described()[described].headings if described else ""
    return {key(text) for text in (*both(msgid), *str(more).split())}


def heading(sheet: Sheet) -> Heading | None:
    """The row that names the form numbers; None where a sheet has none."""
    form = _columns(survey_sheet.FORM)
    for number, row in enumerate(sheet.rows[:_SEARCHED]):
        names = ["" if is_blank(cell) else clean(as_text(cell)) for cell in row]
        if any(key(name) in form for name in names):
            return Heading(number, names)
    return None


def is_survey(sheet: Sheet) -> bool:
    """Whether a sheet is one of a survey: form numbers stand under their heading."""
    named = heading(sheet)
    if named is None:
        return False
    form = _columns(survey_sheet.FORM)
    at = next(n for n, name in enumerate(named.names) if key(name) in form)
    cells = (row[at] for row in sheet.rows[named.row + 1 : named.row + 1 + _SEARCHED] if at < len(row))
    return any(isinstance(cell, str) and _FORM.fullmatch(cell.strip().upper()) for cell in cells)


class _Survey:
    """One survey of the sheet: its questions, in which column each stands, and whom it asks."""

    def __init__(self, run: int, names: Sequence[str]) -> None:
        self.run = run
        self.items: tuple[Item, ...] = tuple(templates.of_run(run).items)
        self.places: dict[int, Item] = {}
        numbered = {
            key(f"{number}. {words(item, lang)}"): item
            for number, item in enumerate(self.items, 1)
            for lang in ("zh", "en")
        }
        bare = {key(words(item, lang)): item for item in reversed(self.items) for lang in ("zh", "en")}
        for place, name in enumerate(names):
            item = numbered.get(key(name)) or bare.get(key(re.sub(r"^\d+\s*[.、．]\s*", "", name)))
            if item is not None and item not in self.places.values():
                self.places[place] = item


def lines(sheet: Sheet, names: Heading, run: int | None) -> list[Line]:
    """The lines of a sheet, each judged; with `run` a customer without a form number is found there by name."""

    def place(msgid: str) -> int | None:
        known = _columns(msgid)
        return next((n for n, name in enumerate(names.names) if key(name) in known), None)

    def text(row: Row, at: int | None) -> str:
        return "" if at is None or at >= len(row) or is_blank(row[at]) else clean(as_text(row[at]))

    places = [place(each) for each in (survey_sheet.FORM, survey_sheet.CUSTOMER, survey_sheet.NOTE)]
    on = place(survey_sheet.ANSWERED_ON)
    found = []
    for number, row in enumerate(sheet.rows[names.row + 1 :], sheet.first_row + names.row + 1):
        if not all(is_blank(cell) for cell in row):
            code, customer, note = (text(row, at) for at in places)
            found.append(Line(number, code.upper(), customer, note=note, cells=row))
    known = _known({line.code for line in found})
    stored = answering.stored_of_many([one.id for one in known.values()])
    surveys: dict[int, _Survey] = {}
    seen: set[int] = set()
    for line in found:
        try:
            theirs = _find(line, known, run)
            _refuse_twice(line, seen)
            if theirs.run not in surveys:
                surveys[theirs.run] = _Survey(theirs.run, names.names)
            before = stored[line.asked] if line.asked in stored else answering.stored_of(line.asked)
            _read(line, surveys[theirs.run], theirs, before, on)
        except UserError as error:
            line.status, line.reason = REFUSED, str(error)
    return found


_SELECT: Final = (
    "SELECT s.id, s.code, k.name, s.run, s.state, s.note FROM survey_asked s JOIN customer k ON k.id = s.customer"
)


def _known(codes: Collection[str]) -> dict[str, _Known]:
    """Whose form numbers these are."""
    rows = file.ask(f"{_SELECT} WHERE s.code IN (SELECT value FROM json_each(?))", (json.dumps(sorted(codes)),))
    return {row[1]: _Known(*row) for row in rows}


def _find(line: Line, known: dict[str, _Known], run: int | None) -> _Known:
    """Whose line it is: by the form number, or by the name where nothing else is said."""
    if line.code in known:
        found = known[line.code]
    elif line.code:
        raise UserError(_("No survey has the form number “{code}”.").format(code=line.code))
    elif run is None or not line.customer:
        raise UserError(_("The form number is missing: nobody knows whose answers these are."))
    else:
        same = [_Known(*row) for row in file.ask(f"{_SELECT} WHERE s.run = ? AND k.name = ?", (run, line.customer))]
        if len(same) != 1:
            text = _("“{customer}” is not in this survey just once: write the form number.")
            raise UserError(text.format(customer=line.customer))
        found = same[0]
    line.asked, line.code, line.customer = found.id, found.code, found.customer
    return found


def _refuse_twice(line: Line, seen: set[int]) -> None:
    if line.asked in seen:
        raise UserError(_("Form number {code} stands in this sheet twice.").format(code=line.code))
    seen.add(line.asked)


def _read(line: Line, survey: _Survey, theirs: _Known, before: answering.Given, on: int | None) -> None:
    """Read the answers of a line and see what they change."""
    given = {
        str(item["key"]): _answer(line.cells[at], item)
        for at, item in survey.places.items()
        if at < len(line.cells) and not is_blank(line.cells[at])
    }
    if on is not None and on < len(line.cells) and not is_blank(line.cells[on]):
        line.on = str(read_date(line.cells[on]).value or "")
        if line.on > date.today().isoformat():
            raise UserError(_("{day} has not come yet: these answers cannot have been given then.").format(day=line.on))
    if not given:
        line.status = BLANK
        return
    line.answers = answering.as_given(before) | given
    by_key = {str(item["key"]): item for item in survey.items}
    for name, now in answering.checked(survey.items, line.answers).items():
        then = before.get(name, (None, ""))
        if not answering.is_same(then, now):
            line.shown.append((words(by_key[name]), _in_words(then), _in_words(now)))
    if theirs.state != ANSWERED:
        line.status = NEW
    elif line.shown or (line.note and line.note != theirs.note):
        line.status = UPDATE


def _in_words(stored: tuple[int | None, str]) -> str:
    score, text = stored
    return text or ("" if score is None else str(score))


def _answer(cell: Any, item: Item) -> Any:
    """A cell as an answer: a number, one written with its words, or the words alone."""
    text = clean(as_text(cell))
    if item["kind"] == CHOICE:
        for lang in ("zh", "en"):
            labels = [key(label) for label in options(item, lang)]
            if key(text) in labels:
                return labels.index(key(text)) + 1
        number = re.fullmatch(r"\d{1,2}", plain(text))
        return int(number[0]) if number else text
    if item["kind"] not in LIMITS:
        return text
    if item["kind"] == SCALE:
        meant = [place for place, word in enumerate(SCALE_WORDS, 1) if key(text) in map(key, both(word))]
        if meant:
            return meant[0]
        if (known := lists.find("satisfaction", text)) in ("1", "2", "3", "4", "5"):
            return int(known)
    number = re.fullmatch(r"(\d{1,2})(?:\.0+)?(?!\d)\s*[分点]?(?:[\s:：—–-].*)?", plain(text))
    return int(number[1]) if number else text
