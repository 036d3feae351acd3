"""What is being written just now: it is not known yet which change it will be, so Ctrl+Z and Ctrl+Y wait for it."""

from __future__ import annotations

from collections.abc import Callable

_writing: list[object] = []
_pressed: list[Callable[[], object]] = []
"""Each Ctrl+Z and Ctrl+Y that waits."""


def begin() -> object:
    """Something is going to be written: until `over` is called with this, presses wait for it."""
    _writing.append(token := object())
    return token


def over(token: object, written: bool) -> None:
    """It is written: who pressed Ctrl+Z meanwhile meant it. If it is not, nothing else was meant."""
    if token in _writing:
        _writing.remove(token)
    if not written:
        _pressed.clear()
    while _pressed and not _writing:
        _pressed.pop(0)()


def waits(do: Callable[[], object]) -> bool:
    """Do this as soon as all is written; False when nothing is being written: then it is not kept."""
    if _writing:
        _pressed.append(do)
    return bool(_writing)


def forget() -> None:
    """Another file."""
    _writing.clear()
    _pressed.clear()
