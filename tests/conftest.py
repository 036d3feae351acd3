"""Nothing happens unseen: no test touches the user's own files, and an unexpected dialog fails it.

Unexpected warnings and Qt messages fail it too: see `[tool.pytest.ini_options]` in pyproject.toml.
"""

import os

# before anything imports Qt
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox

from crm_desktop import i18n

# the static functions that open a window and wait for somebody to answer
WAITING = {
    QMessageBox: ("about", "aboutQt", "critical", "information", "question", "warning"),
    QFileDialog: ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"),
    QInputDialog: ("getText", "getInt", "getDouble", "getItem", "getMultiLineText"),
}


def pytest_addoption(parser):
    parser.addoption("--postgres", action="store_true", help="run what has an office on PostgreSQL only")


@pytest.fixture(scope="session")
def postgres(request):
    """A PostgreSQL server for this run; see postgres_server.py."""
    from tests import postgres_server

    if not postgres_server.is_there():
        pytest.skip("no PostgreSQL the tests can start: no wheel pgserver and no system package, or Windows")
    server = postgres_server.Server(postgres_server.programs())
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """A home of its own for every test, so that none sees or changes the preferences of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "CRM_DESKTOP_HOME"):
        monkeypatch.setenv(name, str(home))
    for name, folder in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_STATE_HOME": ".local/state",
        "XDG_DATA_HOME": ".local/share",
        "XDG_CACHE_HOME": ".cache",
        "APPDATA": "Roaming",
        "LOCALAPPDATA": "Local",
    }.items():
        monkeypatch.setenv(name, str(home / folder))
    return home


@pytest.fixture(autouse=True)
def english():
    """Every test starts in English, whatever the machine speaks and the test before did."""
    i18n.set_language("en")


@pytest.fixture(autouse=True)
def no_unexpected_dialog(monkeypatch):
    """A dialog that would wait for somebody fails the test, at once and also where a slot swallowed it.

    A test that expects one replaces the function: `monkeypatch.setattr(QMessageBox, "exec", lambda box: ...)`.
    """
    opened = []

    def refuse(what):
        def opens(*arguments, **_named):
            texts = [argument for argument in arguments if isinstance(argument, str)]
            box = arguments[0] if arguments else None
            texts += [box.text()] if isinstance(box, QMessageBox) else []
            texts += [box.windowTitle()] if isinstance(box, QDialog) else []
            opened.append(f"unexpected {what}: {' | '.join(texts)}")
            raise AssertionError(opened[-1])

        return opens

    for kind in (QDialog, QMessageBox, QFileDialog, QInputDialog):
        monkeypatch.setattr(kind, "exec", refuse(f"{kind.__name__}.exec"))
    for kind, names in WAITING.items():
        for name in names:
            monkeypatch.setattr(kind, name, staticmethod(refuse(f"{kind.__name__}.{name}")))
    yield
    assert not opened, "\n".join(opened)
