"""满意度调查报告: what a survey has shown, with each figure's formula, what drives it, and what is done.

What the buttons of the window call, all on paper or in a sheet; `collect` reads the customer file (in the store's
thread), `draw` writes (in any), `make` does both:

- `survey_form.collect(run, asked=None)`, `survey_form.blank(run)`, `survey_form.draw(target, data)`: forms to fill in
  by hand, one for each customer still to be asked (or for these rows of survey_asked), or a blank one
- `survey_report.collect(run)`, `survey_report.draw(target, data)`: this report
- `exchange.survey_sheet.collect(run, asked=None)`, `.write(path, data)`: the Excel sheet to send or to fill in;
  note with `asking.sent(c, run, asked)` that it went out
- `exchange.survey_answers.read(path, run=None)`: a `Plan` of what a sheet that came back would do: `plan.rows` with
  `status`, `customer`, `reason`, `shown`; `plan.counts()`, `plan.refused(path)`, `plan.save(user)` writes it as one
  change that can be undone
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from crm_desktop import statistics
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import SurveyRun, people
from crm_desktop.models.office import setting
from crm_desktop.models.survey import CHOICE, TEXT, Item, options, words
from crm_desktop.models.survey_asked import STATES
from crm_desktop.reports import driver_chart
from crm_desktop.reports.blocks import Figure
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.reports.survey_bars import spreads
from crm_desktop.reports.survey_month import write_group
from crm_desktop.reports.table import Column
from crm_desktop.satisfaction import improving, templates
from crm_desktop.statistics.drivers import LEAST, QUARTERS, Drivers, ItemScore, drivers, items
from crm_desktop.statistics.survey_groups import BY_QUESTION, SIDES, breakdown, questions
from crm_desktop.statistics.surveys import FEW, Scope, figures_asked, states
from crm_desktop.statistics.surveys import Figure as Counted
from crm_desktop.store import file
from crm_desktop.values import show_number

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

REMARKS_MOST: Final = 200
"""So many remarks are printed; the program has them all."""
Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class Data:
    """All that the report says; nothing of it needs the customer file any more."""

    code: str
    name: str
    office: str
    printed_at: datetime
    facts: list[tuple[str, str]]
    figures: list[Counted]
    questions: list[ItemScore]
    drivers: Drivers
    groups: list[statistics.Table]
    by_question: list[statistics.Table] = field(default_factory=list)
    choices: list[tuple[str, Rows]] = field(default_factory=list)
    remarks: Rows = field(default_factory=list)
    more_remarks: int = 0
    actions: Rows = field(default_factory=list)


def collect(run: int) -> Data:
    """Read everything about a survey, in one go; UserError if it is gone."""
    found = SurveyRun.get_row(run)
    if found is None:
        raise UserError(_("This survey is no longer there; a colleague may have deleted it."))
    template, scope = templates.of_run(run), Scope(run=run)
    told = _remarks(run, template.items)
    return Data(
        found.code,
        found.name,
        str(setting("office_name")),
        now(),
        _facts(found, template.called, scope),
        figures_asked(scope, template.items),
        [one for one in items(scope, template.items) if one.spread],
        drivers(scope, template.items),
        [breakdown(scope, side, kind, title) for side, (title, kind) in SIDES.items()],
        [questions(scope, template.items, side, SIDES[side][1], title) for side, title in BY_QUESTION.items()],
        _choices(run, template.items),
        told[:REMARKS_MOST],
        max(0, len(told) - REMARKS_MOST),
        [_action(one) for one in improving.of_run(run)],
    )


def _facts(run: SurveyRun, template: str, scope: Scope) -> list[tuple[str, str]]:
    how = states(scope)
    counts = [f"{_(STATES[state])} {number:,}" for state, number in how.items() if number]
    days = " – ".join(filter(None, (run.shown("started_on"), run.shown("closed_on") or run.shown("due"))))
    pairs = [
        (_("Template"), template),
        (_("State"), run.shown("state")),
        (_("Period"), days),
        (_("Who asks"), people.name(run.owner)),
        (_("Product"), run.product),
        (_("Who was chosen"), run.whom),
        (_("Customers"), _("{label}: {value}").format(label=f"{sum(how.values()):,}", value=_(", ").join(counts))),
        (_("Remarks"), run.remarks),
    ]
    return [(label, value) for label, value in pairs if value]


def _choices(run: int, questions: Sequence[Item]) -> list[tuple[str, Rows]]:
    """How often each choice was made."""
    found = []
    for number, item in enumerate(questions, 1):
        if item["kind"] != CHOICE:
            continue
        counts = dict(
            file.ask(
                "SELECT a.score, count(*) FROM survey_asked s JOIN survey_answer a ON a.asked = s.id AND a.item = ?"
                " WHERE s.run = ? AND s.state = 'answered' GROUP BY a.score",
                (item["key"], run),
            )
        )
        total = sum(counts.values())
        rows: Rows = [
            (label, f"{counts.get(place, 0):,}", f"{100 * counts.get(place, 0) / total:.0f}%")
            for place, label in enumerate(options(item), 1)
            if total
        ]
        if rows:
            found.append((_title(number, item), rows))
    return found


def _title(number: int, item: Item) -> str:
    return f"{number}. {words(item)}"


def _remarks(run: int, questions: Sequence[Item]) -> Rows:
    """What customers said in their own words, the least satisfied first."""
    texts = {str(item["key"]) for item in questions if item["kind"] == TEXT}
    rows = file.ask(
        "SELECT a.item, a.words, k.name, s.overall, s.nps FROM survey_asked s JOIN survey_answer a ON a.asked = s.id"
        " JOIN customer k ON k.id = s.customer WHERE s.run = ? AND s.state = 'answered' AND a.words <> ''"
        " ORDER BY s.overall NULLS FIRST, s.nps NULLS FIRST, s.id",
        (run,),
    )
    return [
        (name, _of(overall, nps), " ".join(text.split())) for item, text, name, overall, nps in rows if item in texts
    ]


def _of(overall: int | None, nps: int | None) -> str:
    return f"{overall} / 5" if overall is not None else f"{nps} / 10" if nps is not None else ""


def _action(one: improving.Improvement) -> tuple[str, ...]:
    action = one.action
    what = "\n".join(filter(None, (one.question, action.what)))
    how = action.shown("effective") if action.verified else ""
    done = action.shown("verified") or action.shown("done")
    return (what, people.name(action.owner), action.shown("due"), done, _amount(one.before), _amount(one.after), how)


def _amount(score: statistics.surveys.Score) -> str:
    value = score.mean if score.nps is None else score.nps
    return "" if value is None else _("{value} ({n} answers)").format(value=show_number(value), n=score.n)


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the report as a PDF and return the number of pages; needs no customer file. UserError if it cannot."""
    title = _("Satisfaction survey report")
    document = Document(
        target, title, data.office, data.code, data.printed_at, subtitle=" · ".join((data.code, data.name))
    )
    document.pairs(data.facts, 1)
    _write_figures(document, data.figures)
    _write_questions(document, data)
    _write_drivers(document, data.drivers)
    for table in data.groups:
        write_group(document, table)
    _write_by_question(document, data)
    for question, rows in data.choices:
        document.section(question, 1)
        document.table([Column(_("Answer")), Column(_("Number"), right=True), Column("%", right=True)], rows, "")
    if data.actions:
        document.section(_("Improvement actions"))
        headings = (_("Question and action"), _("Owner"), _("Due"), _("Done"), _("Score before"), _("Score after"),
                    _("Effective"))  # fmt: skip
        document.table([Column(heading) for heading in headings], data.actions, "")
    if data.remarks:
        document.section(_("In their own words"))
        columns = [Column(_("Customer")), Column(_("Score"), right=True), Column(_("Answer"))]
        document.table(columns, data.remarks, "")
    if data.more_remarks:
        more = ngettext("{n} more is not listed here.", "{n} more are not listed here.", data.more_remarks)
        document.paragraph(more.format(n=f"{data.more_remarks:,}"), pale=True)
    return document.save()


