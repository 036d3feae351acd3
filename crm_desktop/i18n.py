"""One gettext catalogue for windows, Excel and paper, switchable while the program runs.

Texts are English in the source: `N_` where a text is declared, `_` where it is shown, `ngettext` for numbers.
"""

import gettext
import locale
import os
import threading
from collections.abc import Iterable

from crm_desktop.paths import resource

DOMAIN = "crm"
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

_lock = threading.Lock()
_loaded: dict[str, gettext.NullTranslations] = {"en": gettext.NullTranslations()}
_current: tuple[str, gettext.NullTranslations] | None = None


def language_of(tag: str) -> str:
    """The language of ours that fits a locale name such as `zh_TW.UTF-8`: Chinese for any Chinese, else English."""
    return "zh_CN" if tag.lower().replace("-", "_").startswith(("zh", "chinese")) else "en"


def system_language() -> str:
    """What the environment or the system asks for; the usual order of gettext (LANGUAGE before LC_ALL before LANG)."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return language_of(value)
    return language_of(locale.getlocale()[0] or "")


def _catalogue(name: str) -> gettext.NullTranslations:
    with _lock:
        if name not in _loaded:
            _loaded[name] = gettext.translation(DOMAIN, resource("locale"), [name], fallback=True)
        return _loaded[name]


def _state() -> tuple[str, gettext.NullTranslations]:
    """Language and catalogue as one value, so that another thread never sees half a switch."""
    if _current is None:
        set_language(system_language())
    assert _current is not None
    return _current


def set_language(name: str) -> None:
    """Show every text from now on in `zh_CN` or `en`; raises ValueError for a language we do not have."""
    global _current
    if name not in LANGUAGES:
        raise ValueError(f"no such language: {name}")
    _current = (name, _catalogue(name))


def language() -> str:
    """The language texts are shown in: `zh_CN` or `en`."""
    return _state()[0]


def _(text: str) -> str:
    """The text in the current language."""
    # the catalogue's header is filed under the empty text
    return _state()[1].gettext(text) if text else text


def text_in(name: str, text: str) -> str:
    """The text in `zh_CN` or `en`, whichever language is shown."""
    return _catalogue(name).gettext(text) if text else text


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a text for translation where it is declared; `_` translates it where it is shown."""
    return text


def sentences(told: Iterable[str]) -> str:
    """Whole sentences one after the other; in Chinese nothing stands between them."""
    return ("" if language() == "zh_CN" else " ").join(told)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The text for the number `n` in the current language; the caller fills the hole `{n}`."""
    return _state()[1].ngettext(singular, plural, n)
