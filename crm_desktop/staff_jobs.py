"""The jobs of the command `staff`: figures, abilities, office news."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from crm_desktop import news, staff
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import people
from crm_desktop.models.competence import ABILITIES
from crm_desktop.request_jobs import Caller, Said
from crm_desktop.statistics import Period
from crm_desktop.statistics import staff as figures
from crm_desktop.store import traces


def _period(parsed: argparse.Namespace) -> Period:
    """The days that were asked for; UserError when they end before they begin."""
    if parsed.start or parsed.end:
        today = date.today().isoformat()
        period = Period(parsed.start or f"{(parsed.end or today)[:7]}-01", parsed.end or today)
        if period.end < period.start:
            raise UserError(_("The last day is before the first."))
        return period
    return Period.month(parsed.month) if parsed.month else Period.this_month()


def _figures(parsed: argparse.Namespace, _caller: Caller) -> Said:
    who, period = int(people.read(parsed.name).value), _period(parsed)
    found, steps = figures.sheet(period, who), figures.durations(period, who)
    told: dict[str, Any] = {
        "colleague": people.name(who),
        "from": period.start,
        "until": period.end,
        "figures": [
            {"key": one.key, "label": one.label, "value": one.value, "shown": one.shown, "office": one.office}
            for one in found
        ],
        "steps": [
            {"state": one.state, "label": one.label, "cases": one.number, "median": one.median, "most": one.most}
            for one in steps
        ],
    }
    if parsed.out is not None:
        return {"file": str(parsed.out), **_written(parsed, who, period, found, steps)}, str(parsed.out), ""
    lines = [f"{_(figures.GROUPS[one.group])}\t{one.label}\t{one.shown}\t{one.office}" for one in found]
    lines += [f"{_('Complaints')}\t{one.label}\t{one.shown}\t" for one in steps]
    return told, "\n".join(lines) or _("Nothing was written down for this colleague in this period."), ""


def _written(
    parsed: argparse.Namespace,
    who: int,
    period: Period,
    found: list[figures.Kpi],
    steps: list[figures.Duration],
) -> dict[str, Any]:
    if parsed.out.suffix.lower() == ".xlsx":
        from crm_desktop.exchange import exporting_staff  # lazily: only who writes waits for it

        exporting_staff.write(parsed.out, people.name(who), period, found, steps)
        return {"figures": len(found)}
    if parsed.out.suffix.lower() == ".pdf":
        from crm_desktop.reports import evaluation_sheet  # as above

        return {"pages": evaluation_sheet.draw(parsed.out, evaluation_sheet.collect_now(who, period))}
    raise UserError(_("“{file}”: figures are written as .pdf or .xlsx.").format(file=parsed.out.name))


def _abilities(parsed: argparse.Namespace, _caller: Caller) -> Said:
    who = int(people.read(parsed.name).value)
    if parsed.out is not None:
        if parsed.out.suffix.lower() != ".pdf":
            raise UserError(_("“{file}”: a report is written as .pdf.").format(file=parsed.out.name))
        from crm_desktop.reports import competence_sheet  # as above

        return {"file": str(parsed.out), "pages": competence_sheet.make(parsed.out, who)}, str(parsed.out), ""
    profile = staff.profile(who)
    told = {
        "colleague": people.name(who),
        "assessed": [{"day": one.day, "mean": staff.mean(one)} for one in profile.assessments],
        "scores": [
            {"ability": one.ability, "score": one.score, "before": one.before, "remark": one.remark}
            for one in profile.scores
        ],
        "training": [{"topic": one.topic, "due": one.due, "done": one.done} for one in profile.trainings],
    }
    lines = [
        "\t".join(("▲" if one.is_gap else "", _(ABILITIES[one.ability]), str(one.score or "–"), str(one.before or ""),
                   one.remark))
        for one in profile.scores
    ]  # fmt: skip
    return told, "\n".join(lines) if profile.assessments else _("Not assessed yet"), ""


def _news(parsed: argparse.Namespace, _caller: Caller) -> Said:
    told, lines = [], []
    for one in news.found(None, date.today(), "" if parsed.all else "now"):
        seen = news.readers(one.id)
        told.append({"title": one.name, "text": one.text, "category": one.category, "pinned": one.pinned,
                     "from": one.start, "until": one.until, "read": [name for name, _at in seen.read],
                     "not_read": seen.waiting})  # fmt: skip
        lines.append("\t".join((one.start, one.name, f"{len(seen.read)}/{len(seen.read) + len(seen.waiting)}")))
    return told, "\n".join(lines) or _("No news are published."), ""


JOBS: Final[dict[str, Callable[[argparse.Namespace, Caller], Said]]] = {
    "figures": _figures,
    "abilities": _abilities,
    "news": _news,
}


def do(parsed: argparse.Namespace, caller: Caller, trace: Callable[[str, str], None]) -> Said:
    """Do one job of `staff` in the open file; `trace` remembers what was written. UserError when it cannot."""
    said = JOBS[parsed.job](parsed, caller)
    if getattr(parsed, "out", None) is not None:
        trace(traces.PRINTED if parsed.out.suffix.lower() == ".pdf" else traces.EXPORTED, parsed.out.name)
    return said
