"""One action in the store thread, tried again by itself until it is saved or somebody wants no more of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from crm_desktop.store.troubles import Passing
from ui import tasks
from ui.parts.waiting import Waiting, line

R = TypeVar("R")


def until_saved(
    action: str,
    go: Callable[[], R],
    *,
    got: Callable[[R], object],
    refused: Callable[[Exception, bool], object],
    stopped: Callable[[], object],
    ended: Callable[[], object] = lambda: None,
    waits: Callable[[], object] = lambda: None,
    progress: tasks.Progress | None = None,
) -> None:
    """Call `go` in the store thread; while a colleague is saving or the drive is away it is called again by itself.

    So `go` is an Attempt's, or as safe to be called twice. What it gives is told to `got`; a trouble that does not pass
    to `refused`, with whether somebody gave it up; a Cancel that came in time to `stopped`. `ended` is called after any
    of them, and `waits` each time it has to be tried again.
    """
    # the line outlives every window: what waits is saved although its window was closed
    told, again = list[R](), list[Passing]()

    def try_it() -> None:
        again.clear()
        tasks.run(line, lambda: told.append(go()), failed=failed, ended=over, progress=progress)

    def is_cancelled() -> bool:
        return progress is not None and progress.was_cancelled

    def failed(trouble: Exception) -> None:
        if isinstance(trouble, Passing) and not is_cancelled():
            again.append(trouble)
        else:
            refused(trouble, False)

    def give_up(trouble: Exception) -> None:
        refused(trouble, True)
        ended()

    def over() -> None:
        if again:
            line.add(Waiting(action, again[0], try_it, give_up))
            waits()
            return
        # the answer stands in `told`: a Cancel that came too late must not hide what was done
        try:
            if told:
                got(told[0])
            elif is_cancelled():
                stopped()
        finally:
            ended()

    try_it()
