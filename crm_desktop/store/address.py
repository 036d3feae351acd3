"""Where an office lies: a file on a disk, or the address of a PostgreSQL server, which never shows a password."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from crm_desktop.errors import UserError
from crm_desktop.i18n import _

SCHEMES: Final = ("postgresql://", "postgres://")
_SECRET: Final = frozenset({"password", "sslpassword"})


class Address:
    """The address of an office on a PostgreSQL server: postgresql://user@host:5432/database?sslmode=require.

    A password in it is kept apart, as `given`: whatever is shown, stored or compared is the address without it.
    """

    def __init__(self, text: str) -> None:
        """UserError when the text is no such address."""
        try:
            parts = urlsplit(text.strip())
            port = f":{parts.port}" if parts.port else ""
        except ValueError as error:
            raise UserError(_not_an_address(text)) from error
        if f"{parts.scheme}://" not in SCHEMES or not parts.path.strip("/"):
            raise UserError(_not_an_address(text))
        options = parse_qsl(parts.query, keep_blank_values=True)
        self.given: str | None = unquote(parts.password) if parts.password else dict(options).get("password")
        """The password that was written into the address, if any."""
        self.user = unquote(parts.username or "")
        self.host = parts.hostname or dict(options).get("host", "")
        self.name = unquote(parts.path.strip("/"))
        """The database."""
        self.keep = False
        """Whether the system's keyring is to keep the password that was typed."""
        user = f"{quote(self.user, safe='')}@" if parts.username else ""
        shown = [(key, value) for key, value in options if key not in _SECRET]
        query = f"?{urlencode(shown, safe='/')}" if shown else ""
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else (parts.hostname or "")
        self._text = f"postgresql://{user}{host}{port}/{quote(self.name, safe='')}{query}"

    @property
    def stem(self) -> str:
        """What copies of it are called after."""
        return re.sub(r"[^\w.-]+", "_", self.name)

    def absolute(self) -> Address:
        """Itself: an address does not depend on the folder somebody stands in."""
        return self

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Address({self._text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


class PasswordNeeded(UserError):
    """The server wants a password, or another one than was given."""

    def __init__(self, address: Address, wrong: bool) -> None:
        self.address = address
        text = _("The password for {address} is wrong.") if wrong else _("{address} asks for a password.")
        super().__init__(text.format(address=address))


Place = Path | Address
"""Where an office lies."""


def is_address(text: str) -> bool:
    """Whether this is meant as a server's address rather than a file's path."""
    return text.strip().lower().startswith(SCHEMES)


def place(text: str) -> Place:
    """What somebody typed or what was remembered; UserError for an address that is none."""
    return Address(text) if is_address(text) else Path(text)


def without_password(text: str) -> str:
    """A text in which no address shows its password, for messages and logs."""
    shown = re.sub(r"(postgres(?:ql)?://[^/\s:@]*):[^/\s]*@", r"\1@", text, flags=re.IGNORECASE)
    return re.sub(r"([?&](?:ssl)?password=)[^&\s]*", r"\1…", shown, flags=re.IGNORECASE)


def _not_an_address(text: str) -> str:
    return _("“{text}” is not the address of a database. Write it like postgresql://user@server/database.").format(
        text=without_password(text)
    )
