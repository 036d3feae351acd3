"""Passwords of servers: in the system's own keyring and nowhere else, never in a file of ours."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from crm_desktop.store.address import Address

_SERVICE: Final = "CRM Desktop"
_PLAIN: Final = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")
"""Keyrings that keep passwords in plain files, or not at all."""


def _keyring() -> Any:
    """The system's keyring, or None where there is none that keeps secrets."""
    try:
        # who works with a file, or without a password, does not wait for it
        import keyring
        from keyring.backends import chainer
    except ImportError:
        return None
    with suppress(Exception):  # whatever a desktop's keyring trips over, it only costs the remembering
        chosen = keyring.get_keyring()
        parts = chosen.backends if isinstance(chosen, chainer.ChainerBackend) else [chosen]
        if parts and not any(type(part).__module__.startswith(_PLAIN) for part in parts):
            return chosen
    return None


def can_remember() -> bool:
    """Whether this computer has a keyring."""
    return _keyring() is not None


def remembered(address: Address) -> str | None:
    """The password that was kept for this address."""
    with suppress(Exception):  # a locked keyring that nobody opens remembers nothing
        found: str | None = _keyring().get_password(_SERVICE, str(address))
        return found
    return None


def remember(address: Address, password: str) -> bool:
    """Keep the password of this address; whether that worked."""
    with suppress(Exception):
        _keyring().set_password(_SERVICE, str(address), password)
        return True
    return False


def forget(address: Address) -> None:
    """Keep it no longer."""
    with suppress(Exception):
        _keyring().delete_password(_SERVICE, str(address))
