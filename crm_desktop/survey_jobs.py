"""The jobs of the command `survey`: started, printed, sent, read back, answered, told."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from crm_desktop.errors import UserError
from crm_desktop.exchange import survey_answers, survey_sheet
from crm_desktop.exchange.parsing import REFUSED
from crm_desktop.i18n import _, ngettext
from crm_desktop.listing import Filter
from crm_desktop.models import SurveyRun, lists
from crm_desktop.models.survey import RUN_STATES
from crm_desktop.satisfaction import answering, asking, templates
from crm_desktop.satisfaction.ready import ready
from crm_desktop.satisfaction.sampling import Choice, draw
from crm_desktop.statistics import Table
from crm_desktop.statistics.drivers import QUARTERS, drivers, items
from crm_desktop.statistics.survey_groups import BY_QUESTION, SIDES, breakdown
from crm_desktop.statistics.survey_groups import questions as by_question
from crm_desktop.statistics.surveys import Scope, figures, states
from crm_desktop.store import file, traces
from crm_desktop.store.change import Person, change
from crm_desktop.values import show_number

Said = tuple[Any, str, str]
"""The answer as JSON, in words, and what could not be done."""
Caller = Callable[[], Person]


def _run(code: str) -> SurveyRun:
    """The survey of that number; UserError when there is none."""
    number = file.one("SELECT id FROM survey_run WHERE code = ?", (code.upper(),))
    if number is None:
        raise UserError(_("There is no record with the number “{code}”.").format(code=code))
    return SurveyRun.get_row(int(number))  # type: ignore[no-any-return]


def _told(code: str, name: str, state: str, run: int) -> dict[str, Any]:
    scope = Scope(run=run)
    return {
        "survey": code,
        "title": name,
        "state": state,
        "asked": states(scope),
        "figures": {
            each.key: {"value": each.value, "formula": each.formula, "n": each.n, "label": each.label}
            for each in figures(scope)
        },
    }


def _line(told: dict[str, Any]) -> str:
    numbers = [
        f"{each['label']} {'–' if each['value'] is None else show_number(each['value'])}"
        for each in told["figures"].values()
    ]
    return "\t".join((told["survey"], told["title"], _(RUN_STATES[told["state"]]), *numbers))


def _list(_parsed: argparse.Namespace, _caller: Caller) -> Said:
    found = file.ask("SELECT code, name, state, id FROM survey_run ORDER BY started_on DESC, id DESC")
    told = [_told(*row) for row in found]
    return told, "\n".join(map(_line, told)) or _("Nobody has been asked yet."), ""


def _show(parsed: argparse.Namespace, _caller: Caller) -> Said:
    run = _run(parsed.survey)
    scope, questions = Scope(run=run.id), templates.of_run(run.id).items
    told = _told(run.code, run.name, run.state, run.id)
    told["questions"] = [
        {"key": one.key, "question": one.text, "kind": one.kind, "spread": one.spread, **one.score._asdict()}
        for one in items(scope, questions)
    ]
    told["drivers"] = [
        {"key": one.key, "n": one.n, "mean": one.mean, "importance": one.importance, "quarter": one.quarter}
        for one in drivers(scope, questions).found
    ]
    told["groups"] = {side: _rows(breakdown(scope, side, kind, title)) for side, (title, kind) in SIDES.items()}
    told["questions_by"] = {
        side: _rows(by_question(scope, questions, side, SIDES[side][1], title)) for side, title in BY_QUESTION.items()
    }
    lines = [_line(told)]
    formula = _("{label}: {formula}")
    lines += [f"  {formula.format(label=e['label'], formula=e['formula'])}" for e in told["figures"].values()]
    for one in filter(lambda one: one["spread"], told["questions"]):
        value = one["mean"] if one["nps"] is None else one["nps"]
        lines.append(f"  {one['question']}\t{'–' if value is None else show_number(value)}\tn = {one['n']}")
    names = {one["key"]: one["question"] for one in told["questions"]}
    lines += [f"  {_(QUARTERS[d['quarter']])}: {names[d['key']]}" for d in told["drivers"] if d["quarter"]]
    return told, "\n".join(lines), ""


def _rows(table: Table) -> list[dict[str, Any]]:
    keys = [column.key for column in table.columns]
    return [{"group": row.label, **dict(zip(keys, row.values, strict=True))} for row in table.rows]


def _start(parsed: argparse.Namespace, caller: Caller) -> Said:
    filters = (Filter("tier", "in", [_tier(name) for name in parsed.tier]),) if parsed.tier else ()
    choice = Choice(parsed.search, filters, parsed.sample, parsed.number, parsed.seed)
    sample = draw(choice, date.today())
    answer: dict[str, Any] = {"survey": None, "customers": len(sample.customers), "found": sample.found,
                              "lost": sample.gone, "in_another": sample.asked}  # fmt: skip
    if parsed.dry_run:
        return answer, sample.in_words() + "\n" + _("Nothing was written."), ""
    known = _template(parsed.template)
    values = {"name": parsed.title} if parsed.title else {}
    with change(caller(), asking.START) as c:
        template = known if isinstance(known, int) else templates.make_ready(c, known).id
        run = asking.start(c, template, {**values, "due": parsed.until}, sample.customers, choice)
    words = _("Survey {code} has been started.").format(code=run.code) + " " + sample.in_words()
    return answer | {"survey": run.code}, words, ""


def _tier(name: str) -> str:
    found = next((each.code for each in lists.entries("tier") if name in (each.code, each.label)), None)
    if found is None:
        known = _(", ").join(each.label for each in lists.entries("tier"))
        raise UserError(_("“{text}” is not in the list. Known: {known}.").format(text=name, known=known))
    return found


def _template(name: str) -> int | str:
    """A template of the office by its name, or the key of a ready-made one."""
    mine = file.one(
        "SELECT id FROM survey_template WHERE (name = ? OR name_en = ?) AND active = 1 ORDER BY id DESC", (name, name)
    )
    if mine is not None:
        return int(mine)
    if name not in ready():
        names = [one.name for one in templates.all_of_them()]
        known = _(", ").join([*ready(), *names])
        raise UserError(_("There is no template “{name}”. Known: {known}.").format(name=name, known=known))
    return name


def _form(parsed: argparse.Namespace, _caller: Caller) -> Said:
    from crm_desktop.reports import survey_form  # lazily: only who prints waits for what draws

    return _pages(parsed.out, survey_form.make(_pdf(parsed.out), _run(parsed.survey).id, empty=parsed.blank))


def _report(parsed: argparse.Namespace, _caller: Caller) -> Said:
    from crm_desktop.reports import survey_report  # as above

    return _pages(parsed.out, survey_report.make(_pdf(parsed.out), _run(parsed.survey).id))


def _pdf(out: Path) -> Path:
    if out.suffix.lower() != ".pdf":
        raise UserError(_("“{file}”: a report is written as .pdf.").format(file=out.name))
    return out


def _pages(out: Path, pages: int) -> Said:
    words = ngettext("{n} page written to {file}.", "{n} pages written to {file}.", pages).format(n=pages, file=out)
    return {"file": str(out), "pages": pages}, words, ""


def _sheet(parsed: argparse.Namespace, caller: Caller) -> Said:
    run = _run(parsed.survey)
    data = survey_sheet.collect(run.id, results=parsed.results)
    survey_sheet.write(parsed.out, data)
    if parsed.sent and not parsed.results:
        with change(caller(), asking.SENT) as c:
            asking.sent(c, run.id, data.asked)
    n = len(data.rows)
    words = ngettext("{n} record written to {file}.", "{n} records written to {file}.", n).format(n=n, file=parsed.out)
    return {"file": str(parsed.out), "rows": n}, words, ""


def _read(parsed: argparse.Namespace, caller: Caller) -> Said:
    plan = survey_answers.read(parsed.sheet)
    number = None if parsed.dry_run else plan.save(caller())
    refused = [line for line in plan.rows if line.status == REFUSED]
    if parsed.refused and refused:
        plan.refused(parsed.refused)
    answer = {
        **plan.counts(),
        "lines": [
            {"row": line.number, "form": line.code, "customer": line.customer, "status": line.status,
             "reason": line.reason, "answers": line.answers}
            for line in plan.rows
        ],
        "change": number,
    }  # fmt: skip
    lines = [plan.in_words(), *("  " + _("row {row}: {reason}").format(row=r.number, reason=r.reason) for r in refused)]
    if number is not None:
        lines.append(_("To take all of it back: undo {number}").format(number=number))
    elif parsed.dry_run:
        lines.append(_("Nothing was written."))
    return answer, "\n".join(lines), ""


def _answer(parsed: argparse.Namespace, caller: Caller) -> Said:
    asked = file.one("SELECT id FROM survey_asked WHERE code = ?", (parsed.form.upper(),))
    if asked is None:
        raise UserError(_("No survey has the form number “{code}”.").format(code=parsed.form))
    pairs = [each.partition("=") for each in parsed.answers]
    wrong = next((f"{name}{sign}{value}" for name, sign, value in pairs if not sign), None)
    if wrong is not None:
        raise UserError(_("“{text}” is no answer: write QUESTION=ANSWER.").format(text=wrong))
    given = answering.answers_of(int(asked)) | {name.strip(): value.strip() for name, _sign, value in pairs}
    at = f"{parsed.on}T12:00:00" if parsed.on else ""
    with change(caller(), asking.ANSWER) as c:
        row = answering.answer(c, int(asked), given, parsed.how, at=at)
    signal = row.signal is not None
    words = _("The answers of form {code} were written down.").format(code=row.code)
    if signal:
        words += " " + _("They are low: a sign of displeasure waits for a decision.")
    return {"form": row.code, "change": c.id, "low": signal}, words, ""


def _end(parsed: argparse.Namespace, caller: Caller) -> Said:
    run = _run(parsed.survey)
    with change(caller(), asking.END) as c:
        asking.end(c, run)
    return {"survey": run.code, "change": c.id}, _("Survey {code} has ended.").format(code=run.code), ""


JOBS: Final[dict[str, Callable[[argparse.Namespace, Caller], Said]]] = {
    "list": _list,
    "show": _show,
    "start": _start,
    "form": _form,
    "sheet": _sheet,
    "read": _read,
    "answer": _answer,
    "report": _report,
    "end": _end,
}
_TRACES: Final = {"form": traces.PRINTED, "report": traces.PRINTED, "sheet": traces.EXPORTED}
"""What is remembered of jobs that write files."""


def do(parsed: argparse.Namespace, caller: Caller, trace: Callable[[str, str], None]) -> Said:
    """Do one job of `survey` in the open file; `trace` remembers what was written. UserError when it cannot be done."""
    said = JOBS[parsed.job](parsed, caller)
    if parsed.job in _TRACES:
        trace(_TRACES[parsed.job], f"{parsed.out.name} · {parsed.survey.upper()}")
    return said
