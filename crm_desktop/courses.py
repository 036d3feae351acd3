"""What the courses of complaints and service requests share: a step is checked, and stamped when it is taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import lists, people
from crm_desktop.models.base import Invalid, Record
from crm_desktop.store import file
from crm_desktop.store.change import Change


@dataclass(frozen=True)
class Move:
    """One step: from which states to which, what must be known by then and what else is asked."""

    key: str
    title: str
    """What the button says (msgid)."""
    before: tuple[str, ...]
    after: str
    """The state it leads to; "" for the one the case was in before a hold, or stays in."""
    needs: tuple[str, ...] = ()
    """Fields that must be filled."""
    asks: tuple[str, ...] = ()
    """Fields offered beside them."""
    why: bool = False
    """Whether a reason is needed."""
    until: bool = False
    """Whether the day is asked until which it lasts."""
    icon: str = "chevron-right"


@dataclass(frozen=True)
class Stamp:
    """One step of a course, in words."""

    state: str
    """The state it led to (code)."""
    title: str
    at: str
    by: str
    why: str
    until: str = ""
    move: str = ""
    """The step itself (key of a Move)."""


def refuse_missing(record: Record, each: Move, given: Mapping[str, Any], why: str) -> None:
    """Raise Invalid naming the fields a step needs and lacks, UserError when its reason is missing."""
    described = type(record).described()
    missing = [name for name in each.needs if described[name].is_empty(given.get(name, getattr(record, name)))]
    if missing:
        raise Invalid({name: _("{label} is needed.").format(label=_(described[name].label)) for name in missing})
    if each.why and not why.strip():
        raise UserError(_("Say why: the reason is kept with the step."))


def unfilled(record: Record, each: Move, standard: Mapping[str, Any], again: Collection[str] = ()) -> dict[str, Any]:
    """Of what a step fills in by itself: what it needs or asks for and nothing stands in yet, or is told `again`."""
    described = type(record).described()
    return {
        name: value
        for name, value in standard.items()
        if name in (*each.needs, *each.asks)
        and value is not None
        and (name in again or described[name].is_empty(getattr(record, name)))
    }


def stamp(
    c: Change,
    step: type[Record],
    link: str,
    record: Any,
    each: Move,
    after: str,
    why: str,
    until: str | None,
) -> None:
    """Write that a step was taken: by whom, when, from which state to which; `link` is its column for the case.

    Never before the step ahead of it: the clocks of two computers differ, and the course must keep its order.
    """
    last = file.one(f'SELECT max(at) FROM {step.table()} WHERE "{link}" = ?', (record.id,))
    later = last is not None and last > c.at
    c.save(
        step,
        {
            link: record.id,
            "at": _next_second(last) if later else c.at,
            "by": c.user,
            "move": each.key,
            "before": record.state,
            "after": after,
            "why": why,
            "until": until if each.until else None,
        },
    )


def _next_second(moment: str) -> str:
    return (datetime.fromisoformat(moment) + timedelta(seconds=1)).isoformat(timespec="seconds")


def before_hold(step: type[Record], link: str, case: int, hold: str, otherwise: str) -> str:
    """The state a case on hold goes back to."""
    found = file.one(
        f'SELECT before FROM {step.table()} WHERE "{link}" = ? AND after = ? AND before <> ?'
        " ORDER BY at DESC, id DESC LIMIT 1",
        (case, hold, hold),
    )
    return str(found or otherwise)


def course(step: type[Record], link: str, case: int) -> Sequence[Any]:
    """The steps a case has taken, the oldest first."""
    ids = [i for (i,) in file.ask(f'SELECT id FROM {step.table()} WHERE "{link}" = ? ORDER BY at, id', (case,))]
    rows = file.rows(step.table(), ids)
    return [step.from_row(rows[i]) for i in ids]


def in_words(steps: Sequence[Any], states: str, told: str) -> list[Stamp]:
    """Steps that were taken, for people; `states` is the list of states, `told` the step that tells the customer."""
    return [
        Stamp(
            each.after,
            _("Customer told") if each.move == told else lists.label(states, each.after),
            each.at or "",
            people.name(each.by),
            each.why,
            each.until or "",
            each.move,
        )
        for each in steps
    ]


def told(stamp: Stamp) -> str:
    """When and by whom, on one line."""
    return " ".join(filter(None, [values.show_date(stamp.at)[5:], stamp.by]))
