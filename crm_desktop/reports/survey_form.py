"""满意度调查表: a questionnaire to fill in by hand, blank or one for each customer with its name and form number.

`collect(run)` reads one form for each customer still to be asked, `collect(run, asked)` those of these rows of
survey_asked, `blank(run)` one form for anybody; `draw` writes them as one PDF. What comes back is typed in by the form
number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, sentences
from crm_desktop.models.office import setting
from crm_desktop.models.survey import CHOICE, LIMITS, NPS, SCALE, SCALE_WORDS, Item, options, words
from crm_desktop.reports import fonts
from crm_desktop.reports.fonts import printable
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.reports.sheet import LINE, PALE, STRONG_LINE, Rule, Text
from crm_desktop.reports.wrapping import wrap
from crm_desktop.satisfaction import asking, templates
from crm_desktop.store import file
from crm_desktop.store.record import chunks

BOX: Final = "□"
_SIZE, _LEADING, _INDENT, _BETWEEN = 10.0, 15.0, 18.0, 22.0


@dataclass(frozen=True)
class Form:
    """One copy: whom it is for; all empty for a blank one."""

    code: str = ""
    customer: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Data:
    """The questions, and for whom they are printed."""

    code: str
    name: str
    office: str
    due: str
    printed_at: datetime
    items: tuple[Item, ...]
    forms: list[Form]


def collect(run: int, asked: Sequence[int] | None = None) -> Data:
    """Read a survey with a form for each of these (ids of survey_asked), or for all still to be asked; UserError when
    nobody is.
    """
    items = tuple(templates.of_run(run).items)  # says when the survey is gone
    wanted = asking.queue(run) if asked is None else list(asked)
    forms: dict[int, Form] = {}
    for part in chunks(wanted):
        marks = ",".join("?" * len(part))
        for i, code, customer, contact in file.ask(
            "SELECT s.id, s.code, k.name, coalesce(c.name, '') FROM survey_asked s JOIN customer k ON k.id = s.customer"
            f" LEFT JOIN contact c ON c.id = s.contact WHERE s.run = ? AND s.id IN ({marks})",
            [run, *part],
        ):
            forms[i] = Form(code, customer, contact)
    if not forms:
        raise UserError(_("Nobody is left to be asked in this survey. Print a blank form instead."))
    return _data(run, items, sorted(forms.values(), key=lambda form: form.code))


def blank(run: int) -> Data:
    """Read a survey for a form that names nobody."""
    return _data(run, tuple(templates.of_run(run).items), [Form()])


def _data(run: int, items: tuple[Item, ...], forms: list[Form]) -> Data:
    found = file.ask("SELECT code, name, due FROM survey_run WHERE id = ?", (run,))
    code, name, due = found[0]
    return Data(code, name, str(setting("office_name")), due or "", now(), items, forms)


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the forms as a PDF, each on a page of its own; the number of pages. UserError if it cannot."""
    document = Document(target, data.name, data.office, data.code, data.printed_at, subtitle=data.code)
    for place, form in enumerate(data.forms):
        if place:
            document.again()
        _write_head(document, data, form)
        for number, item in enumerate(data.items, 1):
            document.keep_together(_Question(document, number, item))
        _write_end(document, data)
    return document.save()


def _write_head(document: Document, data: Data, form: Form) -> None:
    line = "＿" * 16
    pairs = [
        (_("Form no."), form.code or data.code),
        (_("Customer"), form.customer or line),
        (_("Contact person"), form.contact or line),
        (_("Date"), line),
    ]
    document.pairs(pairs)
    kinds = {item["kind"] for item in data.items}
    told = [_("Please tick one box for each question.")]
    if SCALE in kinds:
        meant = _(", ").join(f"{n} {_(word)}" for n, word in enumerate(SCALE_WORDS, 1))
        told.append(_("1 to 5 mean: {words}.").format(words=meant))
    if NPS in kinds:
        told.append(_("0 to 10: from not at all likely to certainly."))
    if any(item.get("needed") for item in data.items):
        told.append(_("Please answer at least what is marked *."))
    document.paragraph(sentences(told), 9, pale=True)
    document.space(4)


class _Question:
    """One question with room for its answer; may be written twice, when it comes to the next page."""

    def __init__(self, document: Document, number: int, item: Item) -> None:
        self._flow = document._flow
        star = " *" if item.get("needed") else ""
        self._lines = wrap(printable(f"{number}. {words(item)}{star}"), self._flow.width, _SIZE, True)
        self._kind = str(item["kind"])
        limits = LIMITS.get(self._kind)
        labels = [str(n) for n in range(limits[0], limits[1] + 1)] if limits else options(item)
        self._labels = [printable(f"{BOX} {label}") for label in labels] if limits or self._kind == CHOICE else []

    def __call__(self) -> None:
        flow = self._flow
        rows = self._rows()
        below = len(rows) * (_LEADING + 2) if self._labels else 3 * _BETWEEN
        flow.room(len(self._lines) * _LEADING + below + 10)
        flow.y -= 6
        for line in self._lines:
            flow.y -= _LEADING
            flow.sheet.texts.append(Text(flow.left, flow.y + 4, line, _SIZE, True))
        for row in rows:
            flow.y -= _LEADING + 2
            for x, label in row:
                flow.sheet.texts.append(Text(flow.left + x, flow.y + 4, label, _SIZE + 0.5))
        if not self._labels:
            for _line in range(3):
                flow.y -= _BETWEEN
                flow.sheet.rules.append(Rule(flow.left + _INDENT, flow.y + 4, flow.width - _INDENT, 0.5, LINE))
        flow.y -= 4

    def _rows(self) -> list[list[tuple[float, str]]]:
        """The boxes with their labels, as many beside each other as there is room for, in equal steps."""
        if not self._labels:
            return []
        room = self._flow.width - _INDENT
        widest = max(fonts.width(label, _SIZE + 0.5) for label in self._labels) + 12
        least = 76.0 if self._kind == SCALE else 0.0
        across = max(1, min(len(self._labels), int(room // max(widest, least))))
        step = min(room / across, max(widest, 84.0 if self._kind == SCALE else room / len(self._labels)))
        return [
            [(_INDENT + place * step, label) for place, label in enumerate(self._labels[start : start + across])]
            for start in range(0, len(self._labels), across)
        ]


def _write_end(document: Document, data: Data) -> None:
    flow = document._flow
    thanks = _("Thank you. Please give or send this form back to us.")
    if data.due >= data.printed_at.date().isoformat():
        thanks = _("Thank you. Please give or send this form back to us by {day}.").format(day=data.due)
    flow.room(70)
    flow.y -= 14
    flow.sheet.rules.append(Rule(flow.left, flow.y, flow.width, 0.7, STRONG_LINE))
    flow.y -= 16
    for place, name in enumerate((_("Filled in by:"), _("Date:"))):
        flow.sheet.texts.append(Text(flow.left + place * flow.width / 2, flow.y, printable(name), 9))
    flow.y -= 22
    for line in wrap(printable(thanks), flow.width, 9):
        flow.sheet.texts.append(Text(flow.left, flow.y, line, 9, ink=PALE))
        flow.y -= 13


def make(path: Path, run: int, asked: Sequence[int] | None = None, empty: bool = False) -> int:
    """Read and write forms in one go, a blank one with `empty`; the number of pages. UserError if it cannot."""
    return draw(path, blank(run) if empty else collect(run, asked))
