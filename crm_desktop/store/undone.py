"""What came of an undo: how much was restored, and what was kept because somebody changed it since."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext


class NothingToUndo(UserError):
    """There is no such change, or it has been taken back already."""


class Kept(NamedTuple):
    """A record that was left as it is, because somebody worked on it since."""

    table: str
    record: int
    who: str
    when: str


@dataclass
class Undone:
    """What an undo did."""

    change: int = 0
    """The undo is a change itself: undoing it does the old change again. 0 when nothing could be taken back."""
    restored: int = 0
    kept: list[Kept] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """What the first of the kept records are called."""

    def in_words(self) -> str:
        """How much was restored, and what was kept because of whom."""
        text = ngettext("{n} record restored.", "{n} records restored.", self.restored).format(n=f"{self.restored:,}")
        if self.kept:
            who = list(dict.fromkeys(f"{k.who} {values.show_when(k.when)}".strip() for k in self.kept))
            text += " " + ngettext(
                "{n} kept, because it was changed since ({who}).",
                "{n} kept, because they were changed since ({who}).",
                len(self.kept),
            ).format(n=f"{len(self.kept):,}", who=_few(who))
            if self.names:
                text += " " + _("Kept as it is: {names}.").format(names=_few(self.names))
        return text


def _few(words: list[str]) -> str:
    """The first three."""
    return _(", ").join(words[:3]) + (" …" if len(words) > 3 else "")
