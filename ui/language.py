"""The language of the window: our texts and Qt's own."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from crm_desktop.i18n import set_language

_qt_texts: list[QTranslator] = []


def use_language(name: str) -> None:
    """Show our texts and Qt's own (file dialogs, context menus) in this language."""
    set_language(name)
    app = QCoreApplication.instance()
    assert app is not None
    for old in _qt_texts:
        app.removeTranslator(old)
    _qt_texts.clear()
    QLocale.setDefault(QLocale(name))
    if name != "en":
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{name}", folder):
            app.installTranslator(translator)
            _qt_texts.append(translator)
