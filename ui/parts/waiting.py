"""What could not be saved at once: tried again by itself until it is saved, or somebody wants no more of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.store import file
from crm_desktop.store.troubles import Passing, Unsettled

PAUSES: Final = (1.0, 3.0)
"""Seconds before a save is tried again: uneven, so that computers that wait together do not come back in step."""


@dataclass(eq=False)
class Waiting:
    """One save that waits."""

    action: str
    trouble: Passing
    again: Callable[[], object]
    give_up: Callable[[Exception], object]

    @property
    def may_give_up(self) -> bool:
        """Whether it is known that nothing of it was saved."""
        return not isinstance(self.trouble, Unsettled)


class Line(QObject):
    """All that wait, in the order they came: an older save is never overtaken by a newer one of the same window."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Waiting] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.try_now)

    def add(self, one: Waiting) -> None:
        """This one is tried again in a while."""
        self.waiting.append(one)
        self._plan()
        self.changed.emit()

    def try_now(self) -> None:
        """Try all of them again."""
        trying, self.waiting = self.waiting, []
        for one in trying:
            one.again()
        self.changed.emit()

    def give_up(self) -> None:
        """Try no more, except where it is not known whether it was saved."""
        gone = [one for one in self.waiting if one.may_give_up]
        self.waiting = [one for one in self.waiting if not one.may_give_up]
        self.changed.emit()
        for one in gone:
            one.give_up(one.trouble)

    def forget(self) -> None:
        """The program ends: try no more."""
        self._timer.stop()
        self.waiting.clear()
        self.changed.emit()

    def _plan(self) -> None:
        if not self._timer.isActive():
            self._timer.start(int(1000 * max(file.way.wait, random.uniform(*PAUSES))))


line = Line()
