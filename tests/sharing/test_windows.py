"""The window on a drive that goes away: it stays responsive, says so, keeps what is typed and saves when it is back."""

import platform
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm_desktop import demo
from crm_desktop.models import Customer, office
from crm_desktop.store import file
from crm_desktop.store.change import change
from crm_desktop.store.troubles import ReadOnly
from tests.ui.computer import Computer, saves, types


@pytest.fixture
def wang_fang(mount, share, tmp_path):
    """王芳's window on the shared drive, with a customer on the screen."""
    demo.make(share / "office.crm", customers=20, interactions=60, complaints=4)
    office.colleague(None, "王芳")
    with change(None, "New customer") as c:
        customer = c.save(Customer, {Customer.name: "华东科技有限公司", Customer.remarks: "回款快"}).id
    file.close()
    drive = mount()
    window = Computer(drive.path / "office.crm", "王芳", "PC-1", tmp_path / "home")
    window.drive = drive
    assert window.sees("pulse.state.place.kind == 'network' and presence.text().startswith('network drive')")
    window.do("globals().update(customers=tab('customers'))")
    window.do(f"show('customer', {customer})")
    assert window.sees("customers.page.panel.record and customers.page.panel.record.remarks == '回款快'")
    window.do("globals().update(page=customers.page, panel=customers.page.panel)")
    yield window
    window.end()


def responsive(window):
    """How long the window takes to answer while it does everything else it has to, in seconds."""
    began = time.monotonic()
    window.do("qt.processEvents()")
    return time.monotonic() - began


@pytest.mark.parametrize("how", ["error", "hang"])
def test_a_drive_that_goes_away_is_said_and_what_was_typed_is_saved_when_it_is_back(wang_fang, how):
    types(wang_fang, "remarks", "断网前写的")
    wang_fang.drive.lose(how, locks="dropped")
    wang_fang.do("panel.save()")
    assert wang_fang.sees("not app.window.standing.isHidden()")
    assert wang_fang.sees("'No connection' in app.window.standing.notice.text()")
    assert wang_fang.sees("'no connection since' in presence.text()")
    assert responsive(wang_fang) < 1
    types(wang_fang, "website", "example.com")
    wang_fang.do("tab('complaints') and tab('customers').line.setText('华东科技')")
    assert responsive(wang_fang) < 1
    assert wang_fang.do("panel.form is not None")
    assert wang_fang.do("app.window.message_bar.label.text()") == "", "it is said above"
    wang_fang.shoot(f"away-{how}")
    wang_fang.drive.come_back()
    assert wang_fang.sees("app.window.standing.isHidden()", 60)
    assert wang_fang.sees("panel.typing is not None and not panel.typing.saving")
    assert wang_fang.sees("customers.list.list_model.rowCount() == 1"), "what was looked for meanwhile is found"
    saves(wang_fang)
    assert wang_fang.sees("(panel.record.remarks, panel.record.website) == ('断网前写的', 'example.com')")


def test_a_drive_whose_locks_do_not_hold_is_only_read_and_what_is_typed_is_kept(wang_fang):
    wang_fang.drive.behave(locks="ignored")
    again = "sharing.current().__setattr__('_proved', False)"  # each time: a proof under way may still be an honest one
    assert wang_fang.sees(f"({again}, pulse.state.verdict == 'lying')[1]")
    assert wang_fang.sees("'does not keep its locks' in app.window.standing.notice.text()")
    types(wang_fang, "remarks", "只能留作草稿")
    wang_fang.do("panel.save()")
    assert wang_fang.sees("'does not keep its locks' in app.window.message_bar.label.text()")
    assert wang_fang.do("panel.form.values()['remarks']") == "只能留作草稿"


def command(drive, *words):
    """A command for the file on the drive, on this very computer."""
    return subprocess.run(
        [sys.executable, "-m", "crm_desktop", *words, "--file", drive.path / "office.crm", "--lang", "en"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def test_a_command_is_refused_while_the_window_of_this_computer_has_the_file_open(mount, share, tmp_path):
    demo.make(share / "office.crm", customers=5, interactions=10, complaints=1)
    office.colleague(None, "王芳")
    file.close()
    drive = mount()
    window = Computer(drive.path / "office.crm", "王芳", platform.node(), tmp_path / "home")
    assert window.sees("sharing.current().own.person == '王芳'")
    refused = command(drive, "search", "公司")
    assert refused.returncode == 1
    assert "is open on this computer already (王芳)" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    elsewhere = mount()  # another computer's way to the drive
    assert command(elsewhere, "search", "公司").returncode == 0
    window.end()
    assert command(drive, "search", "公司").returncode == 0


def test_no_file_is_made_on_a_drive_that_gives_no_locks(mount, share):
    drive = mount(locks="refused")
    with pytest.raises(ReadOnly, match="gives no locks"):
        file.create(drive.path / "office.crm")
    assert not file.is_open()
    assert list(share.iterdir()) == []