def _write_figures(document: Document, told: Sequence[Counted]) -> None:
    document.figures([Figure(each.label, 0, shown=each.shown) for each in told], compare=False)
    lines = [_("{label}: {formula}").format(label=each.label, formula=each.formula) for each in told]
    document.paragraph("\n".join(lines), 8, pale=True)
    if told[0].n and min(each.n for each in told if each.n) < FEW:
        text = _("Fewer than {n} answers are an impression, not a measurement.")
        document.note(text.format(n=FEW))


def _write_questions(document: Document, data: Data) -> None:
    document.section(_("Each question"))
    if not any(one.score.n for one in data.questions):
        document.paragraph(_("Nobody has answered yet."), pale=True)
        return
    for drawing, caption in spreads(data.questions, document.width):
        document.chart(drawing, caption)


def _write_drivers(document: Document, found: Drivers) -> None:
    if not found.found:
        return
    document.section(_("What drives satisfaction"))
    if found.mean_importance is None:
        text = _(
            "From {n} customers on who answered both, the program says which questions go with the overall score. So"
            " few say nothing about it."
        )
        document.paragraph(text.format(n=LEAST), pale=True)
        return
    picture: Drawing = driver_chart.draw(found, document.width, 250).drawing
    document.chart(picture)
    columns = [
        Column("", right=True),
        Column(_("Question")),
        Column(_("Answers"), right=True),
        Column(_("Mean"), right=True),
        Column(_("Importance"), right=True),
        Column(_("What that means")),
    ]
    rows = [
        (
            str(number) if one.importance is not None else "",
            one.text,
            f"{one.n:,}",
            show_number(one.mean),
            "–" if one.importance is None else show_number(one.importance),
            _(QUARTERS[one.quarter]) if one.quarter else _("too few answers"),
        )
        for number, one in enumerate(found.found, 1)
    ]
    document.table(columns, rows, "")
    text = _(
        "Importance is Pearson's correlation of a question with “{question}”, from {n} pairs of answers on; it tells"
        " what goes together, not what causes it. The averages of all questions divide the picture (Martilla and"
        " James 1977)."
    )
    document.paragraph(text.format(question=found.overall, n=LEAST), 8, pale=True)


def _write_by_question(document: Document, data: Data) -> None:
    """The means of all questions, group by group; the questions are named under the tables by their numbers."""
    told = [table for table in data.by_question if len(table.rows) > 1 and len(table.columns) > 2]
    for table in told:
        write_group(document, table)
    if told:
        numbered = {one.key: one.text for one in data.questions}
        names = [f"{column.label}. {numbered[column.key]}" for column in told[0].columns if column.key in numbered]
        document.paragraph(" ".join(names), 8, pale=True)


def make(path: Path, run: int) -> int:
    """Read and write the report of a survey in one go; the number of pages. UserError if it cannot."""
    return draw(path, collect(run))
