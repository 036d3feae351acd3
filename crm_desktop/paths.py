"""Where bundled files, logs, preferences, drafts and the default customer file lie.

Folders of this computer's user are made when asked for; `CRM_DESKTOP_HOME` puts all of them in one place
(a portable copy on a stick, a test).
"""

import os
import sys
from functools import cache
from pathlib import Path

NAME = "CRM Desktop"
_PACKAGE = Path(__file__).resolve().parent


@cache
def _resources() -> Path:
    # inside the package when installed or frozen, beside it in the source tree
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """A file that came with the program, such as `resource("fonts", "NotoSansSC-Regular.ttf")`."""
    return _resources().joinpath(*parts)


def manual(language: str) -> Path:
    """The manual in this language, in Markdown."""
    name = "manual.md" if language == "en" else f"manual.{language}.md"
    # beside the other resources when installed or frozen, in docs in the source tree
    inside = resource("manual", name)
    return inside if inside.is_file() else _PACKAGE.parent / "docs" / name


def _under(variable: str, otherwise: Path) -> Path:
    value = os.environ.get(variable, "")
    return Path(value) if Path(value).is_absolute() else otherwise


def _home(kind: str) -> Path:
    """The user's folder for `config` or `state`, by the habits of Windows, macOS and freedesktop.org."""
    if own := os.environ.get("CRM_DESKTOP_HOME"):
        return Path(own).absolute() / kind
    if sys.platform == "win32":
        return _under("LOCALAPPDATA", Path.home() / "AppData" / "Local") / NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / NAME
    if kind == "config":
        return _under("XDG_CONFIG_HOME", Path.home() / ".config") / "crm-desktop"
    return _under("XDG_STATE_HOME", Path.home() / ".local" / "state") / "crm-desktop"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def logs() -> Path:
    """The folder for log files and crash reports."""
    return _made(_home("state") / "logs")


def drafts() -> Path:
    """The folder for what was typed and not yet saved."""
    return _made(_home("state") / "drafts")


def backups() -> Path:
    """This computer's folder for backups of customer files."""
    return _made(_home("state") / "backups")


def copies() -> Path:
    """The folder for passing copies of customer files on network drives."""
    return _made(_home("state") / "copies")


def preferences() -> Path:
    """The file with what this computer remembers (window sizes, last file, who is at the keyboard); JSON."""
    return _made(_home("config")) / "preferences.json"


def default_file() -> Path:
    """The customer file offered when none was opened before; its folder may not exist yet."""
    if own := os.environ.get("CRM_DESKTOP_HOME"):
        return Path(own).absolute() / "office.crm"
    documents = Path.home() / "Documents"
    return (documents if documents.is_dir() else Path.home()) / NAME / "office.crm"
