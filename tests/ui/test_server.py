"""The window works with an office on a server as with a file: opening, writing, taking back, moving there and back."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from crm_desktop.errors import UserError
from crm_desktop.models import Customer
from crm_desktop.store import file, moving, passwords
from crm_desktop.store.address import Address, PasswordNeeded
from ui import app as apps
from ui import preferences, tasks
from ui.dialogs.health import Health
from ui.dialogs.server import AskPassword, MoveToServer, OpenServer
from ui.parts import safekeeping


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch):
    """No test touches the keyring of whoever runs it."""
    monkeypatch.setattr(passwords, "_keyring", lambda: None)


@pytest.fixture
def database(postgres, qtbot):
    """An empty database."""
    postgres.sql("CREATE DATABASE windows")
    yield Address(postgres.conninfo("windows"))
    postgres.sql("DROP DATABASE windows WITH (FORCE)")


@pytest.fixture
def served(database, newcomer, invented):
    """The program with the invented office open on a server."""
    newcomer.path = database
    preferences.USER.set("王芳")
    file.open_file(invented)
    moving.move(invented, database)
    file.close()
    newcomer.begin(database)
    newcomer.window.resize(1280, 720)
    newcomer.idle()
    return newcomer


def test_an_office_on_a_server_opens_like_a_file_and_is_remembered(served, database):
    assert served.window.info.path == database
    assert served.tab("customers").list.list_model.rowCount() == 39
    assert preferences.LAST_FILE.get() == str(database)


@pytest.mark.parametrize("name", ["today", "customers", "interactions", "complaints", "statistics"])
def test_every_tab_shows_it(served, name):
    tab = served.tab(name)
    served.command("refresh")
    assert tab.isVisible()
    assert served.bar == ""


def test_what_is_written_there_is_taken_back_there(served):
    tab = served.tab("customers")
    first = served.ask(lambda: file.one("SELECT min(id) FROM customer"))
    served.ask(lambda: safekeeping.before("bulk", lambda *_told: None))
    served.ask(lambda: _rename(first, "宁波东方有限公司"))
    tab.list.search.setText("东方") if hasattr(tab.list, "search") else None
    served.idle()
    assert served.ask(lambda: Customer.get_row(first).name) == "宁波东方有限公司"


def _rename(record, name):
    from crm_desktop.store.change import change

    with change(None, "Edit customer") as c:
        c.save(Customer.get_row(record), {Customer.name: name})


def test_the_state_of_the_file_tells_of_the_server(served):
    dialog = Health(served.window)
    dialog.open()
    served.idle()
    told = " ".join(label.text() for label in dialog._values)
    assert "PostgreSQL" in told
    assert "windows" in told
    dialog.check()
    served.idle()
    assert not dialog.compact_button.isVisible()


def test_an_office_moves_to_a_server_from_the_menu(program, database):
    asked = MoveToServer(program.window)
    asked.open()
    asked.address.setText(str(database))
    asked.button.click()
    program.qtbot.waitUntil(lambda: program.window.info.path == database, timeout=20_000)
    program.idle()
    assert program.tab("customers").list.list_model.rowCount() == 39


def test_an_office_comes_back_into_a_file_from_the_menu(served, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "back"), ""))
    served.command("server.SaveAsFile")
    served.qtbot.waitUntil(lambda: "compared row by row" in served.bar, timeout=20_000)
    assert (tmp_path / "back.crm").exists()


def test_a_new_office_begins_in_an_empty_database(program, database):
    asked = OpenServer(program.window)
    asked.address.setText("nonsense")
    asked._tell(asked.opened)
    assert "address of a database" in asked.message_bar.label.text()
    asked.address.setText(str(database))
    asked._tell(asked.created)
    program.qtbot.waitUntil(lambda: program.window.info.path == database, timeout=20_000)
    program.idle()
    assert program.tab("customers").list.list_model.rowCount() == 0


def test_a_newcomer_begins_with_an_office_on_a_server(newcomer, database):
    welcome = newcomer.begin().welcome
    welcome.name.setCurrentText("王芳")
    welcome.office.setText("华东商贸")
    welcome.server_button.click()
    [asked] = welcome.findChildren(OpenServer)
    asked.address.setText(str(database))
    asked._tell(asked.created)
    newcomer.qtbot.waitUntil(lambda: newcomer.window is not None, timeout=20_000)
    newcomer.idle()
    assert newcomer.window.windowTitle().startswith("华东商贸")
    assert newcomer.window.info.path == database


def test_a_password_is_asked_for_and_stands_nowhere(program, database, monkeypatch):
    opened = file.open_file

    def wants_one(place, password=None):
        if isinstance(place, Address) and place.given != "s3cret":
            raise PasswordNeeded(place, wrong=place.given is not None)
        opened(place, password)

    monkeypatch.setattr(file, "open_file", wants_one)
    program.ask(lambda: moving.move(file.place(), database))
    program.app.open(Address(str(database)))
    dialogs = program.window.findChildren
    program.qtbot.waitUntil(lambda: bool(dialogs(AskPassword)))
    asked = dialogs(AskPassword)[0]
    program.idle()
    assert not asked.keep.isEnabled()
    asked.password.setText("s3cret")
    asked._tell()
    program.qtbot.waitUntil(lambda: program.window.info.path == database, timeout=20_000)
    program.idle()
    home = Path(preferences.paths.preferences()).parent
    assert all(b"s3cret" not in each.read_bytes() for each in home.rglob("*") if each.is_file())


def test_the_program_starts_with_the_question_for_the_password(newcomer, database, monkeypatch):
    opened, offered = file.open_file, []

    def wants_one(place, password=None):
        offered.append(place.given)
        if place.given != "s3cret":
            raise PasswordNeeded(place, wrong=False)
        opened(place, password)

    file.open_file(newcomer.path)
    moving.move(newcomer.path, database)
    file.close()
    monkeypatch.setattr(file, "open_file", wants_one)
    preferences.USER.set("王芳")
    preferences.LAST_FILE.set(str(database))
    newcomer.app = apps.App(None)
    newcomer.qtbot.waitUntil(lambda: newcomer.app._asking is not None)
    asked = newcomer.app._asking
    asked.password.setText("s3cret")
    asked._tell()
    newcomer.qtbot.waitUntil(lambda: newcomer.window is not None, timeout=20_000)
    newcomer.idle()
    assert offered == [None, "s3cret"]


def test_a_backup_cannot_take_the_place_of_an_office_on_a_server(served):
    from crm_desktop.store import restore

    with pytest.raises(UserError, match="new, empty database"):
        _raise_in_store(served, restore.here)


def _raise_in_store(program, work):
    troubles = []
    tasks.run(program.app, work, failed=troubles.append)
    program.qtbot.waitUntil(lambda: bool(troubles))
    raise troubles[0]
