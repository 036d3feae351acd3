"""A colleague's nine abilities on paper: the wheel, scores with remarks, training, places to sign (product.md C20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from crm_desktop import staff
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import people
from crm_desktop.models.competence import ABILITIES, CHECKS
from crm_desktop.models.office import setting
from crm_desktop.reports import competence_chart
from crm_desktop.reports.case_paper import Lines, write_signatures, write_table
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column


@dataclass(frozen=True)
class Data:
    """All that the sheet says."""

    code: str
    """The colleague's name."""
    office: str
    printed_at: datetime
    profile: staff.Profile
    assessed: str
    """When and by whom; empty when never."""


def collect(colleague: int) -> Data:
    """Read a colleague's abilities; UserError when there is no such colleague."""
    name = people.name(colleague)
    if not name:
        raise UserError(_("This colleague is no longer there."))
    profile = staff.profile(colleague)
    newest = profile.assessments[0] if profile.assessments else None
    said = ""
    if newest is not None:
        said = _("assessed on {day} by {name}, mean {mean} of 5").format(
            day=newest.day, name=people.name(newest.assessor) or "–", mean=staff.mean(newest)
        )
    return Data(name, str(setting("office_name")), now(), profile, said)


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the sheet as a PDF and return the number of pages; without an assessment it is filled in by hand."""
    title = _("Abilities of service staff")
    subtitle = " · ".join(filter(None, (data.code, data.assessed)))
    document = Document(target, title, data.office, data.code, data.printed_at, subtitle=subtitle)
    scores = data.profile.scores
    if data.assessed:
        document.chart(competence_chart.draw(scores).drawing)
    rows = [
        [
            _(ABILITIES[one.ability]),
            _(CHECKS[one.ability]),
            "1  2  3  4  5" if not data.assessed else "–" if one.score is None else str(one.score),
            "" if one.before is None else str(one.before),
            one.remark,
        ]
        for one in scores
    ]
    columns = [Column(text) for text in (_("Ability"), _("What to look at"), _("Score"), _("Last time"), _("Remark"))]
    document.table(columns, rows, "")
    lines: Lines = [
        (one.topic, _(ABILITIES.get(one.ability, "")), one.due or "", one.done or "", one.result)
        for one in data.profile.trainings
    ]
    headings = (_("Training"), _("Ability"), _("Due"), _("Done"), _("What it brought"))
    write_table(document, _("Training"), headings, lines)
    history: Lines = [
        (str(one.day), people.name(one.assessor), str(staff.mean(one)), one.remark) for one in data.profile.assessments
    ]
    if len(history) > 1:
        write_table(document, _("History"), (_("Date"), _("Assessor"), _("Mean"), _("Remark")), history)
    write_signatures(document, (_("Colleague"), _("Assessor")))
    return document.save()


def make(path: Path, colleague: int) -> int:
    """Read and write the sheet in one go; the number of pages. UserError if it cannot."""
    return draw(path, collect(colleague))
