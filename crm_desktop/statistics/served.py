"""Service requests of a period read once, column by column, and added up by any of their sides."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from typing_extensions import override

from crm_desktop.statistics.counting import cases_received
from crm_desktop.statistics.handled import Cases, Group
from crm_desktop.statistics.period import Period
from crm_desktop.store import file

SIDES: Final = ("month", "type", "owner", "tier", "priority")
STEPS: Final = ("reply", "solve")
_SOLVED, _AGAIN, _REPLY_DUE, _REPLIED, _SOLVE_DUE, _IN_TIME, _CONVERTED = 1, 2, 4, 8, 16, 32, 64
_SCORE: Final = 128
"""The score (1 to 5; 0 where none was given) stands above the single bits."""
_CONTENT: Final = 4
"""From this score on a customer is content."""

# a deadline that has not come yet says nothing, nor does one of what was ended otherwise
_DUE: Final = "({what}_by IS NOT NULL AND ({done} IS NOT NULL OR (closed_at IS NULL AND {what}_by < ?)))"
REPLY_DUE: Final = _DUE.format(what="reply", done="replied_at")
SOLVE_DUE: Final = _DUE.format(what="solve", done="solved_at")
"""Conditions that an answer or a solution was due; each has one "?" for now."""
_SQL: Final = (
    'SELECT substr(received_at, 1, 7), type, "owner", tier, priority,'
    f" CASE WHEN solved_at IS NULL THEN 0 ELSE {_SOLVED} END"
    f" + CASE WHEN reopened > 0 THEN {_AGAIN} ELSE 0 END"
    f" + CASE WHEN {REPLY_DUE} THEN {_REPLY_DUE} ELSE 0 END"
    f" + CASE WHEN replied_at <= reply_by THEN {_REPLIED} ELSE 0 END"
    f" + CASE WHEN {SOLVE_DUE} THEN {_SOLVE_DUE} ELSE 0 END"
    f" + CASE WHEN solved_at <= solve_by THEN {_IN_TIME} ELSE 0 END"
    f" + CASE WHEN state = 'complaint' THEN {_CONVERTED} ELSE 0 END"
    f" + {_SCORE} * CASE satisfaction WHEN '1' THEN 1 WHEN '2' THEN 2 WHEN '3' THEN 3 WHEN '4' THEN 4 WHEN '5' THEN 5"
    " ELSE 0 END, reply_minutes, solve_minutes, coalesce(cost, 0) FROM service_request"
)


class Served(Group):
    """What is added up of service requests that stand in one row."""

    __slots__ = (
        "content",
        "converted",
        "reply_due",
        "reply_in_time",
        "scores",
        "solve_due",
        "solve_in_time",
        "verdicts",
    )

    def __init__(self) -> None:
        super().__init__()
        self.reply_due = self.reply_in_time = self.solve_due = self.solve_in_time = 0
        self.verdicts = self.scores = self.content = self.converted = 0

    @override
    def add(self, kind: int, number: int) -> None:
        solved, again, score = bool(kind & _SOLVED), bool(kind & _AGAIN), kind // _SCORE
        self.count += number
        self.ever += number if solved or again else 0
        self.again += number if again else 0
        self.converted += number if kind & _CONVERTED else 0
        self.first += number if solved and not again and score not in (1, 2) and not kind & _CONVERTED else 0
        if kind & _REPLY_DUE:
            self.reply_due += number
            self.reply_in_time += number if kind & _REPLIED else 0
        if kind & _SOLVE_DUE:
            self.solve_due += number
            self.solve_in_time += number if kind & _IN_TIME else 0
        if score:
            self.verdicts += number
            self.scores += number * score
            self.content += number if score >= _CONTENT else 0


@lru_cache(maxsize=4)
def _cases(where: str, params: tuple[Any, ...], moment: str, _as_of: object) -> Cases[Served]:
    return Cases(Served, SIDES, STEPS, file.ask(f"{_SQL} WHERE {where}", (moment, moment, *params)))


# what a connection has counted means nothing to the next one, even of the same file
file.opened.append(_cases.cache_clear)


def cases(period: Period, owner: int | None) -> Cases[Served]:
    """The requests received in a period; read once for all statistics that stand side by side."""
    where, params = cases_received(period, owner)
    return _cases(where, tuple(params), now(), file.state())


def forget() -> None:
    """Read anew next time, for those who measure how long that takes."""
    _cases.cache_clear()


def now() -> str:
    """The moment up to which deadlines have passed: the end of this minute, so that figures of a minute agree."""
    return f"{datetime.now().isoformat()[:16]}:59"
