"""Export of exactly what a list shows, from the question to the file."""

import csv
import zipfile
from base64 import b64encode
from importlib import import_module
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from crm_desktop.exchange import exporting, sheet_columns
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import Customer, News, NewsFile, office
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.dialogs.exchange import WholeOffice
from ui.parts import export_list
from ui.parts.message_bar import MessageBar


@pytest.fixture
def shop(store, qtbot, tmp_path, dressed, monkeypatch):
    """A window on a file with 1,200 customers, half of them gold; files go to `shop.path`."""
    window = QWidget()
    window.message_bar = MessageBar(window)
    qtbot.addWidget(window)
    window.show()

    def ask(work):
        box = []
        store.run(QApplication.instance(), work, box.append)
        qtbot.waitUntil(lambda: bool(box), timeout=20000)
        return box[0]

    def found():
        file.create(tmp_path / "office.crm")
        office.found_office("华东商贸")
        with change(None, "Test") as c:
            rows = [{"name": f"客户{n:04}", "tier": "gold" if n % 2 else "silver"} for n in range(1200)]
            c.insert_many(Customer, rows)
        return True

    ask(found)
    path = tmp_path / "out.xlsx"

    def choose(name=path, kind="Excel (*.xlsx)"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_a: (str(name), kind)))

    choose()
    listing = Listing(Customer, ("id",), filters=(Filter("tier", "in", ["gold"]),), sort="name", descending=True)
    settle = lambda: qtbot.waitUntil(store.idle, timeout=30000)  # noqa: E731
    yield SimpleNamespace(window=window, path=path, listing=listing, ask=ask, choose=choose, settle=settle)
    settle()
    ask(lambda: file.close() or True)


def dialog_of(shop, columns=("name", "tier"), selected=()):
    dialog = export_list.ExportDialog(shop.window, shop.listing, columns, "客户", selected)
    dialog.show()
    shop.settle()
    return dialog


def written(path):
    from openpyxl import load_workbook

    return list(load_workbook(path).active.values)


def test_exactly_the_rows_and_columns_that_are_shown_are_written_in_their_order(shop, qtbot):
    dialog = dialog_of(shop, ("tier", "name"))
    assert dialog.button.text() == "Export 600 rows…"
    dialog.button.click()
    qtbot.waitUntil(lambda: "Exported" in shop.window.message_bar.label.text(), timeout=20000)
    rows = written(shop.path)
    assert rows[0] == ("Tier", "Customer name")
    assert rows[1] == ("Gold", "客户1199")
    assert [name for _tier, name in rows[1:]] == [f"客户{n:04}" for n in range(1199, 0, -2)]
    assert shop.window.message_bar.label.text() == "Exported 600 rows to out.xlsx."
    assert shop.window.message_bar.action.text() == "Open"


def test_several_selected_rows_are_offered_first(shop, qtbot):
    chosen = shop.ask(shop.listing.ids)[:3]
    dialog = dialog_of(shop, selected=chosen)
    assert dialog.these_rows.isChecked()
    assert dialog.button.text() == "Export 3 rows…"
    dialog.every_row.click()
    assert dialog.button.text() == "Export 600 rows…"
    dialog.these_rows.click()
    dialog.button.click()
    qtbot.waitUntil(shop.path.exists, timeout=20000)
    shop.settle()
    assert len(written(shop.path)) == 4


def test_one_selected_row_is_just_where_the_keyboard_is(shop):
    dialog = dialog_of(shop, selected=shop.ask(shop.listing.ids)[:1])
    assert not dialog.these_rows.isVisible()
    assert dialog.every_row.isChecked()
    dialog.reject()


def test_all_fields_bring_the_number_that_a_later_import_knows_the_customer_by(shop, qtbot):
    dialog = dialog_of(shop)
    dialog.every_column.click()
    dialog.button.click()
    qtbot.waitUntil(shop.path.exists, timeout=20000)
    shop.settle()
    heading = written(shop.path)[0]
    assert "Customer name" in heading
    assert len(heading) > 10


def test_a_csv_is_written_when_it_is_chosen_without_an_ending(shop, qtbot):
    shop.choose(shop.path.with_name("out"), "CSV (*.csv)")
    dialog_of(shop).button.click()
    target = shop.path.with_name("out.csv")
    qtbot.waitUntil(target.exists, timeout=20000)
    shop.settle()
    with target.open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.reader(stream))) == 601


def test_no_file_chosen_changes_nothing(shop):
    shop.choose("")
    dialog = dialog_of(shop)
    dialog.button.click()
    assert dialog.isVisible()
    dialog.reject()


def test_a_folder_that_cannot_be_written_is_said_in_the_bar(shop, qtbot):
    shop.choose(shop.path.parent / "nowhere" / "out.xlsx")
    dialog_of(shop).button.click()
    qtbot.waitUntil(lambda: "cannot be written" in shop.window.message_bar.label.text(), timeout=20000)


def test_cancel_leaves_no_file(shop, qtbot):
    running = export_list.Export(shop.window, shop.path, Customer, shop.ask(shop.listing.ids), ("name",))
    running._progress.cancel()
    shop.settle()
    assert not shop.path.exists()


