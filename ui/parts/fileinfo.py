"""What the windows know of the open customer file without asking again: its path, office, colleague."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm_desktop.models import office, people
from crm_desktop.store import file
from crm_desktop.store.address import Place


@dataclass(frozen=True)
class FileInfo:
    """The open file, as of its opening."""

    path: Place = Path()
    office: str = ""
    user: int | None = None
    user_name: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    before_upgrade: Path | None = None
    """The copy from before the file was brought up to date, if that was just done."""

    @classmethod
    def read(cls, user: int | None) -> FileInfo:
        """Read it in the store thread."""
        settings = office.settings()
        return cls(file.place(), str(settings["office_name"]), user, people.name(user), settings, file.before_upgrade)
