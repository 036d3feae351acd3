"""The clock of a case with a course: when it stood still, by when something is due, and how long it took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from crm_desktop.store import file
from crm_desktop.store.record import Row
from crm_desktop.values.work_time import Pause, Span, WorkTime

Step = tuple[str, str, str | None]
"""When, the state then begun, and until when a hold is meant to last."""


def pauses(steps: Sequence[Step], stopped: Collection[str], hold: str) -> list[Pause]:
    """When the clock stood still; a case that is solved or closed now has its deadline as it was then.

    `stopped` are the states in which it is not for us to act; one that has not ended yet only counts when it is `hold`.
    """
    found: list[Pause] = []
    for place, (at, state, _until) in enumerate(steps):
        if state not in stopped:
            continue
        last = place + 1 == len(steps)
        if last and state != hold:
            continue
        found.append((datetime.fromisoformat(at), None if last else datetime.fromisoformat(steps[place + 1][0])))
    return found


def steps_of(table: str, link: str, cases: Sequence[int]) -> dict[int, list[Step]]:
    """The steps of these cases from the table that keeps them, the oldest first; `link` points to the case."""
    found: dict[int, list[Step]] = defaultdict(list)
    marks = ",".join("?" * len(cases))
    for case, *step in file.ask(
        f'SELECT "{link}", at, after, "until" FROM {table} WHERE "{link}" IN ({marks}) ORDER BY at, id', cases
    ):
        found[case].append((step[0], step[1], step[2]))
    return found


def deadlines(
    received: str | None, whats: Sequence[str], sla: str, stops: Sequence[Pause], work: WorkTime
) -> dict[str, str | None]:
    """By when each of these is due ("reply" gives "reply_by"): the strictest of its spans, written as "2wh 24h|3wd"."""
    if not received:  # a repaired file may have lost it
        return {f"{what}_by": None for what in whats}
    start = datetime.fromisoformat(received)
    found: dict[str, str | None] = {}
    for what, written in zip(whats, sla.split("|"), strict=True):
        each = [span for word in written.split() if (span := Span.read(word)) is not None]
        ends = [work.deadline(start, span, stops) for span in each]
        known = [end.isoformat(timespec="seconds") for end in ends if end is not None]
        found[f"{what}_by"] = min(known, default=None)
    return found


def took(received: str | None, done: str | None, stops: Sequence[Pause], work: WorkTime) -> int | None:
    """Minutes of work from one moment to another, the pauses left out; None where one is not known."""
    if not done or not received:
        return None
    return work.between(datetime.fromisoformat(received), datetime.fromisoformat(done), stops) // 60


def write(table: str, changes: Iterable[tuple[int, Row]]) -> None:
    """Write derived columns of records; only those that change are named."""
    changed: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for i, columns in changes:
        changed[tuple(columns)].append((*columns.values(), i))
    for names, rows in changed.items():
        sets = ", ".join(f"{name}=?" for name in names)
        file.connection().executemany(f"UPDATE {table} SET {sets} WHERE id=?", rows)