def test_trouble_while_reading_ends_the_writing_too(shop, qtbot, monkeypatch):
    from crm_desktop.errors import UserError

    def lost(*_arguments):
        raise UserError("The drive is gone.")

    monkeypatch.setattr(sheet_columns, "cells_of", lost)
    export_list.Export(shop.window, shop.path, Customer, shop.ask(shop.listing.ids), ("name",))
    qtbot.waitUntil(lambda: "The drive is gone." in shop.window.message_bar.label.text(), timeout=20000)
    shop.settle()
    assert not shop.path.exists()


@pytest.mark.parametrize("tab", ["customers.CustomersTab", "interactions.InteractionsTab", "complaints.ComplaintsTab"])
def test_every_column_a_list_can_show_can_be_written(shop, tab):
    module, name = tab.split(".")
    kind = getattr(import_module(f"ui.tabs.{module}"), name)
    columns = [*kind.SHOWN, *kind.MORE]

    def write():
        ids = Listing(kind.MODEL, sort=kind.SORT[0]).ids() or [1]  # asked for all the same where there is none yet
        return exporting.to_excel(shop.path, kind.MODEL, ids, columns)

    assert len(written(shop.ask(write))[0]) == len(columns)


def test_fields_are_chosen_one_by_one_and_remembered(shop):
    dialog = dialog_of(shop)
    assert not dialog.fields.isVisible()
    dialog.these_columns.setChecked(True)
    assert dialog.fields.isVisible()
    wanted = {"customer.name", "contact.phones", "customer.tags"}
    for row in range(dialog.fields.count()):
        item = dialog.fields.item(row)
        ticked = item.data(Qt.ItemDataRole.UserRole).key in wanted
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    dialog.button.click()
    shop.settle()
    assert written(shop.path)[0] == ("Customer name", "Contact's phones", "Tags")
    again = dialog_of(shop)
    again.these_columns.setChecked(True)
    assert {column.key for column in again.columns()} == wanted
    again.reject()


def test_without_any_field_nothing_can_be_exported(shop):
    dialog = dialog_of(shop)
    dialog.these_columns.setChecked(True)
    for row in range(dialog.fields.count()):
        dialog.fields.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.button.isEnabled()
    dialog.reject()


def test_customers_go_to_the_phone_as_address_cards(shop):
    path = shop.path.with_suffix(".vcf")
    shop.choose(path, "vCard (*.vcf)")
    dialog_of(shop).button.click()
    shop.settle()
    assert path.read_text("utf-8").count("BEGIN:VCARD") == 600


def test_the_whole_office_is_written_while_the_work_goes_on(shop):
    from openpyxl import load_workbook

    dialog = WholeOffice(shop.window)
    dialog.show()
    shop.settle()
    assert not dialog.with_files.isVisible()
    dialog.save()
    shop.settle()
    book = load_workbook(shop.path)
    assert book.sheetnames[:5] == ["Customers", "Contact persons", "Contact history", "Complaints", "Service requests"]
    assert book["Customers"].max_row == 1201
    assert shop.window.message_bar.label.text().startswith("Exported 1,")


def test_attached_files_go_along_unless_somebody_wants_the_workbook_alone(shop):
    def attach():
        with change(None, "Test") as c:
            news = c.save(News, {"name": "放假通知", "text": "…", "start": "2026-09-30"})
            for n in range(12):
                content = b64encode(bytes([n]) * 100_000).decode()
                c.save(NewsFile, {"news": news.id, "name": f"{n}.bin", "size": 100_000, "content": content})
        return True

    shop.ask(attach)
    dialog = WholeOffice(shop.window)
    dialog.show()
    shop.settle()
    assert dialog.with_files.text() == "With 12 attached files (1.1 MB), packed together as .zip"
    shop.choose(shop.path.with_suffix(".zip"))
    dialog.save()
    shop.settle()
    with zipfile.ZipFile(shop.path.with_suffix(".zip")) as package:
        assert package.namelist()[0] == "out.xlsx"
        assert package.read("Attached files/News/放假通知/7.bin") == bytes([7]) * 100_000
        assert len(package.namelist()) == 13
    dialog = WholeOffice(shop.window)
    dialog.show()
    shop.settle()
    dialog.with_files.click()
    shop.choose()
    dialog.save()
    shop.settle()
    assert shop.path.exists()


@pytest.mark.parametrize("suffix", [".xlsx", ".zip"])
def test_stopping_the_export_of_the_whole_office_leaves_no_file(shop, suffix):
    running = export_list.Export(shop.window, shop.path.with_suffix(suffix), None)
    running._progress.cancel()
    shop.settle()
    assert list(shop.path.parent.glob("*out.*")) == []


def test_an_empty_list_to_fill_in_is_saved_for_the_chosen_kind(shop):
    from openpyxl import load_workbook

    from ui.dialogs.exchange import EmptyList

    dialog = EmptyList(shop.window)
    dialog.show()
    next(button for button in dialog.kinds.buttons() if button.objectName() == "contacts").click()
    dialog.save()
    shop.settle()
    assert load_workbook(shop.path).sheetnames == ["Contact persons", "Lists"]
    assert "ready to be filled in" in shop.window.message_bar.label.text()
