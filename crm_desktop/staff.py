"""Colleagues: how they are assessed in the nine abilities, what they learn, how their work is evaluated (C20, C21)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crm_desktop.due import Item, Section, mine, tone
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Assessment, Evaluation, Training, people
from crm_desktop.models.competence import ABILITIES
from crm_desktop.models.office import setting
from crm_desktop.store import file
from crm_desktop.store.change import Change, Gone

if TYPE_CHECKING:  # Today asks here too, and the start does not wait for statistics
    from crm_desktop.statistics.period import Period
    from crm_desktop.statistics.staff import Kpi

GAP: Final = 3
"""A score below it calls for training."""


class Score(NamedTuple):
    """One ability in the newest assessment, beside the one before it."""

    ability: str
    """Key of ABILITIES."""
    score: int | None
    before: int | None
    remark: str
    training: Training | None
    """The newest training for it that is not done."""

    @property
    def is_gap(self) -> bool:
        """Whether it calls for training."""
        return self.score is not None and self.score < GAP


@dataclass(frozen=True)
class Profile:
    """All that is known about a colleague's abilities."""

    colleague: int
    assessments: list[Assessment] = field(default_factory=list)
    """The newest first."""
    trainings: list[Training] = field(default_factory=list)
    """What is still to be learnt first, by day; then what was, the newest first."""

    @property
    def scores(self) -> list[Score]:
        """The nine abilities as they are now."""
        now = self.assessments[0].by_ability() if self.assessments else {}
        then = self.assessments[1].by_ability() if len(self.assessments) > 1 else {}
        return [
            Score(
                key,
                now.get(key, {}).get("score"),
                then.get(key, {}).get("score"),
                str(now.get(key, {}).get("remark", "")),
                next((one for one in self.trainings if one.ability == key and not one.done), None),
            )
            for key in ABILITIES
        ]

    @property
    def gaps(self) -> list[Score]:
        """Abilities that call for training and have none yet."""
        return [one for one in self.scores if one.is_gap and one.training is None]


def mean(assessment: Assessment) -> float:
    """The mean of an assessment's scores, of 5."""
    scores = [int(one["score"]) for one in assessment.by_ability().values()]
    return round(sum(scores) / len(scores), 1) if scores else 0.0


def profile(colleague: int) -> Profile:
    """A colleague's assessments and trainings."""
    assessed = _of(Assessment, "colleague = ? ORDER BY day DESC, id DESC", colleague)
    learning = _of(Training, "colleague = ? AND done IS NULL ORDER BY due IS NULL, due, id", colleague)
    learnt = _of(Training, "colleague = ? AND done IS NOT NULL ORDER BY done DESC, id DESC", colleague)
    return Profile(colleague, assessed, [*learning, *learnt])


def _of(model: Any, condition: str, colleague: int) -> list[Any]:
    ids = [i for (i,) in file.ask(f"SELECT id FROM {model.table()} WHERE {condition}", (colleague,))]
    rows = file.rows(model.table(), ids)
    return [model.from_row(rows[i]) for i in ids if i in rows]


def assess(
    c: Change,
    colleague: int,
    scores: Mapping[str, tuple[int, str]],
    day: str = "",
    remark: str = "",
    record: Assessment | None = None,
) -> Assessment:
    """Write down how a colleague was assessed, anew or in a `record`: ability (of ABILITIES) to score and remark.

    Invalid without a score, or with one that is not from 1 to 5; Conflict when a colleague changed the `record` since
    it was read.
    """
    rows = [
        {"ability": key, "score": scores[key][0], "remark": scores[key][1]}
        for key in ABILITIES
        if key in scores and scores[key][0]
    ]
    values = {"colleague": colleague, "day": day or c.at[:10], "scores": rows, "remark": remark}
    seen = {name: getattr(record, name) for name in values} if record else None
    return c.save(record or Assessment, values, seen)


def plan(
    c: Change, colleague: int, topic: str, due: str | None, ability: str = "", assessment: int | None = None
) -> Training:
    """Write down what a colleague is to learn until when. Invalid without a topic."""
    return c.save(
        Training,
        {"colleague": colleague, "topic": topic, "due": due, "ability": ability, "assessment": assessment},
    )


def learnt(c: Change, training: int, result: str = "", day: str = "") -> Training:
    """Write down that a training was done, and what it brought. Gone when it was deleted."""
    record = Training.get_row(training)
    if record is None:
        raise Gone(_("This training was deleted in the meantime."))
    return c.save(record, {"done": day or c.at[:10], "result": result})  # type: ignore[no-any-return]


def due(until: date, today: date, colleague: int | None = None, limit: int = 50) -> Section:
    """Trainings due until that day and not done, and colleagues whose time it is to be assessed again.

    A colleague's own trainings, and whom she assessed the last time.
    """
    items = [*trainings(until, today, colleague), *to_assess(until, today, colleague)]
    items.sort(key=lambda item: (item.due or "", item.id))
    return Section("trainings", _("Abilities and training"), items[:limit], len(items))


def to_assess(until: date, today: date, assessor: int | None = None) -> list[Item]:
    """Colleagues assessed so many days ago by then (setting assess_days) and not since; who never was is left out."""
    days = int(setting("assess_days"))
    if not days:
        return []
    before = (until - timedelta(days=days)).isoformat()
    newest = file.ask("SELECT colleague, max(day) FROM assessment GROUP BY colleague HAVING max(day) <= ?", (before,))
    items = []
    for who, day in newest:
        last = _of(Assessment, "colleague = ? ORDER BY day DESC, id DESC LIMIT 1", who)[0]
        person = people.person(who)
        if person is None or not person.active or (assessor is not None and last.assessor != assessor):
            continue
        when = (date.fromisoformat(day) + timedelta(days=days)).isoformat()
        what = _("assess again, the last time was {day}").format(day=day)
        items.append(Item("assessment", who, None, person.name, what, person.name, when, tone(when, today)))
    return items


def trainings(until: date, today: date, colleague: int | None = None) -> list[Item]:
    """Trainings due until that day and not done; a colleague's own."""
    after = (until + timedelta(days=1)).isoformat()
    own, whose = mine("colleague", colleague)
    found = file.ask(
        f"SELECT due, id, colleague, topic FROM training WHERE done IS NULL AND due < ?{own} ORDER BY due, id",
        [after, *whose],
    )
    return [
        Item("training", i, None, people.name(who), topic, people.name(who), due, tone(due, today))
        for due, i, who, topic in found
    ]


def evaluate(
    c: Change, colleague: int, period: Period, figures: Sequence[Kpi], comment: str, decision: str
) -> Evaluation:
    """Keep what was said and decided about a colleague's work in a period; the figures stay as they are now.

    UserError when neither a comment nor a decision is written.
    """
    if not comment.strip() and not decision.strip():
        raise UserError(_("Write a comment or a decision: the figures alone are always there."))
    rows = [{"key": one.key, "label": one.label, "shown": one.shown, "office": one.office} for one in figures]
    return c.save(
        Evaluation,
        {
            "colleague": colleague,
            "start": period.start,
            "until": period.end,
            "figures": rows,
            "comment": comment,
            "decision": decision,
        },
    )


def evaluations(colleague: int) -> list[Evaluation]:
    """A colleague's evaluations, the newest first."""
    return _of(Evaluation, "colleague = ? ORDER BY until DESC, id DESC", colleague)
